//! The port by which others work on parts of an evaluation. There are no threads here: whoever calls has them, or has none.

/// Who works on parts of an evaluation side by side.
pub trait Workers: Sync {
    /// How many parts can be worked on at once, at least one.
    fn count(&self) -> usize;

    /// Calls `part` with each number from 0 up to `parts`, in any order and side by side, and returns when all are done.
    fn run(&self, parts: usize, part: &(dyn Fn(usize) + Sync));
}

/// Nobody else: parts are worked on one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Alone;

impl Workers for Alone {
    fn count(&self) -> usize {
        1
    }

    fn run(&self, parts: usize, part: &(dyn Fn(usize) + Sync)) {
        (0..parts).for_each(part);
    }
}
