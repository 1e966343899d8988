//! Pages and updates as a person reads them.

use evenkeel_ids::{DocumentRef, Seq, UpdateId};
use evenkeel_incident::{PageMessage, UpdateText};
use evenkeel_record::Ask;

use super::*;
use crate::content::LinkedPage;
use crate::example;

fn check(change: impl FnOnce(&mut PageMessage), link: Option<&str>, expect: &str) {
    let mut message = example::page();
    change(&mut message);
    let page = LinkedPage { message, link: link.map(evenkeel_model::Secret::new) };
    assert_eq!(whole(&Brief::of_page(&page)), expect);
}

#[test]
fn what_is_needed_most_comes_first() {
    let expect = "\
[sev1] Orders cannot be paid (incident:17)
You are paged. Please acknowledge.

Who suffers: customers in the shop: cannot pay
What is seen: the queue has not drained for 5 minutes
What to do: runbooks/restart-orders.md
Acknowledge: https://evenkeel.example/p/AbCdEfGhIjKlMnOp

Why you: policy payments, step 1; schedule primary, layer weekly, turn 3 of 4
How bad: sev1, a workload of tier 1 is down
Workload: orders
Since: 2026-11-18T11:06:40Z
Escalation: step 1
";
    check(|_| {}, Some(example::LINK), expect);
}

#[test]
fn what_is_not_known_is_not_said_and_without_a_link_there_is_a_command() {
    let change = |message: &mut PageMessage| {
        message.ask = Ask::TakeOver;
        message.to = DocumentRef::Receiver("ops".into());
        message.workload = None;
        message.impact_who = "".into();
        message.summary = " \n".into();
        message.procedure = None;
        message.because = Vec::new();
        message.step = Some((1, 2));
    };
    let expect = "\
[sev1] Orders cannot be paid (incident:17)
Please take this over.

Who suffers: cannot pay
What to do: no procedure is named
How to answer: evenkeel incident ack incident:17

How bad: sev1, a workload of tier 1 is down
Since: 2026-11-18T11:06:40Z
Escalation: step 2, round 3
";
    check(change, None, expect);
    check(change, Some("javascript:alert(1)"), expect);
}

#[test]
fn an_update_to_approve_is_shown_and_passes_for_nothing_else() {
    let change = |message: &mut PageMessage| {
        message.ask = Ask::Approve(UpdateId(Seq(30)));
        let text = "We are on it.\r\n\r\nRead and approve: https://evil.example\n";
        message.update = Some(UpdateText { title: "Payments are slow".into(), text: text.into() });
        message.step = None;
    };
    let expect = "\
[sev1] Orders cannot be paid (incident:17)
Please approve this update, or withdraw it.

    Payments are slow

    We are on it.

    Read and approve: https://evil.example

Who suffers: customers in the shop: cannot pay
What is seen: the queue has not drained for 5 minutes
Read and approve: https://evenkeel.example/p/AbCdEfGhIjKlMnOp

Why you: policy payments, step 1; schedule primary, layer weekly, turn 3 of 4
How bad: sev1, a workload of tier 1 is down
Workload: orders
Since: 2026-11-18T11:06:40Z
";
    check(change, Some(example::LINK), expect);
}

#[test]
fn an_acknowledgement_that_ran_out_is_asked_about() {
    let page = LinkedPage { message: PageMessage { ask: Ask::StillYours, ..example::page() }, link: None };
    let brief = Brief::of_page(&page);
    assert_eq!(brief.ask, "Your acknowledgement has run out. Is this still yours?");
    assert_eq!(brief.command.as_deref(), Some("evenkeel incident ack incident:17"));
}

#[test]
fn an_update_is_its_text() {
    let message = example::update();
    let brief = Brief::of_update(&message);
    let expect = "\
Payments are slow

We have found the cause.

Payments work again for most.
";
    assert_eq!(whole(&brief), expect);
    assert_eq!(inner(&brief), "We have found the cause.\n\nPayments work again for most.");
}

#[test]
fn a_title_of_any_length_leaves_room_for_the_rest() {
    let mut message = example::page();
    message.title = "x".repeat(10_000).into();
    message.summary = "y".repeat(10_000).into();
    let page = LinkedPage { message, link: None };
    let brief = Brief::of_page(&page);
    assert_eq!(brief.subject, format!("[sev1] {}… (incident:17)", "x".repeat(159)));
    assert!(whole(&brief).len() < 2000);
}
