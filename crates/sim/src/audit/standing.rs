//! How the alerts of incidents stand, and who is to hear of them, by what is known here.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId, IncidentId, UpdateId};
use evenkeel_model::{Audience, CommunicationPlan, Route};
use evenkeel_record::IncidentKey;
use evenkeel_time::Timestamp;

use crate::cases::{About, Case, Must};
use crate::ledger::{Known, Ledger};
use crate::reference;

impl Ledger {
    pub(crate) fn firing_of<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = (AlertId, &'a Known)> {
        let known = case.alerts.iter().filter_map(|id| self.alerts.get(id).map(|known| (*id, known)));
        known.filter(|(_, known)| known.fires)
    }

    /// The route of a group that is still there.
    pub(crate) fn route_of(&self, group: GroupId) -> Option<&Route> {
        let (key, _) = self.groups.get(&group)?;
        self.plan.as_ref()?.routes.routes.iter().find(|route| route.key == *key)
    }

    /// The response plan that a group's route leads to.
    pub(crate) fn attached(&self, group: GroupId) -> Option<&Arc<str>> {
        let route = self.route_of(group)?;
        let catalogue = &self.plan.as_ref()?.catalogue;
        catalogue.attached.get(&route.receiver).filter(|name| catalogue.response_plans.contains_key(*name))
    }

    /// Whether a look at a group is one for the incident.
    fn looks_for(&self, group: GroupId, case: &Case) -> bool {
        let place = self.groups.get(&group).zip(self.attached(group));
        place.is_some_and(|((route, labels), response_plan)| {
            let (response_plan, route, labels) = (response_plan.clone(), route.clone(), labels.clone());
            let key = IncidentKey { response_plan, route, labels };
            case.key.as_ref() == Some(&key) || case.taken_over.contains(&key)
        })
    }

    /// Whether a look at any group of an alert of it that fires is one for the incident.
    pub(crate) fn watched(&self, case: &Case) -> bool {
        self.firing_of(case).flat_map(|(_, known)| &known.groups).any(|group| self.looks_for(*group, case))
    }

    /// Alerts of a group that fire and may be told of.
    pub(crate) fn tellable(&self, group: GroupId, now: Timestamp) -> BTreeSet<AlertId> {
        let plan = self.plan.as_ref();
        let muted =
            plan.zip(self.route_of(group)).is_some_and(|(plan, route)| reference::route_muted(plan, route, now));
        let members = self.all_firing().filter(|(_, known)| !muted && known.groups.contains(&group));
        members.filter(|(_, known)| !self.suppressed(&known.labels, now)).map(|(id, _)| id).collect()
    }

    /// Whether every group of the alert is muted that is looked at for the incident; where none is, every group.
    fn groups_muted(&self, case: &Case, known: &Known, now: Timestamp) -> bool {
        let Some(plan) = &self.plan else { return false };
        let muted =
            |group: &GroupId| self.route_of(*group).is_some_and(|route| reference::route_muted(plan, route, now));
        let looked_at: Vec<GroupId> =
            known.groups.iter().copied().filter(|group| self.looks_for(*group, case)).collect();
        let groups = if looked_at.is_empty() { &known.groups } else { &looked_at };
        !groups.is_empty() && groups.iter().all(muted)
    }

    /// Whether anything of it fires and may be told of. What a person opened is bad until a person says otherwise.
    pub(crate) fn bad(&self, case: &Case, now: Timestamp) -> bool {
        let told = |known: &Known| !self.suppressed(&known.labels, now) && !self.groups_muted(case, known, now);
        let kept = case.kept && self.firing_of(case).next().is_none();
        kept || case.alerts.is_empty() || self.firing_of(case).any(|(_, known)| told(known))
    }

    /// Whether something of it fires, and nothing of that may be told of.
    pub(crate) fn all_muted(&self, case: &Case, now: Timestamp) -> bool {
        self.firing_of(case).next().is_some() && !self.bad(case, now)
    }

    fn communication(&self, case: &Case) -> Option<&CommunicationPlan> {
        let catalogue = &self.plan.as_ref()?.catalogue;
        let name = catalogue.response_plans.get(&case.response_plan)?.communication.as_ref()?;
        catalogue.communications.get(name)
    }

    /// The audience of that name, while the plan has it.
    pub(crate) fn audience(&self, of: &(Arc<str>, Arc<str>)) -> Option<&Audience> {
        let plan = self.plan.as_ref()?.catalogue.communications.get(&of.0)?;
        plan.audiences.iter().find(|audience| audience.name == of.1)
    }

    /// Those that hear that it began, or that it is over.
    pub(super) fn audiences(&self, id: IncidentId, over: bool) -> Vec<(Arc<str>, Arc<str>)> {
        let Some(case) = self.cases.open.get(&id) else { return Vec::new() };
        if over {
            let heard = case.heard.iter().filter(|(_, heard)| heard.first_left).map(|(audience, _)| audience.clone());
            return heard.filter(|audience| self.audience(audience).is_some()).collect();
        }
        let Some(plan) = self.communication(case).filter(|_| case.active()) else { return Vec::new() };
        let all = plan.audiences.iter().filter(|audience| concerns(audience, case));
        let named = all.map(|audience| (plan.name.clone(), audience.name.clone()));
        named.filter(|audience| !case.heard.contains_key(audience)).collect()
    }

    /// Texts that wait for approval are withdrawn when the incident is over.
    pub(super) fn withdrawals_owed(&mut self, id: IncidentId) {
        let Some(case) = self.cases.open.get(&id) else { return };
        for heard in case.heard.values() {
            let sheet = self.cases.sheets.get(&heard.latest.0.0);
            if sheet.is_some_and(|sheet| matches!(sheet.about, About::Update { awaits: true, .. })) {
                self.cases.must.push(Must::Withdraw(UpdateId(heard.latest.0)));
            }
        }
    }
}

/// Whether they are told of an incident as bad, and as visible, as this one.
pub(crate) fn concerns(audience: &Audience, case: &Case) -> bool {
    reference::concerned(audience.from_severity, audience.customers, case.severity, case.visible)
}
