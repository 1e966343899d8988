//! Registers: what an organisation wants, owes, fears, decided, agreed, knows and does again and again.
//!
//! Each entry is a document of the ops repo. What its fields are is declared where it is read; here they are values by
//! the field's name, with every name looked up.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_time::{Duration, Timestamp};

use crate::Catalogue;

/// Declares the kinds with their names in documents and in sentences.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $word:literal;)*) => {
        /// The registers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RegisterKind {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl RegisterKind {
            /// All, by name.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As `kind` has it: `DataClass`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                }
            }

            /// In a sentence: `data class`.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

kinds! {
    /// What one team may expect of another.
    Agreement = "agreement";
    /// Something that is done again and again.
    Cadence = "cadence";
    /// Data that is treated alike.
    DataClass = "data class";
    /// What was decided, between which options, and what is expected of it.
    Decision = "decision";
    /// Leave to do otherwise than a standard or an obligation says, for a while.
    Exception = "exception";
    /// What the organisation wants to come about.
    Goal = "goal";
    /// Something that is to become better, and how that is measured.
    Improvement = "improvement";
    /// A page that somebody keeps true.
    Knowledge = "knowledge page";
    /// What was learned, and whom it concerns.
    Lesson = "lesson";
    /// What a customer needs.
    Need = "need";
    /// What governance or a law demands.
    Obligation = "obligation";
    /// Who engineers and who operates, application and platform.
    OperatingModel = "operating model";
    /// What one team wants of another, until when.
    Request = "request";
    /// What may happen, how likely, how bad, and what is done about it.
    Risk = "risk";
    /// What people have to be able to do, and who is.
    Skill = "skill";
    /// How something is done here.
    Standard = "standard";
    /// Whom to ask for help outside, and until when that is paid.
    SupportPlan = "support plan";
    /// How a skill is learned.
    Training = "training";
}

impl RegisterKind {
    /// The register that `kind` names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }
}

/// One document of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Which register.
    pub kind: RegisterKind,
    /// Unique in the register.
    pub name: Arc<str>,
    /// A team or a person.
    pub owner: Option<DocumentRef>,
    /// What it says, by the names of its fields as written: `reviewBy`. What has a default is always there. A page of
    /// knowledge also has its `path`, and its first heading as `title`.
    pub values: BTreeMap<&'static str, RegisterValue>,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterValue {
    /// A text, a word, a path or an address.
    Text(Box<str>),
    /// A number.
    Whole(u64),
    /// Yes or no.
    Flag(bool),
    /// An instant; of a day its end in UTC.
    At(Timestamp),
    /// A length of time.
    Lasts(Duration),
    /// Several texts, in the order of the file.
    Texts(Vec<Box<str>>),
    /// The name of a person, team, workload, procedure or other entry that is there.
    Name(Arc<str>),
    /// Several such names, in the order of the file, each once.
    Names(Vec<Arc<str>>),
}

impl RegisterEntry {
    /// A text, or the name of something else.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.values.get(field)? {
            RegisterValue::Text(text) => Some(text),
            RegisterValue::Name(name) => Some(name),
            RegisterValue::Whole(_)
            | RegisterValue::Flag(_)
            | RegisterValue::At(_)
            | RegisterValue::Lasts(_)
            | RegisterValue::Texts(_)
            | RegisterValue::Names(_) => None,
        }
    }

    /// Texts, or names of other things; none when the field is not there.
    #[must_use]
    pub fn texts(&self, field: &str) -> Vec<&str> {
        match self.values.get(field) {
            Some(RegisterValue::Texts(texts)) => texts.iter().map(AsRef::as_ref).collect(),
            Some(RegisterValue::Names(names)) => names.iter().map(AsRef::as_ref).collect(),
            Some(
                RegisterValue::Text(_)
                | RegisterValue::Name(_)
                | RegisterValue::Whole(_)
                | RegisterValue::Flag(_)
                | RegisterValue::At(_)
                | RegisterValue::Lasts(_),
            )
            | None => Vec::new(),
        }
    }

    /// A number.
    #[must_use]
    pub fn whole(&self, field: &str) -> Option<u64> {
        if let Some(RegisterValue::Whole(number)) = self.values.get(field) { Some(*number) } else { None }
    }

    /// Whether it says yes.
    #[must_use]
    pub fn flag(&self, field: &str) -> bool {
        matches!(self.values.get(field), Some(RegisterValue::Flag(true)))
    }

    /// An instant.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<Timestamp> {
        if let Some(RegisterValue::At(at)) = self.values.get(field) { Some(*at) } else { None }
    }

    /// A length of time.
    #[must_use]
    pub fn lasts(&self, field: &str) -> Option<Duration> {
        if let Some(RegisterValue::Lasts(lasts)) = self.values.get(field) { Some(*lasts) } else { None }
    }
}

impl Catalogue {
    /// The entry of that name in a register.
    #[must_use]
    pub fn register(&self, kind: RegisterKind, name: &str) -> Option<&RegisterEntry> {
        self.registers.get(&(kind, Arc::from(name)))
    }

    /// The entries of a register, by name.
    pub fn register_of(&self, kind: RegisterKind) -> impl Iterator<Item = &RegisterEntry> {
        let from = (kind, Arc::from(""));
        self.registers.range(from..).map(|(_, entry)| entry).take_while(move |entry| entry.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_name_and_listed_by_it() {
        assert!(RegisterKind::ALL.is_sorted_by(|a, b| a < b && a.as_str() < b.as_str()));
        assert!(RegisterKind::ALL.iter().all(|kind| RegisterKind::named(kind.as_str()) == Some(*kind)));
        assert_eq!(RegisterKind::named("Person"), None);
    }

    #[test]
    fn a_register_has_its_own_entries_only() {
        let mut catalogue = Catalogue::default();
        for (kind, name) in [(RegisterKind::Goal, "a"), (RegisterKind::Risk, "a"), (RegisterKind::Risk, "b")] {
            let entry = RegisterEntry { kind, name: name.into(), owner: None, values: BTreeMap::new() };
            catalogue.registers.insert((kind, name.into()), entry);
        }
        let names = |kind| catalogue.register_of(kind).map(|entry| entry.name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(RegisterKind::Goal), ["a"]);
        assert_eq!(names(RegisterKind::Risk), ["a", "b"]);
        assert!(names(RegisterKind::Skill).is_empty());
        assert!(catalogue.register(RegisterKind::Risk, "b").is_some());
        assert!(catalogue.register(RegisterKind::Goal, "b").is_none());
    }
}
