//! One incident's page, and what its forms do.

use evenkeel_engine::{Input, Outcome, Retry};
use evenkeel_identity::Identity;
use evenkeel_ids::IncidentId;
use evenkeel_incident::{Incident, Phase};
use evenkeel_record::SentId;
use evenkeel_severity::Severity;
use evenkeel_time::Duration;

use crate::golden::golden;
use crate::posting::Became;
use crate::shop::{SCRIPT, Shop};

fn at(id: IncidentId, rest: &str) -> String {
    format!("/incidents/{id}{rest}")
}

fn known(shop: &Shop, id: IncidentId) -> &Incident {
    shop.engine.state().incident.incident(id).expect("an incident")
}

/// Every page and update that is being sent arrives, or does not.
fn sent(shop: &mut Shop, outcome: &Outcome) {
    let sending: Vec<(SentId, _)> = shop.engine.state().incident.sending().collect();
    for (of, address) in sending {
        shop.handle(Input::MessageOutcome { of, address, outcome: outcome.clone() });
    }
}

#[test]
fn the_room_of_an_incident_that_nobody_has() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    sent(&mut shop, &Outcome::Delivered);
    shop.advance(Duration::minutes(2));
    let html = shop.page(&at(id, ""));
    golden("incident-open", &html);
    for said in ["Nobody has it", "everyone who buys: no order can be placed", "pages bob", "in 3 min", "Acknowledge"] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn an_incident_is_taken_on_judged_handed_over_resolved_opened_again_and_closed() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    let root = "../../";
    let then = |said: &str| Became::Then(format!("{root}incidents/{id}?said={said}"));
    assert_eq!(shop.post(&at(id, "/acknowledge"), &[]), then("acknowledged"));
    assert_eq!(known(&shop, id).phase, Phase::Acknowledged);
    assert_eq!(shop.post(&at(id, "/notes"), &[("note", "the disk\r\nis full"), ("for_updates", "yes")]), then("noted"));
    assert_eq!(known(&shop, id).note.as_deref(), Some("the disk\nis full"));
    let judged = [("severity", "sev3"), ("severity_reason", "there is a way around")];
    assert_eq!(shop.post(&at(id, "/severity"), &judged), then("judged"));
    assert_eq!(known(&shop, id).severity, Severity::Sev3);
    let hidden = [("customers", "no"), ("visibility_reason", "only staff")];
    assert_eq!(shop.post(&at(id, "/visibility"), &hidden), then("visibility-set"));
    assert!(!known(&shop, id).customer_visible);
    let given = [("assign_person", "person:bob"), ("assign_role", "commander")];
    assert_eq!(shop.post(&at(id, "/assign"), &given), then("assigned"));
    assert_eq!(
        shop.post(&at(id, "/escalate"), &[("escalate_to", "cleo"), ("escalate_reason", "help")]),
        then("escalated")
    );
    assert_eq!(known(&shop, id).phase, Phase::Open);
    assert_eq!(shop.post(&at(id, "/problem"), &[("problem_title", "the queue fills up")]), then("problem-linked"));
    assert_eq!(
        shop.post(&at(id, "/resolve"), &[("resolve_reason", "rolled back"), ("workaround", "yes")]),
        then("resolved")
    );
    assert_eq!(known(&shop, id).phase, Phase::Resolved);
    golden("incident-resolved", &shop.page(&at(id, "?said=resolved")));
    assert_eq!(shop.post(&at(id, "/reopen"), &[("reopen_reason", "it failed again")]), then("reopened"));
    assert_eq!(shop.post(&at(id, "/resolve"), &[]), then("resolved"));
    let sure = [("close_reason", "done"), ("close_sure", "yes")];
    assert_eq!(shop.post(&at(id, "/close"), &sure), then("closed"));
    assert_eq!(known(&shop, id).phase, Phase::Closed);
    golden("incident-closed", &shop.page(&at(id, "")));
}

#[test]
fn what_is_refused_says_why_and_keeps_what_was_typed() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    for (form, fields, said) in [
        ("/reopen", vec![("reopen_reason", "again")], "so there is nothing to reopen"),
        ("/reopen", vec![], "Why it is open again is missing."),
        ("/close", vec![("close_reason", "done")], "It is not confirmed. A closed incident does not open again."),
        ("/notes", vec![("note", "   ")], "The note is missing."),
        ("/assign", vec![("assign_person", "dora")], "the plan has no `person:dora`"),
        ("/assign", vec![("assign_person", "bob"), ("assign_role", "king")], "There is no role `king`."),
        ("/escalate", vec![("escalate_to", "planet:mars")], "`planet:mars` is nobody who can be paged."),
        ("/escalate", vec![("escalate_to", "dora")], "the plan has no `person:dora`"),
        ("/merge", vec![("merge_into", "9"), ("merge_reason", "same")], "It is not confirmed."),
        (
            "/merge",
            vec![("merge_into", "9"), ("merge_reason", "same"), ("merge_sure", "yes")],
            "there is no incident:9",
        ),
        ("/merge", vec![("merge_into", "x y")], "`x y` names no incident."),
        ("/severity", vec![("severity", "sev9")], "`sev9` is no severity."),
        ("/severity", vec![("severity", "sev2")], "Why it is that bad is missing."),
        ("/visibility", vec![("visibility_reason", "so")], "Nothing is chosen."),
        ("/problem", vec![("problem", ""), ("problem_title", "")], "No problem is named."),
        ("/problem", vec![("problem", "problem:77")], "there is no problem:77"),
    ] {
        let Became::Not(found) = shop.post(&at(id, form), &fields) else { panic!("{form} {fields:?}") };
        assert!(found.contains(said), "{form} {fields:?}: {found}");
    }
    let typed = [("form", "merge"), ("merge_into", SCRIPT), ("merge_reason", SCRIPT)];
    golden("incident-again", &shop.again(&at(id, "/merge"), &typed, "there is no incident:9"));
    let html = shop.again(&at(id, "/notes"), &[("form", "note"), ("note", "half a thought")], "gone");
    assert!(html.contains("half a thought") && html.contains("<details open>"));
}

