//! The store from outside: what is appended is there, whatever happens in between.

mod basics;
mod damage;
mod full_disk;
mod killed;
mod model;
mod support;
