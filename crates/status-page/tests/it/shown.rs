//! What is shown of what happened, and what never is.

use evenkeel_record::{Body, IncidentReopened, IncidentSeveritySet, IncidentVisibilitySet, UpdateKind};
use evenkeel_severity::Severity;
use evenkeel_status_page::{Board, Condition, Offers, files};

use crate::played::{PAGE, Played};

const NOW: &str = "2026-11-30T09:00:00Z";

fn conditions(board: &Board) -> Vec<Condition> {
    board.components().map(|component| component.condition).collect()
}

fn everything(board: &Board) -> String {
    files(board, &Offers::default()).into_iter().map(|file| file.text).collect()
}

#[test]
fn a_component_is_as_bad_as_what_it_cannot_do_without() {
    use Condition::{Degraded, MajorOutage, Operational, PartialOutage};
    for (workload, severity, by_hand, wanted) in [
        ("shop", Severity::Sev1, false, [MajorOutage, Operational, PartialOutage]),
        ("orders-db", Severity::Sev1, false, [MajorOutage, Operational, PartialOutage]),
        ("orders-db", Severity::Sev2, false, [PartialOutage, Operational, PartialOutage]),
        // An outage of what is not important is one all the same, unless a person knows better.
        ("search", Severity::Sev3, false, [Operational, PartialOutage, PartialOutage]),
        ("search", Severity::Sev3, true, [Operational, Degraded, Degraded]),
        // Below what the audience is told of.
        ("search", Severity::Sev4, true, [Operational, Operational, Operational]),
    ] {
        let mut played = Played::new("2026-11-30T00:00:00Z", PAGE);
        let incident = played.at("2026-11-30T08:00:00Z").opens(workload, severity, true);
        if by_hand {
            played.record(Body::IncidentSeveritySet(IncidentSeveritySet { incident, severity, reason: "".into() }));
        }
        let board = played.board("customers", NOW);
        assert_eq!(conditions(&board), wanted, "{workload} {severity:?} {by_hand}");
        assert_eq!(board.condition, *wanted.iter().max().expect("some"));
    }
}

#[test]
fn nothing_internal_is_shown() {
    let mut played = Played::new("2026-11-30T00:00:00Z", PAGE);
    let hidden = played.at("2026-11-30T08:00:00Z").opens("shop", Severity::Sev1, false);
    let seen = played.opens("shop", Severity::Sev2, true);
    played.says_to("staff", seen, UpdateKind::First, "INTERNAL", "INTERNAL", false);
    played.says_to("staff", hidden, UpdateKind::First, "INTERNAL", "INTERNAL", false);
    let waits = played.says_to("customers", seen, UpdateKind::First, "Problem", "INTERNAL draft", true);
    let board = played.board("customers", NOW);
    assert_eq!(board.condition, Condition::PartialOutage, "the hidden one does not count");
    assert!(board.current.is_empty(), "nothing was said yet");
    assert!(!everything(&board).contains("INTERNAL"));
    played.approves(waits, "We are on it.");
    let board = played.board("customers", NOW);
    assert_eq!(board.current.len(), 1);
    let all = everything(&board);
    assert!(all.contains("We are on it.") && !all.contains("INTERNAL"));
    assert!(!all.contains(&format!("{seen}")), "nor what an incident is called here");
    played.record(Body::IncidentVisibilitySet(IncidentVisibilitySet {
        incident: seen,
        customer_visible: false,
        reason: "INTERNAL".into(),
    }));
    assert_eq!(played.board("customers", NOW).condition, Condition::Operational);
}

#[test]
fn a_page_for_staff_shows_what_they_were_told() {
    let staff = "
---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: staff }
spec: { title: Systems, audience: staff, readers: viewer, components: [{ name: shop, workloads: shop }] }
";
    let mut played = Played::new("2026-11-30T00:00:00Z", &format!("{PAGE}{staff}"));
    let hidden = played.at("2026-11-30T08:00:00Z").opens("shop", Severity::Sev4, false);
    played.says_to("staff", hidden, UpdateKind::First, "No space left", "Looking.", false);
    let board = played.board("staff", NOW);
    assert!(!board.public);
    assert_eq!((board.condition, board.current.len()), (Condition::PartialOutage, 1));
    assert_eq!(played.board("customers", NOW).condition, Condition::Operational);
}

