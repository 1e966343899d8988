//! What documents declare, and what they refer to by name, of whatever kind: `person:ada`, `receiver:chat`, `path:a.md`.
//!
//! Written anew from the documents' types, so that it does not believe what resolving believes.

use std::collections::BTreeSet;
use std::path::Path;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_model::document::{
    Declared, Documents, EntityDocument, EntityKind, FieldDocument, Referred as Among, RouteDocument,
    RoutingTestDocument, SloReference,
};
use evenkeel_ops_source::Loaded;

/// What is referred to, and where.
pub(super) type Referred = (String, Span);

/// Collects references.
#[derive(Default)]
struct Found(Vec<Referred>);

impl Found {
    fn name<T: AsRef<str>>(&mut self, kind: &str, name: &Spanned<T>) {
        self.0.push((format!("{kind}:{}", name.value.as_ref()), name.span));
    }

    fn names<'a, T: AsRef<str> + 'a>(&mut self, kind: &str, names: impl IntoIterator<Item = &'a Spanned<T>>) {
        names.into_iter().for_each(|name| self.name(kind, name));
    }

    /// A reference that says its kind itself.
    fn whole<T: AsRef<str>>(&mut self, reference: &Spanned<T>) {
        self.0.push((reference.value.as_ref().to_owned(), reference.span));
    }

    /// A path from a folder of the ops repo; addresses and anchors are none.
    fn path<T: AsRef<str>>(&mut self, folder: &str, path: &Spanned<T>) {
        let text = path.value.as_ref().split('#').next().unwrap_or_default();
        if text.is_empty() || text.contains("://") || text.starts_with("mailto:") {
            return;
        }
        let joined = format!("{folder}/{text}");
        let mut parts: Vec<&str> = Vec::new();
        for part in joined.split('/') {
            match part {
                ".." => drop(parts.pop()),
                "" | "." => (),
                _ => parts.push(part),
            }
        }
        self.0.push((format!("path:{}", parts.join("/")), path.span));
    }

    fn owners<T>(&mut self, documents: &[Declared<T>]) {
        documents.iter().filter_map(|document| document.owner.as_ref()).for_each(|owner| self.whole(owner));
    }
}

/// The folder a file is in.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Everything that has a name, or is a file.
pub(super) fn declared(loaded: &Loaded) -> BTreeSet<String> {
    let documents = &loaded.documents;
    let mut all: BTreeSet<String> = loaded.paths.iter().map(|path| format!("path:{path}")).collect();
    let folders = loaded.paths.iter().flat_map(|path| Path::new(&**path).ancestors().skip(1));
    all.extend(folders.map(|folder| format!("path:{}", folder.display())));
    let mut names = |kind: &str, names: Vec<&str>| all.extend(names.into_iter().map(|name| format!("{kind}:{name}")));
    fn of<T>(documents: &[Declared<T>]) -> Vec<&str> {
        documents.iter().map(|document| &*document.name.value).collect()
    }
    names("person", of(&documents.people));
    names("team", of(&documents.teams));
    names("schedule", of(&documents.schedules));
    names("policy", of(&documents.policies));
    names("workload", of(&documents.workloads));
    names("response plan", of(&documents.response_plans));
    names("communication plan", of(&documents.communications));
    names("receiver", of(&documents.receivers));
    let procedures = documents.procedures.iter().map(|procedure| &*procedure.name.value).collect();
    names("procedure", procedures);
    for entry in &documents.registers {
        names(entry.spec.kind.word(), vec![&*entry.name.value]);
    }
    for config in &documents.alertmanager {
        names("receiver", config.receivers.iter().map(|receiver| &*receiver.name.value).collect());
        names("time interval", config.time_intervals.iter().map(|interval| &*interval.name.value).collect());
    }
    for organization in &documents.organizations {
        names("priority", organization.spec.priorities.iter().map(|priority| &*priority.value.name).collect());
    }
    for part in &documents.slo_parts {
        names(&part.kind, vec![&*part.name.value]);
    }
    // An objective's service may be a workload as well.
    names("Service", of(&documents.workloads));
    for entity in &documents.entities {
        names(sort(entity.kind.as_str()), vec![&*entity.id.name]);
    }
    all
}

/// What a kind of Backstage's is here.
fn sort(kind: &str) -> &'static str {
    let is = |other: EntityKind| kind.eq_ignore_ascii_case(other.as_str());
    if is(EntityKind::Group) {
        "team"
    } else if is(EntityKind::User) {
        "person"
    } else if is(EntityKind::System) {
        "system"
    } else {
        "workload"
    }
}

/// Everything that is named somewhere else than where it is declared.
pub(super) fn references(documents: &Documents) -> Vec<Referred> {
    let mut found = Found::default();
    owners(documents, &mut found);
    people(documents, &mut found);
    incidents(documents, &mut found);
    registers(documents, &mut found);
    rules(documents, &mut found);
    documents.alertmanager.iter().filter_map(|config| config.route.as_ref()).for_each(|root| route(root, &mut found));
    documents.entities.iter().for_each(|one| entity(one, &mut found));
    documents.routing_tests.iter().for_each(|test| routing_test(&test.spec, &mut found));
    let objectives = documents.objectives.iter().flat_map(|objective| &objective.references);
    for SloReference { kind, name } in objectives.chain(documents.slo_parts.iter().flat_map(|part| &part.references)) {
        found.name(kind, name);
    }
    found.0
}

