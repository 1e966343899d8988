//! Plain scalars that are text here and something else to readers of YAML 1.1, which Ruby, PyYAML and much of Go are.
//!
//! Said of labels, which other tools read from the same files, and of names that would change; elsewhere the reading is
//! ours alone.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::{codes, quoted};

use crate::fields::Cx;
use crate::yaml::{Node, Value};

/// Longer values are none of these.
const SPELLING_BYTES_MAX: usize = 40;

/// Reports a label's value that others take for something else.
pub(super) fn in_label(text: Spanned<&str>, node: &Node, name: &str, cx: &mut Cx) {
    if let Some(other) = other_meaning(text, node) {
        say(text, &format!("the label {}", quoted(name)), &other, cx);
    }
}

/// Reports a name that others take for another number; what they would print alike, such as `no`, stays a name.
pub(super) fn in_name(text: Spanned<&str>, node: &Node, cx: &mut Cx) {
    let digits = text.value.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(other) = other_meaning(text, node).filter(|_| digits) {
        say(text, "this name", &other, cx);
    }
}

fn say(text: Spanned<&str>, what: &str, other: &str, cx: &mut Cx) {
    let headline = format!("many YAML readers take {what} for {other}, not for the text {}", quoted(text.value));
    let diag = Diagnostic::finding(codes::YAML_TRAP, text.span, headline);
    cx.traps.push(diag.help(format!("put it in quotes: `\"{}\"`", text.value)));
}

/// Says what was found, except of values that a tag or a block mark before them makes text. `text` is the whole file's.
pub(crate) fn report(text: &str, cx: &mut Cx) {
    let marked = |diag: &Diagnostic| {
        let before = text.get(..diag.primary.span.range().start).unwrap_or("").trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
        word.starts_with('!') || word.strip_prefix(['|', '>']).is_some_and(|rest| rest.len() <= 2)
    };
    let found = std::mem::take(&mut cx.traps);
    cx.diags.extend(found.into_iter().filter(|diag| !marked(diag)));
}

/// What YAML 1.1 makes of it, where that is not what it is here.
fn other_meaning(text: Spanned<&str>, node: &Node) -> Option<String> {
    // Quotes belong to a value's place, so a plain one is as long as its text.
    let is_plain = usize::try_from(text.span.end - text.span.start).is_ok_and(|length| length == text.value.len());
    if !is_plain || text.value.len() > SPELLING_BYTES_MAX {
        return None;
    }
    match &node.value {
        Value::String(text) => meaning(text),
        Value::Float(number, spelling) => (spelling.ends_with('0') || spelling.contains(['e', 'E', '+']))
            .then(|| format!("the number {number}"))
            .filter(|_| spelling.as_ref() != number.to_string()),
        Value::Int(number, spelling) => {
            (spelling.as_ref() != number.to_string()).then(|| format!("the number {number}"))
        }
        Value::Null | Value::Bool(_) | Value::Seq(_) | Value::Map(_) => None,
    }
}

/// Source: YAML 1.1's types `bool`, `int`, `float` and `timestamp`. Single letters are text to most readers.
fn meaning(text: &str) -> Option<String> {
    match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some("the boolean `true`".to_owned()),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some("the boolean `false`".to_owned()),
        _ => {}
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if sign.is_empty() && is_date(digits) {
        return Some("a date".to_owned());
    }
    let number = sexagesimal(digits).or_else(|| whole(digits));
    number.map(|number| format!("the number {sign}{number}"))
}

/// `22:00` as 1320.
fn sexagesimal(text: &str) -> Option<u64> {
    let mut parts = text.split(':');
    let first = parts.next().filter(|first| first.starts_with(|c: char| ('1'..='9').contains(&c)))?;
    let (mut total, mut count) = (whole(first)?, 0);
    for part in parts {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = part.parse().ok().filter(|number| digits && *number < 60)?;
        total = total.checked_mul(60)?.checked_add(number)?;
        count += 1;
    }
    (count > 0).then_some(total)
}

/// `012`, `0x1f`, `0b11` and `1_000`.
fn whole(text: &str) -> Option<u64> {
    let plain: String = text.chars().filter(|c| *c != '_').collect();
    let (digits, radix) = match (plain.strip_prefix("0x"), plain.strip_prefix("0b"), plain.strip_prefix('0')) {
        (Some(hex), _, _) => (hex, 16),
        (_, Some(binary), _) => (binary, 2),
        (_, _, Some(octal)) if octal.bytes().all(|byte| (b'0'..=b'7').contains(&byte)) => (octal, 8),
        _ => (plain.as_str(), 10),
    };
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    let is_number = starts && !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    u64::from_str_radix(digits, radix).ok().filter(|_| is_number)
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let day = shape.get(..10) == Some("9999-99-99");
    day && shape.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['T', 't', ' ']))
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn what_the_older_yaml_makes_of_plain_text() {
        for (text, wanted) in [
            ("no", Some("the boolean `false`")),
            ("ON", Some("the boolean `true`")),
            ("y", None),
            ("norway", None),
            ("012", Some("the number 10")),
            ("-012", Some("the number -10")),
            ("08", Some("the number 8")),
            ("0o14", None),
            ("0x1F", Some("the number 31")),
            ("0b101", Some("the number 5")),
            ("1_000", Some("the number 1000")),
            ("22:00", Some("the number 1320")),
            ("1:30:15", Some("the number 5415")),
            ("22:61", None),
            ("0:30", None),
            ("08:30", None),
            ("db-1:9100", None),
            ("2026-01-05", Some("a date")),
            ("2026-01-05T09:00", Some("a date")),
            ("2026-01-05-b", None),
            ("_1", None),
            ("", None),
            ("v1.10", None),
        ] {
            assert_eq!(meaning(text).as_deref(), wanted, "{text}");
        }
    }
}
