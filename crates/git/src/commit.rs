//! A commit: who decided what is in force, and when.

use std::fmt;

use evenkeel_time::Timestamp;

/// A commit's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitId(pub(crate) gix::ObjectId);

impl CommitId {
    /// The first digits of it, enough for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.to_hex_with_len(12).to_string()
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its hash.
    pub id: CommitId,
    /// `Ada Lovelace <ada@example.com>`, as they wrote themselves.
    pub author: String,
    /// When they wrote it.
    pub authored_at: Timestamp,
    /// The first line of its message.
    pub summary: String,
}

/// Longer names and first lines are cut.
const CHARS_MAX: usize = 200;

impl Commit {
    /// Reads a commit; what is malformed in it is left out, since its files count all the same.
    pub(crate) fn of(commit: &gix::Commit<'_>) -> Self {
        let author = commit.author().ok();
        let named = |name: String, mail: String| if mail.is_empty() { name } else { format!("{name} <{mail}>") };
        let written = author.map(|author| named(line(author.name), line(author.email)));
        let seconds = author.and_then(|author| author.time().ok()).map_or(0, |time| time.seconds);
        let summary = commit.message().map(|message| line(&message.summary())).unwrap_or_default();
        let authored_at = Timestamp(seconds.saturating_mul(1000));
        Self { id: CommitId(commit.id), author: written.unwrap_or_default(), authored_at, summary }
    }
}

/// One line of bearable length, without what could play tricks on a terminal.
fn line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim().chars().filter(|c| !c.is_control()).take(CHARS_MAX).collect()
}
