//! What is served: bytes in memory, taken whole by whoever asks.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use evenkeel_record::Hash;
use evenkeel_status_page::{STALE_MARK, stale_notice};
use evenkeel_time::{Duration, Timestamp};

use super::rendering::Rendered;

/// A page is renewed once a minute at least; one that is older than this could not be.
const STALE_AFTER: Duration = Duration::secs(150);
/// So much of a hash tells two bodies apart. Units: hexadecimal digits.
const TAG_DIGITS: usize = 24;

/// Everything that is served, as of one instant.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Shown {
    /// When it was made; `None`: nothing was yet.
    pub(crate) renewed_at: Option<Timestamp>,
    /// What readers get.
    pub(crate) files: Vec<Rendered>,
    /// The same without what only a server can do, for other hosts.
    pub(crate) still: Vec<Rendered>,
    /// The pages: their names and where they lie, the first at the root.
    pub(crate) pages: Vec<(Arc<str>, String)>,
}

/// A body, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) media: String,
    pub(crate) bytes: Bytes,
    pub(crate) tag: String,
}

#[derive(Debug, Default)]
struct Laid {
    shown: Shown,
    bodies: BTreeMap<String, Body>,
    export: Option<Body>,
}

/// What is served now.
#[derive(Debug)]
pub(crate) struct Shelf(RwLock<Arc<Laid>>);

impl Shelf {
    pub(crate) fn new(shown: Shown) -> Self {
        Self(RwLock::new(Arc::new(Laid::of(shown))))
    }

    /// From now on this is served.
    pub(crate) fn put(&self, shown: Shown) {
        let laid = Arc::new(Laid::of(shown));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = laid;
    }

    /// What lies at a path, with a word about its age where it is too old.
    pub(crate) fn get(&self, path: &str, now: Timestamp) -> Option<Body> {
        let laid = self.laid();
        let body = laid.bodies.get(path)?.clone();
        Some(match laid.shown.renewed_at.filter(|at| *at + STALE_AFTER < now) {
            Some(since) if body.media.starts_with("text/html") => stale(body, since),
            Some(_) | None => body,
        })
    }

    /// Everything as other hosts can serve it.
    pub(crate) fn export(&self) -> Option<Body> {
        self.laid().export.clone()
    }

    /// Since when nothing could be renewed, where that is too long.
    pub(crate) fn stale_since(&self, now: Timestamp) -> Option<Timestamp> {
        self.laid().shown.renewed_at.filter(|at| *at + STALE_AFTER < now)
    }

    /// The page that lies in a folder; that at the root lies in none.
    pub(crate) fn page_at(&self, folder: &str) -> Option<Arc<str>> {
        let laid = self.laid();
        laid.shown.pages.iter().find(|(_, place)| place == folder).map(|(name, _)| name.clone())
    }

    /// Where a page lies.
    pub(crate) fn place_of(&self, page: &str) -> Option<String> {
        let laid = self.laid();
        laid.shown.pages.iter().find(|(name, _)| name.as_ref() == page).map(|(_, place)| place.clone())
    }

    fn laid(&self) -> Arc<Laid> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Laid {
    fn of(shown: Shown) -> Self {
        let bodies = shown.files.iter().map(|file| (file.path.clone(), body(&file.media, &file.text))).collect();
        let export = shown.renewed_at.is_some().then(|| {
            let json = serde_json::to_string(&shown.still).expect("texts are JSON");
            body("application/json", &json)
        });
        Self { bodies, export, shown }
    }
}

fn body(media: &str, text: &str) -> Body {
    Body { media: media.to_owned(), bytes: Bytes::copy_from_slice(text.as_bytes()), tag: tag(text.as_bytes()) }
}

fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", Hash::of(&[bytes]).to_string().get(..TAG_DIGITS).unwrap_or_default())
}

fn stale(body: Body, since: Timestamp) -> Body {
    let text = String::from_utf8_lossy(&body.bytes).replacen(STALE_MARK, &stale_notice(since), 1);
    Body { tag: tag(text.as_bytes()), bytes: Bytes::from(text), media: body.media }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(at: i64) -> Shown {
        let file = |path: &str, media: &str| Rendered {
            path: path.to_owned(),
            media: media.to_owned(),
            text: format!("<main>{STALE_MARK}as it was"),
        };
        Shown {
            renewed_at: Some(Timestamp(at)),
            files: vec![file("index.html", "text/html; charset=utf-8"), file("status.json", "application/json")],
            still: Vec::new(),
            pages: vec![("a".into(), String::new()), ("b".into(), "b/".to_owned())],
        }
    }

    #[test]
    fn what_could_not_be_renewed_says_so_and_is_another_body() {
        let shelf = Shelf::new(shown(0));
        let text = |path: &str, now: Timestamp| {
            let body = shelf.get(path, now).expect("it lies there");
            (String::from_utf8(body.bytes.to_vec()).expect("text"), body.tag)
        };
        let later = Timestamp(0) + STALE_AFTER + Duration::millis(1);
        let (fresh, old) = (text("index.html", Timestamp(0)), text("index.html", later));
        assert!(!fresh.0.contains("could not be renewed") && old.0.contains("could not be renewed since"));
        assert!(old.0.contains("1970-01-01T00:00:00Z"), "{}", old.0);
        assert_ne!(fresh.1, old.1);
        assert_eq!(text("status.json", Timestamp(0)), text("status.json", later));
        shelf.put(shown(later.0));
        assert!(!text("index.html", later).0.contains("could not be renewed"));
        assert!(shelf.get("b/index.html", later).is_none());
        assert_eq!(shelf.page_at("b/").as_deref(), Some("b"));
        assert_eq!(shelf.place_of("a").as_deref(), Some(""));
    }
}
