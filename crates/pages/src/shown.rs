//! What comes of asking for a page.

use std::fmt;

use askama::DynTemplate;

/// What comes of asking for a page.
pub enum Shown {
    /// A page, still to be written out.
    Page(Box<dyn DynTemplate + Send>),
    /// A file to be kept.
    Download {
        /// Its media type.
        media: &'static str,
        /// Its name.
        name: &'static str,
        /// Its content.
        text: String,
    },
    /// What is asked for is not there: what it is, and what to do.
    NotThere {
        /// What is not there.
        what: String,
        /// What to do.
        help: String,
    },
    /// It is elsewhere: an address relative to the page that was asked for.
    Elsewhere(String),
}

impl Shown {
    /// A view as a page.
    pub(crate) fn page(view: impl DynTemplate + Send + 'static) -> Self {
        Self::Page(Box::new(view))
    }

    /// Nothing of that name.
    pub(crate) fn not_there(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::NotThere { what: what.into(), help: help.into() }
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(_) => f.write_str("Page"),
            Self::Download { name, .. } => write!(f, "Download({name})"),
            Self::NotThere { what, help } => write!(f, "NotThere({what}; {help})"),
            Self::Elsewhere(address) => write!(f, "Elsewhere({address})"),
        }
    }
}
