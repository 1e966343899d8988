//! Schedules and escalation policies.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Names, PAGED};
use super::naming::Distinct;
use crate::document::{Declared, LayerDocument, OverrideDocument, PolicyDocument, ScheduleDocument, StepDocument};
use crate::{EscalationPolicy, EscalationStep, Layer, Schedule, ScheduleOverride};

/// Resolves schedules.
pub(super) fn schedules(
    documents: Vec<Declared<ScheduleDocument>>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, Schedule> {
    let mut schedules = BTreeMap::new();
    for document in documents {
        let name = document.shared_name().value;
        names.owner(document.owner.as_ref());
        let ScheduleDocument { zone, layers: written, overrides } = document.spec;
        let layers = layers(written, names);
        let overrides = overrides.into_iter().map(|one| override_of(&one, names)).collect();
        schedules.insert(Arc::clone(&name), Schedule { name, zone, layers, overrides });
    }
    schedules
}

fn layers(written: Vec<LayerDocument>, names: &mut Names<'_>) -> Vec<Layer> {
    let mut known = Distinct::new("layer");
    let mut layers = Vec::with_capacity(written.len());
    for LayerDocument { name, zone, start, end, shift, turns, restrictions } in written {
        if known.is_new(&name, names.diags) {
            let turns = turns.iter().map(|turn| names.people_once(turn, "the turn")).collect();
            layers.push(Layer { name: name.value, zone, start, end, shift, turns, restrictions });
        }
    }
    layers
}

fn override_of(written: &OverrideDocument, names: &mut Names<'_>) -> ScheduleOverride {
    let people = names.people_once(&written.people, "the override");
    let replaces = written.replaces.as_ref().and_then(|person| names.person(person));
    ScheduleOverride { from: written.from, until: written.until, people, replaces }
}

/// Resolves escalation policies.
pub(super) fn policies(
    documents: Vec<Declared<PolicyDocument>>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, EscalationPolicy> {
    let mut policies = BTreeMap::new();
    for document in documents {
        let name = document.shared_name().value;
        names.owner(document.owner.as_ref());
        let PolicyDocument { steps, repeat, acknowledge_for, without_asking } = document.spec;
        let steps = steps.iter().map(|step| self::step(step, names)).collect();
        policies.insert(Arc::clone(&name), EscalationPolicy { name, steps, repeat, acknowledge_for, without_asking });
    }
    policies
}

fn step(written: &StepDocument, names: &mut Names<'_>) -> EscalationStep {
    EscalationStep { to: names.references_once(&written.to, PAGED, "the step"), wait: written.wait }
}
