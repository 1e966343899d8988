//! What holds of all pages: who sees them, what they may load, that nobody keeps or frames them, and the small ones.

use evenkeel_api::Action;
use evenkeel_pages::PAGES;

use crate::bench::Bench;
use crate::caller::{Caller, Made};
use crate::golden;
use crate::login::logged_in;

/// Without what names the style by its content.
fn unstamped(html: &str) -> String {
    let (before, rest) = html.split_once("static/app.").expect("a style");
    let (_, after) = rest.split_once(".css").expect("a style");
    format!("{before}static/app.css{after}")
}

/// A page that everybody has who may look.
const PAGE: &str = "/about";

#[tokio::test]
async fn pages_load_from_here_only_and_are_neither_framed_nor_kept() {
    let bench = Bench::new();
    let session = logged_in(&bench, &Caller::owner()).await;
    for caller in [Caller::owner(), session, Caller::local(), Caller::remote()] {
        for path in ["/", PAGE, "/search", "/search?q=x"] {
            let reply = caller.get(&bench, path).await;
            let policy = reply.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; style-src 'self'; "), "{path}: {policy}");
            assert!(
                policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
                "{path}: {policy}"
            );
            assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
            assert_eq!(reply.header("cache-control"), "no-store", "{path}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
            for never in ["<script>", " style=", " onclick", "<style"] {
                assert!(!reply.text.contains(never), "{path}: {never}");
            }
        }
    }
}

#[tokio::test]
async fn style_and_module_are_kept_for_ever_and_need_no_token() {
    let bench = Bench::new();
    let html = Caller::owner().get(&bench, PAGE).await.text;
    let named = |start: &str| {
        let (_, rest) = html.split_once(start).expect("a file");
        format!("/{}{}", start.trim_start_matches("./"), rest.split('"').next().expect("a name"))
    };
    for (path, media) in [(named("./static/app."), "text/css"), (named("./static/live."), "text/javascript")] {
        let file = Caller::remote().get(&bench, &path).await;
        assert_eq!(file.status, 200, "{path}");
        assert!(file.header("content-type").starts_with(media), "{path}");
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let module = Caller::remote().get(&bench, &named("./static/live.")).await.text;
    assert!(module.len() < 8 << 10, "{} bytes", module.len());
    assert_eq!(Caller::remote().get(&bench, "/static/app.00000000.css").await.status, 404);
}

#[tokio::test]
async fn who_may_not_look_is_told_how_to_be_let_in() {
    let bench = Bench::new();
    for (caller, path) in [(Caller::local(), "/"), (Caller::remote(), "/incidents/incident:4"), (Caller::local(), PAGE)]
    {
        let reply = caller.get(&bench, path).await;
        let known = PAGES.iter().any(|page| path == page.path);
        if reply.header("content-type").starts_with("text/html") {
            assert_eq!(reply.status, 401, "{path}");
            assert!(reply.text.contains("<code>evenkeel token login</code>"), "{path}: {}", reply.text);
        } else {
            assert!(!known, "{path}: {}", reply.text);
        }
    }
    golden::check("site-door.html", &unstamped(&Caller::local().get(&bench, "/").await.text));
    let sender = Made::role(&bench, "sender").await.local().get(&bench, "/").await;
    assert_eq!(sender.status, 403);
    assert!(sender.text.contains("may not do this"), "{}", sender.text);
}

#[tokio::test]
async fn small_pages_are_of_the_same_design() {
    let bench = Bench::new();
    let reply = Caller::owner().call(&bench, "POST", "/api/v1/login-links", "").await.json();
    let url = reply["url"].as_str().expect("a URL");
    let login = Caller::local().get(&bench, &url[url.find("/login/").expect("a path")..]).await;
    golden::check("site-login.html", &unstamped(&login.text));
    let out = Caller::local().with("sec-fetch-site", "same-origin").call(&bench, "POST", "/logout", "").await;
    assert!(out.text.contains("<h1>Logged out.</h1>") && out.text.contains("href=\"./static/app."), "{}", out.text);
    let unknown = Caller::owner().get(&bench, "/records/100000").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text.contains("href=\"../static/app."), "{}", unknown.text);
}

#[test]
fn every_page_needs_the_right_to_read_at_least() {
    for page in PAGES {
        assert!(!matches!(page.action, Action::Probe | Action::Health | Action::Link | Action::Login), "{}", page.path);
    }
}
