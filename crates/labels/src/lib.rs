//! Label sets and the matchers that select them.

mod label_set;
mod matcher;
mod parse;

pub use label_set::{Fingerprint, LabelSet};
pub use matcher::{MatchOp, Matcher, Matchers, RegexError};
pub use parse::{ParseMatcherError, parse_matchers};
