//! What a reader is answered: bytes that lie there, or a small page about what they asked for.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use evenkeel_engine::SubscriptionRefusal;
use evenkeel_identity::LinkError;
use evenkeel_record::SubscriptionChannel;
use evenkeel_status_page::{CSP, Form, Message};
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, HeaderName, IF_NONE_MATCH, LOCATION,
    ORIGIN, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;

use super::shelf::{Body, Shelf};
use super::subscribing::{Desk, Taken, Wanted};
use crate::serve::clock::wall_now;

/// What a form sends is no longer.
const FORM_BYTES_MAX: usize = 4096;
/// And arrives within this.
const FORM_FOR: Duration = Duration::from_secs(5);
/// Caches may keep it for half a minute, and for a day when they cannot get it anew.
const CACHED: &str = "public, max-age=30, stale-if-error=86400";
/// Since when it could not be renewed, for programs.
const STALE_SINCE: HeaderName = HeaderName::from_static("evenkeel-stale-since");

/// Answers readers.
pub(super) struct Answers {
    shelf: Arc<Shelf>,
    desk: Arc<Desk>,
}

type Answer = Response<Full<Bytes>>;

impl Answers {
    pub(super) fn new(shelf: Arc<Shelf>, desk: Arc<Desk>) -> Self {
        Self { shelf, desk }
    }

    pub(super) async fn answer(&self, request: Request<Incoming>, peer: IpAddr) -> Answer {
        let path = request.uri().path().strip_prefix('/').unwrap_or("").to_owned();
        let mut answer = if *request.method() == Method::GET || *request.method() == Method::HEAD {
            self.get(&path, request.headers())
        } else if *request.method() == Method::POST {
            self.post(&path, request, peer).await
        } else {
            let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET, HEAD and POST are answered\n");
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
            answer
        };
        let headers = answer.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        answer
    }

    fn get(&self, path: &str, headers: &HeaderMap) -> Answer {
        let now = wall_now();
        if let Some((wanted, link)) = link_in(path) {
            return match self.desk.link(link, wanted, now) {
                Ok(_) => asks(wanted, link),
                Err(taken) => self.said(&taken, "../", ""),
            };
        }
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let body = if file == "export.json" { self.shelf.export() } else { self.shelf.get(&file, now) };
        match body {
            Some(body) => self.body(body, headers),
            None if path.is_empty() => empty(),
            None => match self.folder(path) {
                Some(to) => moved(&to),
                None => message(StatusCode::NOT_FOUND, &Message::new("Not here", "There is no such page."), path),
            },
        }
    }

    /// Where a page is that was asked for by its name alone, or by its name although it lies at the root.
    fn folder(&self, path: &str) -> Option<String> {
        let name = path.trim_end_matches('/').trim_end_matches("/index.html");
        let place = self.shelf.place_of(name)?;
        // Relative, since a proxy may serve all of this in a folder.
        Some(format!("{}{place}", if path.contains('/') { "../" } else { "./" }))
    }

    fn body(&self, body: Body, headers: &HeaderMap) -> Answer {
        let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let known = known.flat_map(|value| value.split(',')).map(str::trim);
        let same = known.map(|tag| tag.strip_prefix("W/").unwrap_or(tag)).any(|tag| tag == body.tag || tag == "*");
        let (status, bytes) =
            if same { (StatusCode::NOT_MODIFIED, Bytes::new()) } else { (StatusCode::OK, body.bytes) };
        let mut answer = Response::new(Full::new(bytes));
        *answer.status_mut() = status;
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, value(&body.media));
        headers.insert(ETAG, value(&body.tag));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHED));
        if let Some(since) = self.shelf.stale_since(wall_now()) {
            headers.insert(STALE_SINCE, value(&since.to_string()));
        }
        answer
    }

    async fn post(&self, path: &str, request: Request<Incoming>, peer: IpAddr) -> Answer {
        let now = wall_now();
        if let Some((wanted, link)) = link_in(path) {
            let taken = self.desk.act(link, wanted, now).await;
            return self.said(&taken, "../", "");
        }
        let folder = path.strip_suffix("subscribe").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let Some((folder, page)) = folder.and_then(|folder| Some((folder, self.shelf.page_at(folder)?))) else {
            return message(StatusCode::NOT_FOUND, &Message::new("Not here", "There is no such page."), path);
        };
        if from_elsewhere(request.headers()) {
            let text = "The form was sent from another site. Open the status page, and send it from there.";
            return message(StatusCode::FORBIDDEN, &Message::new("Not from there", text), path);
        }
        let read = Limited::new(request.into_body(), FORM_BYTES_MAX).collect();
        let Ok(Ok(body)) = tokio::time::timeout(FORM_FOR, read).await else {
            let text = "What was sent is too long, or did not arrive.";
            return message(StatusCode::BAD_REQUEST, &Message::new("Not taken", text), path);
        };
        let taken = self.desk.subscribe(page, &body.to_bytes(), peer, now).await;
        self.said(&taken, up(path), folder)
    }

    /// What became of it, in words.
    fn said(&self, taken: &Taken, root: &str, folder: &str) -> Answer {
        let (status, title, text) = words(taken);
        let page = format!("{folder}index.html");
        let said = Message { root: root.to_owned(), page, ..Message::new(title, &text) };
        let mut answer = html(status, &said);
        if let Taken::NotNow | Taken::TooOften = taken {
            let seconds = if *taken == Taken::NotNow { "30" } else { "600" };
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        answer
    }
}

