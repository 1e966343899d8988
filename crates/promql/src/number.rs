//! Numbers: decimal, hexadecimal, octal with a leading zero, and durations, which are seconds.

use std::fmt;

use evenkeel_time::Duration;

/// A number as written.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    /// Its value; a duration's is in seconds.
    pub value: f64,
    /// Whether it was written as a duration, such as `5m`.
    pub is_duration: bool,
}

/// Longer durations do not fit Prometheus's 64 bits of nanoseconds.
const DURATION_MS_MAX: i64 = i64::MAX / 1_000_000;

impl Number {
    /// Reads a number without its sign; `None`: it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let value = if text.eq_ignore_ascii_case("inf") {
            f64::INFINITY
        } else if text.eq_ignore_ascii_case("nan") {
            f64::NAN
        } else {
            read_finite(text)?
        };
        Some(Self { value, is_duration: false })
    }

    /// Reads a duration such as `1h30m`; `None`: it is none, or one too long.
    pub(crate) fn read_duration(text: &str) -> Option<Self> {
        let Duration(ms) = text.parse().ok()?;
        #[expect(clippy::cast_precision_loss, reason = "292 years of milliseconds are as exact as Prometheus has them")]
        let value = ms as f64 / 1000.0;
        (ms <= DURATION_MS_MAX).then_some(Self { value, is_duration: true })
    }

    pub(crate) fn negated(self) -> Self {
        Self { value: -self.value, ..self }
    }
}

fn read_finite(text: &str) -> Option<f64> {
    let plain = without_underscores(text)?;
    if let Some(digits) = plain.strip_prefix("0x").or_else(|| plain.strip_prefix("0X")) {
        return integer(digits, 16);
    }
    let is_octal = plain.len() > 1 && plain.starts_with('0') && plain.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    if is_octal {
        return integer(&plain, 8);
    }
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

#[expect(clippy::cast_precision_loss, reason = "Prometheus has floating-point numbers only")]
fn integer(digits: &str, radix: u32) -> Option<f64> {
    i64::from_str_radix(digits, radix).ok().map(|value| value as f64)
}

/// Underscores may stand between two digits, and behind `0x`.
fn without_underscores(text: &str) -> Option<String> {
    let is_hex = text.starts_with("0x") || text.starts_with("0X");
    let is_digit = |c: char| if is_hex { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
    let mut before = ' ';
    for (index, c) in text.char_indices() {
        let behind_digit = is_digit(before) || is_hex && index == 2;
        if c == '_' && !behind_digit || before == '_' && !is_digit(c) {
            return None;
        }
        before = c;
    }
    (before != '_').then(|| text.replace('_', ""))
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        let same = self.value.to_bits() == other.value.to_bits() || self.value.is_nan() && other.value.is_nan();
        same && self.is_duration == other.is_duration
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.value.abs();
        if self.is_duration {
            #[expect(clippy::cast_possible_truncation, reason = "durations are read from whole milliseconds")]
            let ms = (self.value * 1000.0).round() as i64;
            write!(f, "{}", Duration(ms))
        } else if self.value.is_nan() {
            f.write_str("NaN")
        } else if self.value.is_infinite() {
            f.write_str(if self.value > 0.0 { "Inf" } else { "-Inf" })
        } else if size != 0.0 && !(1e-6..1e21).contains(&size) {
            write!(f, "{:e}", self.value)
        } else {
            write!(f, "{}", self.value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_go_reads_them() {
        for (text, value) in [
            ("1", 1.0),
            ("010", 8.0),
            ("08", 8.0),
            ("0x1F", 31.0),
            ("0x_ff", 255.0),
            ("1_000.5", 1000.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e3", 1000.0),
            ("1E-3", 0.001),
            ("inf", f64::INFINITY),
        ] {
            assert_eq!(Number::read(text).map(|number| number.value), Some(value), "{text}");
        }
        for text in ["0x", "1_", "1__0", "_1", "1e999", "1._5", "1e_5", "0xfffffffffffffffff"] {
            assert_eq!(Number::read(text), None, "{text}");
        }
        assert_eq!(Number::read_duration("1h30m").map(|number| number.value), Some(5400.0));
        assert_eq!(Number::read_duration("300y"), None);
    }
}
