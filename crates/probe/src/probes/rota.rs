//! Which probe is due when. Instants come in as arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use evenkeel_model::Probe;
use evenkeel_time::Timestamp;
use tokio::time::Instant;

use super::ProbeReport;
use crate::prober::ProbeResult;
use crate::watch::Watch;

/// The plan of all probes.
#[derive(Debug, Default)]
pub(super) struct Rota {
    turns: BTreeMap<Box<str>, Turn>,
    /// Those that are not under way, by when they are due.
    due: BTreeSet<(Instant, Box<str>)>,
}

#[derive(Debug)]
struct Turn {
    watch: Watch,
    /// When it is, or was, due.
    at: Instant,
}

/// However long the interval, the first try comes within this.
const FIRST_WITHIN: Duration = Duration::from_secs(60);
/// No interval is shorter, whatever a document says.
const INTERVAL_MIN: Duration = Duration::from_millis(10);

impl Rota {
    /// Takes over a new set, keeping what is unchanged.
    pub(super) fn replace(&mut self, probes: Vec<Arc<Probe>>, now: Instant) {
        let mut before = std::mem::take(&mut self.turns);
        let waiting = std::mem::take(&mut self.due);
        for probe in probes {
            let name = probe.name.clone();
            let kept = before.remove(&name).filter(|turn| **turn.watch.probe() == *probe);
            let turn = match kept {
                Some(turn) => {
                    let place = (turn.at, name.clone());
                    self.due.extend(waiting.contains(&place).then_some(place));
                    turn
                }
                None => {
                    let at = now + phase(&name, interval(&probe).min(FIRST_WITHIN));
                    self.due.insert((at, name.clone()));
                    Turn { watch: Watch::new(probe), at }
                }
            };
            self.turns.insert(name, turn);
        }
    }

    /// The probe that has been due the longest; it is under way from here on.
    pub(super) fn begin(&mut self, now: Instant) -> Option<Arc<Probe>> {
        let (at, _) = self.due.first()?;
        if *at > now {
            return None;
        }
        let (_, name) = self.due.pop_first()?;
        self.turns.get(&name).map(|turn| Arc::clone(turn.watch.probe()))
    }

    /// When the next one is due.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Takes in a result; nothing follows from one of a probe that is gone or changed.
    pub(super) fn finish(
        &mut self,
        probe: &Arc<Probe>,
        result: ProbeResult,
        now: Timestamp,
        instant: Instant,
    ) -> Option<ProbeReport> {
        let turn = self.turns.get_mut(&probe.name).filter(|turn| Arc::ptr_eq(turn.watch.probe(), probe))?;
        turn.at = following(turn.at, interval(probe), instant);
        self.due.insert((turn.at, probe.name.clone()));
        let transition = turn.watch.observe(&result, now);
        let alert = turn.watch.alert(now);
        Some(ProbeReport { name: probe.name.clone(), result, transition, alert })
    }
}

fn interval(probe: &Probe) -> Duration {
    probe.interval.to_std().max(INTERVAL_MIN)
}

/// The next turn in the rhythm that is not over yet. Missed ones are left out, not made up for.
fn following(at: Instant, interval: Duration, now: Instant) -> Instant {
    let late = now.saturating_duration_since(at);
    let turns = u32::try_from(late.as_nanos() / interval.as_nanos().max(1)).unwrap_or(u32::MAX);
    at + interval.saturating_mul(turns.saturating_add(1)).min(late + interval)
}

/// The same name always falls into the same phase.
///
/// Source: FNV-1a, with the mixing of SplitMix64 so that names with a common beginning spread.
fn phase(name: &str, within: Duration) -> Duration {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mixed = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = mixed ^ mixed >> 31;
    let within_ms = u64::try_from(within.as_millis()).unwrap_or(u64::MAX).max(1);
    Duration::from_millis(mixed % within_ms)
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::LabelSet;
    use evenkeel_model::ProbeExpect;

    use super::*;

    fn probe(name: &str, timeout_s: i64) -> Arc<Probe> {
        Arc::new(Probe {
            name: name.into(),
            labels: LabelSet::default(),
            annotations: LabelSet::default(),
            url: "http://x.example/".into(),
            interval: evenkeel_time::Duration::secs(30),
            timeout: evenkeel_time::Duration::secs(timeout_s),
            expect: ProbeExpect { status: 200, body: None, latency: None },
            failures: 2,
        })
    }

    fn bad() -> ProbeResult {
        let fault = Some(crate::prober::Fault::Timeout);
        ProbeResult { fault, reason: "no answer".to_owned(), status: None, latency_ms: 1 }
    }

    const LATER: Duration = Duration::from_secs(60);

    #[test]
    fn phases_spread_and_are_the_same_after_every_start() {
        let within = Duration::from_secs(30);
        let mut seconds: Vec<u64> = (0..300).map(|n| phase(&format!("shop-{n}"), within).as_secs()).collect();
        assert_eq!(phase("shop-1", within), phase("shop-1", within));
        seconds.sort_unstable();
        let busiest = seconds.chunk_by(|a, b| a == b).map(<[u64]>::len).max();
        assert!(busiest < Some(30), "300 probes over 30 seconds, {busiest:?} in one of them");
    }

    #[test]
    fn turns_missed_are_left_out_and_the_rhythm_stays() {
        let start = Instant::now();
        let half_minute = Duration::from_secs(30);
        let after = |late: u64| following(start, half_minute, start + Duration::from_secs(late)) - start;
        assert_eq!(after(0), half_minute);
        assert_eq!(after(29), half_minute);
        assert_eq!(after(30), half_minute * 2);
        assert_eq!(after(100), half_minute * 4);
    }

    #[test]
    fn a_reload_keeps_the_state_of_what_did_not_change() {
        let (mut rota, start) = (Rota::default(), Instant::now());
        rota.replace(vec![probe("kept", 1), probe("changed", 1), probe("gone", 1)], start);
        for _ in 0..3 {
            let begun = rota.begin(start + LATER).expect("due");
            let report = rota.finish(&begun, bad(), Timestamp(1), start).expect("known");
            assert_eq!(report.transition, None, "one bad result of two");
        }
        rota.replace(vec![probe("kept", 1), probe("changed", 2)], start);
        let mut seen = Vec::new();
        while let Some(begun) = rota.begin(start + LATER * 2) {
            let report = rota.finish(&begun, bad(), Timestamp(2), start + LATER * 2).expect("known");
            seen.push((report.name, report.transition.is_some()));
        }
        seen.sort();
        assert_eq!(seen, [("changed".into(), false), ("kept".into(), true)]);
    }

    #[test]
    fn a_result_of_a_probe_that_changed_meanwhile_counts_for_nothing() {
        let (mut rota, start) = (Rota::default(), Instant::now());
        rota.replace(vec![probe("a", 1)], start);
        let old = rota.begin(start + LATER).expect("due");
        assert!(rota.begin(start + LATER).is_none(), "it is under way");
        rota.replace(vec![probe("a", 1)], start);
        assert!(rota.begin(start + LATER).is_none(), "it is still under way");
        rota.replace(vec![probe("a", 2)], start);
        assert_eq!(rota.finish(&old, bad(), Timestamp(1), start), None);
        assert!(rota.begin(start + LATER).is_some(), "the new one has its own turn");
    }
}
