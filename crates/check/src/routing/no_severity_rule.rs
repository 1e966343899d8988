//! `no-severity-rule`: a response plan that does not say what is hit, so that severity comes from a guess.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{Hit, codes, quoted};

use crate::Repo;

/// Reports response plans without a workload.
pub(super) fn no_severity_rule(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for plan in repo.documents.response_plans.iter().filter(|plan| plan.spec.workload.is_none()) {
        let taken = match plan.spec.impact {
            Hit::Outage => "sev2",
            Hit::Degraded => "sev3",
            Hit::Minor => "sev4",
            Hit::None => "sev5",
        };
        let headline = format!(
            "the response plan {} names no workload, so how bad an incident is cannot be computed",
            quoted(&plan.name.value)
        );
        let diag = Diagnostic::finding(codes::NO_SEVERITY_RULE, plan.name.span, headline);
        let diag = diag.label(format!("every incident of it is `{taken}`, whatever is hit"));
        diags.push(diag.help("write `workload:`, whose tier and dependants say what an outage means"));
    }
}
