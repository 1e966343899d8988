//! What the documents of a plan say goes on record when it is adopted, and only what is another than before.

use std::sync::Arc;

use evenkeel_engine::{Batch, Engine, Input, Limits, State};
use evenkeel_model::declarations;
use evenkeel_record::{Actor, Body, Record};
use evenkeel_scenario::planned;
use evenkeel_time::Timestamp;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

const CONFIG: &str = r#"
route: { receiver: team, group_wait: 0s, routes: [{ matchers: ['alertname=A'], receiver: shop }] }
receivers: [{ name: team, webhook_configs: [{ url: 'http://secret.example/hook-4711' }] }, { name: shop }]
---
apiVersion: evenkeel/v1
kind: Organization
metadata: { name: acme }
spec:
  lastResort: { receiver: team, policy: shop }
  priorities: [{ name: trust, description: nobody loses money }, { name: growth, description: more shops }]
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec:
  fullName: Ada Lovelace
  timeZone: Europe/Berlin
  contacts: [{ name: phone, webhook: { url: 'http://private.example/ada-0815' } }]
---
{ apiVersion: evenkeel/v1, kind: Team, metadata: { name: shop }, spec: { members: [{ person: ada }], escalation: shop } }
---
apiVersion: evenkeel/v1
kind: Schedule
metadata: { name: primary, owner: 'team:shop' }
spec: { timeZone: Europe/Berlin, layers: [{ name: weekly, start: 2026-01-05T09:00, shift: weekly, turns: [ada] }] }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: shop, owner: 'team:shop' }
spec: { steps: [{ to: ['schedule:primary'], wait: 5m }], repeat: 2 }
---
apiVersion: evenkeel/v1
kind: CommunicationPlan
metadata: { name: shop }
spec: { audiences: [{ name: customers, customers: true, receivers: [team], cadence: 1h, approvers: ['person:ada'] }] }
---
{ apiVersion: evenkeel/v1, kind: Workload, metadata: { name: db, owner: 'person:ada' }, spec: { tier: 2 } }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: shop, owner: 'team:shop' }
spec:
  tier: 1
  impact: { who: everyone who buys, what: no order can be placed, customers: true }
  components: [{ name: web }, { name: cart }]
  dependsOn: [{ workload: db }]
  environments: [{ name: test }, { name: eu, production: true }]
  priority: growth
---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: { name: shop }
spec: { receivers: [shop], workload: shop, escalation: shop, communication: shop, procedure: 'https://wiki.example/shop' }
---
apiVersion: evenkeel/v1
kind: Probe
metadata: { name: front, labels: { workload: shop } }
spec: { url: 'http://internal.example/health', interval: 30s }
---
{ apiVersion: evenkeel/v1, kind: Heartbeat, metadata: { name: out }, spec: { url: 'http://watcher.example/ping', interval: 1m } }
---
{ apiVersion: evenkeel/v1, kind: ExpectedAlert, metadata: { name: dog, owner: 'team:shop' }, spec: { matchers: ['alertname=Watchdog'], within: 5m } }
"#;

/// What a plan declares: `Workload:shop team:shop tier=1 …`.
fn declared(config: &str) -> Vec<String> {
    let said = declarations(&planned(config).unwrap());
    let line = |document: &evenkeel_record::Declaration| {
        let owner = document.owner.as_ref().map_or_else(String::new, |owner| format!(" {owner}"));
        let values: String = document
            .attributes
            .iter()
            .map(|(name, value)| format!(" {name}={}", serde_json::to_string(value).unwrap()))
            .collect();
        format!("{}:{}{owner}{values}", document.kind, document.name)
    };
    said.iter().map(line).collect()
}

