//! Forges and programs tell the server what happened, over HTTP alone.

use std::fs;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::http::{Answer, send_with};
use crate::place::{Place, everything_to};
use crate::server::Server;

const SECRET: &str = "planted-webhook-secret-5c1d";

/// A server that listens to a forge; the secret lies in a file beside the ops repo.
fn served() -> (Place, Server) {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    let file = place.ops().with_file_name("secret");
    fs::write(&file, format!("{SECRET}\n")).expect("a file");
    place.write(
        "sources.yml",
        &format!(
            "apiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{ name: shop }}\nspec: {{ tier: 3 }}\n---\n\
             apiVersion: evenkeel/v1\nkind: EventSource\nmetadata: {{ name: github }}\n\
             spec: {{ type: github, secretFile: '{}', repositories: [{{ name: acme/shop, workload: shop }}] }}\n---\n\
             apiVersion: evenkeel/v1\nkind: EventSource\nmetadata: {{ name: gitlab }}\n\
             spec: {{ type: gitlab, secret: '{SECRET}', repositories: [{{ name: acme/shop, workload: shop }}] }}\n",
            file.display()
        ),
    );
    let server = Server::start(&place);
    (place, server)
}

fn release(tag: &str) -> Vec<u8> {
    let release = json!({"tag_name": tag, "published_at": "2026-01-05T11:00:00Z", "target_commitish": "main"});
    json!({"action": "published", "release": release, "repository": {"full_name": "acme/shop"}})
        .to_string()
        .into_bytes()
}

fn signature(body: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

fn deliver(server: &Server, name: &str, further: &[(&str, &str)], body: &[u8]) -> Answer {
    let common =
        [("Content-Type", "application/json"), ("User-Agent", "GitHub-Hookshot/1"), ("X-GitHub-Event", "release")];
    let headers: Vec<(&str, &str)> = common.iter().chain(further).copied().collect();
    send_with(server.address(), "POST", &format!("/hooks/{name}"), &headers, body).expect("an answer")
}

fn told(place: &Place) -> Vec<Value> {
    place.of_kind("fact-reported")
}

#[test]
fn a_delivery_with_the_secret_is_taken_once_and_a_forged_one_never() {
    let (place, server) = served();
    let body = release("v1.4.2");
    let good = signature(&body, SECRET);
    for told in ["recorded", "known"] {
        let answer = deliver(&server, "github", &[("X-Hub-Signature-256", &good)], &body);
        assert_eq!((answer.status, &answer.json()["facts"][0]["told"]), (200, &told.into()), "{}", answer.body);
    }
    let forged = signature(&release("v6.6.6"), "guessed");
    let other = release("v6.6.6");
    for (headers, body) in [
        (vec![("X-Hub-Signature-256", forged.as_str())], &other),
        (vec![("X-Hub-Signature-256", good.as_str())], &other),
        (vec![("X-Gitlab-Token", SECRET)], &other),
        (vec![], &body),
    ] {
        let answer = deliver(&server, "github", &headers, body);
        assert_eq!((answer.status, &answer.json()["code"]), (401, &"not-signed".into()), "{}", answer.body);
    }
    assert_eq!(deliver(&server, "nobody", &[("X-Hub-Signature-256", &good)], &body).status, 404);
    let gitlab = json!({"object_kind": "release", "action": "create", "tag": "v1.4.2", "released_at": "2026-01-05 11:00:00 UTC", "project": {"path_with_namespace": "acme/shop"}});
    let answer = deliver(&server, "gitlab", &[("X-Gitlab-Token", SECRET)], gitlab.to_string().as_bytes());
    assert_eq!(
        answer.json()["facts"][0]["told"],
        "known",
        "both forges say the same of the same repository: {}",
        answer.body
    );
    let told = told(&place);
    assert_eq!((told.len(), &told[0]["source"], &told[0]["workload"]), (1, &"github".into(), &"shop".into()));

    // A new secret needs no reload.
    fs::write(place.ops().with_file_name("secret"), "another").expect("a file");
    assert_eq!(deliver(&server, "github", &[("X-Hub-Signature-256", &good)], &body).status, 401);
    let good = signature(&body, "another");
    assert_eq!(deliver(&server, "github", &[("X-Hub-Signature-256", &good)], &body).status, 200);
    fs::remove_file(place.ops().with_file_name("secret")).expect("it goes");
    let answer = deliver(&server, "github", &[("X-Hub-Signature-256", &good)], &body);
    assert_eq!((answer.status, answer.body.contains("/secret")), (503, false), "{}", answer.body);
    let (status, log) = server.stop();
    assert!(status.success() && !log.contains(SECRET), "{log}");
}

#[test]
fn cloud_events_come_from_any_client_that_has_a_token() {
    let (place, server) = served();
    let made = server.post("/api/v1/tokens", &json!({"name": "ci", "role": "recorder"})).expect("an answer").json();
    let bearer = format!("Bearer {}", made["secret"].as_str().expect("a secret"));
    let send = |headers: &[(&str, &str)], body: &Value| {
        let all: Vec<(&str, &str)> = [("Authorization", bearer.as_str())].iter().chain(headers).copied().collect();
        send_with(server.address(), "POST", "/events", &all, body.to_string().as_bytes()).expect("an answer")
    };
    let event = json!({
        "specversion": "1.0", "type": "evenkeel.drill.v1", "source": "//ci.example/drills", "id": "88", "time": "2026-01-05T11:00:00Z",
        "data": {"workload": "shop", "sort": "restore", "outcome": "passed"},
    });
    let structured = send(&[("Content-Type", "application/cloudevents+json")], &event);
    assert_eq!(
        (structured.status, &structured.json()["facts"][0]["told"]),
        (200, &"recorded".into()),
        "{}",
        structured.body
    );
    let binary = [
        ("Content-Type", "application/json"),
        ("ce-specversion", "1.0"),
        ("ce-type", "evenkeel.drill.v1"),
        ("ce-source", "//ci.example/drills"),
        ("ce-id", "88"),
        ("ce-time", "2026-01-05T11:00:00Z"),
    ];
    assert_eq!(send(&binary, &event["data"]).json()["facts"][0]["told"], "known");
    let batch = send(&[("Content-Type", "application/cloudevents-batch+json")], &json!([event, event]));
    assert_eq!(batch.json()["facts"][1]["told"], "known");
    let mut wrong = event.clone();
    wrong["type"] = json!("evenkeel.page.v1");
    let refused = send(&[("Content-Type", "application/cloudevents+json")], &wrong);
    assert!(
        refused.status == 400 && refused.body.contains("there is no kind of fact named `page`"),
        "{}",
        refused.body
    );
    let nobody =
        send_with(server.address(), "POST", "/events", &[("Content-Type", "application/cloudevents+json")], b"{}");
    assert_eq!(nobody.expect("an answer").status, 401);
    assert_eq!(told(&place).len(), 1);
}
