//! Numbers and texts as Go prints them, where clients see them.

/// `%q`: in quotes, with escapes.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\u{b}' => out.push_str("\\v"),
            c if u32::from(c) < 0x20 || u32::from(c) == 0x7f => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `%g`: the shortest text that reads back, with an exponent below 1e-4 and from 1e21 when `%v` is meant, else from 1e6 when
/// there are no more digits.
pub(crate) fn float_g(value: f64) -> String {
    if let Some(text) = not_finite(value) {
        return text.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let written = digits.bytes().filter(u8::is_ascii_digit).count();
    let most = if written > 6 && i32::try_from(written).is_ok_and(|written| written > exponent) {
        i32::try_from(written).unwrap_or(i32::MAX)
    } else {
        6
    };
    let most = if written > 6 { most.max(21) } else { most };
    if value != 0.0 && (exponent < -4 || exponent >= most) {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{digits}e{sign}{:02}", exponent.abs())
    } else {
        format!("{value}")
    }
}

/// `strconv.FormatFloat(value, 'f', -1, 64)`: never an exponent.
pub(crate) fn float_f(value: f64) -> String {
    not_finite(value).map_or_else(|| format!("{value}"), str::to_owned)
}

const fn not_finite(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value == f64::INFINITY {
        Some("+Inf")
    } else if value == f64::NEG_INFINITY {
        Some("-Inf")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_go_prints_them() {
        for (value, g, f) in [
            (1.5, "1.5", "1.5"),
            (1e6, "1e+06", "1000000"),
            (123_456.0, "123456", "123456"),
            (0.000_01, "1e-05", "0.00001"),
            (-2.0, "-2", "-2"),
            (f64::INFINITY, "+Inf", "+Inf"),
            (f64::NAN, "NaN", "NaN"),
            (0.0, "0", "0"),
        ] {
            assert_eq!((&*float_g(value), &*float_f(value)), (g, f));
        }
    }

    #[test]
    fn texts_are_quoted_with_escapes() {
        assert_eq!(quoted("a\"b\\\n\u{1}ü"), "\"a\\\"b\\\\\\n\\x01ü\"");
    }
}
