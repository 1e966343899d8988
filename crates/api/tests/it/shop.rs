//! A shop with people in it: its ops repo, and what goes wrong in it.

use std::sync::Arc;

use evenkeel_api::Options;
use evenkeel_engine::{Input, Limits, Outcome};
use evenkeel_ids::{IncidentId, PageId};
use evenkeel_incident::{Page, Update};
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_record::{Ask, SentId};
use serde_json::{Value, json};

use crate::bench::{Bench, Reply, options};

const OPS: &str = include_str!("shop/ops.yml");

/// The shop's plan.
pub(crate) fn plan() -> Arc<Plan> {
    planned(OPS)
}

/// The shop's plan with some of its text changed.
pub(crate) fn plan_with(change: &[(&str, &str)]) -> Arc<Plan> {
    let text = change.iter().fold(OPS.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    planned(&text)
}

/// The shop's plan with further documents.
pub(crate) fn plan_and(more: &str) -> Arc<Plan> {
    planned(&format!("{OPS}{more}"))
}

fn planned(text: &str) -> Arc<Plan> {
    let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.as_bytes().to_vec() };
    let loaded = load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse);
    let blocking = loaded.diagnostics.iter().filter(|diag| diag.blocks());
    let blocking: Vec<_> = blocking.map(|diag| format!("{}: {}", diag.code, diag.headline)).collect();
    Arc::new(loaded.plan.unwrap_or_else(|| panic!("{blocking:?}")))
}

/// The shop, where all is well.
pub(crate) fn shop() -> Bench {
    Bench::under(plan(), Options { external_url: "https://ops.example".into(), ..options() }, Limits::default())
}

/// The shop, where no order goes through; bob has to approve what customers are told.
pub(crate) async fn shop_with_orders_down() -> (Bench, IncidentId) {
    let bench = shop();
    let incident = orders_down(&bench).await;
    (bench, incident)
}

/// No order goes through.
pub(crate) async fn orders_down(bench: &Bench) -> IncidentId {
    orders_down_saying(bench, "no order goes through").await
}

/// The same, in other words.
pub(crate) async fn orders_down_saying(bench: &Bench, summary: &str) -> IncidentId {
    let alert = json!({
        "labels": {"alertname": "OrdersDown", "team": "orders", "instance": "web-1"},
        "annotations": {"summary": summary, "description": "0 orders in 5 minutes"},
        "startsAt": "2026-01-02T02:58:00Z", "endsAt": "2026-01-03T00:00:00Z",
        "generatorURL": "http://prometheus.example/graph?g0.expr=orders",
    });
    bench.alerts(&json!([alert])).await;
    newest(bench)
}

/// The database is slow.
pub(crate) async fn database_slow(bench: &Bench) -> IncidentId {
    let labels = json!({"alertname": "DatabaseSlow", "team": "database"});
    bench.alerts(&json!([{"labels": labels, "endsAt": "2026-01-03T00:00:00Z"}])).await;
    newest(bench)
}

fn newest(bench: &Bench) -> IncidentId {
    bench.engine(|engine| engine.state().incident.incidents().last().map(|incident| incident.id)).expect("an incident")
}

/// The newest page to that person for that.
pub(crate) fn page_to(bench: &Bench, person: &str, wanted: impl Fn(Ask) -> bool) -> PageId {
    let page = page(bench, |page| page.to.name().as_ref() == person && wanted(page.ask));
    page.unwrap_or_else(|| panic!("a page to {person}")).id
}

fn page(bench: &Bench, wanted: impl Fn(&Page) -> bool) -> Option<Page> {
    bench.engine(|engine| engine.state().incident.pages().filter(|page| wanted(page)).last().cloned())
}

/// The update that waits for approval.
pub(crate) fn waiting(bench: &Bench) -> Update {
    let waits = |update: &&Update| update.status == evenkeel_incident::UpdateStatus::AwaitingApproval;
    let found = bench.engine(|engine| {
        let incidents = engine.state().incident.incidents();
        let updates = incidents.flat_map(|incident| incident.updates.clone());
        updates.filter_map(|id| engine.state().incident.update(id)).find(waits).cloned()
    });
    found.expect("an update that waits")
}

/// A message arrived, or did not.
pub(crate) fn outcome(bench: &Bench, of: SentId, address: &str, outcome: Outcome) {
    bench.handle(Input::MessageOutcome { of, address: address.into(), outcome });
}

/// Posts what has to be taken, and gives the object that comes back.
pub(crate) async fn done(bench: &Bench, path: &str, body: &Value) -> Value {
    let reply = bench.post(path, &body.to_string()).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text);
    reply.json()
}

/// Status and code of a refusal, which has to say what it is and what to do.
pub(crate) fn refused(reply: &Reply) -> (u16, String) {
    let problem = reply.json();
    let text = |name: &str| problem[name].as_str().unwrap_or_else(|| panic!("{name} in {}", reply.text)).to_owned();
    assert!(!text("detail").is_empty() && !text("help").is_empty(), "{}", reply.text);
    (reply.status.as_u16(), text("code"))
}
