//! Numbers for people: `humanize` and its family.
//!
//! Source: Prometheus, `template/template.go`; `common/helpers/templates/time.go`.

use evenkeel_time::Timestamp;

use crate::Value;
use crate::number::general;
use crate::value::instant;

/// Calls one of the family.
pub(super) fn call(name: &str, value: &Value) -> Result<Value, String> {
    let number = number(value)?;
    Ok(match name {
        "humanize" => Value::text(decimal(number)),
        "humanize1024" => Value::text(binary(number)),
        "humanizeDuration" => Value::text(duration(number)),
        "humanizePercentage" => Value::text(format!("{}%", short(number * 100.0))),
        "humanizeTimestamp" if !number.is_finite() => Value::text(short(number)),
        "humanizeTimestamp" => Value::text(instant(at(number)?)),
        _ => Value::Instant(at(number)?),
    })
}

/// Texts that are numbers count as such.
fn number(value: &Value) -> Result<f64, String> {
    match value {
        Value::Number(number) => Ok(*number),
        #[expect(clippy::cast_precision_loss, reason = "as Go converts it")]
        Value::Whole(whole) => Ok(*whole as f64),
        Value::Text(text) => parsed(text).ok_or_else(|| format!("`{text}` is no number")),
        Value::Nil
        | Value::Bool(_)
        | Value::Labels(_)
        | Value::Sample(_)
        | Value::Samples(_)
        | Value::Args(_)
        | Value::Instant(_)
        | Value::Root => Err(format!("can't convert {} to float", value.type_name())),
    }
}

fn parsed(text: &str) -> Option<f64> {
    let plain = text.trim_start_matches(['+', '-']);
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let is_word = ["inf", "infinity", "nan"].iter().any(|word| plain.eq_ignore_ascii_case(word));
    text.parse().ok().filter(|_| is_number || is_word)
}

fn short(number: f64) -> String {
    general(number, Some(4), false)
}

fn at(seconds: f64) -> Result<Timestamp, String> {
    if !seconds.is_finite() || seconds.abs() >= 9.2e9 {
        return Err(format!("{} cannot be represented as a time", short(seconds)));
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    Ok(Timestamp((seconds * 1000.0).trunc() as i64))
}

/// With `m`, `u`, `n` … behind it.
fn small(number: f64) -> String {
    let (mut number, mut prefix) = (number, "");
    for next in ["m", "u", "n", "p", "f", "a", "z", "y"] {
        if number.abs() >= 1.0 {
            break;
        }
        (number, prefix) = (number * 1000.0, next);
    }
    format!("{}{prefix}", short(number))
}

fn large(number: f64, base: f64, prefixes: [&'static str; 8]) -> String {
    let (mut number, mut prefix) = (number, "");
    for next in prefixes {
        if number.abs() < base {
            break;
        }
        (number, prefix) = (number / base, next);
    }
    format!("{}{prefix}", short(number))
}

fn decimal(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        short(number)
    } else if number.abs() >= 1.0 {
        large(number, 1000.0, ["k", "M", "G", "T", "P", "E", "Z", "Y"])
    } else {
        small(number)
    }
}

fn binary(number: f64) -> String {
    if number.abs() <= 1.0 || !number.is_finite() {
        return short(number);
    }
    large(number, 1024.0, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
}

fn duration(seconds: f64) -> String {
    if !seconds.is_finite() {
        return short(seconds);
    }
    if seconds == 0.0 {
        return format!("{}s", short(seconds));
    }
    if seconds.abs() < 1.0 {
        return format!("{}s", small(seconds));
    }
    let (sign, seconds) = if seconds < 0.0 { ("-", -seconds) } else { ("", seconds) };
    #[expect(clippy::cast_possible_truncation, reason = "what is larger is the largest, as it should")]
    let whole = seconds.trunc() as i64;
    let (minutes, hours, days) = (whole / 60 % 60, whole / 3600 % 24, whole / 86_400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{sign}{}s", short(seconds)),
        (0, 0, _) => format!("{sign}{minutes}m {}s", whole % 60),
        (0, _, _) => format!("{sign}{hours}h {minutes}m {}s", whole % 60),
        (_, _, _) => format!("{sign}{days}d {hours}h {minutes}m {}s", whole % 60),
    }
}