fn words(taken: &Taken) -> (StatusCode, &'static str, String) {
    let (status, title, text) = match taken {
        Taken::Asked(SubscriptionChannel::Email) => (
            StatusCode::OK,
            "Look into your mail",
            "If this address is not subscribed yet, a mail is on its way to it. Follow the link in it within a day.",
        ),
        Taken::Asked(SubscriptionChannel::Webhook) => (
            StatusCode::OK,
            "The address is asked",
            "If this address is not subscribed yet, it is sent a challenge, and subscribed when it sends that back.",
        ),
        Taken::Confirmed => {
            (StatusCode::OK, "Subscribed", "You are told from now on. Every message has a link that ends it.")
        }
        Taken::Ended => (StatusCode::OK, "Ended", "You are told no more."),
        Taken::TooOften => {
            (StatusCode::TOO_MANY_REQUESTS, "Too often", "That was asked for too often. Try again in ten minutes.")
        }
        Taken::NotNow => {
            (StatusCode::SERVICE_UNAVAILABLE, "Not now", "This cannot be taken now. Try again in a moment.")
        }
        Taken::Link(error) => {
            let status = if let LinkError::Expired(_) = error { StatusCode::GONE } else { StatusCode::BAD_REQUEST };
            return (status, "This link does not count", format!("{}; {}.", capital(&error.to_string()), told(*error)));
        }
        Taken::Refused(refusal) => {
            let status = match refusal {
                SubscriptionRefusal::NoPage(_) => StatusCode::NOT_FOUND,
                SubscriptionRefusal::Full => StatusCode::SERVICE_UNAVAILABLE,
                SubscriptionRefusal::Gone => StatusCode::GONE,
                SubscriptionRefusal::NoMail | SubscriptionRefusal::NotMail | SubscriptionRefusal::NotWeb => {
                    StatusCode::UNPROCESSABLE_ENTITY
                }
            };
            return (status, "Not subscribed", format!("{}.", capital(&refusal.to_string())));
        }
    };
    (status, title, text.to_owned())
}

/// What to do about a link that does not count, for somebody who cannot log in.
const fn told(error: LinkError) -> &'static str {
    match error {
        LinkError::Expired(_) => "subscribe again",
        LinkError::Malformed
        | LinkError::Truncated
        | LinkError::UnknownVersion(_)
        | LinkError::Forged
        | LinkError::OtherPurpose => "open the whole link as it stands in the newest message",
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), chars.as_str()))
}

/// Following a link changes nothing: programs that look into mails follow them too.
fn asks(wanted: Wanted, link: &str) -> Answer {
    let (title, text, label) = match wanted {
        Wanted::Confirm => {
            ("Subscribe?", "You will be told when something fails, and when it works again.", "Subscribe")
        }
        Wanted::End => ("Get no more of these?", "You will not be told any more.", "End it"),
    };
    let form = Some(Form { action: link.to_owned(), label: label.to_owned() });
    let page = "index.html".to_owned();
    html(StatusCode::OK, &Message { form, root: "../".to_owned(), page, ..Message::new(title, text) })
}

/// The link at the end of a path that acts.
fn link_in(path: &str) -> Option<(Wanted, &str)> {
    let confirm = path.strip_prefix("confirm/").map(|link| (Wanted::Confirm, link));
    confirm.or_else(|| path.strip_prefix("unsubscribe/").map(|link| (Wanted::End, link)))
}

/// Whether a browser says that another site sent it.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(&ORIGIN) else { return false };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_none() || host != text(&HOST)
}

/// The way from a path to the root.
fn up(path: &str) -> &'static str {
    if path.contains('/') { "../" } else { "" }
}

/// Nothing was rendered yet, and nothing kept of before.
fn empty() -> Answer {
    let text = "There is nothing to show yet. It takes a moment after the first start; or no status page is public.";
    let mut answer = message(StatusCode::SERVICE_UNAVAILABLE, &Message::new("Not yet", text), "");
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    answer
}

fn message(status: StatusCode, said: &Message, path: &str) -> Answer {
    html(status, &Message { root: up(path).to_owned(), ..said.clone() })
}

fn html(status: StatusCode, said: &Message) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(said.html())));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer
}

fn moved(to: &str) -> Answer {
    let mut answer = plain(StatusCode::TEMPORARY_REDIRECT, "it lies elsewhere\n");
    answer.headers_mut().insert(LOCATION, value(to));
    answer
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
