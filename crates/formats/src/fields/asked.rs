//! What readers ask declared mappings for, so that tests can hold it against the declarations.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::shape::Record;

/// A declaration by its address and what it is, a field's name, and the way in which it was asked for.
pub(crate) type Asked = (usize, &'static str, &'static str, &'static str);

thread_local! {
    static ASKED: RefCell<BTreeSet<Asked>> = const { RefCell::new(BTreeSet::new()) };
}

pub(super) fn note(record: &'static Record, name: &'static str, access: &'static str) {
    let asked = (std::ptr::from_ref(record).addr(), record.what, name, access);
    ASKED.with_borrow_mut(|all| all.insert(asked));
}

/// Everything that was asked for on this thread.
pub(crate) fn all() -> BTreeSet<Asked> {
    ASKED.with_borrow(Clone::clone)
}
