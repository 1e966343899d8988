//! Response plans lead to somebody who knows what to do, and the last resort to people.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_diagnostic::{Code, Diagnostic, Span};
use evenkeel_ids::DocumentRef;

use crate::document::LastResortDocument;
use crate::resolve::names::Names;
use crate::{Catalogue, ResponsePlan, codes, quoted};

/// As soon as anything pages there has to be somebody left when everything else fails.
pub(super) fn last_resort(catalogue: &Catalogue, written: Option<&LastResortDocument>, names: &mut Names<'_>) {
    let Some(policy) = written.and_then(|last| last.policy.as_ref()) else {
        no_last_resort(catalogue, written, names);
        return;
    };
    let Some(steps) = catalogue.policies.get(&policy.value).map(|policy| &policy.steps) else { return };
    let receiver = |target: &DocumentRef| matches!(target, DocumentRef::Receiver(_));
    let mut targets = steps.iter().flat_map(|step| &step.to).peekable();
    // Where none is left, each was an error already.
    if targets.peek().is_some() && targets.all(receiver) {
        let headline = format!("the last resort {} pages receivers only", quoted(&policy.value));
        let diag = Diagnostic::finding(codes::LAST_RESORT_WITHOUT_PEOPLE, policy.span, headline);
        names.diags.push(diag.help("let a step of it page people, a team or a schedule"));
    }
}

fn no_last_resort(catalogue: &Catalogue, written: Option<&LastResortDocument>, names: &mut Names<'_>) {
    let first = catalogue.response_plans.keys().find_map(|name| names.response_plans.span(name));
    let (Some(first), false) = (first, names.people.incomplete) else { return };
    let place = written.map_or(first, |last| Span { end: last.span.start, ..last.span });
    let headline = "incidents have no policy of last resort, so one that nobody answers would end unheard";
    let mut diag = Diagnostic::error(codes::NO_LAST_RESORT, place, headline);
    if place != first {
        diag = diag.related(first, "incidents come from here");
    }
    let help = "write `lastResort: { policy: … }` into the `Organization`, naming an `EscalationPolicy`";
    names.diags.push(diag.help(help));
}

/// Reports plans that nothing opens, nobody owns, nobody is paged by, or that say nothing about what helps.
pub(super) fn response_plans(catalogue: &Catalogue, routed: &BTreeSet<Arc<str>>, names: &mut Names<'_>) {
    for plan in catalogue.response_plans.values() {
        let Some(span) = names.response_plans.span(&plan.name) else { continue };
        let name = quoted(&plan.name);
        let mut report = |code: Code, headline: String, help: &str| {
            names.diags.push(Diagnostic::finding(code, span, headline).help(help));
        };
        if !plan.receivers.is_empty() && !plan.receivers.iter().any(|receiver| routed.contains(receiver)) {
            let headline = format!("the response plan {name} is not used, since no route leads to its receivers");
            report(codes::UNUSED_RESPONSE_PLAN, headline, "route alerts to one of its receivers");
        }
        if plan.owner.is_none() && plan.workload.is_none() {
            let help = "write `owner: team:…` into `metadata`, or name the workload";
            report(codes::NO_OWNER, format!("nobody owns the response plan {name}"), help);
        }
        if plan.procedure.is_none() {
            let help = "write `procedure:` with a path in the ops repo or an address";
            report(codes::NO_PROCEDURE, format!("the response plan {name} does not say what helps"), help);
        }
        if !pages_its_own(plan, catalogue) {
            let help = "write `escalation:` here, or into the team that owns it";
            report(codes::NO_ESCALATION, format!("the response plan {name} pages nobody but the last resort"), help);
        }
    }
}

/// Whether the plan or the team that owns it has an escalation policy.
fn pages_its_own(plan: &ResponsePlan, catalogue: &Catalogue) -> bool {
    let of_team = |owner: &DocumentRef| match owner {
        DocumentRef::Team(name) => catalogue.teams.get(name).is_some_and(|team| team.escalation.is_some()),
        DocumentRef::Person(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => false,
    };
    plan.escalation.is_some() || plan.owner.as_ref().is_some_and(of_team)
}
