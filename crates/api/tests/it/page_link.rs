//! The page behind a link: looking takes nothing, acting counts once, and everything else is refused.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use evenkeel_engine::{Input, Outcome};
use evenkeel_identity::{Link, Purpose, sign};
use evenkeel_ids::{PageId, Seq};
use evenkeel_record::{Ask, Hash, SentId};
use evenkeel_time::{Duration, Timestamp};
use http::Request;
use serde_json::json;

use crate::bench::{Bench, LINK_KEY, Reply, START};
use crate::caller::Caller;
use crate::golden;
use crate::shop::{
    database_slow, done, orders_down_saying, outcome, page_to, plan_with, shop, shop_with_orders_down, waiting,
};

const HOST: &str = "ops.example";
const ORIGIN: &str = "https://ops.example";

fn start() -> Timestamp {
    START.parse().expect("an instant")
}

/// The path of a link that holds for a day.
fn link(page: PageId, person: &str) -> String {
    signed(Purpose::Page { page, person: person.into() })
}

fn signed(purpose: Purpose) -> String {
    let expires_at = start() + Duration::hours(24);
    format!("/p/{}", sign(&LINK_KEY, &Link { purpose, expires_at }))
}

/// A phone somewhere, without any token.
fn phone() -> Caller {
    Caller::remote().to(HOST)
}

async fn look(bench: &Bench, path: &str) -> Reply {
    phone().get(bench, path).await
}

/// As a browser sends a form of the page.
async fn press(bench: &Bench, path: &str, form: &str) -> Reply {
    let browser = phone().with("origin", ORIGIN).with("sec-fetch-site", "same-origin");
    browser.with("content-type", "application/x-www-form-urlencoded").call(bench, "POST", path, form).await
}

/// Presses, which has to work, and gives what the browser is led to.
async fn pressed(bench: &Bench, path: &str, form: &str) -> Reply {
    let reply = press(bench, path, form).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (303, ""), "{form}");
    let led_to = format!("/p/{}", reply.header("location"));
    assert_eq!(led_to, path);
    look(bench, &led_to).await
}

fn asks(ask: Ask) -> bool {
    ask == Ask::Acknowledge
}

fn approval(ask: Ask) -> bool {
    matches!(ask, Ask::Approve(_))
}

async fn ada_is_paged() -> (Bench, String) {
    let (bench, _) = shop_with_orders_down().await;
    let path = link(page_to(&bench, "ada", asks), "ada");
    (bench, path)
}

#[tokio::test]
async fn looking_shows_all_and_changes_nothing() {
    let (bench, path) = ada_is_paged().await;
    outcome(&bench, SentId::Page(page_to(&bench, "ada", asks)), "phone", Outcome::Delivered);
    database_slow(&bench).await;
    bench.advance(Duration::minutes(1));
    let before = bench.seq();
    let mut shown = Vec::new();
    for _ in 0..3 {
        let reply = look(&bench, &path).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        shown.push(reply.text);
        let head = phone().call(&bench, "HEAD", &path, "").await;
        assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
    }
    assert_eq!(bench.seq(), before);
    assert!(shown.iter().all(|text| *text == shown[0]));
    golden::check("page-acknowledge.html", &shown[0]);
}

#[tokio::test]
async fn a_press_acknowledges_as_the_person_once() {
    let (bench, path) = ada_is_paged().await;
    bench.advance(Duration::minutes(1));
    let after = pressed(&bench, &path, "act=acknowledge").await;
    assert_eq!((after.status.as_u16(), bench.last_actor().as_str()), (200, "person:ada"));
    golden::check("page-acknowledged.html", &after.text);
    let incident = bench.json("/api/v1/incidents").await["incidents"][0].clone();
    assert_eq!(
        (&incident["status"], &incident["acknowledged"]["person"]),
        (&json!("acknowledged"), &json!("person:ada"))
    );
    let before = bench.seq();
    for form in ["act=acknowledge", "act=escalate", "act=resolve"] {
        let again = press(&bench, &path, form).await;
        assert_eq!(again.status, 409, "{form}");
        assert!(again.text.contains("Nothing was done: this link was used already."), "{}", again.text);
        assert!(again.text.contains("You have it since 04:05, until 04:35."), "{}", again.text);
        assert!(!again.text.contains("<form"), "{}", again.text);
    }
    assert_eq!(bench.seq(), before);
}

