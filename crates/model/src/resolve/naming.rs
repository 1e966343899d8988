//! Names: declared once, looked up with a suggestion when wrong, and reported when nobody uses them.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Code, Diagnostic, Span, Spanned, did_you_mean};

use crate::document::{Declared, Name};
use crate::{codes, quoted};

/// Suggestions cost a comparison with every known name, so only the first unknown ones get them.
const SUGGESTIONS_MAX: usize = 20;
/// Where no more names than these are declared, they are listed.
const LISTED_MAX: usize = 5;
/// Longer names are not compared.
const NAME_COMPARED_BYTES_MAX: usize = 64;

/// Values that other documents refer to by name.
#[derive(Debug)]
pub(super) struct Table<T> {
    kind: &'static str,
    /// Whose names they are, such as "the person `ada`", where they are not those of the whole ops repo.
    whose: Option<String>,
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
        let entries = BTreeMap::new();
        Self { kind, whose: None, unknown, duplicate, entries, suggestions: 0, incomplete: false }
    }

    /// Names that belong to one thing, such as "the person `ada`".
    pub(super) fn of(self, whose: String) -> Self {
        Self { whose: Some(whose), ..self }
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
        let headline = match &self.whose {
            Some(whose) => format!("{whose} has no {} named {}", self.kind, quoted(&name.value)),
            None => format!("no {} named {}", self.kind, quoted(&name.value)),
        };
        let diag = Diagnostic::error(self.unknown, name.span, headline).label("not declared");
        diags.push(match self.suggestion(&name.value) {
            Some(help) => diag.help(help),
            None => diag,
        });
        None
    }

    /// What helps whoever wrote a name that is not there.
    fn suggestion(&mut self, wrong: &str) -> Option<String> {
        self.suggestions += 1;
        if self.suggestions > SUGGESTIONS_MAX || wrong.len() > NAME_COMPARED_BYTES_MAX {
            return None;
        }
        if let Some(near) = self.nearest(wrong) {
            return Some(format!("did you mean `{near}`?"));
        }
        let names: Vec<String> = self.entries.keys().take(LISTED_MAX + 1).map(|name| quoted(name)).collect();
        let (last, before) = names.split_last().filter(|_| names.len() <= LISTED_MAX)?;
        Some(match before {
            [] => format!("the only one is {last}"),
            _ => format!("there are {} and {last}", before.join(", ")),
        })
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
    pub(super) fn report_unused(&self, code: Code, why: &str, help: &str, diags: &mut Vec<Diagnostic>) {
        for (name, entry) in self.entries.iter().filter(|(_, entry)| !entry.used) {
            let of = self.whose.as_ref().map_or(String::new(), |whose| format!(" of {whose}"));
            let headline = format!("the {} {}{of} is not used", self.kind, quoted(name));
            diags.push(Diagnostic::finding(code, entry.span, headline).label(why).help(help));
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
