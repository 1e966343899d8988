//! Entries of registers as parsed, and where facts come from by themselves.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_time::{Duration, Timestamp};

use super::{Name, Text};
use crate::{Forge, RegisterKind, SecretRef};

/// One entry of a register.
#[derive(Debug, Clone)]
pub struct RegisterDocument {
    /// Which register.
    pub kind: RegisterKind,
    /// Its fields by name, as written; what has a default is always there.
    pub fields: BTreeMap<&'static str, FieldDocument>,
}

impl RegisterDocument {
    /// Where the value of a field is written.
    #[must_use]
    pub fn place(&self, field: &str) -> Option<Span> {
        self.fields.get(field).and_then(FieldDocument::place)
    }
}

/// The value of a field.
#[derive(Debug, Clone)]
pub enum FieldDocument {
    /// A text, a word, a path or an address.
    Text(Text),
    /// A number.
    Whole(Spanned<u64>),
    /// Yes or no.
    Flag(Spanned<bool>),
    /// An instant; of a day its end in UTC.
    At(Spanned<Timestamp>),
    /// A length of time.
    Lasts(Spanned<Duration>),
    /// Several texts.
    Texts(Vec<Text>),
    /// The name of something else, which is looked up.
    Name(Referred, Name),
    /// Several such names.
    Names(Referred, Vec<Name>),
}

impl FieldDocument {
    /// Where it is written; of several values the first.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        match self {
            Self::Text(text) => Some(text.span),
            Self::Whole(number) => Some(number.span),
            Self::Flag(flag) => Some(flag.span),
            Self::At(at) => Some(at.span),
            Self::Lasts(lasts) => Some(lasts.span),
            Self::Texts(texts) => texts.first().map(|text| text.span),
            Self::Name(_, name) => Some(name.span),
            Self::Names(_, names) => names.first().map(|name| name.span),
        }
    }
}

/// What a name in an entry is looked up among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referred {
    /// People.
    Person,
    /// Teams.
    Team,
    /// Workloads.
    Workload,
    /// Runbooks and playbooks.
    Procedure,
    /// Entries of a register.
    Register(RegisterKind),
}

impl Referred {
    /// What a word in a declaration means, such as `team`, or `data class`.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "person" => Some(Self::Person),
            "team" => Some(Self::Team),
            "workload" => Some(Self::Workload),
            "procedure" => Some(Self::Procedure),
            _ => RegisterKind::ALL.iter().copied().find(|kind| kind.word() == word).map(Self::Register),
        }
    }
}

/// `kind: EventSource`.
#[derive(Debug, Clone)]
pub struct EventSourceDocument {
    /// `type`.
    pub forge: Forge,
    /// `secret` or `secretFile`.
    pub secret: SecretRef,
    /// `repositories`, in the order of the file.
    pub repositories: Vec<RepositoryDocument>,
}

/// One of `repositories`.
#[derive(Debug, Clone)]
pub struct RepositoryDocument {
    /// As the forge calls it: `acme/shop`.
    pub name: Name,
    /// `workload`: what is built from it.
    pub workload: Option<Name>,
}
