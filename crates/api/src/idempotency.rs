//! Requests that may be sent again: the same key and the same body give the same answer, and happen once.
//!
//! ```text
//! key new ───────────────▶ handled ─▶ answer kept for 24 hours ─▶ the same key and body: that answer
//! key known, other body ─▶ 422          not taken (5xx, 429, 408) ─▶ key free: sent again, it is handled
//! key under way ─────────▶ 409
//! ```
//!
//! Keys are kept in memory, each for its caller and path, and end with the program: the engine itself holds no key, so a
//! request that is sent again after a restart is a new one. When there are too many, those answered longest ago go first;
//! while all are under way, no further one is taken.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::response::Response;
use evenkeel_record::Hash;
use evenkeel_time::{Duration, Timestamp};
use http::header::{CONTENT_TYPE, HeaderName, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::BodyExt;

use crate::refused::Refused;

/// The header that carries a key.
pub(crate) const HEADER: &str = "idempotency-key";
/// Says that an answer is one that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// So long an answer is kept.
const KEPT_FOR: Duration = Duration::hours(24);
/// A longer key is refused.
const KEY_BYTES_MAX: usize = 255;
/// So many keys are kept.
const KEYS_MAX: usize = 10_000;
/// All answers that are kept have so many bytes together.
const BYTES_MAX: usize = 64 << 20;

/// The keys that are known.
#[derive(Debug, Default)]
pub(crate) struct Keys(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    entries: BTreeMap<Arc<Id>, Entry>,
    /// By when they were answered; those go first.
    answered: BTreeMap<(Timestamp, u64), Arc<Id>>,
    count: u64,
    bytes: usize,
}

/// Whose key, for what.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Id {
    caller: String,
    path: String,
    key: String,
}

#[derive(Debug)]
struct Entry {
    fingerprint: Hash,
    /// When and as which it was answered, and what; nothing while it is under way.
    answer: Option<((Timestamp, u64), Kept)>,
}

#[derive(Debug, Clone)]
struct Kept {
    status: StatusCode,
    media: Option<HeaderValue>,
    location: Option<HeaderValue>,
    body: Bytes,
}

/// What a key means.
pub(crate) enum Begun<'a> {
    /// It is new: handle the request, and [`Slot::keep`] the answer.
    Fresh(Slot<'a>),
    /// It was answered: this is the answer.
    Answered(Response),
}

/// A key under way; free again when it is dropped without an answer.
pub(crate) struct Slot<'a> {
    keys: &'a Keys,
    id: Arc<Id>,
}

/// The key of a request, where it has one.
pub(crate) fn key_in(headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| {
        values.next().is_none()
            && !text.is_empty()
            && text.len() <= KEY_BYTES_MAX
            && text.bytes().all(|b| b.is_ascii_graphic())
    });
    text.map(|text| Some(text.to_owned())).ok_or_else(|| {
        let help = "send one key of 1 to 255 printable characters, such as a UUID, or none";
        Refused::new(StatusCode::BAD_REQUEST, "malformed", "the Idempotency-Key is no key").help(help)
    })
}

impl Keys {
    /// Takes a key up; `Err` when it is under way, or was used for another body.
    pub(crate) fn begin(
        &self,
        (caller, path, key): (&str, &str, String),
        body: &[u8],
        now: Timestamp,
    ) -> Result<Begun<'_>, Refused> {
        let id = Arc::new(Id { caller: caller.to_owned(), path: path.to_owned(), key });
        let fingerprint = Hash::of(&[body]);
        let mut known = self.known();
        known.forget(now);
        match known.entries.get(&id) {
            Some(entry) if entry.fingerprint != fingerprint => Err(reused()),
            Some(Entry { answer: Some((_, kept)), .. }) => Ok(Begun::Answered(kept.clone().shown())),
            Some(Entry { answer: None, .. }) => Err(in_flight()),
            None if known.entries.len() >= KEYS_MAX => Err(too_many()),
            None => {
                known.entries.insert(id.clone(), Entry { fingerprint, answer: None });
                Ok(Begun::Fresh(Slot { keys: self, id }))
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot<'_> {
    /// Keeps what was answered, unless that says to send again.
    pub(crate) async fn keep(self, response: Response, now: Timestamp) -> Response {
        let status = response.status();
        let again = [StatusCode::TOO_MANY_REQUESTS, StatusCode::REQUEST_TIMEOUT].contains(&status);
        if status.is_server_error() || again {
            return response;
        }
        let (head, body) = response.into_parts();
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        let header = |name| head.headers.get(name).cloned();
        let kept = Kept { status, media: header(CONTENT_TYPE), location: header(LOCATION), body: body.clone() };
        self.keys.known().keep(&self.id, kept, now);
        Response::from_parts(head, Body::from(body))
    }
}

impl Drop for Slot<'_> {
    /// What has no answer by now gets none: the key is free.
    fn drop(&mut self) {
        let mut known = self.keys.known();
        if known.entries.get(&self.id).is_some_and(|entry| entry.answer.is_none()) {
            known.entries.remove(&self.id);
        }
    }
}

impl Known {
    fn keep(&mut self, id: &Arc<Id>, kept: Kept, now: Timestamp) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        self.count += 1;
        let at = (now, self.count);
        self.bytes += kept.body.len();
        entry.answer = Some((at, kept));
        self.answered.insert(at, id.clone());
        self.forget(now);
    }

