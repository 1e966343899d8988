use evenkeel_model::QuietHours;
use evenkeel_time::WeeklyWindow;

use super::*;
use crate::planned::{EVERY_DAY, at, hours, person};

fn rule(contact: &str, minutes: i64, severities: &[Severity]) -> NotificationRule {
    NotificationRule { contact: contact.into(), after: Duration::minutes(minutes), severities: severities.to_vec() }
}

/// In Berlin; quiet for what is not bad.
fn ada(notify: Vec<NotificationRule>, quiet: &[WeeklyWindow]) -> Person {
    let severities = vec![Severity::Sev3, Severity::Sev4];
    let quiet_hours =
        quiet.iter().map(|window| QuietHours { window: *window, severities: severities.clone() }).collect();
    Person { notify, quiet_hours, ..person("ada", "Europe/Berlin") }
}

fn tried(person: &Person, severity: Severity, instant: &str) -> Vec<String> {
    let found = contacts(person, severity, at(instant));
    found.into_iter().map(|contact| format!("{} {}", contact.contact, contact.at)).collect()
}

#[test]
fn rules_are_gone_by_in_order_of_time() {
    let rules = vec![rule("phone", 10, &[]), rule("mail", 0, &[]), rule("phone", 0, &[Severity::Sev1])];
    let ada = ada(rules, &[]);
    assert_eq!(
        tried(&ada, Severity::Sev1, "2026-06-01T12:00:00Z"),
        ["mail 2026-06-01T12:00:00.000Z", "phone 2026-06-01T12:00:00.000Z"],
        "of two rules for the phone the earlier counts"
    );
    assert_eq!(
        tried(&ada, Severity::Sev2, "2026-06-01T12:00:00Z"),
        ["mail 2026-06-01T12:00:00.000Z", "phone 2026-06-01T12:10:00.000Z"]
    );
}

#[test]
fn without_a_rule_all_contacts_are_tried_at_once() {
    let at_once = ["mail 2026-06-01T12:00:00.000Z", "phone 2026-06-01T12:00:00.000Z"];
    for rules in [vec![], vec![rule("phone", 5, &[Severity::Sev1])], vec![rule("pager", 5, &[])]] {
        assert_eq!(tried(&ada(rules, &[]), Severity::Sev2, "2026-06-01T12:00:00Z"), at_once);
    }
    let mut unreachable = ada(vec![], &[]);
    unreachable.contacts.clear();
    assert_eq!(contacts(&unreachable, Severity::Sev1, at("2026-06-01T12:00:00Z")), []);
}

#[test]
fn what_comes_in_quiet_hours_comes_at_their_end() {
    let ada = ada(vec![rule("mail", 0, &[]), rule("phone", 30, &[])], &[hours(22, 7)]);
    for (instant, wanted) in [
        ("2026-06-01T19:00:00Z", ["mail 2026-06-01T19:00:00.000Z", "phone 2026-06-01T19:30:00.000Z"]),
        ("2026-06-01T19:45:00Z", ["mail 2026-06-01T19:45:00.000Z", "phone 2026-06-02T05:00:00.000Z"]),
        ("2026-06-01T22:00:00Z", ["mail 2026-06-02T05:00:00.000Z", "phone 2026-06-02T05:00:00.000Z"]),
        ("2026-06-02T04:45:00Z", ["mail 2026-06-02T05:00:00.000Z", "phone 2026-06-02T05:15:00.000Z"]),
    ] {
        assert_eq!(tried(&ada, Severity::Sev3, instant), wanted, "{instant}");
    }
    let bad = tried(&ada, Severity::Sev1, "2026-06-01T22:00:00Z");
    assert_eq!(
        bad,
        ["mail 2026-06-01T22:00:00.000Z", "phone 2026-06-01T22:30:00.000Z"],
        "what is bad waits for nobody"
    );
}

#[test]
fn quiet_hours_are_those_of_the_persons_wall_clock_when_it_changes() {
    let ada = ada(vec![rule("mail", 0, &[])], &[hours(22, 7)]);
    assert_eq!(tried(&ada, Severity::Sev3, "2026-03-28T23:00:00Z"), ["mail 2026-03-29T05:00:00.000Z"]);
    assert_eq!(tried(&ada, Severity::Sev3, "2026-10-24T23:00:00Z"), ["mail 2026-10-25T06:00:00.000Z"]);
}

#[test]
fn quiet_hours_that_follow_each_other_are_all_waited_for() {
    let weekend = WeeklyWindow { weekdays: 0b100_0001, start: 0, end: 1440 };
    let ada = ada(vec![rule("mail", 0, &[])], &[hours(20, 8), weekend]);
    // Friday night, Saturday, Sunday, and the night to Monday.
    assert_eq!(tried(&ada, Severity::Sev3, "2026-06-05T21:00:00Z"), ["mail 2026-06-08T06:00:00.000Z"]);
}

#[test]
fn quiet_hours_without_end_put_off_for_eight_days() {
    let always = WeeklyWindow { weekdays: EVERY_DAY, start: 0, end: 1440 };
    let ada = ada(vec![rule("mail", 0, &[])], &[always]);
    assert_eq!(tried(&ada, Severity::Sev3, "2026-06-05T21:00:00Z"), ["mail 2026-06-13T21:00:00.000Z"]);
}
