//! A script as text: one command to a line, in virtual time.
//!
//! ```text
//! # What it shows.
//! limit alerts 2                          before the configuration only
//! config <<END … END                      starts the engine; once
//! at 30s COMMAND                          time moves there first, then the command
//! by 40s expect NOTICE                    the notice was sent at some instant until then
//! advance 5m                              time moves
//! push A{instance=1} start=-10m end=1h; B resolved; A summary:high url=http://x
//! silence S1 alertname="A" from 1h until 3h    an S1 that is there is changed
//! silence S1 alertname="A" for 2h
//! expire S1
//! deliver ok|retry|retry after 2m|refuse|hang [to RECEIVER/INTEGRATION]
//! outcome ok|retry|refuse                 of the notices that hang
//! reload <<END … END                      another configuration
//! restart [after 2h] [clock -1h]          a crash: only the journal is left; `<<END … END` brings another configuration
//! clock +1h                               the wall clock jumps
//! mark, records 2                         so many records since the mark, the start or the last count
//! expect NOTICE                           `ops/webhook[0]: firing A{instance=1} resolved B`, sent at this instant
//! expect nothing                          no notice that was not expected
//! expect refused TEXT                     the answer to the command before
//! expect in place | expect replaced       what became of the silence before
//! person ada ack|escalate|resolve|reopen|close|note|assign|merge|severity|visible|approve|withdraw|solve NUMBER …
//! person ada ack 12 page 15               through that page's link; `person - …` is somebody the plan does not know
//! person ada open RESPONSE-PLAN TITLE
//! person ada override primary bob from 1h until 3h
//! incident 12 open|acknowledged|resolved|closed|merged|paused|unroutable
//! expect page person:ada/phone acknowledge: TITLE
//! expect update AUDIENCE first|progress|recovery RECEIVER/INTEGRATION: TEXT
//! alert A firing|resolved|unknown [since 10m]
//! ```
//!
//! Instants are told from the beginning of the script, `2026-01-05T00:00:00Z` (a Monday) or what `epoch` says, and
//! know nothing of clock jumps. Between two commands every notice must be expected: one too many fails the script.

use evenkeel_time::{Duration, Timestamp};

/// One command with its place and time.
#[derive(Debug, Clone)]
pub struct Line {
    /// Counts from 1.
    pub number: usize,
    /// As written, without the time.
    pub text: String,
    /// When, if said.
    pub at: Option<Duration>,
    /// Whether `by` was written: earlier is good too.
    pub by: bool,
    /// The text between `<<END` and `END`.
    pub block: String,
}

/// Where scripts begin unless they say otherwise: a Monday.
pub(crate) const EPOCH: &str = "2026-01-05T00:00:00Z";

/// Splits a script into its commands.
pub fn lines(text: &str) -> Result<Vec<Line>, String> {
    let mut found = Vec::new();
    let mut rest = text.lines().zip(1..);
    while let Some((raw, number)) = rest.next() {
        let mut command = raw.split(" #").next().unwrap_or("").trim();
        if command.is_empty() || command.starts_with('#') {
            continue;
        }
        let mut block = String::new();
        if let Some(before) = command.strip_suffix("<<END") {
            command = before.trim();
            let inside: Vec<&str> = rest.by_ref().map(|(line, _)| line).take_while(|line| *line != "END").collect();
            block = inside.join("\n") + "\n";
        }
        let (word, tail) = command.split_once(' ').unwrap_or((command, ""));
        let timed = matches!(word, "at" | "by");
        let (when, text) = if timed { tail.split_once(' ').unwrap_or((tail, "expect nothing")) } else { ("", command) };
        let at = if timed { Some(span(when).map_err(|error| format!("line {number}: {error}"))?) } else { None };
        found.push(Line { number, text: text.trim().to_owned(), at, by: word == "by", block });
    }
    Ok(found)
}

/// A length of time that may be negative: `-10m`, `+1h`.
pub fn span(text: &str) -> Result<Duration, String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    rest.parse::<Duration>().map(|length| length * sign).map_err(|error| format!("`{text}`: {error}"))
}

/// The instant that `epoch` names, or the usual one.
pub(crate) fn epoch(lines: &[Line]) -> Timestamp {
    let said = lines.iter().find_map(|line| line.text.strip_prefix("epoch "));
    said.unwrap_or(EPOCH).parse().expect("an instant")
}
