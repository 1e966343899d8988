//! Whether a fact is as its kind declares it.

use evenkeel_diagnostic::did_you_mean;
use evenkeel_record::FactValue;
use evenkeel_time::Timestamp;

use crate::fault::{listed, quoted};
use crate::{
    AT_MAX, AT_MIN, Envelope, FactFault, FactKind, Field, IncomingFact, KEY_BYTES_MAX, LIST_ITEMS_MAX, NAME_BYTES_MAX,
    Sort, TEXT_CHARS_MAX, WHOLE_MAX, kind, kinds,
};

/// Longer names are not compared with others.
const COMPARED_BYTES_MAX: usize = 100;

/// Holds a fact against the declaration of its kind, and gives that.
///
/// # Errors
/// Everything that is wrong with it, in the order of the declaration.
pub fn check(fact: &IncomingFact) -> Result<&'static FactKind, Vec<FactFault>> {
    let Some(kind) = kind(&fact.kind) else { return Err(vec![unknown_kind(&fact.kind)]) };
    let mut faults = Vec::new();
    name(&mut faults, "key", &fact.key, KEY_BYTES_MAX);
    name(&mut faults, "source", &fact.source, NAME_BYTES_MAX);
    instant(&mut faults, "at", fact.occurred_at);
    for part in Envelope::ALL {
        let said = match part {
            Envelope::Workload => fact.workload.as_deref(),
            Envelope::Team => fact.team.as_deref(),
            Envelope::Person => fact.person.as_deref(),
        };
        match said {
            Some(said) => name(&mut faults, part.as_str(), said, NAME_BYTES_MAX),
            None if kind.demands(part) => faults.push(missing(kind, part.as_str(), part.about())),
            None => {}
        }
    }
    for field in kind.fields {
        match fact.fields.get(field.name) {
            Some(said) => value(&mut faults, field, said),
            None if field.required => faults.push(missing(kind, field.name, field.about)),
            None => {}
        }
    }
    faults.extend(fact.fields.keys().filter(|name| kind.field(name).is_none()).map(|name| unknown_field(kind, name)));
    if faults.is_empty() { Ok(kind) } else { Err(faults) }
}

pub(crate) fn unknown_kind(name: &str) -> FactFault {
    let near = near(name, kinds().iter().map(|kind| kind.name));
    let remedy = near.unwrap_or_else(|| format!("the kinds are {}", listed(kinds().iter().map(|kind| kind.name))));
    FactFault::new("kind", "unknown-fact-kind", format!("there is no kind of fact named {}", quoted(name)), remedy)
}

pub(crate) fn unknown_field(kind: &FactKind, name: &str) -> FactFault {
    let envelope = ["key", "at"].into_iter().chain(Envelope::ALL.map(Envelope::as_str));
    let known = || kind.fields.iter().map(|field| field.name).chain(envelope.clone());
    let remedy = near(name, known()).unwrap_or_else(|| format!("its fields are {}", listed(known())));
    FactFault::new(name, "unknown-field", format!("a {} has no field {}", kind.name, quoted(name)), remedy)
}

fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let short = name.len() <= COMPARED_BYTES_MAX;
    short.then(|| did_you_mean(name, known)).flatten().map(|near| format!("did you mean `{near}`?"))
}

fn missing(kind: &FactKind, field: &str, about: &str) -> FactFault {
    let about = about.trim_end_matches('.');
    FactFault::new(
        field,
        "missing-field",
        format!("a {} needs `{field}`", kind.name),
        format!("add `{field}`: {}", lower(about)),
    )
}

/// The first letter made small, so that it goes on in a sentence.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// That a value is not of the field's sort.
pub(crate) fn wrong_type(field: &str, sort: Sort) -> FactFault {
    let remedy = match sort {
        Sort::Text => "write a text".to_owned(),
        Sort::Whole => "write a whole number, without quotes".to_owned(),
        Sort::Flag => "write `true` or `false`, without quotes; leave it out when you do not know".to_owned(),
        Sort::List => "write a list of texts".to_owned(),
        Sort::Word(words) => format!("write one of {}", listed(words.iter().copied())),
        Sort::Instant => "write an instant such as `2026-01-02T03:04:05Z`, or milliseconds since 1970".to_owned(),
    };
    FactFault::new(field, "wrong-type", format!("`{field}` is no {}", sort.as_str()), remedy)
}

