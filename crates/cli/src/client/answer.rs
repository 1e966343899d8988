//! Reading the server's JSON.
//!
//! Fields that are not known are passed over and words are shown as they come, so that a newer server can be asked.

use evenkeel_time::Timestamp;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// An instant in an answer: RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(pub(crate) Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|error| D::Error::custom(format_args!("`{text}` is {error}")))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The answer as what it is agreed to be.
pub(crate) fn read<T: DeserializeOwned>(answer: &Value) -> Result<T, serde_json::Error> {
    T::deserialize(answer)
}

/// The list with those of its items that are wanted; it is the answer itself, or under that name in it.
pub(crate) fn retain(mut answer: Value, name: Option<&str>, wanted: impl FnMut(&Value) -> bool) -> Value {
    let list = match name {
        Some(name) => answer.get_mut(name),
        None => Some(&mut answer),
    };
    if let Some(list) = list.and_then(Value::as_array_mut) {
        list.retain(wanted);
    }
    answer
}
