//! Over which time an objective holds.

use evenkeel_diagnostic::Spanned;
use evenkeel_time::Duration;

use super::{Reading, invalid};
use crate::fields::{Cx, Fields};

/// Length and whether it rolls.
pub(super) type Window = (Option<Duration>, bool);

const HELP: &str = "write a number and one of `m`, `h`, `d`, `w`, `M`, `Q`, `Y`, such as `28d`";

/// Reads the one time window.
pub(super) fn window(spec: &mut Fields<'_>, reading: &Reading<'_>, cx: &mut Cx) -> Window {
    let list = if reading.alpha { "timeWindows" } else { "timeWindow" };
    let windows = spec.list(list, cx);
    let (Some(first), false) = (windows.first(), windows.len() > 1) else {
        if let Some(second) = windows.get(1) {
            let diag = invalid(second.span, "an SLO has more than one time window");
            cx.push(diag.help("write one SLO for each window"));
        }
        return (None, true);
    };
    let Some(mut fields) = Fields::of(first, "a time window", cx) else { return (None, true) };
    let rolling = fields.boolean("isRolling", cx);
    let calendar = fields.node("calendar").is_some();
    let length = if reading.alpha { counted(&mut fields, cx) } else { length(&mut fields, "duration", cx) };
    reading.finish(&fields, cx);
    (length, rolling.unwrap_or(!calendar))
}

/// Reads a length such as `28d`; `1M` is a month.
pub(super) fn length(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Duration> {
    let text = fields.text(name, cx)?;
    let found = parsed(text.value);
    if found.is_none() {
        cx.push(invalid(text.span, format!("`{name}` is no length of time")).help(HELP));
    }
    found
}

fn parsed(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = digits.parse().ok()?;
    let (days, minutes) = match unit {
        "Y" => (365, 0),
        "Q" => (90, 0),
        "M" => (30, 0),
        // Anything else is as Prometheus has it, which real files use too: `1h30m`.
        "w" | "d" | "h" | "m" | "s" => return text.parse().ok(),
        _ => return None,
    };
    (number > 0).then(|| (Duration::hours(24 * days) + Duration::minutes(minutes)) * number)
}

/// `count` and `unit` of version `v1alpha`.
fn counted(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<Duration> {
    let count = fields.whole("count", 10_000, cx).and_then(|count| i64::try_from(count).ok())?;
    let unit: Spanned<&str> = fields.text("unit", cx)?;
    let days = match unit.value {
        "Day" => 1,
        "Week" => 7,
        "Month" => 30,
        "Quarter" => 90,
        "Year" => 365,
        _ => return None,
    };
    Some(Duration::hours(24 * days) * count)
}
