//! The secret values of an ops repo, apart from its text.
//!
//! A value is remembered with the file it was in and the offset of its blank, so that a text that happens to hold
//! `<secret>` itself is no riddle.

use std::ops::Range;

use evenkeel_formats::BLANK;
use evenkeel_model::Secret;

use crate::OpsFile;

/// One file with its secret values blanked out; fit for a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedFile {
    /// Relative to the ops repo, with `/`.
    pub path: String,
    /// The text, each secret value replaced by `<secret>`.
    pub text: String,
}

/// What was blanked out of the files of one plan; kept in a file only its owner can read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Secrets {
    values: Vec<Blanked>,
}

/// One blanked value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Blanked {
    path: String,
    /// Byte offset of the blank in the redacted text.
    at: usize,
    text: Secret,
}

/// Why redacted files and secrets do not go together.
#[derive(Debug, thiserror::Error)]
pub enum RefillError {
    /// The text with the values is not one that [`Secrets::to_json`] wrote.
    #[error("cannot read the stored secrets")]
    Unreadable(#[source] serde_json::Error),
    /// A value has no blank to go into.
    #[error("the stored secrets do not fit the stored file `{path}`")]
    Misplaced {
        /// The file.
        path: String,
    },
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    path: String,
    at: usize,
    text: String,
}

impl Secrets {
    /// As text, for a file only its owner can read.
    #[must_use]
    pub fn to_json(&self) -> String {
        let written: Vec<Written> = self
            .values
            .iter()
            .map(|value| Written { path: value.path.clone(), at: value.at, text: value.text.expose().to_owned() })
            .collect();
        serde_json::to_string(&written).expect("texts and numbers are always JSON")
    }

    /// Reads what [`Secrets::to_json`] wrote.
    ///
    /// # Errors
    /// [`RefillError::Unreadable`] when it is something else.
    pub fn from_json(text: &str) -> Result<Self, RefillError> {
        let written: Vec<Written> = serde_json::from_str(text).map_err(RefillError::Unreadable)?;
        let value = |Written { path, at, text }| Blanked { path, at, text: Secret::new(text) };
        Ok(Self { values: written.into_iter().map(value).collect() })
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Keeps the values that blanking these ranges of a file takes away. Shape: `ranges` in order, disjoint.
    pub(crate) fn keep(&mut self, path: &str, text: &str, ranges: &[Range<usize>]) {
        let mut shrunk: usize = 0;
        let mut grown: usize = 0;
        for range in ranges {
            let at = range.start + grown - shrunk;
            let secret = Secret::new(text.get(range.clone()).unwrap_or(""));
            self.values.push(Blanked { path: path.to_owned(), at, text: secret });
            shrunk += range.len();
            grown += BLANK.len();
        }
    }

    /// The files as they were before blanking.
    pub(crate) fn refill(&self, files: &[RedactedFile]) -> Result<Vec<OpsFile>, RefillError> {
        let stray = self.values.iter().find(|value| files.iter().all(|file| file.path != value.path));
        if let Some(value) = stray {
            return Err(RefillError::Misplaced { path: value.path.clone() });
        }
        files.iter().map(|file| self.refill_one(file)).collect()
    }

    fn refill_one(&self, file: &RedactedFile) -> Result<OpsFile, RefillError> {
        let misplaced = || RefillError::Misplaced { path: file.path.clone() };
        let mut text = String::with_capacity(file.text.len());
        let mut end = 0;
        for value in self.values.iter().filter(|value| value.path == file.path) {
            let blank = file.text.get(value.at..).is_some_and(|rest| rest.starts_with(BLANK));
            let between = file.text.get(end..value.at).filter(|_| blank).ok_or_else(misplaced)?;
            text.push_str(between);
            text.push_str(value.text.expose());
            end = value.at + BLANK.len();
        }
        text.push_str(file.text.get(end..).unwrap_or(""));
        Ok(OpsFile { path: file.path.clone(), bytes: text.into_bytes() })
    }
}
