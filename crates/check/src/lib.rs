//! What is resolvable and bad: findings about a whole ops repo. Pure: files are read and names looked up before.
//!
//! `formats` says what cannot be read, `model` what cannot be resolved; this crate judges what is left. Each code is
//! decided in one small file, and the files of an area are listed in the area's: [`check`] runs them all. Nothing is
//! reported twice, and nothing that may only look wrong because a part of the repo could not be read.

mod allowances;
mod calendars;
mod catalogue;
mod ending;
mod found;
mod judge;
mod lenses;
mod objectives;
mod people;
mod places;
mod procedures;
mod registers;
mod repo;
mod routing;
mod rules;
mod status_pages;
mod testing;
mod views;

pub use allowances::Allowed;
pub use found::found;
pub use judge::{Judged, judge};
pub use procedures::addresses;
pub use repo::Repo;

use evenkeel_diagnostic::Diagnostic;

/// Judges one thing about the repo, and pushes what it finds.
pub(crate) type Check = fn(&Repo<'_>, &mut Vec<Diagnostic>);

const AREAS: [&[Check]; 12] = [
    calendars::CHECKS,
    catalogue::CHECKS,
    lenses::CHECKS,
    objectives::CHECKS,
    people::CHECKS,
    procedures::CHECKS,
    registers::CHECKS,
    routing::CHECKS,
    rules::CHECKS,
    status_pages::CHECKS,
    testing::CHECKS,
    views::CHECKS,
];

/// Everything that is found, in no order that matters; allowances are not applied.
#[must_use]
pub fn check(repo: &Repo<'_>) -> Vec<Diagnostic> {
    let mut diags = Vec::new();
    AREAS.into_iter().flatten().for_each(|check| check(repo, &mut diags));
    diags
}
