//! Functions of range vectors: what a window of samples gives.
