//! Over which time an objective holds.

use evenkeel_diagnostic::Spanned;
use evenkeel_model::document::Text;
use evenkeel_model::quoted;
use evenkeel_time::{Duration, Zone};

use super::{Reading, invalid};
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// The one time window.
pub(super) struct Window {
    pub(super) length: Option<Duration>,
    pub(super) text: Option<Box<str>>,
    pub(super) rolling: bool,
    /// When one begins, and on whose clock.
    pub(super) calendar: Option<(Text, Option<Text>)>,
}

const ROLLING: Window = Window { length: None, text: None, rolling: true, calendar: None };

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
        return ROLLING;
    };
    let Some(mut fields) = Fields::of(first, "a time window", cx) else { return ROLLING };
    let rolling = fields.boolean("isRolling", cx);
    let text = first.get("duration").and_then(Node::as_text).map(Box::from);
    let calendar = fields.node("calendar").map(|node| calendar(node, cx));
    let length = if reading.alpha { counted(&mut fields, cx) } else { length(&mut fields, "duration", cx) };
    reading.finish(&fields, cx);
    let rolling = rolling.unwrap_or(calendar.is_none());
    Window { length, text, rolling, calendar: calendar.flatten() }
}

/// Reads when a window begins, and on whose clock.
fn calendar(node: &Node, cx: &mut Cx) -> Option<(Text, Option<Text>)> {
    let mut fields = Fields::of(node, "a calendar", cx)?;
    let start = fields.text("startTime", cx).map(|text| text.map(Box::from));
    let zone = fields.text("timeZone", cx);
    if let Some(zone) = zone.filter(|zone| Zone::named(zone.value).is_err()) {
        let diag = invalid(zone.span, format!("there is no time zone named {}", quoted(zone.value)));
        cx.push(diag.help("write one of the IANA database, such as `Europe/Berlin`"));
    }
    fields.finish_foreign(cx);
    Some((start?, zone.map(|zone| zone.map(Box::from))))
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

pub(super) fn parsed(text: &str) -> Option<Duration> {
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
