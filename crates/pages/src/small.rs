//! Small pages that say one thing: what is refused and what to do, how to be let in, and what was typed meanwhile.

use askama::Template;

use crate::Kept;
use crate::files::APP_CSS;
use crate::place::root_of;

/// A page that says one thing, in the design of the others and without their frame: whoever reads it may be let in to
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Small {
    /// What is said, in one line.
    pub title: String,
    /// What to do, in paragraphs; what stands between backquotes is shown as code.
    pub text: Vec<String>,
    /// What can be done here.
    pub offer: Offer,
}

/// What can be done on a small page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Offer {
    /// To go to the overview.
    #[default]
    Overview,
    /// Nothing.
    Nothing,
    /// To take the link to log in.
    LogIn,
    /// To send what was typed again.
    Again(Kept),
}

#[derive(Debug, Template)]
#[template(path = "small.html", whitespace = "minimize")]
struct View<'a> {
    root: &'a str,
    style: String,
    title: &'a str,
    text: Vec<Vec<Piece<'a>>>,
    offer: &'a Offer,
    typed: Vec<Typed<'a>>,
}

/// A piece of a paragraph.
#[derive(Debug)]
struct Piece<'a> {
    text: &'a str,
    code: bool,
}

/// What was typed into a field.
#[derive(Debug)]
struct Typed<'a> {
    name: &'a str,
    label: String,
    value: &'a str,
    hidden: bool,
    long: bool,
}

impl Small {
    /// One line, and what to do.
    #[must_use]
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        let text = Some(text.into()).filter(|text| !text.is_empty());
        Self { title: title.into(), text: text.into_iter().collect(), offer: Offer::Overview }
    }

    /// As HTML, for the path it is shown at.
    ///
    /// # Errors
    /// Only by a bug in the template.
    pub fn write(&self, path: &str) -> askama::Result<String> {
        let typed =
            if let Offer::Again(kept) = &self.offer { kept.iter().map(Typed::of).collect() } else { Vec::new() };
        let text = self.text.iter().map(|text| pieces(text)).collect();
        let (root, title, offer) = (root_of(path), &self.title, &self.offer);
        View { root: &root, style: APP_CSS.name(), title, text, offer, typed }.render()
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let pieces = text.split('`').enumerate().filter(|(_, text)| !text.is_empty());
    pieces.map(|(place, text)| Piece { text, code: place % 2 == 1 }).collect()
}

impl<'a> Typed<'a> {
    fn of((name, value): (&'a String, &'a String)) -> Self {
        let mut label = name.replace(['_', '-'], " ");
        if let Some(first) = label.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        // Which look the form was of, and what nobody typed.
        let hidden = name == "once" || value.is_empty();
        Self { name, label, value, hidden, long: value.len() > 60 || value.contains('\n') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_escaped_and_commands_are_code() {
        let html = Small::new("no <b>", "try `evenkeel token login` & wait").write("/a/b").expect("a page");
        assert!(html.contains("no &#60;b&#62;"), "{html}");
        assert!(html.contains("try <code>evenkeel token login</code> &#38; wait"), "{html}");
        assert!(html.contains("href=\"../static/app.") && html.contains("href=\"../\""), "{html}");
    }

    #[test]
    fn all_that_was_typed_is_there_again() {
        let pairs = [("once", "ab"), ("text", "two\nlines\"<"), ("to_whom", "ada"), ("left", "")];
        let kept = pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let small = Small { offer: Offer::Again(kept), ..Small::new("Not sent yet", "") };
        let html = small.write("/incidents/incident:4/notes").expect("a page");
        for part in [
            "<input type=\"hidden\" name=\"once\" value=\"ab\">",
            "two\nlines&#34;&#60;</textarea>",
            "<label for=\"typed-to_whom\">To whom</label>",
            "value=\"ada\"",
            "name=\"left\" value=\"\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
