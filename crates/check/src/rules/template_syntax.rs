//! `template-syntax`: a text of an alert that cannot be filled in.
//!
//! Prometheus refuses the file, or shows the error in place of the text, at the moment when somebody needs it.

use evenkeel_alert_template::{FUNCTIONS, Template};
use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::codes;
use evenkeel_model::document::Language;

use super::reading::Rules;
use super::template_label::place;

pub(super) fn template_syntax(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    // VictoriaMetrics has functions of its own.
    for rule in rules.alerts().filter(|rule| rule.rule.language != Language::MetricsQl) {
        for (_, text) in rule.rule.labels.iter().chain(&rule.rule.annotations) {
            let Err(fault) = Template::parse(&text.value) else { continue };
            let wrong = text.value.get(fault.range.clone()).unwrap_or("");
            let span = place(text, fault.range.start, wrong);
            let headline = format!("a text of {} cannot be filled in: {}", rule.query.of, fault.message);
            let found = Diagnostic::finding(codes::TEMPLATE_SYNTAX, span, headline);
            let meant = did_you_mean(wrong, FUNCTIONS).filter(|_| fault.message.starts_with("there is no function"));
            diags.push(match meant {
                Some(meant) => found.help(format!("did you mean `{meant}`?")),
                None => found,
            });
        }
    }
}
