//! Text as a YAML scalar: plain where no reader can take it for anything else, else in quotes.

/// Readers of YAML 1.1 take these for booleans or nothing, readers of 1.2 some of them.
const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];

/// A text as a scalar that reads back as that text.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.contains('"') && !text.contains(['\'', '\\']) && text.chars().all(is_printable) {
        format!("'{text}'")
    } else {
        quoted(text)
    }
}

fn is_plain(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || " _-./@+:".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && !text.ends_with([' ', ':'])
        && text.chars().all(allowed)
        && !text.contains(": ")
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !looks_like_a_number(text)
}

/// A number, a time of day, a date, or something that a reader takes for one.
fn looks_like_a_number(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    let unit = text.ends_with(['s', 'm', 'h', 'd', 'w', 'y']) && !text.contains(['x', 'X', ':', '-', '.', '_']);
    starts && !unit
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) < 0x1_0000 => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// The text with everything replaced that does not print.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if is_printable(c) { c } else { '\u{fffd}' }).collect()
}

/// Whether YAML lets a character stand as itself and people see it where it stands.
fn is_printable(c: char) -> bool {
    let steers_the_direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_no_character = matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff);
    !c.is_control() && !steers_the_direction && !is_no_character && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
}