#[tokio::test]
async fn a_press_escalates_or_resolves_with_a_reason() {
    let (bench, path) = ada_is_paged().await;
    let after = pressed(&bench, &path, "reason=on+a+train+%26+offline&act=escalate").await;
    assert!(after.text.contains("Step 2 of 3 of policy orders"), "{}", after.text);
    assert!(after.text.contains("asked for by a person: on a train &#38; offline"), "{}", after.text);
    let bob = link(page_to(&bench, "bob", asks), "bob");
    let after = pressed(&bench, &bob, "reason=&act=resolve").await;
    assert!(after.text.contains("It is resolved since 08:34"), "{}", after.text);
    let late = look(&bench, &path).await;
    assert!(late.text.contains("This link was used. It is resolved"), "{}", late.text);
}

#[tokio::test]
async fn who_comes_late_sees_who_has_it() {
    let (bench, path) = ada_is_paged().await;
    let incident = bench.json("/api/v1/incidents").await["incidents"][0]["id"].as_str().expect("an id").to_owned();
    done(&bench, &format!("/api/v1/incidents/{incident}/acknowledge"), &json!({"person": "bob"})).await;
    let shown = look(&bench, &path).await;
    assert!(shown.text.contains("bob has it since 04:04, until 04:34."), "{}", shown.text);
    assert!(shown.text.contains("ada was paged") || shown.text.contains("Why you"), "{}", shown.text);
    let again = json!({"into": incident, "reason": "the same"});
    let other = database_slow(&bench).await;
    let database = link(page_to(&bench, "ada", asks), "ada");
    done(&bench, &format!("/api/v1/incidents/{other}/merge"), &again).await;
    let merged = look(&bench, &database).await;
    assert!(merged.text.contains(&format!("It is part of {incident} now.")), "{}", merged.text);
    assert_eq!(press(&bench, &database, "act=acknowledge").await.status, 409);
    done(&bench, &format!("/api/v1/incidents/{incident}/resolve"), &json!({})).await;
    let over = look(&bench, &path).await;
    golden::check("page-resolved.html", &over.text);
    assert!(!over.text.contains("<form"), "{}", over.text);
    let late = press(&bench, &path, "act=acknowledge").await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("is resolved, so there is nothing to acknowledge"), "{}", late.text);
}

#[tokio::test]
async fn each_question_has_its_own_button() {
    let (bench, path) = ada_is_paged().await;
    pressed(&bench, &path, "act=acknowledge").await;
    bench.advance(Duration::minutes(31));
    let still = link(page_to(&bench, "ada", |ask| ask == Ask::StillYours), "ada");
    let shown = look(&bench, &still).await;
    assert!(shown.text.contains(">Still mine: I go on</button>"), "{}", shown.text);
    pressed(&bench, &still, "act=acknowledge").await;
    let incident = bench.json("/api/v1/incidents").await["incidents"][0]["id"].as_str().expect("an id").to_owned();
    done(&bench, &format!("/api/v1/incidents/{incident}/assign"), &json!({"person": "cleo"})).await;
    let cleo = link(page_to(&bench, "cleo", |ask| ask == Ask::TakeOver), "cleo");
    assert!(look(&bench, &cleo).await.text.contains(">Take over: it is mine</button>"));
    let after = pressed(&bench, &cleo, "act=acknowledge").await;
    assert!(after.text.contains("You have it since 03:35"), "{}", after.text);
}

