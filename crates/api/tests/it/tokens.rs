//! Tokens over the API: made, listed, revoked, and never above their maker.

use serde_json::{Value, json};

use crate::bench::Bench;
use crate::caller::{Caller, Made};

fn error(reply: &crate::bench::Reply) -> (u16, String) {
    let code = reply.json().pointer("/code").and_then(Value::as_str).map(str::to_owned);
    (reply.status.as_u16(), code.unwrap_or_default())
}

/// The names in a caller's list.
async fn listed(bench: &Bench, caller: &Caller) -> Vec<String> {
    let reply = caller.get(bench, "/api/v1/tokens").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let tokens = reply.json().get("tokens").and_then(Value::as_array).cloned().expect("a list");
    let name = |token: &Value| token.get("name").and_then(Value::as_str).expect("a name").to_owned();
    tokens.iter().map(name).collect()
}

#[tokio::test]
async fn a_token_is_shown_once_and_says_who_one_is() {
    let bench = Bench::new();
    let body =
        json!({"name": "ada's phone", "role": "responder", "person": "ada", "expires_at": "2026-02-01T00:00:00Z"});
    let reply = Caller::owner().makes(&bench, &body).await;
    let made = Made::of(&reply);
    assert!(made.secret.starts_with("ek_") && made.secret.len() == 46, "{}", made.secret);
    let token = json!({
        "id": made.id, "name": "ada's phone", "role": "responder", "rights": "responder", "person": "person:ada",
        "source": null, "parent": null, "created_at": "2026-01-02T03:04:05.678Z",
        "expires_at": "2026-02-01T00:00:00.000Z", "revoked_at": null,
    });
    assert_eq!(reply.json().get("token"), Some(&token));
    let list = Caller::owner().get(&bench, "/api/v1/tokens").await;
    assert_eq!(list.json(), json!({"tokens": [token]}));
    assert!(!list.text.contains(&made.secret));
    let who = made.remote().get(&bench, "/api/v1/whoami").await.json();
    let expected =
        json!({"actor": "person:ada", "role": "responder", "person": "person:ada", "source": null, "token": made.id});
    assert_eq!(who, expected);
    let who = Caller::owner().get(&bench, "/api/v1/whoami").await.json();
    assert_eq!(who, json!({"actor": "owner", "role": "admin", "person": null, "source": null, "token": null}));
    assert_eq!(error(&Caller::local().get(&bench, "/api/v1/whoami").await), (401, "token-needed".into()));
}

#[tokio::test]
async fn basic_authentication_takes_the_token_as_password() {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    let bench = Bench::new();
    let token = Made::role(&bench, "viewer").await;
    for (user, status) in [("anyone", 200), ("", 200)] {
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{}", token.secret)));
        let reply = Caller::remote().with("authorization", &basic).get(&bench, "/api/v2/alerts").await;
        assert_eq!(reply.status, status, "{user}");
    }
}

