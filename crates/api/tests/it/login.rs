//! Logging a browser in and out: links that count once, sessions that end, forms from pages of ours only.

use evenkeel_identity::{Link, LinkKey, Purpose, sign, verify};
use evenkeel_ids::{PageId, Seq};
use evenkeel_time::{Duration, Timestamp};
use serde_json::Value;

use crate::bench::{Bench, LINK_KEY, Reply, START, options};
use crate::caller::{Caller, Made};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn start() -> Timestamp {
    START.parse().expect("an instant")
}

/// A browser, on a page of ours.
fn browser() -> Caller {
    Caller::local().with("origin", "http://localhost:7070").with("sec-fetch-site", "same-origin")
}

/// The path of a link to log in, made for whoever bears this token.
async fn link(bench: &Bench, caller: &Caller) -> String {
    let reply = caller.call(bench, "POST", "/api/v1/login-links", "").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let url = reply.json().get("url").and_then(Value::as_str).expect("a URL").to_owned();
    url[url.find("/login/").expect("a path")..].to_owned()
}

async fn enter(bench: &Bench, path: &str) -> Reply {
    browser().with(FORM.0, FORM.1).call(bench, "POST", path, "").await
}

fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// A browser that has logged in as the bearer of this token.
pub(crate) async fn logged_in(bench: &Bench, caller: &Caller) -> Caller {
    let reply = enter(bench, &link(bench, caller).await).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    Caller::local().with("cookie", &cookie(&reply))
}

async fn who(bench: &Bench, caller: &Caller) -> Option<String> {
    let reply = caller.get(bench, "/api/v1/whoami").await;
    reply.json().get("actor").and_then(Value::as_str).map(str::to_owned)
}

#[tokio::test]
async fn a_link_logs_a_browser_in_once_and_a_preview_takes_nothing() {
    let bench = Bench::new();
    let path = link(&bench, &Caller::owner()).await;
    for _ in 0..3 {
        let page = Caller::local().get(&bench, &path).await;
        assert_eq!((page.status.as_u16(), page.header("set-cookie")), (200, ""));
        assert!(
            page.text.contains("<form method=\"post\">")
                && page.header("content-security-policy").contains("form-action 'self'")
        );
        assert_eq!(page.header("referrer-policy"), "same-origin");
    }
    let entered = enter(&bench, &path).await;
    assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "../"));
    let set = entered.header("set-cookie");
    assert!(set.starts_with("evenkeel_session="), "{set}");
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200"), "{set}");
    let browser = Caller::local().with("cookie", &format!("other=1; {}", cookie(&entered)));
    assert_eq!(who(&bench, &browser).await.as_deref(), Some("owner"));
    for reply in [enter(&bench, &path).await, Caller::local().get(&bench, &path).await] {
        assert_eq!((reply.status.as_u16(), reply.header("set-cookie")), (403, ""));
        assert!(reply.text.contains("was used already"), "{}", reply.text);
    }
}

#[tokio::test]
async fn two_at_the_same_time_are_not_both_let_in() {
    let bench = Bench::new();
    let path = link(&bench, &Caller::owner()).await;
    let (one, other) = tokio::join!(enter(&bench, &path), enter(&bench, &path));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 403]);
}

#[tokio::test]
async fn links_that_do_not_count_are_refused_with_the_reason() {
    let bench = Bench::new();
    let good = link(&bench, &Caller::owner()).await;
    let text = good.trim_start_matches("/login/").to_owned();
    let Ok(Link { purpose: Purpose::Login { boot, .. }, .. }) = verify(&LINK_KEY, &text, start()) else {
        panic!("{text}")
    };
    let signed = |key: &LinkKey, purpose| sign(key, &Link { purpose, expires_at: start() + Duration::minutes(1) });
    let (nonce, token) = ([3; 16], None);
    let page = Purpose::Page { page: PageId(Seq(1)), person: "ada".into() };
    let login = |boot| Purpose::Login { token, boot, nonce };
    for (link, reason) in [
        (signed(&LinkKey([9; 32]), login(boot)), "was not made here"),
        (signed(&LINK_KEY, login([8; 16])), "started anew"),
        (signed(&LINK_KEY, page), "for something else"),
        (signed(&LINK_KEY, Purpose::Session { token, boot, nonce }), "for something else"),
        (text[..text.len() - 4].to_owned(), "a part of the link is missing"),
        ("0".to_owned(), "has not the form of a link"),
    ] {
        for reply in [
            Caller::local().get(&bench, &format!("/login/{link}")).await,
            enter(&bench, &format!("/login/{link}")).await,
        ] {
            assert_eq!((reply.status.as_u16(), reply.header("set-cookie")), (403, ""), "{reason}");
            assert!(reply.text.contains(reason), "{reason}: {}", reply.text);
        }
    }
    bench.advance(Duration::minutes(10));
    let reply = enter(&bench, &good).await;
    assert!(reply.status == 403 && reply.text.contains("the link ended at"), "{}", reply.text);
}

