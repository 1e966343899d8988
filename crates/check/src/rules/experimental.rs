//! `experimental-promql`: Prometheus refuses it unless it was told otherwise at its start.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_promql::experimental;

use super::reading::Rules;

pub(super) fn experimental_promql(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    for query in rules.queries().filter(|query| query.is_promql) {
        let Ok(expr) = &query.read else { continue };
        // One is enough: whoever allows it or takes it away looks at the whole expression.
        let Some(found) = experimental(expr).into_iter().next() else { continue };
        let headline = format!("{} relies on {}, which is experimental", query.of, found.what);
        diags.push(
            Diagnostic::finding(codes::EXPERIMENTAL_PROMQL, query.text.place(found.range), headline)
                .help(format!("Prometheus takes it only when started with `--enable-feature={}`", found.feature)),
        );
    }
}
