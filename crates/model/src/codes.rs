//! The codes of everything `check` says about an ops repo, one file an area.
//!
//! Each code has a page of its own in `docs/codes`, which `evenkeel explain` shows.

use evenkeel_diagnostic::Code;

/// Declares the codes of an area, and lists them with their one-line meanings.
macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $name: evenkeel_diagnostic::Code = $code;)*

        /// Every code of the area with its one-line meaning, by code.
        pub(super) const LISTED: &[(evenkeel_diagnostic::Code, &str)] = &[$(($code, $meaning)),*];
    };
}

mod allowances;
mod calendars;
mod catalogue;
mod lenses;
mod objectives;
mod people;
mod procedures;
mod reading;
mod registers;
mod resolving;
mod routing;
mod rules;
mod status_pages;
mod testing;
mod views;

pub use allowances::*;
pub use calendars::*;
pub use catalogue::*;
pub use lenses::*;
pub use objectives::*;
pub use people::*;
pub use procedures::*;
pub use reading::*;
pub use registers::*;
pub use resolving::*;
pub use routing::*;
pub use rules::*;
pub use status_pages::*;
pub use testing::*;
pub use views::*;

/// The areas.
#[expect(unused_qualifications, reason = "the modules' lists have one name")]
const AREAS: [&[(Code, &str)]; 15] = [
    allowances::LISTED,
    calendars::LISTED,
    catalogue::LISTED,
    lenses::LISTED,
    objectives::LISTED,
    people::LISTED,
    procedures::LISTED,
    reading::LISTED,
    registers::LISTED,
    resolving::LISTED,
    routing::LISTED,
    rules::LISTED,
    status_pages::LISTED,
    testing::LISTED,
    views::LISTED,
];

/// Every code with its one-line meaning, by code.
#[must_use]
pub fn all() -> Vec<(Code, &'static str)> {
    let mut all: Vec<_> = AREAS.into_iter().flatten().copied().collect();
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::{AREAS, all};

    #[test]
    fn codes_are_kebab_case_sorted_and_unique() {
        assert!(AREAS.iter().all(|area| area.is_sorted_by(|a, b| a.0 < b.0)));
        assert!(all().is_sorted_by(|a, b| a.0 < b.0));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(all().iter().all(|(code, meaning)| code.chars().all(plain) && !meaning.ends_with('.')));
    }
}
