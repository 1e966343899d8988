//! Numbers as Go prints them.
//!
//! Source: Go, `strconv.FormatFloat`.

/// The shortest text that reads back as the same number, as `%v` has it: `0.5`, `1e+06`, `+Inf`, `NaN`.
#[must_use]
pub fn shortest(number: f64) -> String {
    general(number, None, false)
}

fn special(number: f64) -> Option<&'static str> {
    match number {
        _ if number.is_nan() => Some("NaN"),
        _ if number == f64::INFINITY => Some("+Inf"),
        _ if number == f64::NEG_INFINITY => Some("-Inf"),
        _ => None,
    }
}

/// `%f`
pub(crate) fn fixed(number: f64, precision: usize) -> String {
    special(number).map_or_else(|| format!("{number:.precision$}"), str::to_owned)
}

/// `%e`
pub(crate) fn scientific(number: f64, precision: Option<usize>) -> String {
    if let Some(word) = special(number) {
        return word.to_owned();
    }
    let text = match precision {
        Some(precision) => format!("{number:.precision$e}"),
        None => format!("{number:e}"),
    };
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{digits}e{}", exponent_text(exponent))
}

fn exponent_text(exponent: &str) -> String {
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{sign}{digits:0>2}")
}

/// `%g`; `keep` holds trailing zeros, as `%#g` does.
pub(crate) fn general(number: f64, precision: Option<usize>, keep: bool) -> String {
    if let Some(word) = special(number) {
        return word.to_owned();
    }
    let wanted = precision.map(|precision| precision.max(1));
    let text = match wanted {
        Some(digits) => format!("{number:.*e}", digits - 1),
        None => format!("{number:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let shown = if keep || wanted.is_none() { mantissa } else { trimmed(mantissa) };
    // Without a precision Go decides by six digits, however many are printed.
    if exponent < -4 || exponent >= wanted.map_or(6, |digits| i32::try_from(digits).unwrap_or(i32::MAX)) {
        return format!("{shown}e{}", exponent_text(&exponent.to_string()));
    }
    plain(shown, exponent)
}

fn trimmed(mantissa: &str) -> &str {
    if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa }
}

/// `1.25` and 2 are `125`.
fn plain(mantissa: &str, exponent: i32) -> String {
    let (sign, unsigned) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = unsigned.chars().filter(char::is_ascii_digit).collect();
    let Ok(point) = usize::try_from(exponent + 1) else {
        let zeros = usize::try_from(-1 - exponent).unwrap_or(0);
        return format!("{sign}0.{}{digits}", "0".repeat(zeros));
    };
    match digits.split_at_checked(point) {
        Some(("", rest)) => format!("{sign}0.{rest}"),
        Some((whole, "")) => format!("{sign}{whole}"),
        Some((whole, rest)) => format!("{sign}{whole}.{rest}"),
        None => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
    }
}
