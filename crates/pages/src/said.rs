//! What a page says about what was just done: only sentences that are listed here, named by a word in the address.

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Done,
    /// It did not.
    Wrong,
}

/// One sentence at the head of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How.
    pub tone: Tone,
    /// What.
    pub text: String,
    /// What to do, if there is anything.
    pub help: String,
}

/// What can be said after something was done, by the word in the address.
const DONE: &[(&str, &str)] = &[
    ("done", "Done."),
    // Incidents and problems.
    ("acknowledged", "You have it. Nobody else is paged for it while that holds."),
    ("escalated", "They are paged now."),
    ("resolved", "Resolved. If that was too early, reopen it."),
    ("reopened", "It is open again, and people are paged."),
    ("closed", "Closed."),
    ("noted", "Noted."),
    ("assigned", "It is theirs now. To take it back, hand it over again."),
    ("merged", "Merged. The incident on this page goes on."),
    ("judged", "The severity is set."),
    ("visibility-set", "Whether customers notice is set."),
    ("problem-linked", "The problem and the incident know of each other."),
    ("approved", "Approved. It goes now."),
    ("withdrawn", "Withdrawn. It will not go."),
    ("incident-opened", "Opened. People are paged."),
    ("problem-opened", "The problem is open."),
    ("problem-resolved", "The cause is removed."),
    ("taken-up", "Taken up. It closes itself when a review finds the practice practised."),
    ("given-up", "Given up."),
    ("attested", "Signed. It counts from the next review on."),
    ("silence-set", "The silence is set."),
    ("silence-changed", "The silence is changed."),
    ("silence-expired", "The silence is over: what it caught is told again."),
    ("override-set", "Who is on call is changed."),
    ("override-removed", "It is taken back: who has the turn has it again."),
];

impl Said {
    /// After something was done; nothing for a word that is not listed, since anybody can write an address.
    pub(crate) fn done(word: &str) -> Option<Self> {
        let (_, text) = DONE.iter().find(|(known, _)| *known == word)?;
        Some(Self { tone: Tone::Done, text: (*text).to_owned(), help: String::new() })
    }

    /// When something was not done.
    #[must_use]
    pub fn wrong(text: impl Into<String>, help: impl Into<String>) -> Self {
        Self { tone: Tone::Wrong, text: text.into(), help: help.into() }
    }

    /// Whether it worked.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.tone == Tone::Done
    }
}
