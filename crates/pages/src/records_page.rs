//! Records: what happened, the newest first, by kind, actor, what it is about, and up to when.

use askama::Template;
use evenkeel_ids::Seq;
use evenkeel_record::KINDS;
use evenkeel_time::Timestamp;

use crate::record_links::leads_to;
use crate::{Asked, Frame, Moment, Place, RecordFound, RecordsAsked, RecordsFound, Section, Shown};

/// So many stand on a page.
const ON_A_PAGE: usize = 50;
/// So many are exported at once.
const EXPORTED_MAX: usize = 10_000;

#[derive(Debug, Template)]
#[template(path = "records.html", whitespace = "minimize")]
struct Records {
    frame: Frame,
    kinds: Vec<Choice>,
    actor: String,
    about: String,
    from: String,
    /// Whether `from` is neither a number nor an instant.
    unread: bool,
    filtered: bool,
    rows: Vec<Row>,
    head: u64,
    /// The query of the next page.
    next: Option<String>,
    /// The query of the first page, where this is another.
    newest: Option<String>,
    export: String,
}

#[derive(Debug)]
struct Choice {
    name: &'static str,
    chosen: bool,
}

#[derive(Debug)]
struct Row {
    seq: u64,
    at: Moment,
    kind: String,
    actor: String,
    subject: String,
    leads_to: Option<String>,
    /// Where it was not seen but told or brought in.
    origin: Option<String>,
    erased: bool,
}

/// A place to begin at, as it is typed: a number, `#17`, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Newest,
    Record(Seq),
    Instant(Timestamp),
    Unread,
}

impl From {
    fn of(place: &Place) -> Self {
        let Some(text) = place.last("from").map(str::trim).filter(|text| !text.is_empty()) else { return Self::Newest };
        if let Ok(number) = text.trim_start_matches('#').parse() {
            return Self::Record(Seq(number));
        }
        let dashed = text.replacen(' ', "T", 1);
        let endings = ["", "Z", ":00Z", "T23:59:59.999Z"];
        let read = endings.iter().find_map(|ending| format!("{dashed}{ending}").parse().ok());
        read.map_or(Self::Unread, Self::Instant)
    }
}

pub(crate) fn ask(place: &Place) -> RecordsAsked {
    let from = From::of(place);
    let text = |name: &str| place.last(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    RecordsAsked {
        from: if let From::Record(seq) = from { Some(seq) } else { None },
        until: if let From::Instant(at) = from { Some(at) } else { None },
        backwards: true,
        kinds: place.all("kind").filter(|kind| !kind.is_empty()).map(str::to_owned).collect(),
        actor: text("actor"),
        about: text("about"),
        limit: ON_A_PAGE,
    }
}

pub(crate) fn show(asked: &Asked<'_>, found: &RecordsFound) -> Shown {
    let frame = asked.frame(Section::Records, "Records");
    let place = asked.place;
    let chosen: Vec<&str> = place.all("kind").collect();
    let text = |name: &str| place.last(name).unwrap_or("").to_owned();
    let filters = ["kind", "actor", "about"];
    Shown::page(Records {
        kinds: KINDS.iter().map(|kind| Choice { name: kind.name, chosen: chosen.contains(&kind.name) }).collect(),
        actor: text("actor"),
        about: text("about"),
        from: text("from"),
        unread: From::of(place) == From::Unread,
        filtered: filters.iter().any(|name| place.last(name).is_some()),
        rows: found.records.iter().map(|record| row(asked, &frame, record)).collect(),
        head: found.head.0,
        next: found.next.map(|next| place.with("from", &next.0.to_string())),
        newest: place.last("from").is_some().then(|| place.with("from", "")),
        export: place.with("said", ""),
        frame,
    })
}

fn row(asked: &Asked<'_>, frame: &Frame, record: &RecordFound) -> Row {
    Row {
        seq: record.seq.0,
        at: frame.moment(record.at),
        kind: record.kind.clone(),
        actor: record.actor.clone(),
        subject: record.subject.clone(),
        leads_to: leads_to(asked.engine, &record.subject),
        origin: (record.origin != "observed").then(|| record.origin.clone()),
        erased: record.body.is_none(),
    }
}

pub(crate) fn ask_export(place: &Place) -> RecordsAsked {
    RecordsAsked { limit: EXPORTED_MAX, ..ask(place) }
}

/// The same as lines of JSON, in the same order.
pub(crate) fn export(_: &Asked<'_>, found: &RecordsFound) -> Shown {
    let text = found.records.iter().flat_map(|record| [record.told(), "\n".into()]).collect();
    Shown::Download { media: "application/x-ndjson", name: "records.jsonl", text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_to_begin_at_is_a_number_or_an_instant() {
        let from = |text: &str| {
            let place = Place::of("/records", "/records", vec![("from".to_owned(), text.to_owned())]);
            From::of(&place.expect("a place"))
        };
        let at = |text: &str| From::Instant(text.parse().expect("an instant"));
        assert_eq!(from(" "), From::Newest);
        assert_eq!((from("17"), from("#17")), (From::Record(Seq(17)), From::Record(Seq(17))));
        assert_eq!(from("2026-01-02T03:04:05+01:00"), at("2026-01-02T02:04:05Z"));
        assert_eq!(from("2026-01-02 03:04"), at("2026-01-02T03:04:00Z"));
        assert_eq!(from("2026-01-02"), at("2026-01-02T23:59:59.999Z"));
        assert_eq!(from("yesterday"), From::Unread);
    }
}
