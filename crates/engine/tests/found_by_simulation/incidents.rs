//! The same about incidents and those who are paged.

use std::sync::Arc;

use evenkeel_engine::{Answer, Batch, Engine, IncomingAlert, Input, Limits, State};
use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_incident::{By, Command, Phase, Subject};
use evenkeel_labels::LabelSet;
use evenkeel_model::{EscalationPolicy, EscalationStep, GroupBy, Hit, Integration, Person, Plan, ResponsePlan};
use evenkeel_record::{Actor, Body};
use evenkeel_time::{Duration, Zone};

use super::at;

/// The plan of the other stories, with ada to page; `policy` says whether there is a way to her.
fn plan(policy: bool) -> Arc<Plan> {
    let mut plan = (*super::plan()).clone();
    plan.routes.routes.iter_mut().for_each(|route| route.group_by = GroupBy::Labels(vec!["alertname".into()]));
    let integration: Integration =
        plan.receivers.get("team").and_then(|team| team.integrations.first()).cloned().expect("it has one");
    let person = Person {
        name: "ada".into(),
        full_name: None,
        zone: Zone::UTC,
        contacts: [("phone".into(), Integration { name: "phone".into(), ..integration })].into(),
        notify: Vec::new(),
        quiet_hours: Vec::new(),
    };
    let step = EscalationStep { to: vec![DocumentRef::Person("ada".into())], wait: Duration::minutes(5) };
    let policies = EscalationPolicy {
        name: "ada".into(),
        steps: vec![step],
        repeat: 0,
        acknowledge_for: Duration::minutes(30),
        without_asking: Vec::new(),
    };
    let response = ResponsePlan {
        name: "down".into(),
        owner: None,
        receivers: vec!["team".into()],
        workload: None,
        environment: None,
        escalation: policy.then(|| "ada".into()),
        impact: Hit::Outage,
        procedure: None,
        customer_visible: None,
        communication: None,
        reopen_within: Duration::minutes(10),
    };
    let catalogue = &mut plan.catalogue;
    catalogue.people.insert("ada".into(), person);
    if policy {
        catalogue.policies.insert("ada".into(), policies);
    }
    catalogue.attached.insert("team".into(), "down".into());
    catalogue.response_plans.insert("down".into(), response);
    Arc::new(plan)
}

fn start(plan: Arc<Plan>) -> Engine {
    let mut engine = Engine::new(State::default(), plan, at(0), Limits::default());
    engine.start(at(0), "test", 0, &mut Batch::default());
    engine
}

fn handle(engine: &mut Engine, seconds: i64, input: Input) -> (Answer, Batch) {
    let mut batch = Batch::default();
    let answer = engine.handle(at(seconds), &Actor("person:ada".into()), input, &mut batch);
    (answer, batch)
}

fn asks(engine: &mut Engine, seconds: i64, command: Command) -> (Answer, Batch) {
    let by = By { person: Some("ada".into()), page: None, may_approve: false };
    handle(engine, seconds, Input::Command { by, command })
}

fn alert(name: &str, instance: &str, ends_after: i64) -> IncomingAlert {
    let labels = LabelSet::new([("alertname", name), ("instance", instance)]);
    IncomingAlert { labels, ends_at: Some(at(ends_after)), ..IncomingAlert::default() }
}

fn opened(batch: &Batch) -> IncidentId {
    let found = batch.records.iter().find(|record| matches!(record.body, Body::IncidentOpened(_)));
    IncidentId(found.expect("an incident was opened").seq)
}

#[test]
fn who_joins_at_the_look_at_which_the_others_are_over_keeps_the_incident_open() {
    let mut engine = start(plan(true));
    let (_, batch) = handle(&mut engine, 1, Input::Alerts(vec![alert("Disk", "a", 3600)]));
    let id = opened(&batch);
    handle(&mut engine, 30, Input::Alerts(vec![alert("Disk", "b", 3600), alert("Disk", "a", 20)]));
    handle(&mut engine, 62, Input::Deadline);
    let incident = engine.state().incident.incident(id).expect("it is there");
    assert_eq!((incident.phase, incident.alerts.len()), (Phase::Open, 2));
}

#[test]
fn what_was_merged_is_an_incident_of_its_own_once_the_other_is_closed() {
    let mut engine = start(plan(true));
    let (_, batch) = handle(&mut engine, 1, Input::Alerts(vec![alert("Disk", "a", 3600)]));
    let disk = opened(&batch);
    let (_, batch) = handle(&mut engine, 2, Input::Alerts(vec![alert("Down", "a", 3600)]));
    let down = opened(&batch);
    let reason = "one cause";
    asks(&mut engine, 3, Command::Merge { incident: disk, into: down, reason: reason.into() });
    asks(&mut engine, 4, Command::Resolve { incident: down, reason: None, workaround: false });
    asks(&mut engine, 5, Command::Close { incident: down, reason: reason.into() });
    let (_, batch) = handle(&mut engine, 130, Input::Deadline);
    assert!(batch.records.iter().any(|record| matches!(&record.body, Body::IncidentOpened(body)
        if body.key.as_ref().is_some_and(|key| key.labels.get("alertname") == "Disk"))));
}

#[test]
fn an_acknowledgement_of_what_nobody_can_be_paged_for_runs_out_too() {
    let mut engine = start(plan(false));
    let open = Command::Open { response_plan: "down".into(), title: "odd numbers".into() };
    let (Answer::Subject(Subject::Incident(id)), _) = asks(&mut engine, 1, open) else { panic!("it was not opened") };
    asks(&mut engine, 2, Command::Acknowledge(id));
    handle(&mut engine, 2 + 3600, Input::Deadline);
    let incident = engine.state().incident.incident(id).expect("it is there");
    assert_eq!(incident.phase, Phase::Open);
    let next = incident.escalation.as_ref().and_then(|escalation| escalation.next_at);
    assert!(next.is_some(), "a next step is due");
}

#[test]
fn what_a_person_opens_again_stays_open_though_nothing_fires() {
    let mut engine = start(plan(true));
    let (_, batch) = handle(&mut engine, 1, Input::Alerts(vec![alert("Disk", "a", 20)]));
    let id = opened(&batch);
    handle(&mut engine, 62, Input::Deadline);
    assert_eq!(engine.state().incident.incident(id).map(|incident| incident.phase), Some(Phase::Resolved));
    let (_, batch) = asks(&mut engine, 70, Command::Reopen { incident: id, reason: "it is not over".into() });
    assert!(batch.records.iter().any(|record| matches!(record.body, Body::MessageIntended(_))), "ada is paged");
    assert_eq!(engine.state().incident.incident(id).map(|incident| incident.phase), Some(Phase::Open));
}
