//! Forms of pages: only from pages of ours, once, and nothing that was typed is lost.

use evenkeel_api::Unavailable;
use evenkeel_pages::FORMS;
use evenkeel_time::Duration as Span;

use crate::bench::{Bench, Reply};
use crate::caller::{Caller, Made};
use crate::login::logged_in;
use crate::shop::shop_with_orders_down;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("origin", "http://localhost:7070");
/// The form of these tests.
const NOTE: &str = "/incidents/{id}/notes";

/// The shop with an incident, the path of its form for notes, and a browser that is logged in.
async fn room() -> Option<(Bench, String, Caller)> {
    FORMS.iter().find(|form| form.path == NOTE)?;
    let (bench, incident) = shop_with_orders_down().await;
    let session = logged_in(&bench, &Caller::owner()).await.with(FORM.0, FORM.1);
    Some((bench, format!("/incidents/{incident}/notes"), session))
}

async fn send(bench: &Bench, caller: &Caller, path: &str, once: &str, note: &str) -> Reply {
    caller.call(bench, "POST", path, &format!("once={once}&note={note}")).await
}

#[tokio::test]
async fn a_form_that_is_sent_twice_acts_once_and_answers_alike() {
    let Some((bench, path, session)) = room().await else { return };
    let browser = session.clone().with(OURS.0, OURS.1);
    let (first, again) =
        tokio::join!(send(&bench, &browser, &path, "a1", "x"), send(&bench, &browser, &path, "a1", "x"));
    let seq = bench.seq();
    let later = send(&bench, &browser, &path, "a1", "x").await;
    for reply in [&first, &again, &later] {
        assert_eq!(
            (reply.status.as_u16(), reply.header("location")),
            (303, first.header("location")),
            "{}",
            reply.text
        );
    }
    assert_eq!(bench.seq(), seq, "nothing more happened");
    assert_eq!(send(&bench, &browser, &path, "a1", "y").await.status, 303, "something else was typed");
    assert_eq!(send(&bench, &browser, &path, "b2", "x").await.status, 303, "in another look");
    assert_eq!(bench.seq(), seq + 2);
    bench.advance(Span::hours(11));
    send(&bench, &browser, &path, "a1", "x").await;
    let seq = bench.seq();
    let other = logged_in(&bench, &Made::role(&bench, "admin").await.local()).await;
    let other = other.with(FORM.0, FORM.1).with(OURS.0, OURS.1);
    assert_eq!(send(&bench, &other, &path, "a1", "x").await.status, 303, "somebody else did");
    assert!(bench.seq() > seq);
}

#[tokio::test]
async fn what_was_not_taken_is_shown_with_what_was_typed_and_can_be_sent_again() {
    let Some((bench, path, session)) = room().await else { return };
    let browser = session.with(OURS.0, OURS.1);
    bench.fail(Some(Unavailable::NotDurable { reason: "the disk is full".into(), retry_after_s: 5 }));
    let reply = send(&bench, &browser, &path, "a1", "long+thoughts").await;
    assert_eq!(reply.status, 503);
    assert!(reply.text.contains("long thoughts") && reply.text.contains("the disk is full"), "{}", reply.text);
    bench.fail(None);
    let seq = bench.seq();
    assert_eq!(send(&bench, &browser, &path, "a1", "long+thoughts").await.status, 303);
    assert!(bench.seq() > seq, "it is done now");
}

#[tokio::test]
async fn a_form_loses_nothing_when_the_session_has_ended() {
    let Some((bench, path, session)) = room().await else { return };
    let browser = session.with(OURS.0, OURS.1);
    bench.advance(Span::hours(12));
    let seq = bench.seq();
    let reply = send(&bench, &browser, &path, "a1", "two%0D%0Alines%3Cscript%3E").await;
    assert_eq!((reply.status.as_u16(), bench.seq()), (401, seq));
    assert!(reply.text.contains("two\nlines&#60;script&#62;</textarea>"), "{}", reply.text);
    assert!(reply.text.contains("name=\"once\" value=\"a1\"") && reply.text.contains("evenkeel token login"));
    assert!(reply.header("content-security-policy").contains("form-action 'self'"));
    assert_eq!(reply.header("cache-control"), "no-store");
    let anew = logged_in(&bench, &Caller::owner()).await.with(FORM.0, FORM.1).with(OURS.0, OURS.1);
    assert_eq!(send(&bench, &anew, &path, "a1", "two%0Alines%3Cscript%3E").await.status, 303);
}

#[tokio::test]
async fn forms_come_from_pages_of_ours_only() {
    let Some((bench, path, session)) = room().await else { return };
    let seq = bench.seq();
    for (headers, status) in [
        (vec![], 403),
        (vec![("sec-fetch-site", "none")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("origin", "null")], 403),
        (vec![("origin", "http://evil.example")], 403),
        (vec![("origin", "http://localhost:3000")], 403),
        (vec![OURS, ("sec-fetch-site", "cross-site")], 403),
    ] {
        let caller = headers.iter().fold(session.clone(), |caller, (name, value)| caller.with(name, value));
        let reply = send(&bench, &caller, &path, "a1", "x").await;
        assert_eq!((reply.status.as_u16(), bench.seq()), (status, seq), "{headers:?}");
        assert!(!reply.text.contains("Send it again"), "nobody's page fills our forms");
    }
    let viewer = logged_in(&bench, &Made::role(&bench, "viewer").await.local()).await;
    let (seq, viewer) = (bench.seq(), viewer.with(FORM.0, FORM.1).with(OURS.0, OURS.1));
    assert_eq!(send(&bench, &viewer, &path, "a1", "x").await.status, 403);
    assert_eq!(bench.seq(), seq);
    let browser = session.with(OURS.0, OURS.1);
    let huge = "x".repeat(65 << 10);
    assert_eq!(send(&bench, &browser, &path, "a1", &huge).await.status, 413);
    assert_eq!(browser.call(&bench, "POST", &path, "note=%ff").await.status, 400);
}
