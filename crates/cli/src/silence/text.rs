//! Silences for people.

use evenkeel_time::Timestamp;

use super::answer::{Matcher, Set, Silence};
use super::args::List;
use crate::client::{Context, Shown, Table, Tone, line, silence_id};

/// Those that were asked for.
pub(super) fn list(silences: &[Silence], args: &List, cx: &Context) -> Shown {
    if args.quiet {
        return Shown::good(silences.iter().map(|silence| format!("{}\n", id(&silence.id))).collect::<String>());
    }
    if silences.is_empty() {
        return Shown::good("no silences\n");
    }
    let mut table = Table::new(["SILENCE", "STATE", "MATCHERS", "FROM", "UNTIL", "AUTHOR", "COMMENT"]);
    for silence in silences {
        let matchers: Vec<String> = silence.matchers.iter().map(matcher).collect();
        table.toned([
            (id(&silence.id), None),
            (line(&silence.status.state), Some(tone(&silence.status.state))),
            (matchers.join(" "), None),
            (cx.minute(silence.starts_at.0), None),
            (cx.when(silence.ends_at.0), None),
            (line(&silence.created_by), None),
            (line(&silence.comment), None),
        ]);
    }
    let plural = if silences.len() == 1 { "" } else { "s" };
    Shown::good(format!("{}{} silence{plural}; {}\n", table.text(cx, ""), silences.len(), cx.zone_note()))
}

/// The id alone, so that it can be handed to `silence expire`; beside it when it ends.
pub(super) fn set(answer: &Set, span: Option<(Timestamp, Timestamp)>, cx: &Context) -> Shown {
    let shown = Shown::good(format!("{}\n", id(&answer.id)));
    let Some((start, end)) = span else { return shown };
    let from = if start > cx.now { format!("from {} ", cx.when(start)) } else { String::new() };
    shown.beside(format!("holds {from}until {}, {}\n", cx.when(end), cx.zone_note()))
}

fn id(text: &str) -> String {
    silence_id(text).map_or_else(|_| line(text), |id| id.to_string())
}

fn tone(state: &str) -> Tone {
    match state {
        "active" => Tone::Warning,
        _ => Tone::Quiet,
    }
}

fn matcher(matcher: &Matcher) -> String {
    let op = match (matcher.is_equal, matcher.is_regex) {
        (true, false) => "=",
        (false, false) => "!=",
        (true, true) => "=~",
        (false, true) => "!~",
    };
    format!("{}{op}\"{}\"", line(&matcher.name), line(&matcher.value))
}
