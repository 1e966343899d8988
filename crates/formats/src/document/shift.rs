//! `shift`: how long a turn lasts.

use evenkeel_model::Shift;

use crate::fields::{Fields, Item};
use crate::shape::{Field, Form, Record, Rule, Sort};

/// Longer turns are no rotation.
const YEAR_HOURS: u64 = 366 * 24;
/// The words for what nearly everybody has.
const WORDS: [&str; 2] = ["daily", "weekly"];
/// The units of other lengths.
const UNITS: [&str; 3] = ["hours", "days", "weeks"];

/// `shift`.
pub(super) const SHIFT_FIELD: Field =
    Field::new("shift", Sort::Either(Form::Word(&WORDS), &SHIFT), "How long a turn lasts.").default("weekly");

static SHIFT: Record = Record {
    what: "`shift`",
    fields: &[
        Field::new("hours", Sort::Whole(1, YEAR_HOURS), "So many hours, whatever the clocks do."),
        Field::new("days", Sort::Whole(1, YEAR_HOURS / 24), "So many days on the layer's clock."),
        Field::new("weeks", Sort::Whole(1, YEAR_HOURS / 24 / 7), "So many weeks on the layer's clock."),
    ],
    rules: &[Rule::One(&UNITS, "`shift` needs a length")],
};

/// Reads it; a week unless written.
pub(super) fn shift(fields: &mut Fields<'_>) -> Shift {
    let written = match fields.item("shift") {
        Some(Item::Text(word)) if word.value == "daily" => Some(Shift::Days(1)),
        Some(Item::Fields(fields)) => counted(fields),
        Some(Item::Text(_) | Item::Texts(_)) | None => None,
    };
    written.unwrap_or(Shift::Weeks(1))
}

fn counted(mut fields: Fields<'_>) -> Option<Shift> {
    let mut count = |name| fields.number(name).and_then(|count| u32::try_from(count).ok());
    let (hours, days, weeks) = (count("hours"), count("days"), count("weeks"));
    hours.map(Shift::Hours).or(days.map(Shift::Days)).or(weeks.map(Shift::Weeks))
}
