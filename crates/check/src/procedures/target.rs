//! Whether there is something where a link leads.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_model::document::PageDocument;
use evenkeel_model::{path_from, percent_decoded, split_link};

use super::site::Sites;
use crate::Repo;

/// Folders that are not read, besides hidden ones: what is in them is not known.
const NOT_READ: [&str; 2] = ["node_modules", "target"];

/// What links can lead to.
#[derive(Debug)]
pub(super) struct Targets<'a> {
    pub(super) paths: &'a BTreeSet<Box<str>>,
    pages: BTreeMap<&'a str, &'a PageDocument>,
    anchors: BTreeMap<&'a str, BTreeSet<String>>,
    sites: Sites<'a>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// To something that is there, or of which nobody here knows.
    Fine,
    /// Nowhere at all: it is empty.
    Nowhere,
    /// Out of the ops repo.
    Outside,
    /// To a path, relative to the ops repo, at which there is nothing.
    NoFile(String),
    /// To a path that is a file, as if it was a folder.
    NoFolder(String),
    /// To a page, and in it to a heading that is not there.
    NoAnchor(String, String),
}

impl<'a> Targets<'a> {
    pub(super) fn of(repo: &Repo<'a>) -> Self {
        let pages: BTreeMap<&str, &PageDocument> =
            repo.documents.pages.iter().map(|page| (page.path.as_ref(), page)).collect();
        let folded = |page: &PageDocument| page.anchors.iter().map(|anchor| fold(anchor)).collect();
        let anchors = pages.iter().map(|(path, page)| (*path, folded(page))).collect();
        Self { paths: repo.paths, pages, anchors, sites: Sites::of(repo.paths) }
    }

    /// Where a link that stands in a file leads.
    pub(super) fn lead(&self, file: &str, link: &str) -> Lead {
        let link = link.trim();
        if link.is_empty() {
            return Lead::Nowhere;
        }
        if leads_elsewhere(link) || is_placeholder(link) {
            return Lead::Fine;
        }
        let (path, fragment) = split_link(link);
        let target = if path.is_empty() { Some(file.to_owned()) } else { path_from(file, path) };
        let Some(target) = target else {
            return if self.sites.may_publish(file, path, self.paths) { Lead::Fine } else { Lead::Outside };
        };
        let in_folder = is_folder(self.paths, &target);
        if is_hidden(&target) || self.sites.may_publish(file, path, self.paths) && !self.paths.contains(target.as_str())
        {
            return Lead::Fine;
        }
        if !self.paths.contains(target.as_str()) && !in_folder {
            return Lead::NoFile(target);
        }
        if path.ends_with('/') && !in_folder {
            return Lead::NoFolder(target);
        }
        self.anchor(file, target, fragment)
    }

    /// The anchors of a page, as made.
    pub(super) fn anchors_of(&self, page: &str) -> &'a [Box<str>] {
        self.pages.get(page).map_or(&[], |page| &page.anchors)
    }

    /// Whether the page has what the fragment names; of what is no page that was read nobody knows.
    fn anchor(&self, file: &str, target: String, fragment: Option<&str>) -> Lead {
        let fragment = percent_decoded(fragment.unwrap_or(""));
        let name = fragment.split(":~:").next().unwrap_or("");
        let name = name.strip_prefix("user-content-").unwrap_or(name);
        let (Some(page), Some(known)) = (self.pages.get(target.as_str()), self.anchors.get(target.as_str())) else {
            return Lead::Fine;
        };
        let wanted = fold(name);
        let in_site = self.sites.has(file) && known.iter().any(|known| collapsed(known) == collapsed(&wanted));
        let always = wanted.is_empty() || wanted == "top" || wanted == "readme" || is_line(name);
        if !page.whole || always || in_site || known.contains(&wanted) {
            return Lead::Fine;
        }
        Lead::NoAnchor(target, name.to_owned())
    }
}

/// Whether there are files below the path.
pub(super) fn is_folder(paths: &BTreeSet<Box<str>>, path: &str) -> bool {
    if path.is_empty() {
        return true;
    }
    let below = format!("{path}/");
    let first = paths.range::<str, _>((std::ops::Bound::Included(below.as_str()), std::ops::Bound::Unbounded)).next();
    first.is_some_and(|first| first.starts_with(&below))
}

/// Whether nobody here knows what is at the path, since nobody looked.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || NOT_READ.contains(&part))
}

/// Whether it begins with a scheme or a host: an address, a mail, a telephone number.
fn leads_elsewhere(link: &str) -> bool {
    let scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    link.starts_with("//") || link.split_once(':').is_some_and(|(before, _)| scheme(before))
}

/// Whether it is filled in by some other tool.
fn is_placeholder(link: &str) -> bool {
    ["{{", "{%", "${", "%7B%7B", "$("].iter().any(|sign| link.contains(sign))
}

/// `L10`, `L10-L20`: lines, which a forge shows.
fn is_line(name: &str) -> bool {
    let line = |text: &str| {
        text.strip_prefix('L').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(|c| c.is_ascii_digit() || c == 'C')
        })
    };
    name.split('-').all(line)
}

/// As anchors are compared: forges disagree about the case, and about marks and symbols that are no letters.
fn fold(anchor: &str) -> String {
    anchor.chars().flat_map(char::to_lowercase).filter(|c| c.is_ascii() || c.is_alphabetic()).collect()
}

/// As site generators make them: one `-` for several.
fn collapsed(anchor: &str) -> String {
    let parts = anchor.split(['-', '_']).filter(|part| !part.is_empty());
    parts.collect::<Vec<&str>>().join("-")
}
