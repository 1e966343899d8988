//! PromQL as its documentation has it, against promtool, and on any text.
#![expect(clippy::disallowed_methods, reason = "promtool reads files")]

mod expression;
mod faults;
mod labels;
mod promtool;
mod properties;
mod syntax;
