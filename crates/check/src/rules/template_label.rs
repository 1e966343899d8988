//! `unknown-label-in-template`: `{{ $labels.pod }}` in an alert whose expression has no `pod` left.
//!
//! Prometheus puts nothing there, at the moment when somebody needs to know which pod it is.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Span, did_you_mean};
use evenkeel_model::document::Text;
use evenkeel_model::{codes, quoted};
use evenkeel_promql::LabelNames;

use super::reading::{Rule, Rules};

/// Labels that are named in the help.
const NAMED_MAX: usize = 8;

pub(super) fn unknown_label_in_template(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    for rule in rules.alerts().filter(|rule| rule.query.read.is_ok()) {
        let LabelNames::Closed(names) = &rule.labels.names else { continue };
        let mut said = BTreeSet::new();
        for (_, text) in rule.rule.annotations.iter().chain(&rule.rule.labels) {
            for (start, label) in labels_in(&text.value) {
                if !names.contains(label) && said.insert(label) {
                    diags.push(unknown(rule, text, start, label, names));
                }
            }
        }
    }
}

fn unknown(rule: &Rule<'_>, text: &Text, start: usize, label: &str, names: &BTreeSet<Box<str>>) -> Diagnostic {
    let headline =
        format!("a text of {} names the label {}, which its expression never gives", rule.query.of, quoted(label));
    let known: Vec<_> = names.iter().take(NAMED_MAX).map(|name| quoted(name)).collect();
    let found = Diagnostic::finding(codes::UNKNOWN_LABEL_IN_TEMPLATE, place(text, start, label), headline);
    let found = match &*known {
        [] => found.related(rule.rule.expr.span, "gives no labels"),
        _ => found.related(rule.rule.expr.span, format!("gives {} at most", known.join(", "))),
    };
    let own = rule.rule.labels.iter().find(|(name, _)| *name.value == *label);
    match (own, did_you_mean(label, names.iter().map(|name| &**name))) {
        (Some((_, value)), _) if !value.value.contains("{{") => {
            found.help(format!("what the rule adds is not in `$labels`; write {} itself", quoted(&value.value)))
        }
        (_, Some(meant)) => found.help(format!("did you mean {}?", quoted(meant))),
        (_, None) => found.help(format!("let the expression keep it, such as with `by ({label})`, or leave it out")),
    }
}

/// The label's place, where the text stands in the file as it is; else the whole text's.
pub(super) fn place(text: &Text, start: usize, label: &str) -> Span {
    let span = text.span;
    let quotes = match span.range().len().checked_sub(text.value.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    let offset = |at: usize| u32::try_from(at).ok().and_then(|at| span.start.checked_add(at + quotes));
    match (offset(start), offset(start + label.len())) {
        (Some(start), Some(end)) if end <= span.end => Span { start, end, ..span },
        _ => span,
    }
}

/// Labels of the alert that a template names, each with where its name begins.
fn labels_in(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((open, close)) = action(text, at) {
        let inner = text.get(open..close).unwrap_or("");
        for sign in ["$labels.", "$.Labels."] {
            for (index, _) in inner.match_indices(sign) {
                let start = open + index + sign.len();
                let label = text.get(start..close).unwrap_or("");
                let end = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(label.len());
                found.extend(label.get(..end).filter(|label| !label.is_empty()).map(|label| (start, label)));
            }
        }
        at = close;
    }
    found
}

/// What stands between the next braces.
fn action(text: &str, from: usize) -> Option<(usize, usize)> {
    let open = from + text.get(from..)?.find("{{")? + 2;
    let close = open + text.get(open..)?.find("}}")?;
    Some((open, close))
}

#[cfg(test)]
mod tests {
    use super::labels_in;

    #[test]
    fn labels_are_found_in_actions_only() {
        let labels = |text| labels_in(text).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(labels("{{ $labels.job }} and {{$labels.pod|title}}"), ["job", "pod"]);
        assert_eq!(labels("{{ printf \"%s %s\" $labels.a $labels.b }}"), ["a", "b"]);
        assert_eq!(labels("$labels.job {{ $value }} {{ .Labels.job }}"), Vec::<&str>::new());
        assert_eq!(labels("{{ $labels. }} {{ $labels.job"), Vec::<&str>::new());
    }
}
