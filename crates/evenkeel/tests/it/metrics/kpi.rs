//! A KPI of the ops repo, measured by what is sent: on record, and on `/metrics`.

use super::{SOON, query, sender};
use crate::patience::until;
use crate::place::Place;
use crate::server::Server;

const KPIS: &str = "apiVersion: evenkeel/v1
kind: Goal
metadata: { name: orders-at-night }
spec: { sponsor: ada, outcome: Whoever orders at night has an answer, review: goals }
---
apiVersion: evenkeel/v1
kind: Cadence
metadata: { name: goals }
spec: { of: goals, every: 90d, people: ada }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: book, file: { path: ada.jsonl } }] }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: orders, owner: 'person:ada' }
spec: { tier: 2 }
---
apiVersion: evenkeel/v1
kind: Kpi
metadata: { name: answered, owner: 'person:ada' }
spec:
  outcome: Whoever orders has an answer
  goal: orders-at-night
  workload: orders
  query: sum(orders_answered) / sum(orders_taken)
  target: { atLeast: 0.95 }
---
apiVersion: evenkeel/v1
kind: Kpi
metadata: { name: waiting, owner: 'person:ada' }
spec:
  outcome: Nobody waits
  goal: orders-at-night
  query: orders_waiting
  target: { atMost: 3 }
  unit: people
";

#[test]
fn a_kpi_is_held_against_its_target_and_the_answer_is_on_record() {
    let place = Place::new("route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
    let server = Server::start(&place);
    let at = sender::now_ms();
    let send = |labels: &[(&str, &str)], value: f64| {
        assert_eq!(sender::send(server.address(), labels, &[(at, value)]).expect("an answer").status, 204);
    };
    send(&[("__name__", "orders_taken")], 200.0);
    send(&[("__name__", "orders_answered")], 180.0);
    for counter in ["north", "south"] {
        send(&[("__name__", "orders_waiting"), ("counter", counter)], 1.0);
    }
    until("the samples are there", SOON, || {
        (query(&server, "sum(orders_taken)")[0]["value"][1] == "200").then_some(())
    });
    // KPIs of a new plan are read at once.
    place.write("kpis.yml", KPIS);
    let told = until("the KPI is on record", SOON, || {
        place.of_kind("fact-reported").into_iter().find(|body| body.to_string().contains("0.9"))
    });
    let text = told.to_string();
    for said in ["\"kpi\"", "answered", "at least 0.95", "\"orders\""] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let metrics = until("the KPIs are on /metrics", SOON, || {
        let text = server.get("/metrics").body;
        text.contains("evenkeel_kpi_met").then_some(text)
    });
    for line in [
        "evenkeel_kpi_value{kpi=\"answered\"} 0.9",
        "evenkeel_kpi_target{kpi=\"answered\"} 0.95",
        "evenkeel_kpi_met{kpi=\"answered\"} 0",
        "evenkeel_kpi_unknown{kpi=\"waiting\",why=\"several-values\"} 1",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }
    assert!(server.log().contains("gives 2 values"), "{}", server.log());
}
