//! Values of attributes as text.
//!
//! Source: opentelemetry-proto `common/v1`, `AnyValue`; OpenTelemetry, "Mapping arbitrary data to OTLP AnyValue", string form.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evenkeel_protobuf::Fields;

use crate::IntakeFault;

/// Lists and maps inside each other.
const NESTING_MAX: usize = 32;

/// Cuts a `KeyValue` into its key and its `AnyValue`.
pub(crate) fn key_value(message: &[u8]) -> Result<(&str, &[u8]), IntakeFault> {
    let (mut fields, mut key, mut value) = (Fields::of(message), &[][..], &[][..]);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => key = field.bytes(1)?,
            2 => value = field.bytes(2)?,
            _ => {}
        }
    }
    Ok((text(key)?, value))
}

/// Bytes that have to be text.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, IntakeFault> {
    str::from_utf8(bytes).map_err(|_| IntakeFault::Text)
}

/// An `AnyValue` as the text of a label: strings as they are, lists and maps as JSON.
pub(crate) fn value_text(message: &[u8]) -> Result<Cow<'_, str>, IntakeFault> {
    Ok(match value(message)? {
        AnyValue::None => Cow::Borrowed(""),
        AnyValue::Text(text) => Cow::Borrowed(text),
        AnyValue::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        AnyValue::Int(value) => Cow::Owned(value.to_string()),
        AnyValue::Double(value) => Cow::Owned(double(value)),
        AnyValue::Bytes(bytes) => Cow::Owned(STANDARD.encode(bytes)),
        nested @ (AnyValue::List(_) | AnyValue::Map(_)) => {
            let mut json = String::new();
            write_json(&nested, NESTING_MAX, &mut json)?;
            Cow::Owned(json)
        }
    })
}

enum AnyValue<'a> {
    None,
    Text(&'a str),
    Bool(bool),
    Int(i64),
    Double(f64),
    Bytes(&'a [u8]),
    List(&'a [u8]),
    Map(&'a [u8]),
}

fn value(message: &[u8]) -> Result<AnyValue<'_>, IntakeFault> {
    let (mut fields, mut value) = (Fields::of(message), AnyValue::None);
    while let Some((number, field)) = fields.field()? {
        value = match number {
            1 => AnyValue::Text(text(field.bytes(1)?)?),
            2 => AnyValue::Bool(field.varint(2)? != 0),
            3 => AnyValue::Int(field.int64(3)?),
            4 => AnyValue::Double(field.double(4)?),
            5 => AnyValue::List(field.bytes(5)?),
            6 => AnyValue::Map(field.bytes(6)?),
            7 => AnyValue::Bytes(field.bytes(7)?),
            _ => value,
        };
    }
    Ok(value)
}

/// As Go writes numbers in JSON.
fn double(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() }
    } else if size == 0.0 || (1e-6..1e21).contains(&size) {
        value.to_string()
    } else {
        let text = format!("{value:e}");
        if text.contains("e-") { text } else { text.replace('e', "e+") }
    }
}

fn write_json(value: &AnyValue<'_>, nesting: usize, out: &mut String) -> Result<(), IntakeFault> {
    let deeper = nesting.checked_sub(1).ok_or(IntakeFault::Nesting(NESTING_MAX))?;
    match value {
        AnyValue::None => out.push_str("null"),
        AnyValue::Text(text) => quoted(text, out),
        AnyValue::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        AnyValue::Int(value) => out.push_str(&value.to_string()),
        AnyValue::Double(value) if value.is_finite() => out.push_str(&double(*value)),
        AnyValue::Double(value) => quoted(&double(*value), out),
        AnyValue::Bytes(bytes) => quoted(&STANDARD.encode(bytes), out),
        AnyValue::List(message) => {
            out.push('[');
            let (mut fields, mut comma) = (Fields::of(message), "");
            while let Some((number, field)) = fields.field()? {
                if number == 1 {
                    out.push_str(std::mem::replace(&mut comma, ","));
                    write_json(&self::value(field.bytes(1)?)?, deeper, out)?;
                }
            }
            out.push(']');
        }
        AnyValue::Map(message) => {
            let mut pairs = Vec::new();
            let mut fields = Fields::of(message);
            while let Some((number, field)) = fields.field()? {
                if number == 1 {
                    pairs.push(key_value(field.bytes(1)?)?);
                }
            }
            pairs.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, value)) in pairs.into_iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                quoted(key, out);
                out.push(':');
                write_json(&self::value(value)?, deeper, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn quoted(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}
