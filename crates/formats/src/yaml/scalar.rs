//! What a plain scalar means: YAML 1.2's core schema, and text where YAML 1.1 and 1.2 differ.

use super::Value;

/// Reads a plain scalar.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') || has_leading_zero(digits) {
        return Value::String(text.into());
    }
    if let Ok(number) = text.parse() {
        return Value::Int(number, text.into());
    }
    let is_number = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'));
    match text.parse() {
        Ok(number) if is_number => Value::Float(number, text.into()),
        _ => Value::String(text.into()),
    }
}

/// `012` is ten in YAML 1.1 and twelve in 1.2, so it is neither.
fn has_leading_zero(digits: &str) -> bool {
    digits.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
