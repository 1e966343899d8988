//! PromQL evaluated: an expression and a store give values over time. The language is read in `evenkeel-promql`.
//!
//! Evaluation is columnar. An expression is a stream of rows: the labels of a series and a value for each instant of the
//! question. A row passes through functions and operators in place and ends in an accumulator or in the answer, so that a sum
//! over many series never holds them all. A series' samples are read once, for all instants, with windows that move. Whoever
//! calls may lend [`Workers`]: then parts of a selector's series are worked on side by side.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "operators, functions and kinds of expressions are many, and each place knows a few of them"
)]

mod absent;
mod aggregate;
mod answer;
mod binary;
mod call;
mod collect;
mod cursor;
mod evaluate;
mod evaluator;
mod fault;
mod go_text;
mod grid;
mod labels;
mod notes;
mod quantile;
mod query;
mod range;
mod row;
mod scalar;
mod selector;
mod shape;
mod sink;
mod split;
mod spread;
mod timing;
mod window;
mod workers;

pub use answer::{Answer, Point, Series, Value, VectorPoint};
pub use evaluate::{evaluate, evaluate_with};
pub use fault::{EvalFault, EvalFaultKind};
pub use query::{Limits, Never, Query, Stop};
pub use workers::{Alone, Workers};
