//! Numbers as Prometheus prints them: Go's shortest form that reads back, without an exponent where that is not long.

use std::io::Write as _;

/// A whole number.
pub(super) fn whole(number: i64, out: &mut Vec<u8>) {
    let mut digits = [0u8; 20];
    let mut rest = number.unsigned_abs();
    let mut used = 0;
    for place in digits.iter_mut().rev() {
        *place = digit(rest);
        rest /= 10;
        used += 1;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(digits.get(20 - used..).unwrap_or_default());
}

const fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

/// Milliseconds as seconds, with the places that they need to say the whole.
pub(super) fn seconds(millis: i64, out: &mut Vec<u8>) {
    if millis < 0 {
        out.push(b'-');
    }
    let size = millis.unsigned_abs();
    whole((size / 1_000).cast_signed(), out);
    let fraction = size % 1_000;
    if fraction != 0 {
        out.extend_from_slice(&[b'.', digit(fraction / 100), digit(fraction / 10), digit(fraction)]);
    }
}

/// A value, without quotes.
pub(super) fn value(value: f64, out: &mut Vec<u8>) {
    let size = value.abs();
    if let Some(number) = exact(value) {
        whole(number, out);
    } else if !value.is_finite() {
        out.extend_from_slice(not_finite(value).as_bytes());
    } else if size != 0.0 && !(1e-6..1e21).contains(&size) {
        exponent(value, out);
    } else {
        plain(value, out);
    }
}

/// The value as a whole number, if it is one. The negative zero is none, since it keeps its sign.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked, and that nothing was lost")]
fn exact(value: f64) -> Option<i64> {
    if value.abs() >= 9e15 || (value == 0.0 && value.is_sign_negative()) {
        return None;
    }
    let number = value as i64;
    (number as f64 == value).then_some(number)
}

const fn not_finite(value: f64) -> &'static str {
    match value {
        f64::INFINITY => "+Inf",
        f64::NEG_INFINITY => "-Inf",
        _ => "NaN",
    }
}

fn plain(value: f64, out: &mut Vec<u8>) {
    // A vector takes everything that is written.
    let _ = write!(out, "{value}");
}

/// A value with an exponent of at least two digits: `1.5e+21`.
pub(super) fn exponent(value: f64, out: &mut Vec<u8>) {
    if !value.is_finite() {
        return out.extend_from_slice(not_finite(value).as_bytes());
    }
    let text = format!("{value:e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, size) = power.strip_prefix('-').map_or(('+', power), |size| ('-', size));
    let _ = write!(out, "{digits}e{sign}{size:0>2}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn values_are_printed_as_go_prints_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-42.0, "-42"),
            (0.1, "0.1"),
            (1.5, "1.5"),
            (123_456_789.125, "123456789.125"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (1e20, "100000000000000000000"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (-1.5e300, "-1.5e+300"),
            (0.000_001, "0.000001"),
            (0.000_000_1, "1e-07"),
            (1.234e-10, "1.234e-10"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(written(|out| value(number, out)), text);
        }
        for (number, text) in [(1.0, "1e+00"), (0.05, "5e-02"), (123.0, "1.23e+02"), (f64::NAN, "NaN"), (0.0, "0e+00")]
        {
            assert_eq!(written(|out| exponent(number, out)), text);
        }
    }

    #[test]
    fn instants_have_the_places_that_they_need() {
        for (millis, text) in [
            (0, "0"),
            (1_435_781_451_781, "1435781451.781"),
            (1_000, "1"),
            (1_010, "1.010"),
            (-1, "-0.001"),
            (-1_500, "-1.500"),
            (i64::MIN, "-9223372036854775.808"),
        ] {
            assert_eq!(written(|out| seconds(millis, out)), text);
        }
        assert_eq!(written(|out| whole(i64::MIN, out)), "-9223372036854775808");
    }

    proptest::proptest! {
        #[test]
        fn values_read_back(bits in proptest::num::u64::ANY) {
            let number = f64::from_bits(bits);
            let read: f64 = written(|out| value(number, out)).parse().expect("a number");
            proptest::prop_assert!(read == number || (read.is_nan() && number.is_nan()));
        }
    }
}
