//! A plan becomes the current one.

use std::sync::Arc;

use evenkeel_alerting::{InhibitIndex, decide_rebind_group, decide_regroup_alert, orphans};
use evenkeel_ids::PlanHash;
use evenkeel_model::{Commit, Plan};
use evenkeel_record::{Actor, Body, PlanAdopted, PlanCommit};
use evenkeel_time::Timestamp;

use crate::{Answer, Batch, Engine};

impl Engine {
    /// The plan becomes the current one: what is live finds its place under it.
    pub(crate) fn adopt(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        plan: Arc<Plan>,
        findings: u32,
        batch: &mut Batch,
    ) -> Answer {
        let before = (self.state.plan != PlanHash::NONE).then_some(self.state.plan);
        let changed = before != Some(plan.hash);
        // Secrets are not part of the hash, so an equal plan may still bring new ones.
        self.use_plan(plan.clone(), now);
        if !changed {
            // A version that knows more of documents than the one before says more of them.
            self.declare(now, actor, batch);
            return Answer::Done;
        }
        let mut orphans = orphans(&self.context(now));
        orphans.extend(self.with_incidents(now, evenkeel_incident::orphans));
        let commit = plan.commit.clone().map(|Commit { id, author, summary }| PlanCommit { id, author, summary });
        let body = PlanAdopted { plan: plan.hash, before, commit, findings, orphans };
        self.state.plan = plan.hash;
        self.record(Body::PlanAdopted(body), actor, now, batch);
        self.declare(now, actor, batch);
        let alerts: Vec<_> = self.state.alerting.alerts().map(|alert| alert.id).collect();
        for id in alerts {
            self.decide(now, actor, batch, |cx, decision| {
                if let Some(alert) = cx.state.alert(id) {
                    decide_regroup_alert(cx, alert, decision);
                }
            });
        }
        let groups: Vec<_> = self.state.alerting.groups().map(|group| group.id).collect();
        for id in groups {
            self.decide(now, actor, batch, |cx, decision| {
                if let Some(group) = cx.state.group(id) {
                    decide_rebind_group(cx, group, decision);
                }
            });
        }
        // Whose alerts had ended, and were to be told of in a group that is gone, is looked at by nobody else.
        let active = self.state.incident.incidents().filter(|incident| incident.active());
        let active = active.map(|incident| incident.id).collect();
        self.unwatched_seen(now, active, batch);
        Answer::Done
    }

    pub(crate) fn use_plan(&mut self, plan: Arc<Plan>, now: Timestamp) {
        self.inhibit = InhibitIndex::build(&plan, &self.state.alerting);
        self.expected.adopt(&plan, &self.state.alerting, now);
        self.integrations = plan
            .receivers
            .values()
            .flat_map(|receiver| receiver.integrations.iter().map(move |known| (receiver, known)))
            .map(|(receiver, known)| ((receiver.name.clone(), known.name.clone()), Arc::new(known.clone())))
            .collect();
        let people = plan.catalogue.people.values();
        self.contacts = people
            .flat_map(|person| person.contacts.values().map(move |known| (person, known)))
            .map(|(person, known)| ((person.name.clone(), known.name.clone()), Arc::new(known.clone())))
            .collect();
        self.plan = plan;
    }
}
