//! Whom policies page: that they can be reached is judged where they are paged.

use std::collections::BTreeSet;

use evenkeel_ids::DocumentRef;
use evenkeel_model::Catalogue;

/// The people and teams that some step of a policy leads to.
pub(super) fn paged(catalogue: &Catalogue) -> BTreeSet<DocumentRef> {
    let steps = catalogue.policies.values().flat_map(|policy| &policy.steps);
    let mut paged: BTreeSet<DocumentRef> = steps.flat_map(|step| step.to.iter().cloned()).collect();
    for target in paged.clone() {
        match &target {
            DocumentRef::Team(name) => {
                let members = catalogue.teams.get(name).into_iter().flat_map(|team| &team.members);
                paged.extend(members.map(|member| DocumentRef::Person(member.person.clone())));
            }
            DocumentRef::Schedule(name) => {
                let schedule = catalogue.schedules.get(name).into_iter();
                let turns = schedule.flat_map(|schedule| &schedule.layers).flat_map(|layer| &layer.turns).flatten();
                paged.extend(turns.map(|person| DocumentRef::Person(person.clone())));
            }
            DocumentRef::Person(_) | DocumentRef::Policy(_) | DocumentRef::Receiver(_) | DocumentRef::Workload(_) => {}
        }
    }
    paged
}
