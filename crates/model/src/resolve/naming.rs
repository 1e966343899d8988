//! Names: declared once, looked up with a suggestion when wrong, and reported when nobody uses them.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Code, Diagnostic, Span, Spanned, did_you_mean};

use crate::document::{Declared, Name};
use crate::{codes, quoted};

/// Suggestions cost a comparison with every known name, so only the first unknown ones get them.
const SUGGESTIONS_MAX: usize = 20;
/// Longer names are not compared.
const NAME_COMPARED_BYTES_MAX: usize = 64;

/// Values that other documents refer to by name.
#[derive(Debug)]
pub(super) struct Table<T> {
    kind: &'static str,
    unknown: Code,
    duplicate: Code,
    entries: BTreeMap<Arc<str>, Entry<T>>,
    suggestions: usize,
    /// Whether some text could not be read, so that an unknown name may be declared there.
    pub(super) incomplete: bool,
}

#[derive(Debug)]
struct Entry<T> {
    span: Span,
    used: bool,
    value: T,
}

impl<T> Table<T> {
    pub(super) fn new(kind: &'static str, unknown: Code, duplicate: Code) -> Self {
        Self { kind, unknown, duplicate, entries: BTreeMap::new(), suggestions: 0, incomplete: false }
    }

    /// Adds a name; of a name declared twice the first value stays. Whether it was the first.
    pub(super) fn declare(&mut self, name: Spanned<Arc<str>>, value: T, diags: &mut Vec<Diagnostic>) -> bool {
        if let Some(first) = self.entries.get(&name.value) {
            diags.push(second(self.kind, self.duplicate, name.span, &name.value, first.span));
            return false;
        }
        self.entries.insert(name.value, Entry { span: name.span, used: false, value });
        true
    }

    /// The declared name, marked as used; reports a name that is not declared.
    pub(super) fn look_up(&mut self, name: &Spanned<Arc<str>>, diags: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
        if let Some(entry) = self.entries.get_mut(&name.value) {
            entry.used = true;
            return Some(Arc::clone(&name.value));
        }
        if self.incomplete {
            return None;
        }
        let headline = format!("no {} named {}", self.kind, quoted(&name.value));
        let diag = Diagnostic::error(self.unknown, name.span, headline).label("not declared");
        self.suggestions += 1;
        let compared = self.suggestions <= SUGGESTIONS_MAX && name.value.len() <= NAME_COMPARED_BYTES_MAX;
        let near = if compared { self.nearest(&name.value) } else { None };
        diags.push(match near {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag,
        });
        None
    }

    /// The name that was probably meant; one written with its kind before it is.
    fn nearest(&self, wrong: &str) -> Option<&str> {
        let bare = wrong.split_once(':').map_or(wrong, |(_, bare)| bare);
        let known = self.entries.get_key_value(bare).map(|(name, _)| name.as_ref());
        known.or_else(|| did_you_mean(wrong, self.entries.keys().map(AsRef::as_ref)))
    }

    /// Whether a name is declared; nobody counts it as used.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// The value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.entries.get(name).map(|entry| &entry.value)
    }

    /// Where a name is declared.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.entries.get(name).map(|entry| entry.span)
    }

    /// Reports what nobody looked up.
    pub(super) fn report_unused(&self, code: Code, why: &str, diags: &mut Vec<Diagnostic>) {
        for (name, entry) in self.entries.iter().filter(|(_, entry)| !entry.used) {
            let headline = format!("the {} {} is not used", self.kind, quoted(name));
            diags.push(Diagnostic::finding(code, entry.span, headline).label(why));
        }
    }

    pub(super) fn into_values(self) -> BTreeMap<Arc<str>, T> {
        self.entries.into_iter().map(|(name, entry)| (name, entry.value)).collect()
    }
}

fn second(kind: &str, code: Code, place: Span, name: &str, first: Span) -> Diagnostic {
    let headline = format!("there is a second {kind} named {}", quoted(name));
    Diagnostic::error(code, place, headline).related(first, "first here").help("rename one of the two")
}

/// Names that have to be different and that nothing else refers to.
#[derive(Debug)]
pub(super) struct Distinct {
    kind: &'static str,
    spans: BTreeMap<Arc<str>, Span>,
}

impl Distinct {
    pub(super) fn new(kind: &'static str) -> Self {
        Self { kind, spans: BTreeMap::new() }
    }

    /// Whether the name is there for the first time; reports it otherwise.
    pub(super) fn is_new(&mut self, name: &Name, diags: &mut Vec<Diagnostic>) -> bool {
        if let Some(first) = self.spans.get(&name.value) {
            diags.push(second(self.kind, codes::DUPLICATE_NAME, name.span, &name.value, *first));
            return false;
        }
        self.spans.insert(Arc::clone(&name.value), name.span);
        true
    }

    /// Where a name is.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.spans.get(name).copied()
    }
}

/// The values of documents of one kind by name, each name once.
pub(super) fn named_once<T>(kind: &str, mut documents: Vec<Declared<T>>, diags: &mut Vec<Diagnostic>) -> Vec<T> {
    documents.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    for pair in documents.windows(2) {
        if let [first, again] = pair
            && first.name == again.name
        {
            diags.push(second(kind, codes::DUPLICATE_NAME, again.name.span, &again.name.value, first.name.span));
        }
    }
    documents.dedup_by(|again, first| again.name == first.name);
    documents.into_iter().map(|document| document.spec).collect()
}