#[test]
fn what_staff_is_told_is_not_public_by_a_slip() {
    let slip = "
---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: slip }
spec: { title: Systems, audience: staff, components: [{ name: shop, workloads: shop }] }
";
    let mut played = Played::new("2026-11-30T00:00:00Z", &format!("{PAGE}{slip}"));
    let seen = played.at("2026-11-30T08:00:00Z").opens("shop", Severity::Sev1, true);
    played.says_to("staff", seen, UpdateKind::First, "INTERNAL", "INTERNAL", false);
    let board = played.board("slip", NOW);
    assert_eq!((board.condition, board.current.len()), (Condition::MajorOutage, 0));
    assert!(!everything(&board).contains("INTERNAL"));
}

#[test]
fn what_fails_while_it_is_worked_on_is_planned_work() {
    let work = "
---
apiVersion: evenkeel/v1
kind: Maintenance
metadata: { name: db }
spec: { title: Work, starts: 2026-11-30T07:00:00Z, ends: 2026-11-30T08:30:00Z, workloads: orders-db }
";
    let mut played = Played::new("2026-11-30T00:00:00Z", &format!("{PAGE}{work}"));
    assert_eq!(played.board("customers", "2026-11-30T06:00:00Z").planned.len(), 1);
    let incident = played.at("2026-11-30T07:30:00Z").opens("orders-db", Severity::Sev1, true);
    let board = played.board("customers", "2026-11-30T08:00:00Z");
    assert_eq!(board.condition, Condition::Maintenance);
    assert!(board.planned[0].under_way);
    let board = played.board("customers", NOW);
    assert_eq!(board.condition, Condition::MajorOutage, "it was to be over by now");
    assert!(board.planned.is_empty());
    let buying = board.components().next().expect("a component");
    assert_eq!(buying.since.map(|at| at.to_string()), Some("2026-11-30T08:30:00.000Z".to_owned()));
    let today = buying.days.last().expect("today");
    assert_eq!(today.down_for, evenkeel_time::Duration::minutes(30));
    played.resolves(incident);
}

#[test]
fn history_outlives_incidents_and_knows_what_it_does_not_know() {
    let mut played = Played::new("2026-11-28T12:00:00Z", PAGE);
    let incident = played.at("2026-11-29T23:00:00Z").opens("shop", Severity::Sev1, true);
    played.says(incident, UpdateKind::First, "Problem", "We are on it.");
    played.at("2026-11-30T00:30:00Z").says(incident, UpdateKind::Recovery, "Over", "It works.");
    played.resolves(incident);
    let board = played.board("customers", NOW);
    assert_eq!((board.condition, board.current.len(), board.past.len()), (Condition::Operational, 0, 1));
    let buying = board.components().next().expect("a component");
    let known: Vec<_> = buying.days.iter().rev().take(4).map(|day| (day.worst, day.down_for.0 / 60_000)).collect();
    let bad = Some(Condition::MajorOutage);
    assert_eq!(known, [(bad, 30), (bad, 60), (Some(Condition::Operational), 0), (None, 0)]);
    // 90 minutes of the 45 hours that are known.
    assert_eq!(buying.up_ppm, Some(966_666));
    // A snapshot holds it.
    let bytes = postcard_of(&played.state);
    assert_eq!(bytes, played.state);
    played.record(Body::IncidentReopened(IncidentReopened { incident, group: None, alerts: Vec::new(), reason: None }));
}

fn postcard_of(state: &evenkeel_engine::State) -> evenkeel_engine::State {
    let bytes = postcard::to_allocvec(state).expect("it is encoded");
    postcard::from_bytes(&bytes).expect("it is decoded")
}

#[test]
fn what_is_no_news_is_the_same() {
    let mut played = Played::new("2026-11-30T00:00:00Z", PAGE);
    let incident = played.at("2026-11-30T08:00:00Z").opens("shop", Severity::Sev1, true);
    let (first, later) = (played.board("customers", NOW), played.board("customers", "2026-11-30T09:05:00Z"));
    assert!(first.says_the_same(&later) && first != later);
    played.at("2026-11-30T09:05:00Z").resolves(incident);
    assert!(!first.says_the_same(&played.board("customers", "2026-11-30T09:05:00Z")));
}
