//! On call: who, now, next, and why; pure.
