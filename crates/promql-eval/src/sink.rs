//! Where rows go: each is seen once, and may be changed or taken.

use crate::EvalFault;
use crate::labels::Labels;
use crate::row::Row;

/// What comes of a step of an evaluation.
pub(crate) type Done = Result<(), EvalFault>;

/// Takes rows, one after the other.
pub(crate) trait Sink {
    /// Takes a row. Its values may be changed or taken away; whoever gave it starts the next one anew.
    fn row(&mut self, labels: &Labels, row: &mut Row) -> Done;
}

impl<F: FnMut(&Labels, &mut Row) -> Done> Sink for F {
    fn row(&mut self, labels: &Labels, row: &mut Row) -> Done {
        self(labels, row)
    }
}