    /// Forgets what was answered long ago, and, while there is too much, what was answered longest ago.
    fn forget(&mut self, now: Timestamp) {
        let since = now.saturating_add(Duration::ZERO - KEPT_FOR);
        while let Some((at, id)) = self.answered.first_key_value() {
            let full = self.entries.len() >= KEYS_MAX || self.bytes > BYTES_MAX;
            if at.0 >= since && !full {
                return;
            }
            let (at, id) = (*at, id.clone());
            self.answered.remove(&at);
            if let Some(Entry { answer: Some((_, kept)), .. }) = self.entries.remove(&id) {
                self.bytes -= kept.body.len();
            }
        }
    }
}

impl Kept {
    fn shown(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let said = [(CONTENT_TYPE, self.media), (LOCATION, self.location)];
        for (name, value) in said.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            headers.insert(name, value);
        }
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
        response
    }
}

fn reused() -> Refused {
    let message = "this Idempotency-Key was used for another body";
    Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", message)
        .help("use a new key for each change")
}

fn in_flight() -> Refused {
    let message = "a request with this Idempotency-Key is under way";
    Refused::new(StatusCode::CONFLICT, "idempotency-key-in-flight", message)
        .help("send it again to see what came of it")
        .later(1)
}

fn too_many() -> Refused {
    let message = "too many requests with an Idempotency-Key are under way";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-idempotency-keys", message).later(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh<'a>(keys: &'a Keys, key: &str, body: &str, now: i64) -> Result<Option<Slot<'a>>, u16> {
        let begun = keys.begin(("ada", "/path", key.to_owned()), body.as_bytes(), Timestamp(now));
        match begun {
            Ok(Begun::Fresh(slot)) => Ok(Some(slot)),
            Ok(Begun::Answered(_)) => Ok(None),
            Err(refused) => Err(refused.status().as_u16()),
        }
    }

    fn answered(status: u16, text: &str) -> Response {
        let mut response = Response::new(Body::from(text.to_owned()));
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        response
    }

    #[tokio::test]
    async fn a_key_is_new_then_under_way_then_answered() {
        let keys = Keys::default();
        let slot = fresh(&keys, "k", "body", 0).expect("taken").expect("new");
        assert_eq!(fresh(&keys, "k", "body", 0).map(|_| ()), Err(409));
        assert_eq!(fresh(&keys, "k", "other", 0).map(|_| ()), Err(422));
        slot.keep(answered(200, "done"), Timestamp(5)).await;
        assert!(fresh(&keys, "k", "body", 6).expect("taken").is_none());
        let day = KEPT_FOR.0;
        assert!(fresh(&keys, "k", "body", 5 + day).expect("taken").is_none());
        assert!(fresh(&keys, "k", "other", 6 + day).expect("taken").is_some(), "it is forgotten");
    }

    #[tokio::test]
    async fn what_is_not_taken_or_breaks_off_frees_the_key() {
        let keys = Keys::default();
        for status in [503, 429, 408, 500] {
            let slot = fresh(&keys, "k", "body", 0).expect("taken").expect("new");
            slot.keep(answered(status, "later"), Timestamp(0)).await;
        }
        drop(fresh(&keys, "k", "body", 0).expect("taken").expect("new"));
        assert!(fresh(&keys, "k", "body", 0).expect("taken").is_some());
    }

    #[tokio::test]
    async fn the_oldest_answers_go_when_there_are_too_many() {
        let keys = Keys::default();
        for number in 0..KEYS_MAX {
            let slot = fresh(&keys, &number.to_string(), "", 0).expect("taken").expect("new");
            slot.keep(answered(200, ""), Timestamp(0)).await;
        }
        let held: Vec<_> = (0..3).map(|number| fresh(&keys, &format!("n{number}"), "", 1).expect("taken")).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(fresh(&keys, "0", "", 1).expect("taken").is_some(), "the first is forgotten");
        assert!(fresh(&keys, "9999", "", 1).expect("taken").is_none(), "the last is kept");
    }

    #[test]
    fn a_key_is_one_header_of_printable_characters() {
        let read = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            values.iter().for_each(|value| {
                headers.append(HEADER, HeaderValue::from_str(value).expect("a value"));
            });
            key_in(&headers).map_err(|refused| refused.status().as_u16())
        };
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["8e03978e"]), Ok(Some("8e03978e".to_owned())));
        for wrong in [vec![""], vec!["a b"], vec!["a", "b"], vec!["x".repeat(256).as_str()]] {
            assert_eq!(read(&wrong), Err(400), "{wrong:?}");
        }
    }
}
