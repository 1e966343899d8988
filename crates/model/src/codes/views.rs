//! Codes of views.

codes! {
    EMPTY_VIEW = "empty-view", "no workload is one that a view is about";
    SAME_READERS = "same-readers", "two views are for the same readers, who see only one of them first";
}
