//! Fields that take one of a few words.

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::document::Text;
use evenkeel_model::{codes, quoted};

/// The meaning of a word; one that has none is reported, with the words there are.
pub(super) fn word<T: Copy>(text: &Text, field: &str, words: &[(&str, T)], diags: &mut Vec<Diagnostic>) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == &*text.value).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let headline = format!("{} is none of the words that `{field}` takes", quoted(&text.value));
        diags.push(unknown(text, headline, words.iter().map(|(word, _)| *word)));
    }
    found
}

/// Says what was probably meant, or what there is.
pub(super) fn unknown<'a>(text: &Text, headline: String, words: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let diag = Diagnostic::error(codes::INVALID_PRACTICE, text.span, headline);
    match did_you_mean(&text.value.to_lowercase(), words.clone()) {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None => diag.help(format!("write {}", listed(words))),
    }
}

/// `one of a, b, c`
pub(super) fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
