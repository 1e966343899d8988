//! Lists in pages that stay good when things come and go.
//!
//! A cursor names the last thing that was given by what the list is ordered by, and not by its place: whatever is added or
//! taken away, nothing is given twice and nothing that stays is left out. It says for which list it is, and is read as
//! strictly as any other input.

use std::collections::BTreeMap;

use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header::LINK;
use http::{HeaderValue, StatusCode, Uri};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::openapi::{Param, Sort};
use crate::query::Query;
use crate::refused::Refused;

/// So many things are given at most.
const LIMIT_MAX: usize = 1000;
/// So many where nobody says how many.
const LIMIT_USUAL: usize = 100;
/// A longer cursor is none of ours.
const CURSOR_BYTES_MAX: usize = 2048;

/// So many things.
pub(crate) const LIMIT: Param = Param::query("limit", Sort::Whole(1, 1000), "at most so many things").usual("100");
/// Where to go on.
pub(crate) const CURSOR: Param = Param::query(
    "cursor",
    Sort::Pattern("^[A-Za-z0-9_-]{1,2048}$"),
    "the `next` of the answer before, to go on behind it",
);

/// How much of a list is asked for, and behind what. `K` is what the list is ordered by; no two things have the same.
#[derive(Debug)]
pub(crate) struct Paging<K> {
    list: &'static str,
    limit: usize,
    after: Option<K>,
}

/// What is given of a list.
#[derive(Debug)]
pub(crate) struct Cut<T> {
    pub(crate) things: Vec<T>,
    /// The cursor to go on with; nothing when that was all.
    pub(crate) next: Option<String>,
}

impl<K: Ord + Clone + Serialize + DeserializeOwned> Paging<K> {
    /// What a query asks for; `list` names the list in its cursors.
    pub(crate) fn read(query: &Query, list: &'static str) -> Result<Self, Refused> {
        let limit = match query.last("limit") {
            None => LIMIT_USUAL,
            Some(text) => text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit)).ok_or_else(|| {
                wrong("malformed", format!("`limit` is `{text}`"), "write a whole number from 1 to 1000")
            })?,
        };
        let after = query.last("cursor").map(|text| {
            read_cursor(list, text).ok_or_else(|| {
                let message = format!("`{text}` is no cursor of this list");
                wrong("bad-cursor", message, "take it from `next` as it stands, and ask for the same list")
            })
        });
        Ok(Self { list, limit, after: after.transpose()? })
    }

    /// So many of the things behind the cursor, in order. However many there are, no more than asked for are held.
    pub(crate) fn pick<T>(&self, things: impl IntoIterator<Item = (K, T)>) -> Cut<T> {
        let mut kept: BTreeMap<K, T> = BTreeMap::new();
        for (key, thing) in things {
            let behind = self.after.as_ref().is_none_or(|after| key > *after);
            let fits = kept.len() <= self.limit || kept.last_key_value().is_some_and(|(last, _)| key < *last);
            if behind && fits {
                kept.insert(key, thing);
                if kept.len() > self.limit + 1 {
                    kept.pop_last();
                }
            }
        }
        let more = kept.len() > self.limit;
        if more {
            kept.pop_last();
        }
        let next = more.then(|| kept.last_key_value().map(|(key, _)| cursor(self.list, key))).flatten();
        Cut { things: kept.into_values().collect(), next }
    }

    /// The same of things that come in order: no more are looked at than it takes.
    pub(crate) fn first<T: Copy>(
        &self,
        things: impl IntoIterator<Item = (K, T)>,
        wanted: impl Fn(T) -> bool,
    ) -> Cut<T> {
        let behind = |key: &K| self.after.as_ref().is_none_or(|after| key > after);
        let mut rest = things.into_iter().filter(|(key, thing)| behind(key) && wanted(*thing));
        let kept: Vec<(K, T)> = rest.by_ref().take(self.limit).collect();
        let next = rest.next().and(kept.last()).map(|(key, _)| cursor(self.list, key));
        Cut { things: kept.into_iter().map(|(_, thing)| thing).collect(), next }
    }

    /// So many things are asked for.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// The last thing that was given.
    pub(crate) fn after(&self) -> Option<&K> {
        self.after.as_ref()
    }

    /// The cursor behind a thing.
    pub(crate) fn cursor(&self, key: &K) -> String {
        cursor(self.list, key)
    }
}

