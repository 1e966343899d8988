//! What a record comes to in the tables, one story a test.

use std::collections::BTreeMap;

use evenkeel_evidence::{Cell, Limits};
use evenkeel_ids::{AlertId, DocumentRef, FactId, GroupId, IncidentId, PageId, PlanHash, Seq};
use evenkeel_labels::LabelSet;
use evenkeel_record::{
    Actor, AlertFired, AlertResolved, Ask, Body, Declaration, DeclarationKey, DocumentsDeclared, EscalationCause,
    FactReported, FactValue, FindingsFound, FoundFinding, IncidentAcknowledged, IncidentAssigned, IncidentEscalated,
    IncidentOpened, IncidentReopened, IncidentResolved, IncidentRole, MessageDelivered, Origin, PageContact,
    PageFailed, PageOpened, Record, ResolveCause, ResolvedBy, SentId,
};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use crate::stream::START;
use crate::world::World;

/// Records one minute apart, from 2026-01-05T00:00:00Z.
fn world(bodies: Vec<Body>) -> World {
    let mut world = World::new();
    let records: Vec<Record> = bodies
        .into_iter()
        .zip(1..)
        .map(|(body, seq)| Record {
            seq: Seq(seq),
            at: Timestamp(START + i64::try_from(seq).expect("small") * 60_000),
            actor: Actor::system(),
            origin: if matches!(body, Body::FactReported(_)) { Origin::Reported } else { Origin::Observed },
            plan: PlanHash::NONE,
            body,
        })
        .collect();
    world.append(&records);
    world.project();
    world
}

/// The rows that a query answers as of a record, as text.
#[track_caller]
fn says(world: &World, seq: u64, sql: &str, expect: &[&str]) {
    let mut reading = world.reading();
    let mut as_of = reading.at(seq, std::time::Duration::ZERO).expect("as of a record");
    let answer = as_of.query(sql, Limits::default()).expect(sql);
    let cell = |cell: &Cell| match cell {
        Cell::Null => "-".to_owned(),
        // Instants as minutes since the first.
        Cell::Whole(number) if *number >= START => format!("{}m", (number - START) / 60_000),
        Cell::Whole(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    };
    let rows: Vec<String> = answer.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(rows, expect, "{sql}");
}

fn workload(name: &str, team: &str, depends_on: &[&str]) -> Declaration {
    let attributes: BTreeMap<Box<str>, FactValue> = [
        ("tier".into(), FactValue::Whole(1)),
        ("production".into(), FactValue::Flag(true)),
        ("environments".into(), FactValue::list(["staging", "production"])),
        ("depends_on".into(), FactValue::list(depends_on)),
    ]
    .into();
    Declaration { kind: "Workload".into(), name: name.into(), owner: Some(DocumentRef::Team(team.into())), attributes }
}

fn team(name: &str) -> Declaration {
    let attributes = [("members".into(), FactValue::list(["ada", "bob"]))].into();
    Declaration { kind: "Team".into(), name: name.into(), owner: None, attributes }
}

fn declared(declared: Vec<Declaration>) -> Body {
    Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn: Vec::new() })
}

fn withdrawn(kind: &str, name: &str) -> Body {
    let withdrawn = vec![DeclarationKey { kind: kind.into(), name: name.into() }];
    Body::DocumentsDeclared(DocumentsDeclared { declared: Vec::new(), withdrawn })
}

fn fired(labels: &[(&str, &str)]) -> Body {
    Body::AlertFired(AlertFired {
        again: None,
        labels: LabelSet::new(labels.iter().copied()),
        annotations: LabelSet::default(),
        starts_at: Timestamp(START),
        generator_url: "".into(),
        groups: Vec::new(),
        lease_until: Timestamp(START),
    })
}

fn opened(workload: Option<&str>, alerts: &[u64]) -> Body {
    Body::IncidentOpened(IncidentOpened {
        response_plan: "shop-down".into(),
        key: None,
        group: (!alerts.is_empty()).then_some(GroupId(Seq(1))),
        alerts: alerts.iter().map(|alert| AlertId(Seq(*alert))).collect(),
        title: "down".into(),
        workload: workload.map(Into::into),
        owner: None,
        severity: Severity::Sev2,
        severity_reason: "".into(),
        customer_visible: true,
    })
}

