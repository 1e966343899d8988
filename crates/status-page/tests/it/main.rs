//! Status pages made from records and documents, in every form.
//!
//! `UPDATE_GOLDEN=1` writes the golden files anew; read what changed before you take it.

#![expect(clippy::disallowed_methods, reason = "reads and writes golden files")]
#![expect(clippy::panic, clippy::indexing_slicing, reason = "a test ends where it finds something else than expected")]

mod forms;
mod golden;
mod played;
mod shown;
