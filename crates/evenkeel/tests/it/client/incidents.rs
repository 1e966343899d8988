//! An incident from the alert that opens it to its end, and who is on call meanwhile.

use crate::client::{SOON, owner, typed};
use crate::patience::until;
use crate::place::Place;
use crate::server::Server;

pub(super) const CONFIGURATION: &str = "
route: { receiver: pager, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 4h }
receivers: [{ name: pager }]
";

/// Ada is on call; the other schedule hands over each hour.
pub(super) const ON_CALL: &str = "
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec:
  fullName: Ada
  timeZone: Europe/Berlin
  contacts: [{ name: book, file: { path: ada.jsonl } }]
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: bob }
spec:
  fullName: Bob
  timeZone: UTC
  contacts: [{ name: book, file: { path: bob.jsonl } }]
---
apiVersion: evenkeel/v1
kind: Schedule
metadata: { name: primary }
spec: { timeZone: UTC, layers: [{ name: only, start: 2020-01-05T09:00, turns: [ada] }] }
---
apiVersion: evenkeel/v1
kind: Schedule
metadata: { name: hourly }
spec: { timeZone: UTC, layers: [{ name: only, start: 2020-01-05T09:00, shift: { hours: 1 }, turns: [ada, bob] }] }
";

pub(super) const RESPONSE: &str = "
apiVersion: evenkeel/v1
kind: Organization
metadata: { name: example }
spec: { lastResort: { receiver: pager, policy: everybody } }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: everybody }
spec: { steps: [{ to: [person:ada, person:bob], wait: 1h }] }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: payments }
spec:
  steps: [{ to: [schedule:primary], wait: 1h }, { to: [person:bob], wait: 1h }]
  withoutAsking: [Restart orders]
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: orders, owner: person:ada }
spec:
  tier: 1
  environments: [production]
  impact: { who: everyone who buys, what: no order can be placed, customers: true }
---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: { name: orders-down }
spec:
  receivers: [pager]
  workload: orders
  environment: production
  escalation: payments
  procedure: https://wiki.example/restart-orders
";

#[test]
fn an_incident_is_seen_through_to_its_end() {
    let place = Place::new(CONFIGURATION);
    place.write("on-call.yml", ON_CALL);
    place.write("response.yml", RESPONSE);
    let server = Server::start(&place);
    let ask = |words: &str| owner(&server, &place, words);
    assert_eq!(ask("incident list").good(), "no incidents\n");
    ask("alert send OrdersDown service=orders --annotation summary=gone").good();

    let listed = until("the incident is open", SOON, || {
        let listed = ask("incident list").good();
        listed.contains("orders").then_some(listed)
    });
    assert!(listed.contains("sev1") && listed.contains("nobody") && listed.contains("workload:orders"), "{listed}");
    let incidents = ask("incident list --format json").json();
    let id = incidents["incidents"][0]["id"].as_str().expect("an id").to_owned();
    let number = id.rsplit(':').next().expect("a number");
    let shown = until("ada was reached", SOON, || {
        let shown = ask(&format!("incident show {number}")).good();
        shown.contains("delivered").then_some(shown)
    });
    for part in [
        "who suffers   everyone who buys: no order can be placed; customers notice",
        "policy payments, step 1 of 2",
        &format!("To take it on: evenkeel incident ack {number}"),
        "person:ada, asked to acknowledge",
        "schedule primary",
        "- Restart orders",
        "https://wiki.example/restart-orders",
        "OrdersDown, fires since",
    ] {
        assert!(shown.contains(part), "`{part}` is not in\n{shown}");
    }

    let said = |words: &str| ask(&words.replace("ID", &id)).good();
    assert!(said("incident ack ID --person ada").contains("acknowledged  by person:ada"));
    assert!(said("incident note ID looking").starts_with("noted: "));
    assert!(said("incident assign ID bob").contains("person:bob responder"));
    assert!(said("incident severity ID sev3 --reason smaller").contains("(sev3)"));
    assert!(said("incident visibility ID hidden --reason internal").starts_with("visibility set: "));
    assert!(said("incident escalate ID --to bob --reason help").starts_with("escalated: "));
    assert!(said("incident resolve ID --reason restarted --workaround").contains("by a way around"));
    assert!(said("problem list").contains(&id));
    assert!(said("incident reopen ID --reason back").contains("nobody has it"));
    assert!(said("incident show ID").contains("looking"));
    said("incident resolve ID --reason restarted");
    assert!(said("incident close ID --reason done").contains("closed"));
    assert_eq!(said("incident list"), "no incidents\n");
    assert!(said("incident list --all").contains("closed"));
    let again = ask(&format!("incident close {number} --reason done"));
    assert!(again.exit == 1 && again.err.starts_with("error: "), "{again:?}");
    let unknown = ask("incident show 999999");
    assert!(unknown.exit == 1 && unknown.err.contains("999999"), "{unknown:?}");
}

