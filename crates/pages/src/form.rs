//! The table of forms: what a reader can do on pages.

use std::collections::BTreeMap;
use std::fmt;

use evenkeel_engine::Input;
use evenkeel_identity::Action;

use crate::{Asked, Kept};

/// The fields of a form that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

/// What a form asks for.
#[derive(Debug)]
pub struct Act {
    /// What is handed in.
    pub input: Input,
    /// Where to go on when it was taken: an address relative to the form's, with `said=WORD` if something is to be said.
    pub then: String,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What.
    pub text: String,
    /// What to do.
    pub help: String,
}

/// One form.
#[derive(Clone, Copy)]
pub struct FormRoute {
    /// Its path, `{id}` standing for a segment.
    pub path: &'static str,
    /// What decides who may send it.
    pub action: Action,
    /// The page it stands on, shown again when it is not taken: a path with the same `{…}`.
    pub page: &'static str,
    /// What it asks for.
    pub read: fn(&Asked<'_>, &Fields) -> Result<Act, Wrong>,
}

/// Every form.
pub const FORMS: &[FormRoute] = &[
    crate::incident::commands::ACKNOWLEDGE,
    crate::incident::commands::ESCALATE,
    crate::incident::commands::RESOLVE,
    crate::incident::commands::REOPEN,
    crate::incident::commands::CLOSE,
    crate::incident::commands::NOTE,
    crate::incident::commands::ASSIGN,
    crate::incident::commands::MERGE,
    crate::incident::commands::SEVERITY,
    crate::incident::commands::VISIBILITY,
    crate::incident::commands::PROBLEM,
    crate::incident::commands::APPROVE,
    crate::incident::commands::WITHDRAW,
    crate::incidents::opening::OPEN,
    crate::problems::OPEN,
    crate::problems::one::LINK,
    crate::problems::one::RESOLVE,
    crate::review_improvements::TAKE_UP,
    crate::review_improvements::GIVE_UP,
    crate::review_attest::SIGN,
    respond("/silences/new", "/silences/new", crate::silence_acts::set),
    respond("/silences/{id}/edit", "/silences/{id}/edit", crate::silence_acts::change),
    respond("/silences/{id}/expire", "/silences/{id}", crate::silence_acts::expire),
    respond("/silences/{id}/again", "/silences/{id}", crate::silence_acts::again),
    respond("/oncall/{schedule}/overrides", "/oncall/{schedule}", crate::oncall_acts::set),
    respond("/oncall/{schedule}/overrides/{id}/remove", "/oncall/{schedule}", crate::oncall_acts::remove),
];

const fn respond(
    path: &'static str,
    page: &'static str,
    read: fn(&Asked<'_>, &Fields) -> Result<Act, Wrong>,
) -> FormRoute {
    FormRoute { path, action: Action::Respond, page, read }
}

impl Fields {
    /// The fields, in any order; of two with one name the last counts.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        // Browsers write line ends as CR LF.
        Self(pairs.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect())
    }

    /// What was typed into a field, without blanks around it; empty where nothing was, or no such field is.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// The same, where it is not empty.
    #[must_use]
    pub fn said(&self, name: &str) -> Option<Box<str>> {
        let text = self.text(name);
        (!text.is_empty()).then(|| text.into())
    }

    /// All of it, to be shown again.
    #[must_use]
    pub fn kept(&self) -> &Kept {
        &self.0
    }
}

impl Wrong {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn new(text: impl Into<String>, help: impl Into<String>) -> Self {
        Self { text: text.into(), help: help.into() }
    }
}

impl fmt::Debug for FormRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormRoute").field("path", &self.path).field("action", &self.action).finish_non_exhaustive()
    }
}
