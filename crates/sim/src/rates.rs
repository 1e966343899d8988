//! How often things happen in one world, drawn from its seed: some worlds are calm, some are wild.

use crate::clock::{HOUR, MINUTE, Mono};
use crate::random::Random;

/// Mean times between happenings; `None`: never. Units: milliseconds.
#[derive(Debug, Clone)]
pub(crate) struct Rates {
    pub(crate) careless: Option<Mono>,
    pub(crate) person: Option<Mono>,
    pub(crate) reload: Option<Mono>,
    pub(crate) site: Option<Mono>,
    pub(crate) crash: Option<Mono>,
    pub(crate) disk: Option<Mono>,
    pub(crate) clock_jump: Option<Mono>,
    pub(crate) stall: Option<Mono>,
    /// Somebody does something about some incident.
    pub(crate) meddling: Option<Mono>,
    /// Somebody stands in for somebody.
    pub(crate) standing_in: Option<Mono>,
    /// The state is compared with the fold after each commit of which this many go by.
    pub(crate) compare_every: u64,
}

impl Rates {
    pub(crate) fn generate(random: &mut Random) -> Self {
        let mut some = |often: u64, mean: Mono| {
            let faster = random.between(1, 4);
            random.chance(often).then_some(mean / faster)
        };
        Self {
            careless: some(700, HOUR),
            person: some(700, 2 * HOUR),
            reload: some(600, 8 * HOUR),
            site: some(700, 3 * HOUR),
            crash: some(700, 6 * HOUR),
            disk: some(500, 12 * HOUR),
            clock_jump: some(400, 20 * HOUR),
            stall: some(300, 12 * HOUR),
            meddling: None,
            standing_in: None,
            compare_every: if random.chance(200) { 1 } else { 16 },
        }
    }

    /// A world in which much happens in a short time and nothing stops the machine.
    pub(crate) fn rich() -> Self {
        Self {
            careless: Some(10 * MINUTE),
            person: Some(15 * MINUTE),
            reload: Some(40 * MINUTE),
            site: Some(20 * MINUTE),
            crash: None,
            disk: None,
            clock_jump: Some(HOUR),
            stall: None,
            meddling: None,
            standing_in: None,
            compare_every: 1,
        }
    }

    /// The same where people are.
    pub(crate) fn with_people(self, random: &mut Random) -> Self {
        let hurried = self.compare_every == 1;
        let meddling = *random.pick(&[5 * MINUTE, 20 * MINUTE, HOUR]);
        Self {
            reload: self.reload.map(|mean| mean / 2),
            meddling: (hurried || random.chance(800)).then_some(meddling),
            standing_in: (hurried || random.chance(600)).then(|| random.between(20 * MINUTE, 3 * HOUR)),
            compare_every: if hurried { 32 } else { 512 },
            ..self
        }
    }
}