#[tokio::test]
async fn own_tokens_are_seen_and_revoked_and_those_of_others_by_an_admin() {
    for role in ["sender", "recorder", "viewer", "responder", "operator", "admin"] {
        let bench = Bench::new();
        let own = Made::role(&bench, role).await;
        let other = Made::role(&bench, "viewer").await;
        let makes = !matches!(role, "sender" | "recorder");
        let child = json!({"name": "child", "role": "viewer"});
        let child = own.local().makes(&bench, &child).await;
        assert_eq!(child.status, if makes { 200 } else { 403 }, "{role}");
        let admin = role == "admin";
        let seen = listed(&bench, &own.local()).await;
        let mut expected = vec![role.to_owned()];
        expected.extend(admin.then(|| "viewer".to_owned()));
        expected.extend(makes.then(|| "child".to_owned()));
        assert_eq!(seen, expected, "{role}");
        let revoke = async |id: &str| own.local().call(&bench, "DELETE", &format!("/api/v1/tokens/{id}"), "").await;
        let refused = revoke(&other.id).await;
        if admin {
            assert_eq!((refused.status.as_u16(), refused.json()), (200, json!({})));
        } else {
            assert_eq!(error(&refused), (403, "not-your-token".into()), "{role}");
            assert_eq!(other.local().get(&bench, "/api/v1/whoami").await.status, 200);
        }
        if makes {
            assert_eq!(revoke(&Made::of(&child).id).await.status, 200, "{role}");
        }
        let number = own.id.trim_start_matches("token:").to_owned();
        assert_eq!(revoke(&number).await.status, 200, "{role}: the bare number is taken too");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_revoked_or_over_lets_nobody_in_nor_does_what_was_made_with_it() {
    let bench = Bench::new();
    let parent = Made::role(&bench, "operator").await;
    let child = Made::of(&parent.local().makes(&bench, &json!({"name": "child", "role": "responder"})).await);
    let grandchild = Made::of(&child.local().makes(&bench, &json!({"name": "grandchild", "role": "viewer"})).await);
    assert_eq!(grandchild.remote().get(&bench, "/api/v2/alerts").await.status, 200);
    parent.revoke(&bench).await;
    for (token, why) in [
        (&parent, "is revoked"),
        (&child, "was made with a token that has expired or is revoked"),
        (&grandchild, "was made with a token that has expired or is revoked"),
    ] {
        for caller in [token.local(), token.remote()] {
            let (status, reason) = caller.get(&bench, "/api/v2/alerts").await.refusal();
            assert_eq!((status, reason.contains(&format!("{} {why}", token.id))), (401, true), "{reason}");
            // Not even what may be done here without any token.
            assert_eq!(caller.call(&bench, "POST", "/api/v2/alerts", "[]").await.status, 401);
        }
    }
    let list = Caller::owner().get(&bench, "/api/v1/tokens").await.json();
    let rights: Vec<_> =
        list["tokens"].as_array().expect("a list").iter().map(|token| token["rights"].clone()).collect();
    assert_eq!(rights, [Value::Null, Value::Null, Value::Null]);
}

#[tokio::test]
async fn nobody_makes_a_token_above_their_own_rights() {
    let bench = Bench::new();
    let responder = Made::role(&bench, "responder").await;
    let bound = json!({"name": "ada", "role": "operator", "person": "ada", "expires_at": "2026-02-01T00:00:00Z"});
    let bound = Made::of(&Caller::owner().makes(&bench, &bound).await);
    for (caller, body, expected) in [
        (responder.local(), json!({"name": "x", "role": "admin"}), (403, "above-own-rights")),
        (responder.local(), json!({"name": "x", "role": "operator"}), (403, "above-own-rights")),
        (responder.local(), json!({"name": "x", "role": "sender"}), (403, "above-own-rights")),
        (bound.local(), json!({"name": "x", "role": "operator", "person": "bob"}), (403, "other-person")),
        (bound.local(), json!({"name": "x", "role": "operator"}), (403, "other-person")),
        (
            bound.local(),
            json!({"name": "x", "role": "viewer", "expires_at": "2026-02-01T00:00:00.001Z"}),
            (400, "outlives-its-maker"),
        ),
        (
            bound.local(),
            json!({"name": "x", "role": "viewer", "expires_at": "2026-01-01T00:00:00Z"}),
            (400, "ends-before-now"),
        ),
        (Caller::owner(), json!({"name": "", "role": "viewer"}), (400, "invalid-name")),
        (Caller::owner(), json!({"name": "x", "role": "viewer", "person": "carol"}), (400, "unknown-person")),
        (Caller::owner(), json!({"name": "x", "role": "root"}), (400, "malformed")),
        (Caller::owner(), json!({"name": "x", "role": "viewer", "expires": "soon"}), (400, "malformed")),
        (Caller::owner(), json!({"name": "x", "role": "viewer", "expires_at": "soon"}), (400, "malformed")),
        (Caller::owner(), json!([]), (400, "malformed")),
    ] {
        let before = bench.seq();
        let reply = caller.makes(&bench, &body).await;
        assert_eq!(error(&reply), (expected.0, expected.1.to_owned()), "{body}: {}", reply.text);
        assert!(!reply.json()["help"].as_str().unwrap_or_default().is_empty(), "{}", reply.text);
        assert_eq!(bench.seq(), before);
    }
    for (id, expected) in
        [("token:999", (404, "no-such-token")), ("999", (404, "no-such-token")), ("x", (400, "malformed"))]
    {
        let reply = Caller::owner().call(&bench, "DELETE", &format!("/api/v1/tokens/{id}"), "").await;
        assert_eq!(error(&reply), (expected.0, expected.1.to_owned()), "{id}");
    }
    responder.revoke(&bench).await;
    let reply = Caller::owner().call(&bench, "DELETE", &format!("/api/v1/tokens/{}", responder.id), "").await;
    assert_eq!(error(&reply), (409, "revoked-already".into()));
}
