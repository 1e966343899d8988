//! Values that no record determines.

use serde::{Deserialize, Serialize};

/// A value that is lost in a crash, and may be: two of them are always equal, so that states compare by what records
/// determine.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Volatile<T>(pub T);

impl<T> PartialEq for Volatile<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Volatile<T> {}
