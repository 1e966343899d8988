//! What a list of alerts is narrowed to, read from the address.

use std::cmp::Reverse;

use evenkeel_engine::Alert;
use evenkeel_ids::{AlertId, Seq};
use evenkeel_labels::{Matchers, ParseMatcherError, parse_matchers};
use evenkeel_time::Timestamp;

use crate::Place;
use crate::alerts_text::clipped;

/// Longer ones would make the links of a list longer than all that it shows.
const NARROWED_BYTES_MAX: usize = 512;
/// Values of other parameters, likewise.
const VALUE_BYTES_MAX: usize = 200;
/// More matchers are refused, as the API does.
const MATCHERS_MAX: usize = 100;

/// Which alerts, by whether they are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Active,
    Suppressed,
    All,
}

/// Why a text is no list of matchers, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    /// In words.
    pub(crate) why: String,
    /// From 1.
    pub(crate) character: usize,
    /// What can be read.
    pub(crate) before: String,
    /// What cannot.
    pub(crate) after: String,
}

/// What a list of alerts is narrowed to.
#[derive(Debug)]
pub(crate) struct Narrowed {
    pub(crate) matchers: Matchers,
    pub(crate) misread: Option<Misread>,
    pub(crate) told: Told,
    pub(crate) receiver: String,
    pub(crate) severity: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) from: Option<Newest>,
}

/// The newest first.
pub(crate) type Newest = (Reverse<Timestamp>, Reverse<AlertId>);

impl Told {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suppressed => "suppressed",
            Self::All => "all",
        }
    }

    /// Whether an alert is asked for that is kept from being told of, or is not.
    pub(crate) fn asks_for(self, suppressed: bool) -> bool {
        match self {
            Self::Active => !suppressed,
            Self::Suppressed => suppressed,
            Self::All => true,
        }
    }
}

impl Narrowed {
    pub(crate) fn of(place: &Place) -> Self {
        let read = read_matchers(place.last("q").unwrap_or(""), NARROWED_BYTES_MAX);
        let value = |name: &str| place.last(name).map(str::trim).filter(|value| value.len() <= VALUE_BYTES_MAX);
        let told = match place.last("state") {
            Some("suppressed") => Told::Suppressed,
            Some("all") => Told::All,
            Some(_) | None => Told::Active,
        };
        let grouped = place.last("view") == Some("grouped");
        Self {
            matchers: read.as_ref().ok().cloned().unwrap_or_default(),
            misread: read.err(),
            told,
            receiver: value("receiver").unwrap_or("").to_owned(),
            severity: value("severity").map(ToOwned::to_owned),
            by: grouped.then(|| value("by").unwrap_or("alertname").to_owned()),
            from: place.last("from").and_then(newest),
        }
    }
}

/// The place of an alert in the list.
pub(crate) fn place_of(alert: &Alert) -> Newest {
    (Reverse(alert.starts_at), Reverse(alert.id))
}

/// As it stands in an address: `1767323045678.17`.
pub(crate) fn written((at, id): &Newest) -> String {
    format!("{}.{}", at.0.0, id.0.seq().0)
}

fn newest(text: &str) -> Option<Newest> {
    let (at, id) = text.split_once('.')?;
    Some((Reverse(Timestamp(at.parse().ok()?)), Reverse(AlertId(Seq(id.parse().ok()?)))))
}

/// Matchers as amtool writes them, of no more than so many bytes.
pub(crate) fn read_matchers(text: &str, bytes_max: usize) -> Result<Matchers, Misread> {
    if text.len() > bytes_max {
        let why = format!("This is longer than {bytes_max} bytes.");
        return Err(Misread { why, character: 1, before: String::new(), after: clipped(text, 80) });
    }
    match parse_matchers(text) {
        Ok(matchers) if matchers.0.len() > MATCHERS_MAX => {
            let why = format!("These are {} matchers, and {MATCHERS_MAX} are allowed.", matchers.0.len());
            Err(Misread { why, character: 1, before: String::new(), after: clipped(text, 80) })
        }
        Ok(matchers) => Ok(matchers),
        Err(error) => Err(Misread::of(text, &error)),
    }
}

impl Misread {
    fn of(text: &str, error: &ParseMatcherError) -> Self {
        let (before, after) = (text.get(..error.offset).unwrap_or(text), text.get(error.offset..).unwrap_or(""));
        let mut why = error.message.clone();
        if let Some(first) = why.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let kept = before.char_indices().rev().nth(59).map_or(0, |(at, _)| at);
        let cut = if kept > 0 { "…" } else { "" };
        Self {
            why: format!("{}.", clipped(&why, 600)),
            character: before.chars().count() + 1,
            before: format!("{cut}{}", before.get(kept..).unwrap_or("")),
            after: clipped(after, 80),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_reads_back() {
        let place = (Reverse(Timestamp(-5)), Reverse(AlertId(Seq(17))));
        assert_eq!(newest(&written(&place)), Some(place));
        assert_eq!(newest("x.1"), None);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place() {
        let misread = read_matchers("größe=\"1\", severity", 100).expect_err("no matchers");
        assert_eq!(misread.why, "One of `=`, `!=`, `=~`, `!~` is expected.");
        assert_eq!(
            (misread.character, misread.before.as_str(), misread.after.as_str()),
            (20, "größe=\"1\", severity", "")
        );
        assert_eq!(read_matchers("", 100).map(|read| read.0.len()), Ok(0));
    }
}
