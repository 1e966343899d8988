//! What the server says of facts that it was told.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Recorded {
    pub(super) facts: Vec<Fact>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Fact {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) key: String,
    pub(super) told: String,
}