#[test]
fn incidents_are_merged_and_the_other_goes_on() {
    let mut shop = Shop::new();
    shop.fires(&[("alertname", "Slow"), ("team", "database")], &[("summary", "queries take 3 s")]);
    let slow = shop.newest();
    let orders = shop.orders_down();
    let html = shop.page(&at(orders, ""));
    assert!(html.contains("may be the cause"), "what it stands on is open too");
    let fields =
        [("merge_into", slow.to_string()), ("merge_reason", "one cause".to_owned()), ("merge_sure", "yes".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = shop.post(&at(orders, "/merge"), &fields);
    assert_eq!(done, Became::Then(format!("../../incidents/{slow}?said=merged")));
    golden("incident-merged", &shop.page(&at(orders, "")));
}

#[test]
fn an_update_waits_is_said_otherwise_and_goes_or_does_not() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    sent(&mut shop, &Outcome::Delivered);
    let update = known(&shop, id).updates.iter().find(|update| {
        shop.engine.state().incident.update(**update).is_some_and(|update| &*update.audience == "customers")
    });
    let update = *update.expect("customers are to be told");
    let html = shop.page(&at(id, ""));
    golden("incident-approval", &html);
    assert!(html.contains("Approve: it goes now") && html.contains("bob may approve"));
    let withdraw = at(id, &format!("/updates/{update}/withdraw"));
    let Became::Not(said) = shop.post(&withdraw, &[]) else { panic!("it needs a reason") };
    assert!(said.contains("Why it must not go is missing."));
    let approve = at(id, &format!("/updates/{update}/approve"));
    let done = shop.post(&approve, &[("text", "We know of it, and work on it.")]);
    assert_eq!(done, Became::Then(format!("../../../../incidents/{id}?said=approved")));
    assert!(shop.page(&at(id, "")).contains("We know of it, and work on it."));
    let Became::Not(said) = shop.post(&withdraw, &[("withdraw_reason", "too late")]) else { panic!("it went") };
    assert!(said.contains("does not wait for approval"), "{said}");
    let html = shop.again(&approve, &[("form", "approve"), ("update", &update.to_string()), ("text", SCRIPT)], "no");
    assert!(html.contains("&#60;script"));
}

#[test]
fn a_page_that_reaches_nobody_and_an_incident_that_can_page_nobody() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    sent(&mut shop, &Outcome::Failed { reason: format!("{SCRIPT} 400"), retry: Retry::No });
    shop.advance(Duration::minutes(1));
    golden("incident-unreached", &shop.page(&at(id, "")));
}

#[test]
fn script_in_every_field_is_text_and_huge_labels_are_cut() {
    let mut shop = Shop::new();
    let huge = SCRIPT.repeat(2_000);
    let description = "d".repeat(20_000);
    for number in 0..60 {
        let instance = format!("{number}{huge}");
        shop.fires(
            &[("alertname", "OrdersDown"), ("team", "orders"), ("instance", &instance), ("other", SCRIPT)],
            &[("summary", &huge), ("description", &description)],
        );
    }
    let id = shop.newest();
    shop.advance(Duration::minutes(6));
    for number in 0..120 {
        shop.post(&at(id, "/notes"), &[("note", &format!("{number} {SCRIPT} {}", "long ".repeat(400)))]);
    }
    for _ in 0..30 {
        let reason = SCRIPT.repeat(10);
        shop.post(&at(id, "/escalate"), &[("escalate_to", "bob"), ("escalate_reason", &reason)]);
    }
    shop.post(&at(id, "/severity"), &[("severity", "sev1"), ("severity_reason", &SCRIPT.repeat(20))]);
    let html = shop.page(&at(id, ""));
    golden("incident-worst", &html);
    for said in ["The whole title", "All labels as JSON", "between", "Alerts: 60", "40 more."] {
        assert!(html.contains(said), "{said}");
    }
    golden("incidents-worst", &shop.page("/incidents"));
    golden("overview-worst", &shop.page("/"));
}

#[test]
fn whose_it_is_is_asked_whether_it_still_is() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    shop.caller = Identity { person: Some("ada".into()), ..Identity::owner() };
    shop.post(&at(id, "/acknowledge"), &[]);
    let html = shop.page(&at(id, "?said=acknowledged"));
    golden("incident-taken", &html);
    assert!(html.contains("Still mine: I go on") && html.contains("asks ada whether it is still theirs"));
}
