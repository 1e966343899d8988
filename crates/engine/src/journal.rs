//! The port to durable records.

use evenkeel_record::chain::{Head, Sealed};
use evenkeel_record::{Header, Record};

use crate::State;

/// A record as it comes back from the journal.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// Whole.
    Record(Record),
    /// Its body was erased; it is counted and changes nothing else.
    Erased(Header),
}

/// A state that was stored to spare folding, and the record it stands behind.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The last record folded into it, with its hash.
    pub head: Head,
    /// What is known.
    pub state: State,
}

/// Durable records: SQLite in the product, a faulty memory in the simulator.
pub trait Journal {
    /// Why it did not work.
    type Error: std::error::Error;

    /// The last durable record.
    ///
    /// # Errors
    /// When the journal cannot be read.
    fn head(&mut self) -> Result<Head, Self::Error>;

    /// Appends all of them or none; durable when it returns.
    ///
    /// # Errors
    /// When it cannot; whether the records are there is then only known after [`Journal::head`].
    fn commit(&mut self, records: &[Sealed]) -> Result<(), Self::Error>;

    /// The newest usable snapshot, if any.
    fn snapshot(&mut self) -> Option<Snapshot>;

    /// Visits every record behind `after`, in order.
    ///
    /// # Errors
    /// When a record cannot be read or is of a kind this program does not know.
    fn replay(&mut self, after: Head, visit: &mut dyn FnMut(Stored)) -> Result<(), Self::Error>;
}
