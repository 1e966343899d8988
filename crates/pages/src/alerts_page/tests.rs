//! How much a look at very many alerts costs, counted rather than timed.

use std::sync::Arc;

use evenkeel_engine::{Batch, Engine, IncomingAlert, Input, Limits, State};
use evenkeel_identity::Identity;
use evenkeel_labels::LabelSet;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_record::Actor;
use evenkeel_time::{Duration, Timestamp};

use super::*;
use crate::{Kept, Standing};

const ALERTS: usize = 100_000;

fn plan() -> Arc<Plan> {
    let text = "route: { receiver: all, group_by: [alertname] }\nreceivers: [{ name: all }]\n";
    let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.as_bytes().to_vec() };
    Arc::new(load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse).plan.expect("a plan"))
}

/// Many alerts of three sorts, one beginning after the other.
fn crowded() -> (Engine, Timestamp) {
    let now: Timestamp = "2026-01-02T03:04:05.678Z".parse().expect("an instant");
    let mut engine = Engine::new(State::default(), plan(), now, Limits::default());
    engine.start(now, "0.1.0", 0, &mut Batch::default());
    let alert = |number: usize| IncomingAlert {
        labels: LabelSet::new([
            ("alertname", format!("Sort{}", number % 3)),
            ("severity", ["critical", "warning", "info"][number % 3].to_owned()),
            ("instance", format!("web-{number}")),
        ]),
        annotations: LabelSet::default(),
        starts_at: Some(now - Duration::secs(i64::try_from(number).expect("a number"))),
        ends_at: Some(now + Duration::hours(24)),
        generator_url: "".into(),
    };
    engine.handle(now, &Actor::system(), Input::Alerts((0..ALERTS).map(alert).collect()), &mut Batch::default());
    (engine, now)
}

#[test]
fn a_look_at_100000_alerts_visits_each_once_and_holds_a_page() {
    let (engine, now) = crowded();
    let (caller, standing, kept) = (Identity::owner(), Standing::default(), Kept::new());
    for (query, visited, held, rows) in [
        (vec![], ALERTS, 41, 40),
        (vec![("from", "1767322045678.1")], ALERTS, 81, 40),
        (vec![("q", "instance=\"web-77\"")], ALERTS, 1, 1),
        (vec![("q", "instance=\"")], 0, 0, 0),
        (vec![("severity", "info")], ALERTS, 41, 40),
        (vec![("state", "suppressed")], ALERTS, 0, 0),
        (vec![("view", "grouped")], ALERTS, 41, 0),
        (vec![("view", "grouped"), ("by", "instance")], ALERTS, 41, 0),
    ] {
        let pairs = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let place = Place::of("/alerts", "/alerts", pairs).expect("a place");
        let (caller, standing, kept) = (&caller, &standing, &kept);
        let asked =
            Asked { engine: &engine, now, caller, place: &place, standing, said: None, kept, once: "0011223344556677" };
        let narrowed = Narrowed::of(&place);
        let looked = look(&asked, &narrowed);
        assert_eq!((looked.visited, looked.page.held()), (visited, held), "{query:?}");
        let view = view(&asked, asked.frame(Section::Alerts, "Alerts"), &narrowed, looked);
        assert_eq!(view.rows.len(), rows, "{query:?}");
        let html = view.render().expect("a page");
        assert!(html.len() < 50 << 10, "{query:?}: {} bytes", html.len());
    }
}
