//! What our documents are made of: one declaration that reading, the editor's schema and the tests go by.
//!
//! Each mapping of ours is a [`Record`] in a static table beside its reader. [`check`] reports everything that the table
//! says is wrong, all of it at once; the reader behind it only fetches what is good. [`json_schema`] says the same to
//! editors. What neither can say, such as that an end comes after its start, the reader reports itself.
//!
//! A field that is there and empty counts as absent, as it does in the field's own parsers.

mod check;
pub(crate) mod form;
mod pattern;
mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod trap;
mod value;

pub(crate) use check::check;
pub use schema::json_schema;

/// A kind of document.
#[derive(Debug)]
pub struct Kind {
    /// `kind`.
    pub name: &'static str,
    /// One sentence for people.
    pub about: &'static str,
    /// `spec`.
    pub spec: &'static Record,
}

/// A mapping with fixed fields.
#[derive(Debug)]
pub struct Record {
    /// What it is, with its article: `a layer`.
    pub what: &'static str,
    /// Every field that may be there.
    pub fields: &'static [Field],
    /// What has to hold between them.
    pub rules: &'static [Rule],
}

/// One field of a mapping.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it takes.
    pub sort: Sort,
    /// One sentence for people.
    pub about: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// What stands in for it, as people would write it.
    pub default: Option<&'static str>,
    /// What helps when it is out of its range.
    pub hint: Option<&'static str>,
}

impl Field {
    /// An optional field.
    #[must_use]
    pub const fn new(name: &'static str, sort: Sort, about: &'static str) -> Self {
        Self { name, sort, about, required: false, default: None, hint: None }
    }

    /// The field has to be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// This stands in for the field.
    #[must_use]
    pub const fn default(mut self, text: &'static str) -> Self {
        self.default = Some(text);
        self
    }

    /// This helps when it is out of its range.
    #[must_use]
    pub const fn hint(mut self, text: &'static str) -> Self {
        self.hint = Some(text);
        self
    }
}

/// What a field takes.
#[derive(Debug, Clone, Copy)]
pub enum Sort {
    /// Text, or a number or boolean that is taken as it is spelled.
    Text(Form),
    /// `true` or `false`.
    Bool,
    /// A whole number from the first to the second.
    Whole(u64, u64),
    /// A list of so many items at least.
    List(&'static Sort, Least),
    /// Such a list, or one item by itself.
    OneOrMany(Form, Least),
    /// A mapping from such keys to such values.
    Map(Form, &'static Sort),
    /// A mapping with fixed fields.
    Record(&'static Record),
    /// Text, or a mapping with fixed fields.
    Either(Form, &'static Record),
    /// One text or several together; what that is and what it is made of, as a message says it.
    Group(Form, &'static str, &'static str),
    /// A mapping that is not declared here: it is read as the setting of that name is elsewhere.
    Foreign(&'static str),
}

/// How long a list has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Least {
    /// It may be empty.
    None,
    /// It may not.
    One,
}

/// What a text has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Anything.
    Any,
    /// A text for people of at most so many bytes.
    Prose(usize),
    /// The name of this document or entry. Whose it is, with its article.
    Name(&'static str),
    /// The name of another document or entry, which is looked up later.
    Named(&'static str),
    /// A reference of one of these kinds, which is looked up later.
    Reference(&'static [&'static str]),
    /// A number, whole or not, above or below zero.
    Number,
    /// The name of a label, as metrics have it.
    LabelName,
    /// A label's value.
    LabelValue,
    /// A length of time.
    Duration,
    /// A length of time above zero.
    Period,
    /// A length of time in which people can act: a second at least.
    Patience,
    /// A time on a wall clock.
    Civil,
    /// An instant, or a time on the wall clock of its schedule.
    CivilOrInstant,
    /// An instant.
    Instant,
    /// A day, or an instant.
    DayOrInstant,
    /// The name of a zone.
    Zone,
    /// A range of times of day.
    Times,
    /// A weekday, or a range of them.
    Weekday,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An address of the web.
    Url,
    /// An address that is a secret as a whole.
    SecretUrl,
    /// A secret or what is personal.
    Secret,
    /// A path down from its folder.
    Path,
    /// A path in the ops repo, or an address.
    PathOrUrl,
    /// A template of an update.
    Template,
    /// A matcher.
    Matcher,
}

/// What has to hold between the fields of a mapping.
#[derive(Debug)]
pub enum Rule {
    /// At least one is there; the first is said to be missing.
    Some(&'static [&'static str]),
    /// Exactly one is there. What is said when none is.
    One(&'static [&'static str], &'static str),
    /// Not both are there.
    NotBoth(&'static str, &'static str),
    /// Who has the first needs the second.
    Needs(&'static str, &'static str),
}
