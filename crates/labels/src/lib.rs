//! Label sets and the matchers that select them.

mod encoded;
mod label_set;
mod matcher;
mod parse;

pub use label_set::{Fingerprint, LabelSet};
pub use matcher::{MatchOp, Matcher, Matchers, RegexError};
pub use parse::{ParseMatcherError, parse_matchers};

/// The label that holds a metric's name.
pub const METRIC_NAME: &str = "__name__";
