//! The texts of Prometheus's rules: Go's `text/template` with the functions that rules use, read and filled in.
//!
//! [`Template::parse`] reads a text and says what is wrong with it, with its place: syntax, functions that are not there,
//! variables that nobody declares. [`Template::expand`] fills it in. What a template asks a server for goes through
//! [`Given::ask`]; steps are bounded, so that no text runs for ever.

mod execute;
mod format;
mod function;
mod lex;
mod number;
mod parse;
mod template;
mod tree;
mod value;

pub use function::{FUNCTIONS, NOT_HERE, table_link};
pub use number::shortest;
pub use template::{Given, Template, TemplateFault};
pub use value::{Sample, Value};
