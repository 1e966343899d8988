//! Prometheus rules, the expressions in them, and their unit tests.
//!
//! Expressions are read once, in [`reading`], and judged by every file below.

mod closeness;
mod duplicate;
mod experimental;
mod expression;
mod metrics;
mod promise;
mod reading;
mod subject;
mod template_label;
mod template_syntax;
mod test_coverage;
mod unknown_alert_in_test;
mod unknown_rule_file;
mod unmatched_selector;
mod unread_recording;
mod untested_rule;

use evenkeel_diagnostic::Diagnostic;

use crate::{Check, Repo};
use reading::Rules;

pub(crate) const CHECKS: &[Check] = &[judge];

/// What is judged about rules that are read.
type RulesCheck = fn(&Rules<'_>, &mut Vec<Diagnostic>);

const OF_RULES: [RulesCheck; 10] = [
    duplicate::duplicates,
    experimental::experimental_promql,
    expression::expressions,
    template_label::unknown_label_in_template,
    template_syntax::template_syntax,
    unknown_alert_in_test::unknown_alert_in_test,
    unknown_rule_file::unknown_rule_file,
    unmatched_selector::unmatched_selector,
    unread_recording::unread_recording_rule,
    untested_rule::untested_rule,
];

fn judge(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let rules = Rules::read(repo);
    OF_RULES.into_iter().for_each(|check| check(&rules, diags));
}
