//! Generated catalogues: people, teams, schedules, policies, workloads, response and communication plans.

mod edit;
mod rotas;

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::{
    Audience, CommunicationPlan, Dependency, Environment, EscalationPolicy, EscalationStep, Hit, Impact, LastResort,
    Member, Plan, ResponsePlan, Team, UpdateTemplates, Workload,
};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

use crate::plans::RECEIVERS;
use crate::random::Random;

pub(crate) use edit::{attach, edit, mend};
pub(crate) use rotas::{PEOPLE, SCHEDULES, beginning};

pub(crate) const TEAMS: [&str; 2] = ["t0", "t1"];
/// The last of them is the organisation's last resort.
pub(crate) const POLICIES: [&str; 3] = ["e0", "e1", "last"];
pub(crate) const WORKLOADS: [&str; 4] = ["w0", "w1", "w2", "w3"];
pub(crate) const RESPONSES: [&str; 3] = ["a0", "a1", "a2"];
pub(crate) const COMMUNICATIONS: [&str; 2] = ["c0", "c1"];

/// Puts people, and what they answer for, into a plan. All of it refers to what is there.
pub(crate) fn populate(plan: &mut Plan, start: Timestamp, random: &mut Random) {
    for name in PEOPLE {
        add_person(plan, name, random);
    }
    for name in TEAMS {
        add_team(plan, name, random);
    }
    for name in SCHEDULES {
        plan.catalogue.schedules.insert(name.into(), rotas::schedule(name, start, random));
    }
    for name in POLICIES {
        add_policy(plan, name, random);
    }
    for name in WORKLOADS {
        add_workload(plan, name, random);
    }
    for name in COMMUNICATIONS {
        add_communication(plan, name, random);
    }
    for name in RESPONSES {
        add_response(plan, name, random);
    }
    plan.last_resort = LastResort { receiver: (*random.pick(&RECEIVERS)).into(), policy: Some("last".into()) };
    mend(plan);
}

fn add_person(plan: &mut Plan, name: &str, random: &mut Random) {
    plan.catalogue.people.insert(name.into(), rotas::person(name, random));
}

fn add_team(plan: &mut Plan, name: &str, random: &mut Random) {
    let mut members: Vec<Member> = Vec::new();
    for _ in 0..random.between(1, 3) {
        let person: Arc<str> = (*random.pick(&PEOPLE)).into();
        let role = random.chance(300).then(|| "lead".into());
        if !members.iter().any(|known| known.person == person) {
            members.push(Member { person, role });
        }
    }
    let escalation = random.chance(700).then(|| (*random.pick(&POLICIES)).into());
    plan.catalogue.teams.insert(name.into(), Team { name: name.into(), members, escalation });
}

/// Somebody or something that can be paged.
pub(crate) fn target(random: &mut Random) -> DocumentRef {
    match random.below(8) {
        0..2 => DocumentRef::Person((*random.pick(&PEOPLE)).into()),
        2..6 => DocumentRef::Schedule((*random.pick(&SCHEDULES)).into()),
        6 => DocumentRef::Team((*random.pick(&TEAMS)).into()),
        _ => DocumentRef::Receiver((*random.pick(&RECEIVERS)).into()),
    }
}

fn add_policy(plan: &mut Plan, name: &str, random: &mut Random) {
    let steps = (0..random.between(1, 3)).map(|_| EscalationStep {
        to: (0..random.between(1, 2)).map(|_| target(random)).collect(),
        wait: Duration::minutes(*random.pick(&[1, 2, 5, 5, 15])),
    });
    let steps = steps.collect();
    let policy = EscalationPolicy {
        name: name.into(),
        steps,
        repeat: *random.pick(&[0, 0, 1, 2]),
        acknowledge_for: Duration::minutes(*random.pick(&[5, 15, 30, 120])),
        without_asking: Vec::new(),
    };
    plan.catalogue.policies.insert(name.into(), policy);
}

fn owner(random: &mut Random) -> Option<DocumentRef> {
    match random.below(4) {
        0 => None,
        1 => Some(DocumentRef::Person((*random.pick(&PEOPLE)).into())),
        _ => Some(DocumentRef::Team((*random.pick(&TEAMS)).into())),
    }
}

fn add_workload(plan: &mut Plan, name: &str, random: &mut Random) {
    let depends_on = (0..random.between(0, 2))
        .map(|_| Dependency { workload: (*random.pick(&WORKLOADS)).into(), hard: random.chance(600) });
    let mut depends_on: Vec<Dependency> = depends_on.filter(|edge| edge.workload.as_ref() != name).collect();
    depends_on.dedup_by(|a, b| a.workload == b.workload);
    let workload = Workload {
        name: name.into(),
        owner: owner(random),
        tier: *random.pick(&[1, 1, 2, 3, 4]),
        impact: Impact { who: "everyone".into(), what: "nothing works".into(), customers: random.chance(500) },
        components: Vec::new(),
        depends_on,
        environments: vec![
            Environment { name: "production".into(), production: true },
            Environment { name: "staging".into(), production: false },
        ],
        priority: None,
        labels: evenkeel_labels::LabelSet::default(),
    };
    plan.catalogue.workloads.insert(name.into(), workload);
}

fn add_communication(plan: &mut Plan, name: &str, random: &mut Random) {
    let audience = |name: &str, random: &mut Random| Audience {
        name: name.into(),
        customers: random.chance(500),
        receivers: vec![(*random.pick(&RECEIVERS)).into()],
        from_severity: *random.pick(&Severity::ALL),
        cadence: random.chance(700).then(|| Duration::minutes(*random.pick(&[5, 15, 30]))),
        approvers: if random.chance(400) { vec![target_person(random)] } else { Vec::new() },
        templates: UpdateTemplates::default(),
    };
    let audiences = ["inside", "customers"].iter().take(random.below(2) + 1).map(|name| audience(name, random));
    let audiences = audiences.collect();
    plan.catalogue.communications.insert(name.into(), CommunicationPlan { name: name.into(), audiences });
}

fn target_person(random: &mut Random) -> DocumentRef {
    match random.below(3) {
        0 => DocumentRef::Person((*random.pick(&PEOPLE)).into()),
        1 => DocumentRef::Schedule((*random.pick(&SCHEDULES)).into()),
        _ => DocumentRef::Team((*random.pick(&TEAMS)).into()),
    }
}

fn add_response(plan: &mut Plan, name: &str, random: &mut Random) {
    let receivers = RECEIVERS.iter().filter(|_| random.chance(400)).map(|name| (*name).into()).collect();
    let response = ResponsePlan {
        name: name.into(),
        owner: owner(random),
        receivers,
        workload: random.chance(750).then(|| (*random.pick(&WORKLOADS)).into()),
        environment: random.chance(300).then(|| (*random.pick(&["production", "staging"])).into()),
        escalation: random.chance(500).then(|| (*random.pick(&POLICIES)).into()),
        impact: *random.pick(&Hit::ALL),
        procedure: random.chance(500).then(|| "runbooks/restart.md".into()),
        customer_visible: random.chance(300).then(|| random.chance(500)),
        communication: random.chance(700).then(|| (*random.pick(&COMMUNICATIONS)).into()),
        reopen_within: Duration::minutes(*random.pick(&[5, 20, 60])),
    };
    plan.catalogue.response_plans.insert(name.into(), response);
}
