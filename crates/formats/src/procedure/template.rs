//! `{{ name }}`: where a step uses a parameter.
//!
//! Only a bare name is one. What else stands in double braces, such as `docker ps --format '{{.Names}}'`, is the
//! command's own, and so are the words of Go's templates.

use std::ops::Range;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{ParameterDocument, StepBlock};
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, nearest};

/// Words that stand bare in Go's templates.
const GO_WORDS: [&str; 4] = ["break", "continue", "else", "end"];

/// Whether a parameter can be called so.
pub(super) fn is_parameter_name(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    text.starts_with(letter) && text.chars().all(|c| letter(c) || c.is_ascii_digit()) && !GO_WORDS.contains(&text)
}

/// The names in double braces, as ranges of the text.
pub(super) fn uses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + open + 2;
        at = start;
        let inside = text.get(start..).unwrap_or("");
        let Some(end) = inside.find("}}") else { return found };
        let inside = inside.get(..end).unwrap_or("");
        let name = inside.trim();
        if is_parameter_name(name) {
            let begin = start + (inside.len() - inside.trim_start().len());
            found.push(begin..begin + name.len());
            at = start + end + 2;
        }
    }
    found
}

/// Reports parameters that a step uses and nobody declares, and those that are declared and nowhere used.
pub(super) fn check(parameters: &[ParameterDocument], steps: &[StepBlock], body: &str, cx: &mut Cx) {
    let declared = |name: &str| parameters.iter().any(|parameter| parameter.name.value.as_ref() == name);
    for step in steps {
        for used in step.uses.iter().filter(|used| !declared(&used.value)) {
            let headline = format!(
                "the step {} uses the parameter {}, which is not declared",
                quoted(&step.name.value),
                quoted(&used.value)
            );
            let diag = Diagnostic::error(codes::UNKNOWN_PARAMETER, used.span, headline);
            let known = parameters.iter().map(|parameter| parameter.name.value.as_ref());
            cx.push(match nearest(&used.value, known) {
                Some(near) => diag.help(format!("did you mean `{near}`?")),
                None => diag.help("declare it under `parameters` in the front matter"),
            });
        }
    }
    // Prose and blocks for people may use them as well.
    let mut used: Vec<&str> = uses(body).into_iter().filter_map(|range| body.get(range)).collect();
    used.sort_unstable();
    for Spanned { value, span } in parameters.iter().map(|parameter| &parameter.name) {
        // A name that is none is reported as such.
        if is_parameter_name(value) && used.binary_search(&value.as_ref()).is_err() {
            let headline = format!("nothing uses the parameter {}", quoted(value));
            let diag = Diagnostic::finding(codes::UNUSED_PARAMETER, *span, headline);
            cx.push(diag.help(format!("write `{{{{ {value} }}}}` where it belongs, or remove it")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_names_are_parameters() {
        let check = |text: &str, expect: &[&str]| {
            let found: Vec<&str> = uses(text).into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("up{host=\"{{ host }}\", p=\"{{port}}\"}", &["host", "port"]);
        check("docker ps --format '{{.Names}} {{json .}}{{range .x}}{{end}}'", &[]);
        check("{{ host", &[]);
        check("{{{ host }}} {{ a }}", &["a"]);
    }
}
