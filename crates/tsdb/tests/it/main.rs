//! The store from outside: what is appended is there, whatever happens in between.

mod basics;
mod model;
mod support;