#[test]
fn documents_are_declared_changed_and_withdrawn() {
    let mut other = workload("shop", "web", &["bank"]);
    other.attributes.insert("tier".into(), FactValue::Whole(2));
    let world = world(vec![
        declared(vec![team("shop"), workload("shop", "shop", &["bank", "mail"])]),
        declared(vec![other]),
        declared(vec![team("web")]),
        withdrawn("Team", "web"),
        withdrawn("Workload", "shop"),
    ]);
    let row = "SELECT id, owner, team, tier, environments, declared_at, record FROM workloads";
    says(&world, 1, row, &["Workload:shop team:shop shop 1 2 1m 1"]);
    says(&world, 4, row, &["Workload:shop team:web web 2 2 1m 1"]);
    says(&world, 5, row, &[]);
    let links = "SELECT value FROM links WHERE owner_id = 'Workload:shop' AND field = 'depends_on' ORDER BY value";
    says(&world, 1, links, &["bank", "mail"]);
    says(&world, 2, links, &["bank"]);
    says(&world, 5, links, &[]);
    let live = "SELECT kind, name, owner_name, live FROM owners";
    says(&world, 1, live, &["Workload shop shop 1"]);
    says(&world, 2, live, &["Workload shop web 0"]);
    says(&world, 3, live, &["Workload shop web 1"]);
    says(&world, 4, live, &["Workload shop web 0"]);
    says(&world, 5, live, &[]);
    says(&world, 3, "SELECT id FROM catalogue ORDER BY id", &["Team:shop", "Team:web", "Workload:shop"]);
    says(&world, 1, "SELECT name, members FROM teams", &["shop 2"]);
}

#[test]
fn a_fact_that_says_otherwise_is_the_same_row() {
    let fact = |supersedes: Option<u64>, team: Option<&str>, outcome: &str, version: Option<&str>| {
        let mut fields: BTreeMap<Box<str>, FactValue> =
            [("environment".into(), FactValue::text("production")), ("outcome".into(), FactValue::text(outcome))]
                .into();
        fields.insert("production".into(), FactValue::Flag(true));
        fields.insert("manual_steps".into(), FactValue::text("three"));
        fields.extend(version.map(|version| ("version".into(), FactValue::text(version))));
        Body::FactReported(FactReported {
            kind: "deployment".into(),
            key: "acme/shop#7".into(),
            source: "ci".into(),
            occurred_at: Timestamp(START + 30_000),
            workload: Some("shop".into()),
            team: team.map(Into::into),
            person: None,
            fields,
            supersedes: supersedes.map(|first| FactId(Seq(first))),
        })
    };
    let unknown = Body::FactReported(FactReported {
        kind: "of-a-newer-program".into(),
        key: "k".into(),
        source: "ci".into(),
        occurred_at: Timestamp(START),
        workload: None,
        team: None,
        person: None,
        fields: BTreeMap::new(),
        supersedes: None,
    });
    let world = world(vec![
        declared(vec![workload("shop", "web", &[])]),
        fact(None, None, "started", Some("1.2")),
        unknown,
        fact(Some(2), Some("ops"), "succeeded", None),
    ]);
    let row = "SELECT id, record, origin, key, at, recorded_at, workload, team, outcome, version, production, manual_steps FROM deployments";
    says(&world, 3, row, &["fact:2 2 reported acme/shop#7 0m 2m shop web started 1.2 1 -"]);
    says(&world, 4, row, &["fact:2 2 reported acme/shop#7 0m 4m shop ops succeeded - 1 -"]);
}

