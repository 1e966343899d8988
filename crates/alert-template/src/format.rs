//! `printf`, as Go has it.
//!
//! Source: Go, `fmt/print.go`.

use std::fmt::Write;

use crate::Value;
use crate::number::{fixed, general, scientific};

/// Wider than this nothing is filled up.
const WIDTH_MAX: usize = 1000;

/// How a value is shown.
#[derive(Default)]
struct Verb {
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
    letter: char,
}

/// Fills a format in.
pub(crate) fn sprintf(format: &str, args: &[Value]) -> String {
    let (mut out, mut rest, mut args) = (String::new(), format, args.iter());
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let (verb, behind) = verb(after, &mut args);
        rest = behind;
        match verb.letter {
            '%' => out.push('%'),
            '\0' => out.push_str("%!(NOVERB)"),
            _ => match args.next() {
                Some(value) => out.push_str(&filled(&verb, value)),
                None => _ = write!(out, "%!{}(MISSING)", verb.letter),
            },
        }
    }
    out.push_str(rest);
    let extra: Vec<_> = args.map(|value| format!("{}={}", value.type_name(), value.print())).collect();
    if !extra.is_empty() {
        let _ = write!(out, "%!(EXTRA {})", extra.join(", "));
    }
    out
}

fn verb<'f, 'v>(text: &'f str, args: &mut impl Iterator<Item = &'v Value>) -> (Verb, &'f str) {
    let mut verb = Verb::default();
    let mut rest = text;
    loop {
        let flag = match rest.chars().next() {
            Some('-') => &mut verb.minus,
            Some('+') => &mut verb.plus,
            Some('#') => &mut verb.sharp,
            Some(' ') => &mut verb.space,
            Some('0') => &mut verb.zero,
            _ => break,
        };
        *flag = true;
        rest = rest.get(1..).unwrap_or("");
    }
    (verb.width, rest) = count(rest, args);
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = count(after, args);
        (verb.precision, rest) = (Some(precision.unwrap_or(0)), after);
    }
    verb.letter = rest.chars().next().unwrap_or('\0');
    let behind = rest.get(verb.letter.len_utf8()..).unwrap_or("");
    (verb, behind)
}

/// Digits, or `*` for the next value.
fn count<'f, 'v>(text: &'f str, args: &mut impl Iterator<Item = &'v Value>) -> (Option<usize>, &'f str) {
    if let Some(rest) = text.strip_prefix('*') {
        let given = if let Some(Value::Whole(whole)) = args.next() { usize::try_from(*whole).ok() } else { None };
        return (given.map(|given| given.min(WIDTH_MAX)), rest);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text.get(..digits).and_then(|digits| digits.parse().ok());
    (number.map(|number: usize| number.min(WIDTH_MAX)), text.get(digits..).unwrap_or(""))
}

fn filled(verb: &Verb, value: &Value) -> String {
    let text = match (verb.letter, value) {
        ('T', _) => value.type_name().to_owned(),
        ('v', Value::Number(number)) => signed(verb, *number >= 0.0, general(*number, verb.precision, verb.sharp)),
        ('v', Value::Whole(whole)) => signed(verb, *whole >= 0, whole.to_string()),
        ('v', Value::Text(text)) if verb.sharp => quoted(text),
        ('v', _) => value.print(),
        ('s', Value::Text(text)) => text.chars().take(verb.precision.unwrap_or(usize::MAX)).collect(),
        ('q', Value::Text(text)) => quoted(text),
        ('s', Value::Labels(_) | Value::Instant(_)) => value.print(),
        ('t', Value::Bool(yes)) => yes.to_string(),
        ('d', Value::Whole(whole)) => signed(verb, *whole >= 0, whole.to_string()),
        ('x', Value::Whole(whole)) => format!("{}{:x}", if verb.sharp { "0x" } else { "" }, whole),
        ('X', Value::Whole(whole)) => format!("{}{:X}", if verb.sharp { "0X" } else { "" }, whole),
        ('o', Value::Whole(whole)) => format!("{whole:o}"),
        ('b', Value::Whole(whole)) => format!("{whole:b}"),
        ('c', Value::Whole(whole)) => {
            u32::try_from(*whole).ok().and_then(char::from_u32).unwrap_or('\u{fffd}').to_string()
        }
        ('x', Value::Text(text)) => hexadecimal(text),
        ('f' | 'F', Value::Number(number)) => {
            signed(verb, number.is_sign_positive(), fixed(*number, verb.precision.unwrap_or(6)))
        }
        ('e' | 'E', Value::Number(number)) => {
            let text = scientific(*number, Some(verb.precision.unwrap_or(6)));
            signed(verb, number.is_sign_positive(), if verb.letter == 'E' { text.to_uppercase() } else { text })
        }
        ('g' | 'G', Value::Number(number)) => {
            let text = general(*number, verb.precision, verb.sharp);
            signed(verb, number.is_sign_positive(), if verb.letter == 'G' { text.to_uppercase() } else { text })
        }
        (letter, Value::Nil) => format!("%!{letter}(<nil>)"),
        (letter, _) => format!("%!{letter}({}={})", value.type_name(), value.print()),
    };
    padded(verb, &text)
}

fn signed(verb: &Verb, positive: bool, text: String) -> String {
    let has_sign = text.starts_with(['+', '-']);
    match text.strip_prefix('+') {
        // Infinity has its sign already, and it is shown when it is asked for.
        Some(rest) if !verb.plus && verb.letter != 'v' => format!("+{rest}"),
        _ if has_sign || !positive => text,
        _ if verb.plus => format!("+{text}"),
        _ if verb.space => format!(" {text}"),
        _ => text,
    }
}

fn padded(verb: &Verb, text: &str) -> String {
    let missing = verb.width.unwrap_or(0).saturating_sub(text.chars().count());
    if verb.minus {
        return format!("{text}{}", " ".repeat(missing));
    }
    if verb.zero && !matches!(verb.letter, 's' | 'q' | 'v' | 't') {
        let (sign, digits) = text.split_at(usize::from(text.starts_with(['+', '-'])));
        return format!("{sign}{}{digits}", "0".repeat(missing));
    }
    format!("{}{text}", " ".repeat(missing))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if c.is_control() => _ = write!(out, "\\x{:02x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

fn hexadecimal(text: &str) -> String {
    let mut out = String::new();
    text.bytes().for_each(|byte| _ = write!(out, "{byte:02x}"));
    out
}
