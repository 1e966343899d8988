//! PromQL: text becomes a tree in which everything has its place, and the tree is judged. Nothing is evaluated here.
//!
//! [`parse`] reads the language of Prometheus 3, experimental syntax too, and stops at the first fault of syntax.
//! [`check_types`] then says what Prometheus would refuse, all of it. [`selectors`] lists what an expression reads,
//! [`OutputLabels::of`] which labels its result can have, [`experimental`] what Prometheus takes only when told to.
//! Every place is a byte range of the text. Time and memory are bounded on any text.

mod aggregate;
mod at_place;
mod experimental;
mod expr;
mod fault;
mod function;
mod label_name;
mod lex;
mod number;
mod operator;
mod output;
mod parse;
mod pattern;
mod print;
mod selectors;
mod types;
mod window;

pub use aggregate::{Aggregate, AggregateOp, Grouping};
pub use at_place::Located;
pub use evenkeel_labels::METRIC_NAME;
pub use experimental::{Experimental, experimental};
pub use expr::{At, Binary, Call, Expr, ExprKind, Extension, LabelMatcher, Matching, Selector, Side, Timing};
pub use fault::{Fault, FaultKind};
pub use function::{Function, functions};
pub use number::Number;
pub use operator::BinaryOp;
pub use output::{LabelNames, OutputLabels};
pub use parse::parse;
pub use selectors::{Guard, Use, selectors};
pub use types::{ValueType, check_types, value_type};
pub use window::{Window, WindowKind, WindowOp};
