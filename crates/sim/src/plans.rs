//! Generated plans: a first one, and what people make of it in the course of a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::PlanHash;
use evenkeel_labels::{MatchOp, Matcher, Matchers};
use evenkeel_model::{
    Catalogue, GroupBy, HttpOptions, InhibitRule, Integration, LastResort, Plan, Receiver, Route, RouteTree, SecretRef,
    Transport, WebhookReceiver,
};
use evenkeel_time::{Duration, MinuteRange, TimeInterval, Timestamp, Zone};

use crate::catalogue;
use crate::random::Random;

/// Names and values that alerts, routes, rules and silences are made of.
pub(crate) const UNIVERSE: &[(&str, &[&str])] = &[
    ("alertname", &["Disk", "Latency", "Down", "Queue"]),
    ("severity", &["page", "warn"]),
    ("cluster", &["x", "y"]),
    ("instance", &["a", "b", "c"]),
];

pub(crate) const RECEIVERS: [&str; 4] = ["r0", "r1", "r2", "r3"];
const INTEGRATIONS: [&str; 2] = ["webhook[0]", "webhook[1]"];
const MUTES: [&str; 2] = ["night", "lunch"];

/// A few plans that follow on each other: each is one edit away from an earlier one.
pub(crate) fn generate(random: &mut Random) -> Vec<Arc<Plan>> {
    let mut plans = vec![first(random)];
    for _ in 0..random.between(2, 4) {
        let mut next = random.pick(&plans).clone();
        for _ in 0..random.between(1, 3) {
            edit(&mut next, random);
        }
        plans.push(next);
    }
    numbered(plans)
}

/// The same with people in them, for a world that begins then.
pub(crate) fn with_people(start: Timestamp, random: &mut Random) -> Vec<Arc<Plan>> {
    let mut plan = first(random);
    catalogue::populate(&mut plan, start, random);
    let mut plans = vec![plan];
    for _ in 0..random.between(3, 7) {
        let mut next = random.pick(&plans).clone();
        for _ in 0..random.between(0, 2) {
            edit(&mut next, random);
        }
        for _ in 0..random.between(1, 5) {
            catalogue::edit(&mut next, start, random);
        }
        // Nearly every plan refers to what there is only; the core has to do with the others too.
        if random.chance(850) {
            catalogue::mend(&mut next)
        } else {
            catalogue::attach(&mut next)
        }
        plans.push(next);
    }
    numbered(plans)
}

fn numbered(mut plans: Vec<Plan>) -> Vec<Arc<Plan>> {
    for (number, plan) in (1_u8..).zip(&mut plans) {
        plan.hash = PlanHash([number; 32]);
        name_routes(&mut plan.routes);
    }
    plans.into_iter().map(Arc::new).collect()
}

fn first(random: &mut Random) -> Plan {
    let mut routes = vec![route(random, Matchers(Vec::new()))];
    for _ in 0..random.between(1, 4) {
        let parent = random.below(routes.len());
        let condition = matcher(random);
        let child = route(random, Matchers(vec![condition]));
        let index = routes.len();
        routes.push(child);
        if let Some(parent) = routes.get_mut(parent) {
            parent.children.push(index);
        }
    }
    let receivers = RECEIVERS.iter().map(|name| ((*name).into(), receiver(name, random))).collect();
    let mut plan = Plan {
        hash: PlanHash::NONE,
        commit: None,
        resolve_timeout: Duration::minutes(*random.pick(&[2, 5, 5])),
        routes: RouteTree { routes },
        receivers,
        inhibit_rules: Vec::new(),
        time_intervals: time_intervals(),
        probes: Vec::new(),
        heartbeats: Vec::new(),
        expected_alerts: Vec::new(),
        last_resort: LastResort { receiver: "r0".into(), policy: None },
        priorities: vec![],
        catalogue: Catalogue::default(),
    };
    for _ in 0..random.between(0, 2) {
        plan.inhibit_rules.push(inhibit_rule(random));
    }
    plan
}

fn route(random: &mut Random, matchers: Matchers) -> Route {
    let mut mutes = Vec::new();
    if random.chance(150) {
        mutes.push((*random.pick(&MUTES)).into());
    }
    let active = if random.chance(50) { vec!["day".into()] } else { Vec::new() };
    Route {
        key: "".into(),
        matchers,
        receiver: (*random.pick(&RECEIVERS)).into(),
        group_by: group_by(random),
        group_wait: Duration::secs(*random.pick(&[0, 5, 10, 30, 60])),
        group_interval: Duration::secs(*random.pick(&[10, 60, 60, 300, 300, 300])),
        repeat_interval: Duration::minutes(*random.pick(&[2, 10, 60, 240])),
        mute_time_intervals: mutes,
        active_time_intervals: active,
        continue_matching: random.chance(400),
        children: Vec::new(),
    }
}

fn group_by(random: &mut Random) -> GroupBy {
    match random.below(5) {
        0 => GroupBy::All,
        1 => GroupBy::Labels(Vec::new()),
        2 => GroupBy::Labels(vec!["alertname".into(), "cluster".into()]),
        3 => GroupBy::Labels(vec!["cluster".into(), "nonesuch".into()]),
        _ => GroupBy::Labels(vec!["alertname".into()]),
    }
}

fn receiver(name: &str, random: &mut Random) -> Receiver {
    let count = *random.pick(&[1, 1, 2, 2, 0]);
    let integrations = INTEGRATIONS.iter().take(count).map(|kind| integration(name, kind, random.chance(750)));
    Receiver { name: name.into(), integrations: integrations.collect() }
}

