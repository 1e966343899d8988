//! A small plan made by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::PlanHash;
use evenkeel_labels::{Matchers, parse_matchers};
use evenkeel_model::{
    Catalogue, FileReceiver, GroupBy, InhibitRule, Integration, LastResort, Person, Plan, Receiver, Route, RouteTree,
    Transport,
};
use evenkeel_time::{Duration, TimeInterval, Zone};

/// `team` hears everything grouped by `alertname`; `pager` hears `severity="page"` too; `night` is always muted.
pub(crate) fn plan() -> Arc<Plan> {
    let mut night = route("{}/{shift=\"night\"}", r#"shift="night""#, "night");
    night.mute_time_intervals = vec!["always".into()];
    let mut root = route("{}", "", "team");
    root.children = vec![1, 2, 3];
    let mut pager = route("{}/{severity=\"page\"}", r#"severity="page""#, "pager");
    pager.continue_matching = true;
    let again = route("{}/{severity=\"page\"}#2", r#"severity="page""#, "team");
    Arc::new(Plan {
        hash: PlanHash([0xab; 32]),
        commit: None,
        resolve_timeout: Duration::minutes(5),
        routes: RouteTree { routes: vec![root, pager, again, night] },
        receivers: ["night", "pager", "team"].into_iter().map(|name| (name.into(), receiver(name))).collect(),
        inhibit_rules: vec![InhibitRule {
            name: None,
            source: matchers(r#"severity="page""#),
            target: matchers(r#"severity="info""#),
            equal: vec!["cluster".into()],
        }],
        time_intervals: BTreeMap::from([("always".into(), vec![always()])]),
        probes: Vec::new(),
        heartbeats: Vec::new(),
        expected_alerts: Vec::new(),
        last_resort: LastResort { receiver: "team".into(), policy: None },
        priorities: vec![],
        catalogue: Catalogue { people: ["ada", "bob"].into_iter().map(person).collect(), ..Catalogue::default() },
    })
}

fn person(name: &str) -> (Arc<str>, Person) {
    let person = Person {
        name: name.into(),
        full_name: None,
        zone: Zone::UTC,
        contacts: BTreeMap::new(),
        notify: Vec::new(),
        quiet_hours: Vec::new(),
    };
    (name.into(), person)
}

fn matchers(text: &str) -> Matchers {
    parse_matchers(text).expect("matchers")
}

fn route(key: &str, text: &str, receiver: &str) -> Route {
    Route {
        key: key.into(),
        matchers: matchers(text),
        receiver: receiver.into(),
        group_by: GroupBy::Labels(vec!["alertname".into()]),
        group_wait: Duration::secs(30),
        group_interval: Duration::minutes(5),
        repeat_interval: Duration::hours(4),
        mute_time_intervals: Vec::new(),
        active_time_intervals: Vec::new(),
        continue_matching: false,
        children: Vec::new(),
    }
}

fn receiver(name: &str) -> Receiver {
    let transport = Transport::File(FileReceiver { path: format!("{name}.jsonl").into() });
    let file = Integration { name: "file[0]".into(), send_resolved: true, transport };
    Receiver { name: name.into(), integrations: vec![file] }
}

fn always() -> TimeInterval {
    TimeInterval {
        times: Vec::new(),
        weekdays: Vec::new(),
        days_of_month: Vec::new(),
        months: Vec::new(),
        years: Vec::new(),
        location: Zone::UTC,
    }
}
