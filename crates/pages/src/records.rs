//! Records that a page asks for first, and what was found.

use std::borrow::Cow;

use evenkeel_ids::Seq;
use evenkeel_time::Timestamp;

/// Which records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordsAsked {
    /// From this one on; `None`: from the last (backwards), or the first.
    pub from: Option<Seq>,
    /// Only up to this instant.
    pub until: Option<Timestamp>,
    /// The newest first.
    pub backwards: bool,
    /// Only of these kinds; empty: of all.
    pub kinds: Vec<String>,
    /// Only by this actor.
    pub actor: Option<String>,
    /// Only what is about this id or document, or names it.
    pub about: Option<String>,
    /// So many at most.
    pub limit: usize,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFound {
    /// Its number.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// What kind of thing happened.
    pub kind: String,
    /// Who did it.
    pub actor: String,
    /// What it is about.
    pub subject: String,
    /// Whether it was seen, told or brought in: `observed`, `reported`, `imported`.
    pub origin: String,
    /// Its hash, as hexadecimal digits.
    pub hash: String,
    /// That of the record before it.
    pub before: String,
    /// The plan it was decided under, by its hash.
    pub plan: String,
    /// Its body as JSON over several lines; `None` when that was erased.
    pub body: Option<String>,
    /// All of it as one line of JSON, as exported.
    pub line: String,
}

/// Holds an address of somebody outside: no page and no answer shows its body, the journal itself does.
const ADDRESSED: &str = "subscription-asked";

impl RecordFound {
    /// Its line as anybody may read it who may look.
    #[must_use]
    pub fn told(&self) -> Cow<'_, str> {
        match self.line.find(r#""salt":"#).filter(|_| self.kind == ADDRESSED) {
            Some(at) => Cow::Owned(format!(r#"{}"salt":null,"body":null}}"#, self.line.get(..at).unwrap_or_default())),
            None => Cow::Borrowed(&self.line),
        }
    }

    /// Its body as anybody may read it who may look.
    #[must_use]
    pub fn told_body(&self) -> Option<&str> {
        self.body.as_deref().filter(|_| self.kind != ADDRESSED)
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordsFound {
    /// In the order that was asked for.
    pub records: Vec<RecordFound>,
    /// Where to go on; `None` when there is nothing further. Few or no records and a `next`: only so many are looked
    /// through at once.
    pub next: Option<Seq>,
    /// The last record there is.
    pub head: Seq,
}
