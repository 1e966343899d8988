//! The rules of a SARIF run: the codes that occur in it.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Code, Diagnostic};
use serde_json::{Value, json};

use crate::pages::Page;

/// Codes, in order.
#[derive(Debug)]
pub(super) struct Rules(Vec<Code>);

impl Rules {
    pub(super) fn of<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let codes: BTreeSet<Code> = diagnostics.map(|diagnostic| diagnostic.code).collect();
        Self(codes.into_iter().collect())
    }

    /// Where a code stands among the rules.
    pub(super) fn index(&self, code: Code) -> Option<usize> {
        self.0.binary_search(&code).ok()
    }

    pub(super) fn json(&self) -> Vec<Value> {
        self.0.iter().map(|code| rule(code)).collect()
    }
}

fn rule(code: Code) -> Value {
    let page = Page::of(code);
    let meaning = page.map_or(code, |page| page.meaning());
    let mut rule = json!({
        "id": code,
        "shortDescription": { "text": meaning },
    });
    if let (Some(page), Some(rule)) = (page, rule.as_object_mut()) {
        rule.insert("help".to_owned(), json!({ "text": page.text, "markdown": page.text }));
    }
    rule
}