fn owners(documents: &Documents, found: &mut Found) {
    found.owners(&documents.probes);
    found.owners(&documents.heartbeats);
    found.owners(&documents.expected_alerts);
    found.owners(&documents.receivers);
    found.owners(&documents.workloads);
    found.owners(&documents.schedules);
    found.owners(&documents.policies);
    found.owners(&documents.response_plans);
    found.owners(&documents.communications);
    found.owners(&documents.allowances);
    found.owners(&documents.signals);
    found.owners(&documents.routing_tests);
    found.owners(&documents.registers);
    found.owners(&documents.event_sources);
    documents.procedures.iter().filter_map(|procedure| procedure.owner.as_ref()).for_each(|owner| found.whole(owner));
}

fn people(documents: &Documents, found: &mut Found) {
    for team in &documents.teams {
        found.names("person", team.spec.members.iter().map(|member| &member.person));
        found.names("policy", &team.spec.escalation);
    }
    for schedule in &documents.schedules {
        found.names("person", schedule.spec.layers.iter().flat_map(|layer| layer.turns.iter().flatten()));
        let overrides = &schedule.spec.overrides;
        found.names("person", overrides.iter().flat_map(|one| one.people.iter().chain(&one.replaces)));
    }
    for policy in &documents.policies {
        policy.spec.steps.iter().flat_map(|step| &step.to).for_each(|target| found.whole(target));
    }
    for last_resort in documents.organizations.iter().filter_map(|one| one.spec.last_resort.as_ref()) {
        found.names("receiver", &last_resort.receiver);
        found.names("policy", &last_resort.policy);
    }
}

fn incidents(documents: &Documents, found: &mut Found) {
    for workload in &documents.workloads {
        found.names("workload", workload.spec.depends_on.iter().map(|dependency| &dependency.workload));
        found.names("priority", &workload.spec.priority);
    }
    for plan in &documents.response_plans {
        found.names("receiver", &plan.spec.receivers);
        found.names("workload", &plan.spec.workload);
        found.names("policy", &plan.spec.escalation);
        found.names("communication plan", &plan.spec.communication);
        plan.spec.procedure.iter().for_each(|path| found.path("", path));
    }
    for audience in documents.communications.iter().flat_map(|plan| &plan.spec.audiences) {
        found.names("receiver", &audience.receivers);
        audience.approvers.iter().for_each(|approver| found.whole(approver));
    }
    found.names("workload", documents.signals.iter().filter_map(|signal| signal.spec.workload.as_ref()));
    found.names("workload", documents.procedures.iter().filter_map(|procedure| procedure.workload.as_ref()));
    for page in &documents.pages {
        page.links.iter().for_each(|link| found.path(folder(&page.path), link));
    }
}

fn registers(documents: &Documents, found: &mut Found) {
    let kind = |among: &Among| match among {
        Among::Person => "person",
        Among::Team => "team",
        Among::Workload => "workload",
        Among::Procedure => "procedure",
        Among::Register(kind) => kind.word(),
    };
    for (field, value) in documents.registers.iter().flat_map(|entry| &entry.spec.fields) {
        match value {
            FieldDocument::Name(among, name) => found.name(kind(among), name),
            FieldDocument::Names(among, names) => found.names(kind(among), names),
            FieldDocument::Text(text) if *field == "source" => found.path("", text),
            FieldDocument::Text(_)
            | FieldDocument::Whole(_)
            | FieldDocument::Flag(_)
            | FieldDocument::At(_)
            | FieldDocument::Lasts(_)
            | FieldDocument::Texts(_) => (),
        }
    }
    let repositories = documents.event_sources.iter().flat_map(|source| &source.spec.repositories);
    found.names("workload", repositories.filter_map(|repository| repository.workload.as_ref()));
}

fn rules(documents: &Documents, found: &mut Found) {
    for test in &documents.rule_tests {
        test.rule_files.iter().for_each(|path| found.path(folder(&test.file), path));
    }
    for rule in documents.rule_groups.iter().flat_map(|group| &group.rules) {
        let runbook = rule.annotations.iter().filter(|(key, _)| &*key.value == "runbook");
        runbook.for_each(|(_, path)| found.path("", path));
    }
}

fn route(route: &RouteDocument, found: &mut Found) {
    found.names("receiver", &route.receiver);
    found.names("time interval", route.mute_time_intervals.iter().chain(&route.active_time_intervals));
    route.routes.iter().for_each(|child| self::route(child, found));
}

fn entity(entity: &EntityDocument, found: &mut Found) {
    let lists = [&entity.part_of, &entity.depends_on, &entity.dependency_of, &entity.members, &entity.children];
    for reference in lists.into_iter().flatten().chain(&entity.owner) {
        found.0.push((format!("{}:{}", sort(&reference.value.kind), reference.value.name), reference.span));
    }
    found.names("policy", &entity.escalation);
}

fn routing_test(test: &RoutingTestDocument, found: &mut Found) {
    for expect in test.cases.iter().map(|case| &case.expect) {
        found.names("receiver", expect.receivers.iter().flat_map(|names| &names.value));
        let incident = expect.incident.iter().filter_map(|incident| incident.value.as_ref());
        found.names("response plan", incident.filter_map(|incident| incident.response_plan.as_ref()));
        found.names("person", expect.pages.iter().flat_map(|pages| &pages.value).map(|page| &page.person));
    }
}
