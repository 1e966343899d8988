//! Response plans, policies, communication plans.

use evenkeel_model::{Audience, Plan, ResponsePlan};

use super::shown::{joined, yes};
use super::{Fact, Fields};
use crate::Sort;

pub(super) fn facts(plan: &Plan, out: &mut Vec<Fact>) {
    let catalogue = &plan.catalogue;
    for one in catalogue.response_plans.values() {
        let (severity, _) = evenkeel_incident::severity(catalogue, one);
        let fields = response(one).with("opens with", severity.to_string());
        out.push((Sort::ResponsePlan, Box::from(&*one.name), fields));
    }
    for policy in catalogue.policies.values() {
        let steps = policy.steps.iter().map(|step| format!("{} then {}", joined(&step.to), step.wait));
        let fields = Fields::default()
            .with("steps", steps.collect::<Vec<_>>().join("; "))
            .with("repeat", policy.repeat.to_string())
            .with("acknowledgeFor", policy.acknowledge_for.to_string())
            .with("withoutAsking", joined(&policy.without_asking));
        out.push((Sort::EscalationPolicy, Box::from(&*policy.name), fields));
    }
    for communication in catalogue.communications.values() {
        let audiences = communication.audiences.iter().map(audience);
        let fields = Fields::default().with("audiences", audiences.collect::<Vec<_>>().join("; "));
        out.push((Sort::CommunicationPlan, Box::from(&*communication.name), fields));
    }
}

fn response(plan: &ResponsePlan) -> Fields {
    Fields::default()
        .with("owner", plan.owner.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("receivers", joined(&plan.receivers))
        .with("workload", plan.workload.as_deref().unwrap_or_default())
        .with("environment", plan.environment.as_deref().unwrap_or_default())
        .with("escalation", plan.escalation.as_deref().unwrap_or_default())
        .with("impact", plan.impact.as_str())
        .with("procedure", plan.procedure.as_deref().unwrap_or_default())
        .with("customerVisible", plan.customer_visible.map(yes).unwrap_or_default())
        .with("communication", plan.communication.as_deref().unwrap_or_default())
        .with("reopenWithin", plan.reopen_within.to_string())
}

fn audience(audience: &Audience) -> String {
    let cadence = audience.cadence.map(|every| format!(", every {every}")).unwrap_or_default();
    let asked = joined(&audience.approvers);
    let approval = if asked.is_empty() { String::new() } else { format!(", approved by {asked}") };
    let texts = [&audience.templates.first, &audience.templates.update, &audience.templates.recovery];
    let own = texts.into_iter().flatten().map(|text| format!("{text:?}"));
    let texts = joined(own);
    let texts = if texts.is_empty() { texts } else { format!(", in these words: {texts}") };
    let (name, receivers, from) = (&audience.name, joined(&audience.receivers), audience.from_severity);
    let customers = if audience.customers { " (customers)" } else { "" };
    format!("{name}{customers} by {receivers} from {from}{cadence}{approval}{texts}")
}