#[test]
fn each_document_says_what_reviews_ask() {
    assert_eq!(
        declared(CONFIG),
        [
            "CommunicationPlan:shop audiences=1 customers=true",
            "EscalationPolicy:shop team:shop repeat=2 steps=1 without_asking=0",
            r#"ExpectedAlert:dog team:shop"#,
            "Heartbeat:out",
            r#"Person:ada contacts=1 time_zone="Europe/Berlin""#,
            r#"Probe:front team:shop workload="shop""#,
            r#"ResponsePlan:shop team:shop communication="shop" customer_visible=true escalation="shop" impact="outage" procedure="https://wiki.example/shop" workload="shop""#,
            "Schedule:primary team:shop layers=1",
            r#"Team:shop escalation="shop" members=["ada"]"#,
            r#"Workload:db person:ada components=0 customers=false dependencies=0 depends_on=[] environments=[] production=false tier=2"#,
            r#"Workload:shop team:shop components=2 customers=true dependencies=1 depends_on=["db"] environments=["test","eu"] priority=2 production=true tier=1"#,
        ]
    );
}

/// What was recorded about documents, and all of it as text.
fn said(records: &[Record]) -> Vec<String> {
    let about = |record: &&Record| matches!(record.body, Body::DocumentsDeclared(_));
    let text = |record: &Record| {
        let mut bytes = Vec::new();
        record.body.encode(&mut bytes);
        String::from_utf8(bytes).unwrap()
    };
    records.iter().filter(about).map(text).collect()
}

fn adopt(engine: &mut Engine, config: &str) -> Vec<String> {
    let mut batch = Batch::default();
    let input = Input::AdoptPlan { plan: Arc::new(planned(config).unwrap()), findings: 0 };
    engine.handle(NOW, &Actor::system(), input, &mut batch);
    said(&batch.records)
}

#[test]
fn only_what_changed_is_recorded_and_no_secret_address_or_name_of_a_person() {
    let mut engine = Engine::new(State::default(), Arc::new(planned(CONFIG).unwrap()), NOW, Limits::default());
    let mut batch = Batch::default();
    engine.start(NOW, "test", 0, &mut batch);
    let kinds: Vec<&str> = batch.records.iter().map(|record| record.body.kind().name).collect();
    assert_eq!(kinds, ["started", "plan-adopted", "documents-declared"]);
    let [whole] = &said(&batch.records)[..] else { panic!("one record") };
    for hidden in ["secret.example", "private.example", "internal.example", "watcher.example", "Lovelace"] {
        assert!(!whole.contains(hidden), "{hidden}");
    }

    let mut again = Engine::new(engine.state().clone(), engine.plan().clone(), NOW, Limits::default());
    let mut batch = Batch::default();
    again.start(NOW, "test", 0, &mut batch);
    assert!(said(&batch.records).is_empty(), "a start under the same plan says nothing new");

    assert!(adopt(&mut engine, CONFIG).is_empty());
    assert!(adopt(&mut engine, &format!("{CONFIG}\n# a comment")).is_empty(), "another text that says the same");
    let one = adopt(&mut engine, &CONFIG.replace("tier: 2", "tier: 3"));
    assert_eq!(one.len(), 1);
    assert!(one[0].contains(r#""name":"db""#) && !one[0].contains(r#""name":"shop""#), "{one:?}");
    let gone = adopt(
        &mut engine,
        CONFIG.replace("tier: 2", "tier: 3").split("---\n{ apiVersion: evenkeel/v1, kind: Heart").next().unwrap(),
    );
    assert_eq!(gone, [r#"{"withdrawn":[{"kind":"ExpectedAlert","name":"dog"},{"kind":"Heartbeat","name":"out"}]}"#]);
}

#[test]
fn a_journal_of_before_documents_were_kept_says_them_at_the_next_start() {
    let plan = Arc::new(planned(CONFIG).unwrap());
    let state = State { plan: plan.hash, seq: evenkeel_ids::Seq(2), ..State::default() };
    let mut engine = Engine::new(state, plan, NOW, Limits::default());
    let mut batch = Batch::default();
    engine.start(NOW, "test", 0, &mut batch);
    let kinds: Vec<&str> = batch.records.iter().map(|record| record.body.kind().name).collect();
    assert_eq!(kinds, ["started", "documents-declared"]);
}
