//! Small pages that answer a reader: that they are asked to confirm, that they are subscribed, that something is wrong.

use askama::Template;

use crate::html::rendered;

/// What a reader is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "message.html")]
pub struct Message {
    /// The heading.
    pub title: String,
    /// What is said below.
    pub text: String,
    /// A button, if there is something to do.
    pub form: Option<Form>,
    /// The way from here to the root of the listener: empty, or `../` as often as needed.
    pub root: String,
    /// The way from the root to the page that it is about.
    pub page: String,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it leads, relative.
    pub action: String,
    /// What it says.
    pub label: String,
}

impl Message {
    /// A message without a button.
    #[must_use]
    pub fn new(title: &str, text: &str) -> Self {
        Self { title: title.to_owned(), text: text.to_owned(), ..Self::default() }
    }

    /// As HTML.
    #[must_use]
    pub fn html(&self) -> String {
        rendered(self)
    }
}
