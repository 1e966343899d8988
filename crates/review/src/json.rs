//! A review for programs. Its form is published as `docs/schema/review.schema.json`.
//!
//! It is written as it is walked, so that a review of very many subjects needs no second copy of itself.

mod calm;
mod schema;
mod shape;

use std::io;

use serde::Serialize as _;
use serde_json::Serializer;

pub(crate) use calm::calm;
pub use schema::review_schema;

use crate::Report;

/// Changes when a field goes or means something else; new fields do not change it.
const FORM: u32 = 1;

impl Report<'_> {
    /// Everything as one object.
    #[must_use]
    pub fn json(&self) -> String {
        let mut out = Vec::new();
        self.write_json(&mut out).expect("memory takes everything");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    /// Writes the same piece by piece.
    ///
    /// # Errors
    /// When the writer takes no more.
    pub fn write_json(&self, mut to: impl io::Write) -> io::Result<()> {
        let mut serializer = Serializer::with_formatter(&mut to, calm::Calm::default());
        shape::document(self).serialize(&mut serializer)?;
        to.write_all(b"\n")
    }
}
