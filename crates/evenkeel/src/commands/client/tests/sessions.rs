//! What is asked and shown when all goes well, as text and as JSON.

use super::fake::Fake;
use super::{Desk, Ended};

const ACKNOWLEDGED: &str = r#"{"id":"incident:17","title":"orders","status":"acknowledged","severity":"sev1",
    "opened_at":"2026-11-20T02:12:00.000Z","acknowledged":{"person":"person:ada","actor":"token:5",
    "at":"2026-11-20T02:26:00.000Z","until":"2026-11-20T03:26:00.000Z"}}"#;

fn good(out: &str) -> Ended {
    Ended { exit: 0, out: out.to_owned(), err: String::new() }
}

#[tokio::test]
async fn a_command_is_sent_with_the_token_and_its_answer_is_shown() {
    let fake = Fake::answering(&[(200, ACKNOWLEDGED)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel incident ack 17 TOKEN").await;
    let shown = "acknowledged: incident:17 (sev1) orders\n  acknowledged  by person:ada at 2026-11-20 02:26, until \
                 2026-11-20 03:26 (in 1h)\ntimes in UTC\n";
    assert_eq!(ended, good(shown));
    assert_eq!(fake.asked(), ["POST /api/v1/incidents/17/acknowledge [Bearer ek_token] {}"]);
}

#[tokio::test]
async fn programs_get_the_answer_itself() {
    let fake = Fake::answering(&[(200, ACKNOWLEDGED)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel incident ack 17 TOKEN --format json").await;
    let answer: serde_json::Value = serde_json::from_str(ACKNOWLEDGED).expect("JSON");
    assert_eq!(ended, good(&format!("{answer:#}\n")));
}

#[tokio::test]
async fn a_list_in_pages_is_asked_for_up_to_its_end() {
    let page = |number: u32, next: &str| {
        let incident = ACKNOWLEDGED.replace("incident:17", &format!("incident:{number}"));
        format!(r#"{{"incidents":[{incident}]{next}}}"#)
    };
    let (first, last) = (page(17, r#","next":"abc""#), page(18, ""));
    let fake = Fake::answering(&[(200, &first), (200, &last)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel incident list TOKEN --format json").await;
    let all: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(all["incidents"].as_array().map(Vec::len), Some(2));
    let asked =
        ["/api/v1/incidents", "/api/v1/incidents?cursor=abc"].map(|path| format!("GET {path} [Bearer ek_token]"));
    assert_eq!(fake.asked(), asked);
}

#[tokio::test]
async fn a_path_before_the_api_is_kept() {
    let fake = Fake::answering(&[(200, r#"{"incidents":[]}"#)]).await;
    let ended = Desk::new().types(&format!("{}/ops/", fake.url), "evenkeel incident list TOKEN").await;
    assert_eq!(ended, good("no incidents\n"));
    assert_eq!(fake.asked(), ["GET /ops/api/v1/incidents [Bearer ek_token]"]);
}

#[tokio::test]
async fn a_server_on_this_machine_takes_alerts_from_anybody() {
    let fake = Fake::answering(&[(200, ""), (200, "")]).await;
    let desk = Desk::new();
    assert_eq!(desk.types(&fake.url, "evenkeel alert send Down").await, good("sent: Down\n"));
    assert_eq!(desk.types(&fake.url, "evenkeel alert send Down --format json TOKEN").await, good("{}\n"));
    let body = r#"[{"annotations":{},"labels":{"alertname":"Down"}}]"#;
    let asked = ["nobody", "Bearer ek_token"].map(|who| format!("POST /api/v2/alerts [{who}] {body}"));
    assert_eq!(fake.asked(), asked);
}

#[tokio::test]
async fn a_silence_is_read_before_it_is_changed() {
    let known = r#"{"id":"00000000-0000-8000-8000-00000000002a","matchers":[{"name":"a","value":"b","isRegex":false}],
        "startsAt":"2026-11-20T02:00:00.000Z","endsAt":"2026-11-20T04:00:00.000Z","createdBy":"ada","comment":"x",
        "status":{"state":"active"}}"#;
    let set = r#"{"silenceID":"00000000-0000-8000-8000-00000000002b"}"#;
    let fake = Fake::answering(&[(200, known), (200, set)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel silence update 42 --for 3h TOKEN").await;
    assert_eq!(ended, good("silence:43\n"));
    let [read, write] = fake.asked().try_into().expect("two requests");
    assert_eq!(read, "GET /api/v2/silence/00000000-0000-8000-8000-00000000002a [Bearer ek_token]");
    assert!(write.contains(r#""endsAt":"2026-11-20T05:26:00.000Z""#), "{write}");
}

#[tokio::test]
async fn what_stands_beside_the_result_is_no_part_of_it() {
    let created = r#"{"token":{"id":"token:5","name":"ci","role":"sender"},"secret":"ek_new"}"#;
    let fake = Fake::answering(&[(200, created), (200, created)]).await;
    let desk = Desk::new();
    let ended = desk.types(&fake.url, "evenkeel token create ci --role sender TOKEN").await;
    assert_eq!(ended.out, "ek_new\n");
    assert_eq!(ended.err, "token:5 `ci`, sender; its secret is shown only now\n");
    let ended = desk.types(&fake.url, "evenkeel token create ci --role sender TOKEN --format json").await;
    assert!(ended.out.contains("ek_new") && ended.err.is_empty(), "{ended:?}");
}

#[tokio::test]
async fn several_requests_stop_at_the_first_that_is_refused() {
    let fake = Fake::answering(&[(200, ""), (400, r#""silence already expired""#)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel silence expire 1 2 3 TOKEN").await;
    let err = "error: silence already expired\n".to_owned();
    assert_eq!(ended, Ended { exit: 1, out: "expired\n".to_owned(), err });
    assert_eq!(fake.asked().len(), 2);
}
