//! Names that lead to their page, where there is one, and texts that are cut.

use evenkeel_ids::DocumentRef;

use crate::PAGES;
use crate::link::encoded;

/// A title is shown so far in lists. Units: characters.
pub(crate) const TITLE_MAX: usize = 120;

/// Something with a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// What it is called.
    pub(crate) name: String,
    /// Where it is looked at.
    pub(crate) href: Option<String>,
}

impl Named {
    /// A document, by its name.
    pub(crate) fn document(root: &str, of: &DocumentRef) -> Self {
        let page = match of {
            DocumentRef::Person(_) => "/people/{name}",
            DocumentRef::Team(_) => "/teams/{name}",
            DocumentRef::Workload(_) => "/workloads/{name}",
            DocumentRef::Schedule(_) => "/oncall/{name}",
            DocumentRef::Policy(_) | DocumentRef::Receiver(_) => "",
        };
        Self { name: cut(of.name(), TITLE_MAX), href: linked(root, page, of.name()) }
    }

    /// A person.
    pub(crate) fn person(root: &str, name: &str) -> Self {
        Self::document(root, &DocumentRef::Person(name.into()))
    }

    /// A workload.
    pub(crate) fn workload(root: &str, name: &str) -> Self {
        Self::document(root, &DocumentRef::Workload(name.into()))
    }

    /// An entity, by its id.
    pub(crate) fn entity(root: &str, page: &'static str, id: &str) -> Self {
        Self { name: id.to_owned(), href: linked(root, page, id) }
    }

    /// Without a page.
    pub(crate) fn bare(name: impl Into<String>) -> Self {
        Self { name: name.into(), href: None }
    }
}

/// The address of a page with one `{…}` in its path; `None` where there is no such page.
pub(crate) fn linked(root: &str, page: &'static str, name: &str) -> Option<String> {
    let there = PAGES.iter().any(|known| known.path == page);
    let (before, _) = page.split_once('{').filter(|_| there)?;
    Some(format!("{root}{}{}", before.trim_start_matches('/'), encoded(name)))
}

/// The address of a page without anything to fill in, with a query; `None` where there is no such page.
pub(crate) fn listed(root: &str, page: &'static str, query: &str) -> Option<String> {
    let there = PAGES.iter().any(|known| known.path == page);
    there.then(|| format!("{root}{}{query}", page.trim_start_matches('/')))
}

/// The first so many characters of a text, on one line, with `…` where there is more.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    let mut shown: String = text.chars().take(characters).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(characters).is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters_and_only_pages_that_are_there_are_linked() {
        assert_eq!((cut("ab", 2).as_str(), cut("äöü", 2).as_str(), cut("a\nb", 3).as_str()), ("ab", "ä…", "a b"));
        assert_eq!(linked("../", "/nowhere/{name}", "a"), None);
        assert_eq!(listed("../", "/", "?q=a").as_deref(), Some("../?q=a"));
    }
}
