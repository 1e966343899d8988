//! The declaration of a kind of fact.

/// A kind of fact, with what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactKind {
    /// As told: `deployment`.
    pub name: &'static str,
    /// The table that reviews find it in: `deployments`.
    pub table: &'static str,
    /// What one fact of it is, in one sentence.
    pub about: &'static str,
    /// What every fact of it has to be about; the rest of the envelope may be there.
    pub requires: &'static [Envelope],
    /// What it says, in the order of the docs.
    pub fields: &'static [Field],
}

/// A part of the envelope that a kind may demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Envelope {
    /// The workload it is about.
    Workload,
    /// The team it is about.
    Team,
    /// The person it is about.
    Person,
}

/// One thing that a kind of fact says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in what is told, and of the table's column.
    pub name: &'static str,
    /// What its value is.
    pub sort: Sort,
    /// Whether every fact of the kind says it.
    pub required: bool,
    /// What it means, in a few words.
    pub about: &'static str,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// Texts in their order.
    List,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An instant: RFC 3339, or milliseconds since 1970. Kept as the latter.
    Instant,
}

impl FactKind {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether every fact of the kind has to say that part of the envelope.
    #[must_use]
    pub fn demands(&self, part: Envelope) -> bool {
        self.requires.contains(&part)
    }
}

impl Envelope {
    /// All, in the order of the docs.
    pub const ALL: [Self; 3] = [Self::Workload, Self::Team, Self::Person];

    /// As told.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Team => "team",
            Self::Person => "person",
        }
    }

    /// What it means.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Workload => "The workload it is about, by its name in the ops repo.",
            Self::Team => "The team it is about, by its name in the ops repo; left out, the workload's owner.",
            Self::Person => "The person it is about, by the name of their document in the ops repo.",
        }
    }
}

impl Sort {
    /// For people: `text`, `list of texts`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole number",
            Self::Flag => "yes or no",
            Self::List => "list of texts",
            Self::Word(_) => "one word",
            Self::Instant => "instant",
        }
    }
}

impl Field {
    /// The same, said by every fact of the kind.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

const fn field(name: &'static str, sort: Sort, about: &'static str) -> Field {
    Field { name, sort, required: false, about }
}

pub(crate) const fn text(name: &'static str, about: &'static str) -> Field {
    field(name, Sort::Text, about)
}

pub(crate) const fn whole(name: &'static str, about: &'static str) -> Field {
    field(name, Sort::Whole, about)
}

pub(crate) const fn flag(name: &'static str, about: &'static str) -> Field {
    field(name, Sort::Flag, about)
}

pub(crate) const fn list(name: &'static str, about: &'static str) -> Field {
    field(name, Sort::List, about)
}

pub(crate) const fn word(name: &'static str, words: &'static [&'static str], about: &'static str) -> Field {
    field(name, Sort::Word(words), about)
}

pub(crate) const fn instant(name: &'static str, about: &'static str) -> Field {
    field(name, Sort::Instant, about)
}