#[test]
fn incidents_are_opened_merged_and_put_to_problems_by_hand() {
    let place = Place::new(CONFIGURATION);
    place.write("on-call.yml", ON_CALL);
    place.write("response.yml", RESPONSE);
    let server = Server::start(&place);
    let ask = |words: &str| owner(&server, &place, words);
    let open = |title: &str| {
        let opened = ask(&format!("incident open orders-down --title {title} --reason called --format json")).json();
        opened["id"].as_str().expect("an id").to_owned()
    };
    let (first, second) = (open("first"), open("second"));
    let merged = ask(&format!("incident merge {second} --into {first} --reason same")).good();
    assert!(merged.contains(&format!("into {first}")), "{merged}");
    let third = open("third");
    let problem = ask(&format!("problem open {first} --title queue --format json")).json();
    let problem = problem["id"].as_str().expect("an id").to_owned();
    assert!(ask(&format!("problem link {problem} {third}")).good().contains(&third));
    assert!(ask("problem list").good().contains("a person"));
    assert!(ask(&format!("problem resolve {problem} --reason bigger")).good().starts_with("resolved: "));
    assert_eq!(ask("problem list").good(), "no problems\n");
    assert!(ask("problem list --all").good().contains(&problem));
}

#[test]
fn server_and_ops_repo_say_the_same_of_who_is_on_call() {
    let place = Place::new(CONFIGURATION);
    place.write("on-call.yml", ON_CALL);
    place.write("response.yml", RESPONSE);
    let server = Server::start(&place);
    let ops = place.ops().display().to_string();
    for question in [
        "who --at 2027-03-28T02:30",
        "who primary --at 2027-03-28T02:30",
        "shifts hourly --from 2027-03-28 --until 2027-03-29",
        "load hourly --from 2027-03-01 --until 2027-04-01",
    ] {
        let asked = format!("oncall {question} --zone Europe/Berlin");
        let url = format!("http://{}", server.address());
        let token = place.data().join("owner-token").display().to_string();
        let words: Vec<&str> = asked.split(' ').collect();
        let from_server = typed(&words, &[("EVENKEEL_SERVER", &url), ("EVENKEEL_TOKEN_FILE", &token)]).good();
        let from_ops = typed(&[words.as_slice(), &["--ops", &ops]].concat(), &[]).good();
        let hours =
            |text: &str| text.lines().map(|line| line.split("  ").next().map(str::to_owned)).collect::<Vec<_>>();
        match question.starts_with("load") {
            true => assert_eq!(hours(&from_server), hours(&from_ops), "{question}"),
            false => assert_eq!(from_server, from_ops, "{question}"),
        }
    }
}

#[test]
fn an_override_is_set_seen_and_taken_back() {
    let place = Place::new(CONFIGURATION);
    place.write("on-call.yml", ON_CALL);
    place.write("response.yml", RESPONSE);
    let server = Server::start(&place);
    let ask = |words: &str| owner(&server, &place, words);
    assert!(ask("oncall now primary").good().contains("person:ada"));
    let set = ask("oncall override set primary --person bob --for 2h --reason ill --format json").json();
    let id = set["id"].as_str().expect("an id").to_owned();
    assert!(ask("oncall now primary").good().contains("person:bob"));
    let next = ask("oncall next primary").good();
    assert!(next.contains("person:bob") && next.contains("person:ada"), "{next}");
    assert!(ask("oncall override list").good().contains("ill"));
    assert_eq!(ask(&format!("oncall override remove {id}")).good(), format!("removed: {id}\n"));
    assert!(ask("oncall now primary").good().contains("person:ada"));
    assert_eq!(ask("oncall gaps").good(), "no gaps: somebody is on call at every time\n");
    let unknown = ask("oncall now primry");
    assert!(unknown.exit == 1 && unknown.err.contains("primary"), "{unknown:?}");
}
