//! The value of a fact's field or a declaration's attribute, in the JSON that anybody would write for it.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value: a text, a whole number, a flag, or texts in their order.
///
/// As JSON it is a string, a number, `true` or `false`, or an array of strings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactValue {
    /// A text.
    Text(Box<str>),
    /// A whole number; instants and durations are milliseconds.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// Texts in their order.
    List(Vec<Box<str>>),
}

impl FactValue {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A list.
    #[must_use]
    pub fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| text.as_ref().into()).collect())
    }
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::List(texts) => f.write_str(&texts.join(",")),
        }
    }
}

impl Serialize for FactValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(texts) => serializer.collect_seq(texts),
        }
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = FactValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a whole number, true or false, or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FactValue, E> {
        Ok(FactValue::Text(text.into()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<FactValue, E> {
        Ok(FactValue::Text(text.into()))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<FactValue, E> {
        Ok(FactValue::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<FactValue, E> {
        Ok(FactValue::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<FactValue, E> {
        i64::try_from(number).map(FactValue::Whole).map_err(|_| E::custom("a number that is too large"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<FactValue, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = items.next_element()? {
            texts.push(text);
        }
        Ok(FactValue::List(texts))
    }
}

impl<'de> Deserialize<'de> for FactValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_the_json_that_anybody_would_write_and_reads_back() {
        let list = || FactValue::list(["a", "b,c"]);
        for (value, json) in [
            (FactValue::text("v1"), r#""v1""#),
            (FactValue::Whole(-3), "-3"),
            (FactValue::Whole(i64::MAX), "9223372036854775807"),
            (FactValue::Flag(true), "true"),
            (FactValue::List(vec![]), "[]"),
            (list(), r#"["a","b,c"]"#),
        ] {
            assert_eq!(serde_json::to_string(&value).expect("JSON"), json);
            assert_eq!(serde_json::from_str::<FactValue>(json).expect("a value"), value);
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for json in ["1.5", "null", "{}", "[1]", "[[\"a\"]]", "9223372036854775808", "1e3"] {
            assert!(serde_json::from_str::<FactValue>(json).is_err(), "{json}");
        }
    }
}
