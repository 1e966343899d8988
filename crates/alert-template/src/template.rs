//! A template, read once and filled in often.

use std::fmt;
use std::ops::Range;

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

use crate::execute::execute;
use crate::parse::parse;
use crate::tree::Node;
use crate::{Sample, Value};

/// A text with places that are filled in.
#[derive(Debug, Clone)]
pub struct Template {
    text: Box<str>,
    nodes: Vec<Node>,
}

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TemplateFault {}

/// What a template is filled in with.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// `$labels`: those of the sample.
    pub labels: &'a LabelSet,
    /// `$value`.
    pub value: &'a Value,
    /// `$externalLabels`.
    pub external_labels: &'a LabelSet,
    /// `$externalURL`, and what `externalURL` gives.
    pub external_url: &'a str,
    /// The instant of the evaluation.
    pub at: Timestamp,
    /// Answers `query`: an expression in PromQL, asked at that instant.
    pub ask: &'a dyn Fn(&str) -> Result<Vec<Sample>, String>,
}

impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").field("labels", self.labels).field("value", self.value).finish_non_exhaustive()
    }
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// The first [`TemplateFault`].
    pub fn parse(text: &str) -> Result<Self, TemplateFault> {
        Ok(Self { text: text.into(), nodes: parse(text)? })
    }

    /// A text in which nothing is filled in, whatever it says.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.into(), nodes: vec![Node::Text(text.into())] }
    }

    /// As written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is filled in, so that it is what it says.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        match self.nodes.as_slice() {
            [] => self.text.is_empty(),
            [Node::Text(text)] => **text == *self.text,
            _ => false,
        }
    }

    /// Fills it in.
    ///
    /// # Errors
    /// What could not be done, in words; Prometheus puts that in the text's place.
    pub fn expand(&self, given: &Given<'_>) -> Result<String, String> {
        if self.is_plain() {
            return Ok(self.text.to_string());
        }
        execute(&self.nodes, given)
    }
}

#[cfg(test)]
mod tests;
