//! A request in JSON, rewritten as protobuf while it is read.
//!
//! Which field is what stands in a table; nothing of a request is kept but what is written. Unknown fields are passed over.
//!
//! Source: "OTLP Specification", JSON Protobuf Encoding; "Protocol Buffers", ProtoJSON Format.

mod schema;
mod value;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use self::schema::{Field, Kind, Message};
use self::value::{put_bool, put_number, put_text};

/// Why a body is not OTLP's JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the body is not the JSON of an ExportMetricsServiceRequest: {0}")]
pub struct JsonFault(String);

/// The protobuf of an `ExportMetricsServiceRequest` in JSON.
///
/// # Errors
/// [`JsonFault`] with line and column.
pub fn metrics_from_json(body: &[u8]) -> Result<Vec<u8>, JsonFault> {
    let mut out = Vec::with_capacity(body.len() / 2);
    let mut reader = serde_json::Deserializer::from_slice(body);
    Fill { message: &schema::REQUEST, out: &mut out }
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map_err(|error| JsonFault(error.to_string()))?;
    Ok(out)
}

/// Reads an object into a message.
struct Fill<'o> {
    message: &'static Message,
    out: &'o mut Vec<u8>,
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(Known(self.message))? {
            match field {
                Some(field) => map.next_value_seed(Put { field, out: self.out, of_list: false })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Finds a field by its name.
struct Known(&'static Message);

impl<'de> DeserializeSeed<'de> for Known {
    type Value = Option<&'static Field>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Known {
    type Value = Option<&'static Field>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.0.iter().find(|field| field.name == name))
    }
}

/// Reads a value into a field.
struct Put<'o> {
    field: &'static Field,
    out: &'o mut Vec<u8>,
    of_list: bool,
}

impl<'de> DeserializeSeed<'de> for Put<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Put<'_> {
    /// Whether a value may stand here at all: a list may not stand in a list, nor a value for a list.
    const fn fits(&self) -> bool {
        self.field.repeated == self.of_list
    }
}

impl<'de> Visitor<'de> for Put<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = if self.fits() { "" } else { "a list, each item " };
        write!(f, "{list}{} for `{}`", self.field.kind.described(), self.field.name)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        // The same as a field that is left out.
        if self.of_list { Err(E::invalid_type(serde::de::Unexpected::Unit, &self)) } else { Ok(()) }
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        match self.fits() && put_bool(self.field, value, self.out) {
            true => Ok(()),
            false => Err(E::invalid_type(serde::de::Unexpected::Bool(value), &self)),
        }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        match self.fits() && put_number(self.field, i128::from(value), self.out) {
            true => Ok(()),
            false => Err(E::invalid_value(serde::de::Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        match self.fits() && put_number(self.field, i128::from(value), self.out) {
            true => Ok(()),
            false => Err(E::invalid_value(serde::de::Unexpected::Signed(value), &self)),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        match self.fits() && value::put_double(self.field, value, self.out) {
            true => Ok(()),
            false => Err(E::invalid_value(serde::de::Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        match self.fits() && put_text(self.field, text, self.out) {
            true => Ok(()),
            false => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if !self.field.repeated || self.of_list {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        let Self { field, out, .. } = self;
        while list.next_element_seed(Put { field, out, of_list: true })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let Kind::Message(message) = self.field.kind else {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &self));
        };
        if !self.fits() {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &self));
        }
        let mut nested = Vec::new();
        Fill { message, out: &mut nested }.visit_map(map)?;
        evenkeel_protobuf::put_bytes(self.out, self.field.number, &nested);
        Ok(())
    }
}
