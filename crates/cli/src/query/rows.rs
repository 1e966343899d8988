//! Rows as a query gives them, and as they go over the wire.

use std::fmt::Write as _;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::client::unsteering;

/// What a query gave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// NULL.
    Nothing,
    /// A whole number.
    Whole(i64),
    /// Another number.
    Number(f64),
    /// Text.
    Text(Box<str>),
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Self::Nothing,
            Value::Bool(flag) => Self::Whole(i64::from(flag)),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Whole(whole),
                None => number.as_f64().map_or(Self::Nothing, Self::Number),
            },
            Value::String(text) => Self::Text(text.into()),
            other @ (Value::Array(_) | Value::Object(_)) => Self::Text(other.to_string().into()),
        })
    }
}

impl Rows {
    /// One object, a line for each row.
    pub(super) fn json(&self) -> String {
        let columns = Value::from(self.columns.clone());
        let mut out = format!("{{\n  \"columns\": {},\n  \"more\": {},\n  \"rows\": [", compact(&columns), self.more);
        for (row, at) in self.rows.iter().zip(0_usize..) {
            let comma = if at == 0 { "" } else { "," };
            let row: Value = row.iter().map(Cell::value).collect();
            let _ = write!(out, "{comma}\n    {}", compact(&row));
        }
        out.push_str(if self.rows.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }
}

impl Cell {
    fn value(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Whole(number) => Value::from(*number),
            Self::Number(number) => Value::from(*number),
            Self::Text(text) => Value::from(text.as_ref()),
        }
    }
}

fn compact(value: &Value) -> String {
    unsteering(&value.to_string())
}
