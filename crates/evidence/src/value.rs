//! What stands in a cell of a table.

use std::sync::Arc;

/// A value as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Whole(i64),
    Text(Arc<str>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Whole(i64::from(flag))
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::Whole(i64::from(count))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(plain(text))
    }
}

impl From<&Arc<str>> for Value {
    fn from(text: &Arc<str>) -> Self {
        if text.contains('\0') { Self::Text(plain(text)) } else { Self::Text(Arc::clone(text)) }
    }
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

impl Value {
    pub(crate) fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Whole(_) => None,
        }
    }

    pub(crate) const fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Null | Self::Text(_) => None,
        }
    }
}

/// PostgreSQL keeps no NUL in a text; no engine may have another text than the other.
fn plain(text: &str) -> Arc<str> {
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { text.into() }
}
