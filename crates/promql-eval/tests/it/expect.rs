//! What an evaluation is expected to give.

use evenkeel_series_notation::{Series, parse_series};
use regex::Regex;

/// What is expected.
#[derive(Default)]
pub(crate) struct Expect {
    /// Series come in the order in which they are written.
    pub(crate) ordered: bool,
    /// It fails.
    pub(crate) fail: Option<Says>,
    /// Each warning is one of these, and each of these is there.
    pub(crate) warn: Vec<Says>,
    /// The same of infos.
    pub(crate) info: Vec<Says>,
    /// No warning.
    pub(crate) no_warn: bool,
    /// No info.
    pub(crate) no_info: bool,
    /// A number.
    pub(crate) scalar: Option<f64>,
    /// A text.
    pub(crate) text: Option<String>,
    /// A range vector, whose values are from the first time, one each so many milliseconds.
    pub(crate) range: Option<(i64, i64)>,
    /// Series and their values.
    pub(crate) series: Vec<Series>,
}

/// What a text says.
pub(crate) enum Says {
    /// Whatever.
    Anything,
    /// This.
    Text(String),
    /// What fits.
    Pattern(Regex),
}

impl Says {
    pub(crate) fn fits(&self, text: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Text(wanted) => wanted == text,
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Anything => "anything".to_owned(),
            Self::Text(text) => format!("`{text}`"),
            Self::Pattern(pattern) => format!("what fits `{pattern}`"),
        }
    }
}

/// Reads one line below an evaluation; whether it is the last.
pub(crate) fn read_expectation(line: &str, expect: &mut Expect) -> Result<bool, String> {
    if let Some(text) = line.strip_prefix("expected_fail_message") {
        expect.fail = Some(Says::Text(text.trim().to_owned()));
        return Ok(true);
    }
    if let Some(text) = line.strip_prefix("expected_fail_regexp") {
        expect.fail = Some(Says::Pattern(pattern(text)?));
        return Ok(true);
    }
    if let Some(text) = line.strip_prefix("expect string") {
        // Quoted, or as it stands behind one space.
        let quoted = evenkeel_promql::parse(text.trim()).map(|expr| expr.kind);
        expect.text = Some(match quoted {
            Ok(evenkeel_promql::ExprKind::Text(text)) => text,
            _ => text.strip_prefix(' ').unwrap_or(text).into(),
        });
        return Ok(false);
    }
    if let Some(rest) = line.strip_prefix("expect range vector") {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let ["from", from, "to", _, "step", step] = words.as_slice() else { return Err(format!("no range `{line}`")) };
        let time = |text: &str| text.parse::<evenkeel_time::Duration>().map_err(|_| format!("no duration `{text}`"));
        expect.range = Some((time(from)?.0, time(step)?.0));
        return Ok(false);
    }
    if let Some(rest) = line.strip_prefix("expect ") {
        read_mode(rest.trim(), expect)?;
        return Ok(false);
    }
    if let Some(number) = number(line) {
        expect.scalar = Some(number);
        return Ok(true);
    }
    expect.series.push(parse_series(line).map_err(|fault| format!("{fault} in `{line}`"))?);
    Ok(false)
}

fn read_mode(rest: &str, expect: &mut Expect) -> Result<(), String> {
    let (mode, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let says = if let Some(text) = rest.trim().strip_prefix("msg:") {
        Says::Text(text.trim().to_owned())
    } else if let Some(text) = rest.trim().strip_prefix("regex:") {
        Says::Pattern(pattern(text)?)
    } else if rest.is_empty() {
        Says::Anything
    } else {
        return Err(format!("`msg:` or `regex:` is expected, not `{rest}`"));
    };
    match mode {
        "ordered" => expect.ordered = true,
        "fail" => expect.fail = Some(says),
        "warn" => expect.warn.push(says),
        "info" => expect.info.push(says),
        "no_warn" => expect.no_warn = true,
        "no_info" => expect.no_info = true,
        _ => return Err(format!("nothing is called `{mode}`")),
    }
    Ok(())
}

fn pattern(text: &str) -> Result<Regex, String> {
    Regex::new(text.trim()).map_err(|error| error.to_string())
}

/// A number as Go reads it, whole ones with `0x` and `0` before them too.
fn number(text: &str) -> Option<f64> {
    let (sign, plain) = match text.strip_prefix('-') {
        Some(plain) => (-1.0, plain),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = evenkeel_promql::Number::read(plain)?;
    Some(sign * value.value)
}
