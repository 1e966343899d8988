//! A world that scripts play in, with what it made durable and what a review makes of that.

use std::path::Path;

use evenkeel_lens::{Judged, Review, Verdict};
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};
use evenkeel_practice_test::Record;
use evenkeel_scenario::{World, lines, span};

use crate::lens::LENS;

pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) record: Record,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self { world: World::new(&[]).unattended(), record: Record::new().expect("a journal") }
    }

    /// A world in which a script was played.
    pub(crate) fn of(script: &str) -> Self {
        let mut scene = Self::new();
        scene.play(script);
        scene
    }

    /// Plays a script; instants are those of the whole scene.
    pub(crate) fn play(&mut self, script: &str) {
        for line in &lines(script).expect("a script") {
            if let Err(why) = self.world.play(line) {
                panic!("{}: `{}`: {why}", line.number, line.text);
            }
        }
    }

    /// Takes up the ops repo in a folder.
    pub(crate) fn adopt(&mut self, folder: &Path) {
        let loaded = load(&read(folder).expect("a folder"), Missing::Refuse);
        self.world.adopt(loaded).expect("an ops repo");
    }

    /// Lets time pass.
    pub(crate) fn until(&mut self, at: &str) {
        self.world.advance(span(at).expect("a length of time")).expect("time passes");
    }

    /// What the lens makes of what happened so far.
    pub(crate) fn review(&mut self) -> Review {
        self.record.follow(&mut self.world).expect("it is projected");
        self.record.review(&LENS, self.world.present()).expect("it is judged")
    }
}

/// Every verdict of a review with its practice's key, in order.
pub(crate) fn judged(review: &Review) -> impl Iterator<Item = (&str, &Judged)> {
    review.practices.iter().flat_map(|practice| practice.verdicts.iter().map(|judged| (&*practice.key, judged)))
}

/// The verdicts of some sorts, one line each, for people.
pub(crate) fn told(review: &Review, wanted: &[Verdict]) -> Vec<String> {
    let those = judged(review).filter(|(_, judged)| wanted.contains(&judged.verdict));
    those.map(|(key, judged)| format!("{key} {} {}: {}", judged.subject, judged.standing(), judged.why)).collect()
}
