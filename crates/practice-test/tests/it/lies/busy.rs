//! A busy, imperfect, honest year: every verdict occurs in it, and how often each does is written down.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use evenkeel_lens::{Area, Counts, Review, Standing, Verdict};

use super::everything::registers;
use crate::scene::Scene;
use crate::text::{Columns, assert_text};
use crate::year::{DAYS, year};

/// The seed of the year that is played.
const SEED: u64 = 2026;

/// The ops repo of the year, and what happens in it.
pub(crate) fn script() -> String {
    format!("{}\n{}", registers(), year(SEED))
}

/// A world in which the year is over.
pub(crate) fn played() -> Scene {
    let mut scene = Scene::of(&script());
    scene.until(&format!("{DAYS}d"));
    scene
}

/// Every verdict as it is shown. The last one, of what nothing can be known of, does not occur in this lens.
fn standings() -> impl Iterator<Item = Standing> {
    let told = Standing { verdict: Verdict::Practised, reported: true };
    let plain = |verdict| Standing { verdict, reported: false };
    let known = Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::NoMechanism);
    known.map(plain).chain([told])
}

/// How often each verdict occurs, by area.
fn counted(review: &Review) -> String {
    let of = |wanted: &dyn Fn(Area, bool) -> bool| {
        let those = review.practices.iter().filter(|practice| wanted(practice.area, practice.further));
        those.fold(Counts::default(), |sum, practice| sum.plus(&practice.counts))
    };
    let mut columns = Columns::new(["".to_owned()].into_iter().chain(standings().map(|standing| standing.to_string())));
    let mut row = |name: &str, counts: Counts| {
        columns.row([name.to_owned()].into_iter().chain(standings().map(|standing| counts.get(standing).to_string())));
    };
    for area in Area::ALL {
        row(area.as_str(), of(&|is, further| is == area && !further));
    }
    row("further", of(&|_, further| further));
    row("all", review.counts.plus(&review.further));
    columns.to_string()
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lies/busy.txt")
}

#[test]
fn a_busy_honest_year_is_a_mixture() {
    let mut scene = played();
    let review = scene.review();
    let mut text = format!("Verdicts after a year of {} records.\n\n", scene.record.last().expect("a journal").0);
    text.push_str(&counted(&review));
    let all = review.counts.plus(&review.further);
    for standing in standings() {
        assert!(all.get(standing) > 0, "{standing} does not occur\n{text}");
    }
    writeln!(text, "\nContradicted:\n").expect("text");
    for practice in review.practices.iter().filter(|practice| practice.counts.contradicted > 0) {
        writeln!(text, "- {}", practice.key).expect("text");
    }
    assert_text(&golden(), &text);
}