#[tokio::test]
async fn an_update_is_approved_in_other_words_or_withdrawn() {
    let (bench, incident) = shop_with_orders_down().await;
    let path = link(page_to(&bench, "bob", approval), "bob");
    let shown = look(&bench, &path).await;
    golden::check("page-approve.html", &shown.text);
    let before = bench.seq();
    for form in ["act=acknowledge", "act=escalate", "act=resolve"] {
        assert_eq!(press(&bench, &path, form).await.status, 409, "{form}");
    }
    assert_eq!(press(&bench, &path, "text=++&act=approve").await.status, 400);
    assert_eq!(bench.seq(), before);
    let update = waiting(&bench).id;
    pressed(&bench, &path, "text=We+are+on+it.%0D%0AMore+soon.&act=approve").await;
    let (text, by) = bench.engine(|engine| {
        let update = engine.state().incident.update(update).expect("the update");
        (update.text.to_string(), update.approved_by.clone())
    });
    assert_eq!((text.as_str(), by.as_deref()), ("We are on it.\nMore soon.", Some("person:bob")));
    done(&bench, &format!("/api/v1/incidents/{incident}/resolve"), &json!({})).await;
    let recovery = waiting(&bench).id;
    let path = link(page_to(&bench, "bob", |ask| ask == Ask::Approve(recovery)), "bob");
    assert!(look(&bench, &path).await.text.contains("what customers are told at the end"));
    let after = pressed(&bench, &path, "reason=a+drill&act=withdraw").await;
    assert!(after.text.contains("This link was used."), "{}", after.text);
}

#[tokio::test]
async fn an_update_that_is_approved_as_it_is_keeps_its_words() {
    let (bench, _) = shop_with_orders_down().await;
    let path = link(page_to(&bench, "bob", approval), "bob");
    let update = waiting(&bench);
    let form = format!("text={}%0D%0A&act=approve", update.text.replace(' ', "+"));
    pressed(&bench, &path, &form).await;
    assert_eq!(
        bench.engine(|engine| engine.state().incident.update(update.id).cloned()).expect("it").text,
        update.text
    );
    let again = look(&bench, &path).await;
    assert!(again.text.contains("This link was used."), "{}", again.text);
    let (bench, _) = shop_with_orders_down().await;
    let path = link(page_to(&bench, "bob", approval), "bob");
    done(&bench, &format!("/api/v1/updates/{}/approve", waiting(&bench).id), &json!({})).await;
    let late = look(&bench, &path).await;
    assert!(late.text.contains("Nothing is left to approve: the update was approved by owner."), "{}", late.text);
    assert_eq!(press(&bench, &path, "act=approve").await.status, 409);
}

#[tokio::test]
async fn links_that_do_not_count_say_what_to_do() {
    let (bench, good) = ada_is_paged().await;
    let page = page_to(&bench, "ada", asks);
    let forged = format!("{}{}", &good[..good.len() - 1], if good.ends_with('A') { 'B' } else { 'A' });
    let (boot, nonce) = ([1; 16], [2; 16]);
    let other = database_slow(&bench).await;
    let bobs = page_to(&bench, "bob", approval);
    let before = bench.seq();
    for (path, status, says) in [
        (forged, 403, "the link was not made here"),
        (good[..good.len() - 8].to_owned(), 403, "a part of the link is missing"),
        ("/p/%20".to_owned(), 403, "not the form of a link"),
        ("/p/x".to_owned(), 403, "link"),
        (link(page, "bob"), 403, "the link was not made here"),
        (link(bobs, "ada"), 403, "the link was not made here"),
        (link(PageId(other.0), "ada"), 410, "this page is over"),
        (link(PageId(Seq(9999)), "ada"), 410, "this page is over"),
        (signed(Purpose::Login { token: None, boot, nonce }), 403, "the link is for something else"),
        (signed(Purpose::Session { token: None, boot, nonce }), 403, "the link is for something else"),
    ] {
        for reply in [look(&bench, &path).await, press(&bench, &path, "act=acknowledge").await] {
            assert_eq!(reply.status, status, "{path}: {}", reply.text);
            assert!(reply.text.contains(says) && reply.text.contains("evenkeel incident"), "{path}: {}", reply.text);
            assert_eq!(
                (reply.header("x-robots-tag"), reply.header("content-type")),
                ("noindex", "text/html; charset=utf-8")
            );
            assert!(!reply.text.contains("no order goes through"), "{path}: {}", reply.text);
        }
    }
    assert_eq!(bench.seq(), before);
    bench.advance(Duration::hours(24));
    let before = bench.seq();
    for reply in [look(&bench, &good).await, press(&bench, &good, "act=acknowledge").await] {
        assert_eq!(reply.status, 410);
        assert!(reply.text.contains("the link ended at 2026-01-03T03:04:05.678Z"), "{}", reply.text);
    }
    assert_eq!(bench.seq(), before);
}

