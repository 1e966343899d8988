use evenkeel_model::{Member, Team};

use super::*;
use crate::planned::{at, names, overrides, plan, set};

const NOON: &str = "2026-01-14T12:00:00Z";

fn led(plan: &Plan, target: &str) -> (Vec<String>, Vec<String>) {
    let to = target.parse().expect("a reference");
    let (found, unresolved) = recipients(plan, &State::default(), &to, at(NOON));
    let found = found.into_iter().map(|each| format!("{} ({})", each.to, each.because.join("; ")));
    (found.collect(), unresolved.iter().map(ToString::to_string).collect())
}

fn team(members: &[(&str, Option<&str>)]) -> Plan {
    let mut plan = plan();
    let member =
        |(person, role): &(&str, Option<&str>)| Member { person: (*person).into(), role: role.map(Into::into) };
    let members = members.iter().map(member).collect();
    plan.catalogue.teams.insert("payments".into(), Team { name: "payments".into(), members, escalation: None });
    plan
}

#[test]
fn each_sort_of_target_leads_to_its_people() {
    let plan = team(&[("ada", Some("lead")), ("bob", None), ("ada", None)]);
    for (target, wanted) in [
        ("person:ada", vec!["person:ada ()"]),
        ("receiver:ops", vec!["receiver:ops ()"]),
        ("schedule:primary", vec!["person:bob (schedule primary, layer weekly, turn 2 of 3)"]),
        ("team:payments", vec!["person:ada (team payments, lead)", "person:bob (team payments)"]),
    ] {
        let wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        assert_eq!(led(&plan, target), (wanted, vec![]), "{target}");
    }
}

#[test]
fn what_leads_to_nobody_says_so() {
    let mut plan = team(&[]);
    plan.catalogue.schedules.get_mut("primary").expect("it is there").layers.clear();
    for (target, wanted) in [
        ("person:zoe", "person:zoe is not in the ops repo any more"),
        ("receiver:zoe", "receiver:zoe is not in the ops repo any more"),
        ("schedule:zoe", "schedule:zoe is not in the ops repo any more"),
        ("team:zoe", "team:zoe is not in the ops repo any more"),
        ("schedule:primary", "nobody is on call on schedule:primary"),
        ("team:payments", "team:payments has no members"),
        ("policy:payments", "policy:payments cannot be paged: only people, teams, schedules and receivers can"),
        ("workload:orders", "workload:orders cannot be paged: only people, teams, schedules and receivers can"),
    ] {
        assert_eq!(led(&plan, target), (vec![], vec![wanted.to_owned()]));
    }
}

#[test]
fn who_is_gone_is_named_and_the_others_are_paged() {
    let mut plan = plan();
    plan.catalogue.schedules.get_mut("primary").expect("it is there").layers[0].turns = vec![names(&["zoe", "ada"])];
    let (found, unresolved) = led(&plan, "schedule:primary");
    assert_eq!(found, ["person:ada (schedule primary, layer weekly, turn 1 of 1)"]);
    assert_eq!(unresolved, ["schedule:primary leads to person:zoe, who is not in the ops repo any more"]);
}

#[test]
fn an_override_is_the_reason_while_it_holds() {
    let state = overrides([set("2026-01-14T00:00:00Z", "2026-01-15T00:00:00Z", "dan", None)]);
    let to = DocumentRef::Schedule("primary".into());
    let (found, _) = recipients(&plan(), &state, &to, at(NOON));
    let because = vec!["schedule primary, override:1".into()];
    assert_eq!(found, [Recipient { to: DocumentRef::Person("dan".into()), because }]);
}
