//! Search over everything that has a name: the best few of each kind, and straight to what is named exactly.

mod best;
mod direct;
mod kinds;
mod sought;

use askama::Template;

use crate::{Asked, Frame, Section, Shown};
use kinds::Found;
use sought::Sought;

/// Longer texts are cut: nothing is called like that.
const TEXT_MAX: usize = 200;
/// So many of each kind.
const FEW: usize = 8;
/// So many where one kind is asked for.
const MANY: usize = 100;

#[derive(Debug, Template)]
#[template(path = "search.html", whitespace = "minimize")]
struct Search {
    frame: Frame,
    sought: String,
    /// Only of this kind.
    only: Option<&'static str>,
    kinds: Vec<Listed>,
    /// The address that shows all kinds.
    all: String,
}

/// What was found of a kind.
#[derive(Debug)]
struct Listed {
    found: Found,
    /// The address that shows more.
    more: Option<String>,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let text: String = asked.place.last("q").unwrap_or("").trim().chars().take(TEXT_MAX).collect();
    if let Some(path) = direct::named(asked, &text) {
        return Shown::Elsewhere(format!("{}{path}", asked.place.root()));
    }
    let mut frame = asked.frame(Section::None, "Search");
    frame.sought.clone_from(&text);
    let only = asked.place.last("kind");
    let few = if only.is_some() { MANY } else { FEW };
    let found = Sought::new(&text).map(|sought| kinds::find(asked, &sought, only, few)).unwrap_or_default();
    let listed = |found: Found| {
        let further = only.is_none() && found.found > found.hits.len();
        Listed { more: further.then(|| asked.place.with("kind", found.word)), found }
    };
    let kinds: Vec<Listed> = found.into_iter().map(listed).collect();
    let only = only.and_then(|_| kinds.first().map(|kind| kind.found.title));
    Shown::page(Search { frame, sought: text, only, kinds, all: asked.place.with("kind", "") })
}

impl Listed {
    /// How many there are, in words.
    fn counted(&self) -> String {
        let (found, shown) = (self.found.found, self.found.hits.len());
        let least = if self.found.at_least { "at least " } else { "" };
        if found > shown { format!("the best {shown} of {least}{found}") } else { found.to_string() }
    }
}
