//! Response plans and communication plans.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};

use super::names::{APPROVERS, Names};
use super::naming::Distinct;
use super::workloads::Workloads;
use crate::document::{AudienceDocument, CommunicationDocument, Declared, Name, ResponseDocument};
use crate::{Audience, CommunicationPlan, ResponsePlan, codes, quoted};

/// The response plans, and which receiver has which.
#[derive(Default)]
pub(super) struct Responses {
    pub(super) plans: BTreeMap<Arc<str>, ResponsePlan>,
    pub(super) attached: BTreeMap<Arc<str>, Arc<str>>,
    /// Where each receiver was attached.
    places: BTreeMap<Arc<str>, Span>,
}

/// Resolves response plans.
pub(super) fn response_plans(
    documents: Vec<Declared<ResponseDocument>>,
    workloads: &mut Workloads,
    names: &mut Names<'_>,
) -> Responses {
    let mut responses = Responses::default();
    for document in documents {
        let name = document.shared_name().value;
        let own = names.owner(document.owner.as_ref());
        let spec = document.spec;
        responses.attach(&name, &spec.receivers, names);
        let receivers = names.receivers_once(&spec.receivers, "the response plan");
        let workload = spec.workload.as_ref().and_then(|workload| names.workload(workload));
        let environment = workload.as_ref().zip(spec.environment.as_ref());
        let environment = environment.and_then(|(workload, place)| workloads.environment(workload, place, names));
        let owner_of = |workload: &Arc<str>| workloads.resolved.get(workload).and_then(|known| known.owner.clone());
        let owner = own.or_else(|| workload.as_ref().and_then(owner_of));
        let plan = ResponsePlan {
            name: Arc::clone(&name),
            owner,
            receivers,
            workload,
            environment,
            escalation: spec.escalation.as_ref().and_then(|policy| names.policy(policy)),
            impact: spec.impact,
            procedure: spec.procedure.map(|text| text.value),
            customer_visible: spec.customer_visible,
            communication: spec.communication.and_then(|plan| names.communications.look_up(&plan, names.diags)),
            reopen_within: spec.reopen_within,
        };
        responses.plans.insert(name, plan);
    }
    responses
}

impl Responses {
    /// An alert becomes one incident, so a receiver has one plan at most.
    fn attach(&mut self, plan: &Arc<str>, receivers: &[Name], names: &mut Names<'_>) {
        for receiver in receivers {
            let before = self.attached.get(&receiver.value).filter(|before| *before != plan);
            if let (Some(before), Some(place)) = (before, self.places.get(&receiver.value)) {
                let headline = format!("the receiver {} has a response plan already", quoted(&receiver.value));
                let diag = Diagnostic::error(codes::SECOND_RESPONSE_PLAN, receiver.span, headline);
                let diag = diag.related(*place, format!("attached to {} here", quoted(before)));
                names.diags.push(diag.help("give each plan a receiver of its own, and route to that"));
                continue;
            }
            self.attached.insert(Arc::clone(&receiver.value), Arc::clone(plan));
            self.places.insert(Arc::clone(&receiver.value), receiver.span);
        }
    }
}

/// Resolves communication plans.
pub(super) fn communications(
    documents: Vec<Declared<CommunicationDocument>>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, CommunicationPlan> {
    let mut plans = BTreeMap::new();
    for document in documents {
        let name = document.shared_name().value;
        names.owner(document.owner.as_ref());
        let audiences = audiences(document.spec.audiences, names);
        plans.insert(Arc::clone(&name), CommunicationPlan { name, audiences });
    }
    plans
}

fn audiences(written: Vec<AudienceDocument>, names: &mut Names<'_>) -> Vec<Audience> {
    let mut known = Distinct::new("audience");
    let mut audiences = Vec::with_capacity(written.len());
    for audience in written {
        let AudienceDocument { name, customers, receivers, from_severity, cadence, approvers, templates } = audience;
        if !known.is_new(&name, names.diags) {
            continue;
        }
        audiences.push(Audience {
            name: name.value,
            customers,
            receivers: names.receivers_once(&receivers, "the audience"),
            from_severity,
            cadence,
            approvers: names.references_once(&approvers, APPROVERS, "`approvers`"),
            templates,
        });
    }
    audiences
}