impl<T> Cut<T> {
    /// Each thing made another.
    pub(crate) fn map<U>(self, make: impl FnMut(T) -> U) -> Cut<U> {
        Cut { things: self.things.into_iter().map(make).collect(), next: self.next }
    }
}

/// Says where to go on, relative to the address that was asked, so that it holds below any path.
pub(crate) fn linked(mut response: Response, uri: &Uri, next: Option<&str>) -> Response {
    let Some(next) = next else { return response };
    let pairs = Query::read(uri).map(Query::into_pairs).unwrap_or_default();
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut query: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name != "cursor")
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    query.push(format!("cursor={next}"));
    if let Ok(link) = HeaderValue::from_str(&format!("<?{}>; rel=\"next\"", query.join("&"))) {
        response.headers_mut().insert(LINK, link);
    }
    response
}

fn cursor<K: Serialize>(list: &str, key: &K) -> String {
    let text = serde_json::to_vec(&(list, key)).expect("keys are numbers and texts");
    BASE64_URL_SAFE_NO_PAD.encode(text)
}

fn read_cursor<K: DeserializeOwned>(list: &str, text: &str) -> Option<K> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(Some(text).filter(|text| text.len() <= CURSOR_BYTES_MAX)?).ok()?;
    let (named, key): (String, K) = serde_json::from_slice(&bytes).ok()?;
    (named == list).then_some(key)
}

fn wrong(code: &'static str, message: String, help: &str) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, code, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(text: &str) -> Result<Paging<(u32, String)>, Refused> {
        let uri: Uri = format!("/things?{text}").parse().expect("an address");
        Paging::read(&Query::read(&uri).expect("a query"), "things")
    }

    fn things(numbers: &[u32]) -> Vec<((u32, String), u32)> {
        numbers.iter().map(|number| ((*number, format!("n{number}")), *number)).collect()
    }

    #[test]
    fn pages_are_put_together_to_the_whole_whatever_comes_and_goes() {
        let cut = paging("limit=2").expect("paging").pick(things(&[5, 1, 4, 2, 3]));
        assert_eq!(cut.things, [1, 2]);
        let next = cut.next.expect("more");
        // 0 comes, 2 and 3 go: what stays behind the cursor is given, once.
        let cut = paging(&format!("limit=2&cursor={next}")).expect("paging").pick(things(&[4, 0, 5, 1, 6]));
        assert_eq!(cut.things, [4, 5]);
        let cut = paging(&format!("limit=2&cursor={}", cut.next.expect("more"))).expect("paging").pick(things(&[6]));
        assert_eq!((cut.things, cut.next), (vec![6], None));
    }

    #[test]
    fn what_is_no_cursor_of_the_list_is_refused() {
        let other = cursor("others", &(1, "n1"));
        let wrong_key = cursor("things", &"n1");
        for text in ["cursor=x", "cursor=%00", &format!("cursor={other}"), &format!("cursor={wrong_key}")] {
            assert!(paging(text).is_err(), "{text}");
        }
        for text in ["limit=0", "limit=1001", "limit=-1", "limit=x", "limit=1.5"] {
            assert!(paging(text).is_err(), "{text}");
        }
        assert!(paging("limit=&cursor=").is_ok());
    }

    #[test]
    fn the_link_leads_on_and_keeps_what_was_asked() {
        let uri: Uri = "/api/v1/incidents?status=open%2Cclosed&cursor=old&limit=2".parse().expect("an address");
        let linked = linked(Response::default(), &uri, Some("new"));
        let link = linked.headers().get(LINK).and_then(|link| link.to_str().ok()).expect("a link");
        assert_eq!(link, "<?status=open%2Cclosed&limit=2&cursor=new>; rel=\"next\"");
    }
}