#[tokio::test]
async fn only_sessions_of_this_start_are_sessions() {
    let bench = Bench::new();
    let session = |key: &LinkKey, purpose, expires_at| {
        let text = sign(key, &Link { purpose, expires_at });
        Caller::local().with("cookie", &format!("evenkeel_session={text}"))
    };
    let later = start() + Duration::hours(1);
    let purpose = |boot| Purpose::Session { token: None, boot, nonce: [1; 16] };
    let path = link(&bench, &Caller::owner()).await;
    let Ok(Link { purpose: Purpose::Login { boot, .. }, .. }) =
        verify(&LINK_KEY, path.trim_start_matches("/login/"), start())
    else {
        panic!("{path}")
    };
    assert_eq!(who(&bench, &session(&LINK_KEY, purpose(boot), later)).await.as_deref(), Some("owner"));
    let login = Purpose::Login { token: None, boot, nonce: [1; 16] };
    for forged in [
        session(&LinkKey([9; 32]), purpose(boot), later),
        session(&LINK_KEY, purpose([0; 16]), later),
        session(&LINK_KEY, purpose(boot), start()),
        session(&LINK_KEY, login, later),
        Caller::local().with("cookie", "evenkeel_session="),
    ] {
        assert_eq!(who(&bench, &forged).await, None);
        assert_eq!(forged.get(&bench, "/-/healthy").await.status, 200, "who has an old cookie is nobody, here");
    }
    let two = logged_in(&bench, &Caller::owner()).await.with("cookie", "evenkeel_session=x");
    assert_eq!(who(&bench, &two).await, None, "of two sessions none counts");
}

#[tokio::test]
async fn a_session_ends_with_its_token_its_time_and_when_one_logs_out() {
    let bench = Bench::new();
    let token = Made::role(&bench, "viewer").await;
    let revoked = logged_in(&bench, &token.local()).await;
    assert_eq!(who(&bench, &revoked).await, Some(token.id.clone()));
    token.revoke(&bench).await;
    assert_eq!(who(&bench, &revoked).await, None);
    let (left, stays) = (logged_in(&bench, &Caller::owner()).await, logged_in(&bench, &Caller::owner()).await);
    let out = left.clone().with("sec-fetch-site", "same-origin").call(&bench, "POST", "/logout", "").await;
    assert_eq!(out.status, 200, "{}", out.text);
    assert!(
        out.header("set-cookie").starts_with("evenkeel_session=; ") && out.header("set-cookie").contains("Max-Age=0")
    );
    assert_eq!(who(&bench, &left).await, None, "a copy of the cookie counts no more");
    assert_eq!(who(&bench, &stays).await.as_deref(), Some("owner"));
    bench.advance(Duration::hours(12));
    assert_eq!(who(&bench, &stays).await, None);
}

#[tokio::test]
async fn a_link_is_made_with_a_token_only_and_not_for_what_is_revoked_since() {
    let bench = Bench::new();
    let browser = logged_in(&bench, &Caller::owner()).await.with("sec-fetch-site", "same-origin");
    let reply = browser.call(&bench, "POST", "/api/v1/login-links", "").await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (403, Some("token-needed")));
    let token = Made::role(&bench, "viewer").await;
    let path = link(&bench, &token.local()).await;
    token.revoke(&bench).await;
    let reply = enter(&bench, &path).await;
    assert!(reply.status == 403 && reply.text.contains("counts no more"), "{}", reply.text);
}

