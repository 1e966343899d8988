//! What the documents of a plan say, as flat attributes: what reviews ask when they ask what is declared.
//!
//! Only what can be counted or looked up: no secrets, no addresses, and of people nothing but the names of their
//! documents. What lists say is a list, and whoever counts them counts that.

mod operating;
mod registered;

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_record::{Declaration, FactValue};

use crate::Plan;

/// Units: characters. Longer texts are cut: reviews ask whether something is written, and not what.
const TEXT_CHARS_MAX: usize = 1000;
/// Of a longer list the rest is left out.
const LIST_ITEMS_MAX: usize = 1000;

/// What the documents of a plan say, by kind and name, each once.
#[must_use]
pub fn declarations(plan: &Plan) -> Vec<Declaration> {
    let mut all = operating::of(plan);
    all.extend(registered::of(&plan.catalogue));
    all.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
    // Of two documents of one kind and name the first counts, as everywhere.
    all.dedup_by(|later, first| later.kind == first.kind && later.name == first.name);
    all
}

/// Takes down what a document says.
struct Writer(Declaration);

impl Writer {
    fn new(kind: &str, name: &str, owner: Option<&DocumentRef>) -> Self {
        let (kind, name, owner) = (kind.into(), name.into(), owner.cloned());
        Self(Declaration { kind, name, owner, attributes: BTreeMap::new() })
    }

    fn value(mut self, name: &str, value: FactValue) -> Self {
        self.0.attributes.insert(name.into(), value);
        self
    }

    fn text(self, name: &str, text: &str) -> Self {
        self.value(name, FactValue::Text(text.chars().take(TEXT_CHARS_MAX).collect::<String>().into()))
    }

    fn maybe(self, name: &str, text: Option<&Arc<str>>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    fn whole(self, name: &str, number: impl TryInto<i64>) -> Self {
        self.value(name, FactValue::Whole(number.try_into().unwrap_or(i64::MAX)))
    }

    fn flag(self, name: &str, flag: bool) -> Self {
        self.value(name, FactValue::Flag(flag))
    }

    fn list<'a>(self, name: &str, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let clipped = texts.into_iter().take(LIST_ITEMS_MAX);
        self.value(
            name,
            FactValue::List(clipped.map(|text| text.chars().take(TEXT_CHARS_MAX).collect::<String>().into()).collect()),
        )
    }
}