#[tokio::test]
async fn forms_of_other_pages_and_other_bodies_do_nothing() {
    let (bench, path) = ada_is_paged().await;
    let before = bench.seq();
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (headers, body, status) in [
        (vec![form, ("origin", "https://evil.example")], "act=acknowledge", 403),
        (vec![form, ("origin", "null")], "act=acknowledge", 403),
        (vec![form, ("sec-fetch-site", "cross-site")], "act=acknowledge", 403),
        (vec![("content-type", "multipart/form-data; boundary=x"), ("origin", ORIGIN)], "act=acknowledge", 415),
        (vec![form], "", 400),
        (vec![form], "act=close", 400),
        (vec![form], "{\"act\":\"acknowledge\"}", 400),
        (vec![form], &"x".repeat(40_000), 413),
    ] {
        let caller = headers.iter().fold(phone(), |caller, (name, value)| caller.with(name, value));
        let reply = caller.call(&bench, "POST", &path, body).await;
        assert_eq!(reply.status, status, "{headers:?}: {}", reply.text);
        assert!(reply.text.starts_with("<!DOCTYPE html>"), "{}", reply.text);
    }
    assert_eq!(phone().to("evil.example").get(&bench, &path).await.status, 421);
    assert_eq!(bench.seq(), before);
    bench.fail(Some(evenkeel_api::Unavailable::Stopping));
    let reply = press(&bench, &path, "act=acknowledge").await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, "5"));
}

#[tokio::test]
async fn who_left_sees_the_page_and_acts_on_nothing() {
    let (bench, path) = ada_is_paged().await;
    let without_ada = [("turns: [ada, bob]", "turns: [bob]"), ("members: [ada, bob]", "members: [bob]")];
    let mut plan = (*plan_with(&without_ada)).clone();
    plan.catalogue.people.remove("ada");
    plan.hash = evenkeel_ids::PlanHash([7; 32]);
    bench.handle(Input::AdoptPlan { plan: Arc::new(plan), findings: 0 });
    let shown = look(&bench, &path).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    assert!(shown.text.contains("Times are UTC. It is 2 Jan 2026, 03:04."), "{}", shown.text);
    assert!(!shown.text.contains("<form") && shown.text.contains("you cannot act here"), "{}", shown.text);
    let before = bench.seq();
    let reply = press(&bench, &path, "act=acknowledge").await;
    assert_eq!(reply.status, 404, "{}", reply.text);
    assert_eq!(bench.seq(), before);
}

