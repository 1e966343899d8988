//! One value of JSON, written as a field of protobuf. Each function says whether the value fits.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};
use evenkeel_protobuf::{FIXED64, VARINT, put_bytes, put_key, put_varint, to_zigzag};

use super::schema::{Field, Kind};

/// Both alphabets, with and without padding, are taken.
const LENIENT: GeneralPurposeConfig = general_purpose::PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);

pub(super) fn put_bool(field: &Field, value: bool, out: &mut Vec<u8>) -> bool {
    if !matches!(field.kind, Kind::Bool) {
        return false;
    }
    put_key(out, field.number, VARINT);
    put_varint(out, u64::from(value));
    true
}

pub(super) fn put_number(field: &Field, value: i128, out: &mut Vec<u8>) -> bool {
    let bits = || {
        let signed = i64::try_from(value).ok().map(i64::cast_unsigned);
        signed.or_else(|| u64::try_from(value).ok())
    };
    let (kind, bits) = match field.kind {
        Kind::Varint => (VARINT, bits()),
        Kind::Zigzag => (VARINT, i32::try_from(value).ok().map(|value| to_zigzag(i64::from(value)))),
        Kind::Fixed64 => (FIXED64, bits()),
        Kind::Double => (FIXED64, Some((value as f64).to_bits())),
        Kind::Text | Kind::Bytes | Kind::Id | Kind::Bool | Kind::Message(_) => return false,
    };
    let Some(bits) = bits else { return false };
    put_key(out, field.number, kind);
    if kind == FIXED64 {
        out.extend_from_slice(&bits.to_le_bytes());
    } else {
        put_varint(out, bits);
    }
    true
}

/// A number with a point or an exponent: whole ones may be written so as well.
#[expect(clippy::cast_possible_truncation, reason = "it is checked that nothing was lost")]
pub(super) fn put_double(field: &Field, value: f64, out: &mut Vec<u8>) -> bool {
    if matches!(field.kind, Kind::Double) {
        put_key(out, field.number, FIXED64);
        out.extend_from_slice(&value.to_bits().to_le_bytes());
        return true;
    }
    let whole = value as i128;
    whole as f64 == value && put_number(field, whole, out)
}

pub(super) fn put_text(field: &Field, text: &str, out: &mut Vec<u8>) -> bool {
    match field.kind {
        Kind::Text => {
            put_bytes(out, field.number, text.as_bytes());
            true
        }
        Kind::Bytes => {
            let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text));
            bytes.inspect(|bytes| put_bytes(out, field.number, bytes)).is_ok()
        }
        Kind::Id => hex(text).inspect(|bytes| put_bytes(out, field.number, bytes)).is_some(),
        Kind::Double => {
            let value = match text {
                "NaN" => f64::NAN,
                "Infinity" => f64::INFINITY,
                "-Infinity" => f64::NEG_INFINITY,
                number if number.starts_with(|c: char| c.is_ascii_digit() || c == '-') => match number.parse() {
                    Ok(value) => value,
                    Err(_) => return false,
                },
                _ => return false,
            };
            put_double(field, value, out)
        }
        Kind::Varint | Kind::Zigzag | Kind::Fixed64 => {
            text.parse().is_ok_and(|value: i128| put_number(field, value, out))
        }
        Kind::Bool | Kind::Message(_) => false,
    }
}

/// Bytes of hexadecimal digits of either case.
fn hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    bytes.filter(|_| odd.is_empty())
}