#[test]
fn an_incident_goes_its_way() {
    let incident = IncidentId(Seq(4));
    let page = |to: DocumentRef| {
        Body::PageOpened(PageOpened {
            incident,
            to,
            ask: Ask::Acknowledge,
            because: Vec::new(),
            contacts: vec![PageContact { contact: "phone".into(), at: Timestamp(START) }],
            not_after: Timestamp(START),
        })
    };
    let world = world(vec![
        declared(vec![workload("shop", "web", &[])]),
        fired(&[("alertname", "Slow"), ("severity", "page")]),
        fired(&[("alertname", "Drill"), ("workload", "bank"), ("drill", "true")]),
        opened(Some("shop"), &[2]),
        Body::IncidentEscalated(IncidentEscalated {
            incident,
            policy: "web".into(),
            step: 0,
            round: 0,
            cause: EscalationCause::Asked,
            reason: None,
            next_at: Timestamp(START),
            last_resort: false,
            to: None,
            unresolved: Vec::new(),
            page: None,
        }),
        page(DocumentRef::Person("ada".into())),
        Body::PageFailed(PageFailed { page: PageId(Seq(6)), reason: "".into() }),
        page(DocumentRef::Receiver("ops".into())),
        Body::MessageDelivered(MessageDelivered {
            of: SentId::Page(PageId(Seq(8))),
            address: "phone".into(),
            attempts: 1,
        }),
        Body::IncidentAcknowledged(IncidentAcknowledged {
            incident,
            person: Some("bob".into()),
            page: Some(PageId(Seq(8))),
            until: Timestamp(START),
        }),
        Body::IncidentAssigned(IncidentAssigned {
            incident,
            role: IncidentRole::Commander,
            person: "cleo".into(),
            reason: None,
        }),
        Body::IncidentResolved(IncidentResolved {
            incident,
            cause: ResolvedBy::Person,
            reason: None,
            workaround: true,
            reopen_until: Timestamp(START),
            page: None,
        }),
        Body::IncidentReopened(IncidentReopened { incident, group: None, alerts: vec![AlertId(Seq(3))], reason: None }),
        Body::AlertResolved(AlertResolved {
            alert: AlertId(Seq(2)),
            ends_at: Timestamp(START + 600_000),
            cause: ResolveCause::Expired,
        }),
    ]);
    let row = "SELECT id, workload, team, severity, opened_by, escalations, asked_escalations, acknowledged_at, acknowledged_by, \
               commander, resolved_at, resolved_by, workaround, reopened, last_page_failed FROM incidents";
    says(&world, 4, row, &["incident:4 shop web 2 alert 0 0 - - - - - 0 0 0"]);
    says(&world, 8, row, &["incident:4 shop web 2 alert 1 1 - - - - - 0 0 1"]);
    says(&world, 12, row, &["incident:4 shop web 2 alert 1 1 10m bob cleo 12m person 1 0 0"]);
    says(&world, 14, row, &["incident:4 shop web 2 alert 1 1 10m bob cleo - - 0 1 0"]);
    let pages = "SELECT id, workload, team, person, receiver, delivered_at, failed_at, acknowledged_at, out_of_hours FROM pages ORDER BY record";
    says(&world, 14, pages, &["page:6 shop web ada - - 7m - 1", "page:8 shop web - ops 9m - 10m 1"]);
    let acknowledged = "SELECT id, incident, team, person, page, after_ms FROM acknowledgements";
    says(&world, 14, acknowledged, &["ack:10 incident:4 web bob page:8 120000"]);
    let alerts = "SELECT id, alertname, workload, team, drill, resolved_at, cause FROM alerts ORDER BY record";
    says(&world, 3, alerts, &["alert:2 Slow - - 0 - -", "alert:3 Drill bank - 1 - -"]);
    says(&world, 14, alerts, &["alert:2 Slow shop web 0 10m expired", "alert:3 Drill bank - 1 - -"]);
    says(&world, 14, "SELECT alert FROM incident_alerts ORDER BY alert", &["alert:2", "alert:3"]);
    says(&world, 14, "SELECT role, person FROM incident_roles", &["commander cleo"]);
}

#[test]
fn findings_are_those_of_the_last_list() {
    let found = |counts: &[(&str, u32)]| {
        let finding = |(code, count): &(&str, u32)| FoundFinding {
            code: (*code).into(),
            document: None,
            count: *count,
            allowed: 0,
        };
        Body::FindingsFound(FindingsFound { findings: counts.iter().map(finding).collect() })
    };
    let world = world(vec![found(&[("no-owner", 2), ("no-procedure", 1)]), found(&[("no-owner", 1)]), found(&[])]);
    let rows = "SELECT code, count, record FROM findings ORDER BY code";
    says(&world, 1, rows, &["no-owner 2 1", "no-procedure 1 1"]);
    says(&world, 2, rows, &["no-owner 1 1"]);
    says(&world, 3, rows, &[]);
}