const HOSTILE: &str = "</title><script>alert(1)</script> \"><img src=x onerror=alert(2)> ' & {{ 7*7 }} \u{202e}";

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let bench = shop();
    orders_down_saying(&bench, HOSTILE).await;
    let labels = json!({"alertname": "OrdersDown", "team": "orders", "evil": "<b onmouseover=alert(3)>"});
    let alert = json!({
        "labels": labels, "annotations": {"summary": HOSTILE}, "endsAt": "2026-01-03T00:00:00Z",
        "generatorURL": "javascript:alert(4)",
    });
    bench.alerts(&json!([alert])).await;
    bench.advance(Duration::minutes(5));
    let incident = bench.json("/api/v1/incidents").await["incidents"][0]["id"].as_str().expect("an id").to_owned();
    done(&bench, &format!("/api/v1/incidents/{incident}/notes"), &json!({"text": "</details><script>note</script>"}))
        .await;
    let ada = link(page_to(&bench, "ada", asks), "ada");
    let bob = link(page_to(&bench, "bob", approval), "bob");
    golden::check("page-hostile.html", &look(&bench, &ada).await.text);
    for path in [&ada, &bob] {
        let shown = look(&bench, path).await.text;
        assert!(shown.contains("&#60;script&#62;alert(1)") && shown.contains("{{ 7*7 }}"), "{shown}");
        for bad in ["<script", "<img", "<b onmouse", "javascript:", "onerror=alert(2)>"] {
            assert!(!shown.contains(bad), "{bad} in {shown}");
        }
    }
    let reply = press(&bench, &ada, "act=%3Cscript%3E").await;
    assert!(reply.status == 400 && !reply.text.contains("<script"), "{}", reply.text);
}

#[tokio::test]
async fn the_page_runs_nothing_loads_nothing_and_is_kept_nowhere() {
    let (bench, path) = ada_is_paged().await;
    let shown = look(&bench, &path).await;
    let style = shown.text.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a style").0;
    let hash = BASE64_STANDARD.encode(Hash::of(&[style.as_bytes()]).0);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    assert_eq!(shown.header("content-security-policy"), policy);
    for (header, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
        ("x-robots-tag", "noindex"),
        ("x-content-type-options", "nosniff"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(shown.header(header), value, "{header}");
    }
    for bad in ["<script", " src=", "<link", "@import", "url(", " style=", " on"] {
        let tags = shown.text.split('<').filter_map(|tag| tag.split_once('>')).map(|(tag, _)| format!("<{tag}"));
        assert!(tags.into_iter().all(|tag| !tag.contains(bad)), "{bad}");
    }
    assert!(shown.text.contains(r#"<meta name="viewport" content="width=device-width, initial-scale=1">"#));
    assert!(shown.text.contains("prefers-color-scheme:dark"));
    assert!(!shown.text.contains(path.trim_start_matches("/p/")));
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no test panics while it logs").write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_link_is_in_no_log_line_and_no_metric() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
    // For all tests of this process: one that has none of its own would decide for this one what is not logged.
    let subscriber = subscriber.with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("no other test keeps the log");
    tracing::callsite::rebuild_interest_cache();
    let (bench, path) = ada_is_paged().await;
    look(&bench, &path).await;
    press(&bench, &path, "act=nothing").await;
    pressed(&bench, &path, "act=acknowledge").await;
    press(&bench, &path, "act=acknowledge").await;
    phone().get(&bench, &format!("{path}/more")).await;
    bench.fail(Some(evenkeel_api::Unavailable::Stopping));
    press(&bench, &path, "act=acknowledge").await;
    let put = Request::builder().method("PUT").uri(&path).header("host", HOST).body(Body::empty());
    bench.send(put.expect("a request")).await;
    let logged = String::from_utf8_lossy(&log.0.lock().expect("no test panics while it logs")).into_owned();
    assert!(logged.contains("/p/{link}"), "{logged}");
    let metrics = bench.get("/metrics").await.text;
    assert!(metrics.contains(r#"route="/p/{link}""#), "{metrics}");
    let secret = path.trim_start_matches("/p/");
    for text in [&logged, &metrics] {
        assert!(!text.contains(secret) && !text.contains(&secret[..24]), "{text}");
    }
}
