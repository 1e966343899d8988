//! Places in what a person wrote, and what is wrong there.
//!
//! A [`Diagnostic`] is a value: loading returns `(T, Vec<Diagnostic>)` and keeps going, and the faces
//! render it. Spans are byte ranges into a source that [`Sources`] knows.

mod diagnostic;
mod source;
mod spanned;
mod suggestion;
mod written;

pub use diagnostic::{Code, Diagnostic, Label, Severity};
pub use source::{Position, Source, SourceId, Sources};
pub use spanned::{Span, Spanned};
pub use suggestion::did_you_mean;
pub use written::Written;
