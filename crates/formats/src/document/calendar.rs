//! Times that people write: weekly windows, wall-clock times, instants, zones.

use evenkeel_diagnostic::Spanned;
use evenkeel_time::{Civil, Timestamp, WeeklyWindow, Zone};

use crate::fields::{Cx, Fields};
use crate::shape::form::moment::{MINUTES_OF_DAY, civil_of, days, instant_of, times_of_day};
use crate::shape::{Field, Form, Least, Sort};

const EVERY_DAY: u8 = 0b111_1111;

/// `times`.
pub(super) const TIMES: Field = Field::new(
    "times",
    Sort::Text(Form::Times),
    "A range of times of day, which may go over midnight; without it, the whole day.",
);
/// `weekdays`.
pub(super) const WEEKDAYS: Field = Field::new(
    "weekdays",
    Sort::List(&Sort::Text(Form::Weekday), Least::None),
    "Days such as `saturday` and ranges such as `monday:friday`; without it, every day.",
);

/// Reads the name of a zone.
pub(super) fn zone(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Zone> {
    Zone::named(fields.text(name, cx)?.value).ok()
}

/// Reads `times` and `weekdays`.
pub(super) fn window(fields: &mut Fields<'_>, cx: &mut Cx) -> WeeklyWindow {
    let times = fields.text("times", cx).and_then(|text| times_of_day(text.value));
    let (start, end) = times.unwrap_or((0, MINUTES_OF_DAY));
    WeeklyWindow { weekdays: weekdays(fields, cx), start, end }
}

/// Shape: bit 0 is Sunday.
fn weekdays(fields: &mut Fields<'_>, cx: &mut Cx) -> u8 {
    let items = fields.texts("weekdays", cx);
    if items.is_empty() {
        return EVERY_DAY;
    }
    items.into_iter().filter_map(|item| days(item.value).ok()).fold(0, |all, days| all | days)
}

/// Reads a time on a wall clock.
pub(super) fn civil(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Spanned<Civil>> {
    let text = fields.text(name, cx)?;
    civil_of(text.value).map(|civil| Spanned::new(civil, text.span))
}

/// Reads an instant, or a time on the wall clock of a zone.
pub(super) fn instant(
    fields: &mut Fields<'_>,
    name: &'static str,
    zone: &Zone,
    cx: &mut Cx,
) -> Option<Spanned<Timestamp>> {
    let text = fields.text(name, cx)?;
    instant_of(text.value, zone).map(|at| Spanned::new(at, text.span))
}
