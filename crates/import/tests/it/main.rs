//! Foreign texts in, ops repos out.

#![expect(clippy::disallowed_methods, reason = "reads the cases")]
#![expect(clippy::indexing_slicing, reason = "a test ends where it finds something else than expected")]

mod golden;
mod hostile;
mod load;
mod mutated;
mod page;