fn value(faults: &mut Vec<FactFault>, field: &Field, said: &FactValue) {
    match (field.sort, said) {
        (Sort::Text, FactValue::Text(said)) => text(faults, field.name, said),
        (Sort::Whole, FactValue::Whole(said)) if said.unsigned_abs() <= WHOLE_MAX.unsigned_abs() => {}
        (Sort::Whole, FactValue::Whole(_)) => faults.push(FactFault::new(
            field.name,
            "out-of-range",
            format!("`{}` is beyond what is counted", field.name),
            format!("write a number between -{WHOLE_MAX} and {WHOLE_MAX}"),
        )),
        (Sort::Flag, FactValue::Flag(_)) => {}
        (Sort::List, FactValue::List(items)) => list(faults, field.name, items),
        (Sort::Word(words), FactValue::Text(said)) if words.contains(&said.as_ref()) => {}
        (Sort::Word(words), FactValue::Text(said)) => faults.push(unknown_word(field.name, words, said)),
        (Sort::Instant, FactValue::Whole(said)) => instant(faults, field.name, Timestamp(*said)),
        (sort, FactValue::Text(_) | FactValue::Whole(_) | FactValue::Flag(_) | FactValue::List(_)) => {
            faults.push(wrong_type(field.name, sort));
        }
    }
}

fn unknown_word(field: &str, words: &[&'static str], said: &str) -> FactFault {
    let near = near(said, words.iter().copied());
    let remedy = near.unwrap_or_else(|| format!("write one of {}", listed(words.iter().copied())));
    FactFault::new(field, "unknown-word", format!("`{field}` cannot be {}", quoted(said)), remedy)
}

/// A name is short, not blank, and can be shown in one line.
fn name(faults: &mut Vec<FactFault>, field: &str, said: &str, bytes_max: usize) {
    if said.trim().is_empty() {
        faults.push(FactFault::new(field, "empty", format!("`{field}` is empty"), "write a name into it"));
    }
    if said.len() > bytes_max {
        let message = format!("`{field}` is longer than {bytes_max} bytes");
        faults.push(FactFault::new(field, "too-long", message, "write a shorter name"));
    }
    if said.chars().any(char::is_control) {
        faults.push(control_character(field));
    }
}

fn text(faults: &mut Vec<FactFault>, field: &str, said: &str) {
    if said.chars().nth(TEXT_CHARS_MAX).is_some() {
        let message = format!("`{field}` is longer than {TEXT_CHARS_MAX} characters");
        faults.push(FactFault::new(field, "too-long", message, "say it shorter, and link to the rest"));
    }
    if said.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        faults.push(control_character(field));
    }
}

fn list(faults: &mut Vec<FactFault>, field: &str, items: &[Box<str>]) {
    if items.len() > LIST_ITEMS_MAX {
        let message = format!("`{field}` has more than {LIST_ITEMS_MAX} items");
        faults.push(FactFault::new(field, "too-many-items", message, "name the most important ones"));
    }
    let before = faults.len();
    for item in items {
        name(faults, field, item, NAME_BYTES_MAX);
        if faults.len() > before {
            break;
        }
    }
}

fn instant(faults: &mut Vec<FactFault>, field: &str, at: Timestamp) {
    if at < AT_MIN || at > AT_MAX {
        let message = format!("`{field}` lies outside the years 1970 to 9999");
        faults.push(FactFault::new(field, "out-of-range", message, "numbers are milliseconds since 1970"));
    }
}

fn control_character(field: &str) -> FactFault {
    let message = format!("`{field}` holds a control character");
    FactFault::new(field, "control-character", message, "take out what cannot be printed")
}

#[cfg(test)]
mod tests;
