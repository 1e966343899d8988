use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{
    Actor, IncidentClosed, IncidentMerged, IncidentOpened, IncidentReopened, IncidentResolved, IncidentSeveritySet,
    IncidentVisibilitySet, Origin, ResolvedBy,
};

use super::*;

const ID: IncidentId = IncidentId(Seq(1));

struct Played {
    state: State,
    seq: u64,
}

impl Played {
    fn new() -> Self {
        Self { state: State::default(), seq: 0 }
    }

    fn at(&mut self, minute: i64, body: Body) {
        self.seq += 1;
        let record = Record {
            seq: Seq(self.seq),
            at: Timestamp(minute * 60_000),
            actor: Actor::system(),
            origin: Origin::Observed,
            plan: PlanHash::NONE,
            body,
        };
        self.state.apply(&record);
    }

    fn shown(&self) -> Vec<String> {
        let minute = |at: Timestamp| at.0 / 60_000;
        let show = |spell: &Spell| {
            let until = spell.until.map_or("…".to_owned(), |until| minute(until).to_string());
            let seen = if spell.customer_visible { "seen" } else { "unseen" };
            format!("{} {}-{until} {} {seen}", spell.incident, minute(spell.from), spell.severity.as_str())
        };
        self.state.spells().map(show).collect()
    }
}

fn opened() -> Body {
    Body::IncidentOpened(IncidentOpened {
        response_plan: "orders".into(),
        key: None,
        group: None,
        alerts: Vec::new(),
        title: "orders fail".into(),
        workload: Some("orders".into()),
        owner: None,
        severity: Severity::Sev2,
        severity_reason: "".into(),
        customer_visible: false,
    })
}

fn resolved(incident: IncidentId) -> Body {
    Body::IncidentResolved(IncidentResolved {
        incident,
        cause: ResolvedBy::Person,
        reason: None,
        workaround: false,
        reopen_until: Timestamp(0),
        page: None,
    })
}

fn reopened() -> Body {
    Body::IncidentReopened(IncidentReopened { incident: ID, group: None, alerts: Vec::new(), reason: None })
}

#[test]
fn each_change_ends_a_spell_and_what_is_opened_again_has_a_gap() {
    let mut played = Played::new();
    played.at(0, opened());
    let visible = |customer_visible| {
        let reason = "".into();
        Body::IncidentVisibilitySet(IncidentVisibilitySet { incident: ID, customer_visible, reason })
    };
    played.at(10, visible(true));
    played.at(12, visible(true));
    let severity = Severity::Sev1;
    played.at(20, Body::IncidentSeveritySet(IncidentSeveritySet { incident: ID, severity, reason: "".into() }));
    played.at(30, resolved(ID));
    played.at(31, resolved(ID));
    assert_eq!(
        played.shown(),
        ["incident:1 0-10 sev2 unseen", "incident:1 10-20 sev2 seen", "incident:1 20-30 sev1 seen"]
    );
    played.at(40, reopened());
    assert_eq!(played.shown().last().map(String::as_str), Some("incident:1 40-… sev1 seen"));
    played.at(50, Body::IncidentClosed(IncidentClosed { incident: ID, reason: None }));
    assert_eq!(played.shown().last().map(String::as_str), Some("incident:1 40-50 sev1 seen"));
    played.at(60, reopened());
    assert_eq!(played.shown().len(), 4, "what is closed stays so");
}

#[test]
fn what_became_part_of_another_incident_ends_with_that() {
    let mut played = Played::new();
    played.at(0, opened());
    played.at(1, opened());
    let merged = IncidentMerged { incident: ID, into: IncidentId(Seq(2)), reason: "the same".into() };
    played.at(5, Body::IncidentMerged(merged));
    assert_eq!(played.shown(), ["incident:1 0-5 sev2 unseen", "incident:2 1-… sev2 unseen"]);
}

#[test]
fn what_ended_long_ago_is_forgotten_and_too_much_is_said_not_to_be_known() {
    let mut played = Played::new();
    let minutes = KEPT_FOR.0 / 60_000;
    played.at(0, opened());
    played.at(1, resolved(ID));
    assert_eq!(played.state.known_since(), Some(Timestamp(0)));
    played.state.pass(Timestamp((minutes + 1) * 60_000));
    assert_eq!(played.shown().len(), 1);
    played.state.pass(Timestamp((minutes + 1) * 60_000 + 1));
    assert!(played.shown().is_empty());
    assert_eq!(played.state.known_since(), Some(Timestamp(0)), "that nothing was hit is known");
    let from = minutes + 2;
    for n in 0..=i64::try_from(SPELLS_MAX).expect("few") {
        played.at(from + n, opened());
        played.at(from + n + 1, resolved(IncidentId(Seq(played.seq))));
    }
    assert_eq!(played.state.spells().count(), SPELLS_MAX);
    assert_eq!(played.state.known_since(), Some(Timestamp((from + 2) * 60_000)));
}
