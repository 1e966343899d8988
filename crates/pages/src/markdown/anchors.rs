//! What the headings of a text can be linked to as.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The anchors of a text's headings, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Anchors {
    pub(super) in_order: Vec<String>,
    known: BTreeSet<String>,
}

impl Anchors {
    pub(super) fn of<'a>(events: impl Iterator<Item = Event<'a>>) -> Self {
        let mut anchors = Self::default();
        let mut heading: Option<String> = None;
        for event in events {
            if let Event::Start(Tag::Heading { .. }) = event {
                heading = Some(String::new());
            } else if let Event::End(TagEnd::Heading(_)) = event {
                let text = heading.take().unwrap_or_default();
                anchors.add(&slug(&text));
            } else if let (Some(heading), Event::Text(text) | Event::Code(text)) = (&mut heading, &event) {
                heading.push_str(text);
            }
        }
        anchors
    }

    fn add(&mut self, slug: &str) {
        let mut name = slug.to_owned();
        let mut again = 0;
        while !self.known.insert(name.clone()) {
            again += 1;
            name = format!("{slug}-{again}");
        }
        self.in_order.push(name);
    }

    pub(super) fn has(&self, fragment: &str) -> bool {
        self.known.contains(fragment)
    }
}

/// The id on the page, apart from those of the page itself.
pub(super) fn id(anchor: &str) -> String {
    format!("md-{anchor}")
}

/// Lower case, blanks as `-`, and nothing but letters, digits, `-` and `_`.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
