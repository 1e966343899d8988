//! Which view of the overview a reader gets: those of the ops repo, else four that are there without any.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_identity::Identity;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::Incident;
use evenkeel_model::{Plan, View, ViewDetail, ViewPart, Workload};
use evenkeel_record::Role;

use crate::Asked;

/// So many are offered as tabs.
const OFFERED_MAX: usize = 12;

/// The views that are there, and the one that is shown.
#[derive(Debug)]
pub(crate) struct Views {
    pub(crate) all: Vec<View>,
    pub(crate) shown: View,
}

impl Views {
    /// The view that is named in the address, else the first that fits the reader, else the first.
    pub(crate) fn of(asked: &Asked<'_>) -> Self {
        let written = &asked.engine.plan().catalogue.views;
        let all: Vec<View> =
            if written.is_empty() { built_in().into() } else { written.values().take(OFFERED_MAX).cloned().collect() };
        let reader = Reader::of(asked.caller, asked.engine.plan());
        let named = asked.place.last("view").and_then(|name| all.iter().find(|view| view.name.as_ref() == name));
        let fitting = || all.iter().filter_map(|view| Some((reader.fits(view)?, view))).min_by_key(|(near, _)| *near);
        let fitting = || fitting().map(|(_, view)| view);
        let shown = named.or_else(fitting).or(all.first()).cloned().unwrap_or_else(operations);
        Self { all, shown }
    }
}

/// What matters of the reader.
#[derive(Debug)]
struct Reader<'a> {
    role: Option<Role>,
    person: Option<&'a Arc<str>>,
    teams: BTreeSet<&'a Arc<str>>,
    /// Whether anything is theirs.
    owns: bool,
}

impl<'a> Reader<'a> {
    fn of(caller: &'a Identity, plan: &'a Plan) -> Self {
        let person = caller.person.as_ref();
        let teams = teams_of(person, plan);
        let owns = plan.catalogue.workloads.values().any(|workload| owned(workload, person, &teams));
        Self { role: caller.role, person, teams, owns }
    }

    /// How near a view is to the reader, the nearest first; `None` when it is for others. Who is named comes before their
    /// teams, those before their role; what is for everybody comes last.
    fn fits(&self, view: &View) -> Option<u8> {
        let open = view.roles.is_empty() && view.teams.is_empty() && view.people.is_empty();
        let near = if self.person.is_some_and(|person| view.people.contains(person)) {
            0
        } else if view.teams.iter().any(|team| self.teams.contains(team)) {
            1
        } else if self.role.is_some_and(|role| view.roles.contains(&role)) {
            2
        } else if open {
            4 - u8::from(view.own)
        } else {
            return None;
        };
        (!view.own || self.owns).then_some(near)
    }
}

/// The teams that a person is a member of.
fn teams_of<'a>(person: Option<&Arc<str>>, plan: &'a Plan) -> BTreeSet<&'a Arc<str>> {
    let has = |team: &&'a evenkeel_model::Team| team.members.iter().any(|member| Some(&member.person) == person);
    plan.catalogue.teams.values().filter(has).map(|team| &team.name).collect()
}

fn owned(workload: &Workload, person: Option<&Arc<str>>, teams: &BTreeSet<&Arc<str>>) -> bool {
    match &workload.owner {
        Some(DocumentRef::Team(team)) => teams.contains(team),
        Some(DocumentRef::Person(name)) => Some(name) == person,
        Some(
            DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Receiver(_) | DocumentRef::Workload(_),
        )
        | None => false,
    }
}

/// Which workloads a view is about; `None`: all, and what is about none.
pub(crate) fn about(view: &View, caller: &Identity, engine: &Engine) -> Option<BTreeSet<Arc<str>>> {
    if !view.own && view.tiers.is_empty() && view.workloads_of.is_empty() {
        return None;
    }
    let plan = engine.plan();
    let teams = teams_of(caller.person.as_ref(), plan);
    let within = |workload: &&Workload| {
        let team = |name: &Arc<str>| workload.owner == Some(DocumentRef::Team(name.clone()));
        (!view.own || owned(workload, caller.person.as_ref(), &teams))
            && (view.tiers.is_empty() || view.tiers.contains(&workload.tier))
            && (view.workloads_of.is_empty() || view.workloads_of.iter().any(team))
    };
    Some(plan.catalogue.workloads.values().filter(within).map(|workload| workload.name.clone()).collect())
}

/// Whether a view has an incident.
pub(crate) fn shows(view: &View, about: Option<&BTreeSet<Arc<str>>>, incident: &Incident) -> bool {
    let within = |about: &BTreeSet<Arc<str>>| incident.workload.as_ref().is_some_and(|name| about.contains(name));
    about.is_none_or(within) && (view.detail != ViewDetail::Customers || incident.customer_visible)
}

fn built_in() -> [View; 4] {
    let view = |name: &str, title: &str, parts: &[ViewPart], detail| View {
        name: name.into(),
        title: title.into(),
        roles: Vec::new(),
        teams: Vec::new(),
        people: Vec::new(),
        tiers: Vec::new(),
        workloads_of: Vec::new(),
        own: false,
        parts: parts.to_vec(),
        detail,
    };
    let (incidents, changes, told) = (ViewPart::Incidents, ViewPart::Changes, ViewPart::Told);
    let own = [incidents, ViewPart::Alerts, changes, ViewPart::OnCall];
    [
        View {
            roles: vec![Role::Responder, Role::Operator, Role::Admin],
            ..view("operations", "Operations", &ViewPart::ALL, ViewDetail::Operations)
        },
        View { own: true, ..view("developers", "Developers", &own, ViewDetail::Developers) },
        view("business", "Business", &[incidents, told, changes], ViewDetail::Business),
        view("customers", "Customers", &[incidents, told], ViewDetail::Customers),
    ]
}

fn operations() -> View {
    let [operations, ..] = built_in();
    operations
}