#[tokio::test]
async fn forms_are_taken_from_pages_of_ours_only() {
    let bench = Bench::new();
    for (headers, expected) in [
        (vec![("origin", "http://localhost:7070")], 303),
        (vec![("origin", "http://localhost:7070"), ("sec-fetch-site", "same-origin")], 303),
        (vec![], 303),
        (vec![("origin", "http://localhost:3000")], 403),
        (vec![("origin", "null")], 403),
        (vec![("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
    ] {
        let path = link(&bench, &Caller::owner()).await;
        let caller =
            headers.iter().fold(Caller::local().with(FORM.0, FORM.1), |caller, (name, value)| caller.with(name, value));
        assert_eq!(caller.call(&bench, "POST", &path, "").await.status, expected, "{headers:?}");
    }
    let path = link(&bench, &Caller::owner()).await;
    for kind in ["text/plain", "multipart/form-data; boundary=x"] {
        let reply = browser().with("content-type", kind).call(&bench, "POST", &path, "").await;
        assert_eq!(reply.status, 415, "{kind}");
    }
}

#[tokio::test]
async fn what_a_cookie_lets_in_has_to_come_from_a_page_of_ours() {
    let bench = Bench::new();
    let session = logged_in(&bench, &Caller::owner()).await;
    for (headers, expected) in [
        (vec![("origin", "http://localhost:7070")], 200),
        (vec![("sec-fetch-site", "same-origin")], 200),
        // Nothing said, or only that the person typed it: no proof.
        (vec![], 403),
        (vec![("sec-fetch-site", "none")], 403),
        (vec![("origin", "http://localhost:3000")], 403),
        (vec![("origin", "null")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
    ] {
        let caller = headers.iter().fold(session.clone(), |caller, (name, value)| caller.with(name, value));
        let before = bench.seq();
        let reply = caller.call(&bench, "POST", "/api/v2/alerts", r#"[{"labels":{"a":"b"}}]"#).await;
        assert_eq!(reply.status, expected, "{headers:?}: {}", reply.text);
        assert!(expected == 200 || bench.seq() == before);
        assert_eq!(caller.get(&bench, "/api/v2/alerts").await.status, 200, "looking changes nothing");
    }
    let with_form = session.with("origin", "http://localhost:7070").with(FORM.0, FORM.1);
    assert_eq!(with_form.call(&bench, "POST", "/api/v2/alerts", "[]").await.status, 415);
}

#[tokio::test]
async fn behind_tls_the_cookie_is_secure_and_the_name_is_served() {
    let options = evenkeel_api::Options { external_url: "https://ops.example/evenkeel/".into(), ..options() };
    let bench = Bench::with(options, evenkeel_engine::Limits::default());
    let reply = Caller::owner().call(&bench, "POST", "/api/v1/login-links", "").await.json();
    let url = reply["url"].as_str().expect("a URL").to_owned();
    let path = url.strip_prefix("https://ops.example/evenkeel").expect("below the external URL").to_owned();
    let browser = Caller::local().with("x-forwarded-for", "192.0.2.1").with("origin", "https://ops.example");
    for host in ["ops.example", "localhost:7070"] {
        assert_eq!(browser.clone().to(host).get(&bench, &path).await.status, 200, "{host}");
    }
    assert_eq!(browser.clone().to("evil.example").get(&bench, &path).await.status, 421);
    // The proxy may keep the name or not: the origin is what the browser sees.
    let reply = browser.clone().with(FORM.0, FORM.1).call(&bench, "POST", &path, "").await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    assert!(reply.header("set-cookie").ends_with("; Secure"), "{}", reply.header("set-cookie"));
    for origin in ["https://ops.example:8443", "https://evil.example", "https://ops.example.evil.example"] {
        let other = Caller::remote().to("ops.example").with("origin", origin).with("cookie", &cookie(&reply));
        assert_eq!(other.call(&bench, "POST", "/api/v2/alerts", "[]").await.status, 403, "{origin}");
    }
}