fn integration(receiver: &str, name: &str, send_resolved: bool) -> Integration {
    let transport = Transport::Webhook(WebhookReceiver {
        url: SecretRef::inline(format!("http://{receiver}.example/{name}")),
        max_alerts: 0,
        timeout: None,
        http: HttpOptions::default(),
    });
    Integration { name: name.into(), send_resolved, transport }
}

fn inhibit_rule(random: &mut Random) -> InhibitRule {
    let equal = *random.pick(&["cluster", "instance", "nonesuch"]);
    let (source, target) = match random.below(3) {
        0 => (equals("severity", "page"), equals("severity", "warn")),
        1 => (equals("alertname", "Down"), matcher(random)),
        _ => (matcher(random), matcher(random)),
    };
    InhibitRule {
        name: None,
        source: Matchers(vec![source]),
        target: Matchers(vec![target]),
        equal: vec![equal.into()],
    }
}

fn equals(name: &str, value: &str) -> Matcher {
    Matcher::new(name, MatchOp::Equal, value).expect("no pattern")
}

/// A condition on one label of the universe.
pub(crate) fn matcher(random: &mut Random) -> Matcher {
    let (name, values) = *random.pick(UNIVERSE);
    let value = *random.pick(values);
    let made = match random.below(6) {
        0 => Matcher::new(name, MatchOp::Regex, format!("{value}|{}", random.pick(values))),
        1 => Matcher::new(name, MatchOp::NotEqual, value),
        _ => Matcher::new(name, MatchOp::Equal, value),
    };
    made.expect("the pattern is an alternative of words")
}

/// Quiet and busy times of the day; each at least half an hour, which the checks rely on.
fn time_intervals() -> BTreeMap<Arc<str>, Vec<TimeInterval>> {
    let daily = |start, end| TimeInterval {
        times: vec![MinuteRange { start, end }],
        weekdays: Vec::new(),
        days_of_month: Vec::new(),
        months: Vec::new(),
        years: Vec::new(),
        location: Zone::UTC,
    };
    BTreeMap::from([
        ("night".into(), vec![daily(22 * 60, 24 * 60), daily(0, 6 * 60)]),
        ("lunch".into(), vec![daily(12 * 60, 12 * 60 + 30)]),
        ("day".into(), vec![daily(7 * 60, 21 * 60)]),
    ])
}

/// What a person changes in an ops repo between two commits.
fn edit(plan: &mut Plan, random: &mut Random) {
    let index = random.below(plan.routes.routes.len());
    let name = *random.pick(&RECEIVERS);
    match random.below(8) {
        0 => remove_last_route(plan),
        1 => {
            let instead: &str = random.pick::<&str>(&RECEIVERS);
            redirect_and_remove(plan, name, instead);
        }
        2 => drop(plan.receivers.insert(name.into(), receiver(name, random))),
        3 => plan.inhibit_rules = vec![inhibit_rule(random)],
        4 => add_route(plan, index, random),
        5 => with_route(plan, index, |route| route.group_by = group_by(random)),
        6 => with_route(plan, index, |route| route.receiver = name.into()),
        _ => with_route(plan, index, |route| {
            route.group_interval = Duration::secs(*random.pick(&[10, 60, 300, 300]));
            route.repeat_interval = Duration::minutes(*random.pick(&[2, 10, 60, 240]));
        }),
    }
    // An earlier edit may have removed a receiver that a route names now.
    for route in &mut plan.routes.routes {
        if !plan.receivers.contains_key(&route.receiver) {
            plan.receivers.insert(route.receiver.clone(), receiver(&route.receiver, random));
        }
    }
}

fn with_route(plan: &mut Plan, index: usize, change: impl FnOnce(&mut Route)) {
    if let Some(route) = plan.routes.routes.get_mut(index) {
        change(route);
    }
}

fn remove_last_route(plan: &mut Plan) {
    let routes = &mut plan.routes.routes;
    if routes.len() > 1 {
        routes.pop();
        let gone = routes.len();
        routes.iter_mut().for_each(|route| route.children.retain(|child| *child != gone));
    }
}

fn redirect_and_remove(plan: &mut Plan, gone: &str, instead: &str) {
    for route in plan.routes.routes.iter_mut().filter(|route| route.receiver.as_ref() == gone) {
        route.receiver = instead.into();
    }
    plan.receivers.remove(gone);
}

fn add_route(plan: &mut Plan, parent: usize, random: &mut Random) {
    let index = plan.routes.routes.len();
    let condition = matcher(random);
    plan.routes.routes.push(route(random, Matchers(vec![condition])));
    with_route(plan, parent, |route| route.children.insert(0, index));
}

/// Gives each route a key from its matchers and its parent's, unique in the tree, as loading does.
fn name_routes(tree: &mut RouteTree) {
    let mut keys: BTreeMap<usize, String> = BTreeMap::from([(0, "{}".to_owned())]);
    for (index, route) in tree.routes.iter().enumerate() {
        let own = keys.get(&index).cloned().unwrap_or_default();
        for child in &route.children {
            let matchers = tree.routes.get(*child).map(|route| route.matchers.to_string()).unwrap_or_default();
            let mut key = format!("{own}/{matchers}");
            while keys.values().any(|known| *known == key) {
                key.push_str("#2");
            }
            keys.insert(*child, key);
        }
    }
    for (index, route) in tree.routes.iter_mut().enumerate() {
        route.key = keys.get(&index).map(String::as_str).unwrap_or_default().into();
    }
}
