//! `GET /search`: over all that has a name, best first, bounded.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use axum::response::Response;
use evenkeel_engine::Engine;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// So many are given at most, and where nobody says how many.
const LIMIT_MAX: usize = 100;
const LIMIT_USUAL: usize = 20;
/// A longer text finds nothing that a shorter one does not.
const TEXT_BYTES_MAX: usize = 200;
/// So many alerts are looked at, the newest among them or not.
const ALERTS_MAX: usize = 20_000;

/// `GET /search`
pub(crate) const SEARCH: Operation = Operation::get("/api/v1/search", "search", Tag::Overview)
    .says(
        "Searches incidents, alerts, workloads, teams, people, schedules, procedures and records",
        "Best first: an id or a name that is the text, then names that begin with it, then what has it in it. Case does not matter. \
         Of alerts the first 20,000 are looked at.",
    )
    .params(&[
        Param::query("q", Sort::Text(200), "what is looked for").needed(),
        Param::query("limit", Sort::Whole(1, 100), "at most so many").usual("20"),
    ])
    .answers(&[Given::json::<Found>("what was found")]);

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SearchResult")]
struct Found {
    hits: Vec<Hit>,
    /// Whether there are more.
    more: bool,
}

/// One thing that was found.
#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    /// `incident`, `alert`, `workload`, `team`, `person`, `schedule`, `procedure` or `record`.
    kind: &'static str,
    /// As it is named in paths.
    id: String,
    title: String,
    /// Where it is under this API.
    path: String,
}

/// How well something fits; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Begins,
    Within,
}

/// Searches.
pub(crate) fn search<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let text = query.last("q").map(str::trim).filter(|text| !text.is_empty() && text.len() <= TEXT_BYTES_MAX);
    let wrong = |message: String, help: &str| Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help);
    let text = text
        .ok_or_else(|| wrong("`q` is missing, or longer than 200 bytes".to_owned(), "add what is looked for as `q`"))?;
    let limit = match query.last("limit") {
        None => LIMIT_USUAL,
        Some(limit) => limit
            .parse()
            .ok()
            .filter(|limit| (1..=LIMIT_MAX).contains(limit))
            .ok_or_else(|| wrong(format!("`limit` is `{limit}`"), "write a whole number from 1 to 100"))?,
    };
    let head = app.desk.health().head.seq.0;
    let mut looking = Looking { text: text.to_lowercase(), limit, found: BTreeMap::new(), count: 0 };
    looking.record(head);
    app.desk.look(|engine, _| looking.look(engine));
    let more = looking.found.len() > limit;
    let hits = looking.found.into_values().take(limit).collect();
    Ok(reply::json(StatusCode::OK, &Found { hits, more }))
}

struct Looking {
    /// In lower case.
    text: String,
    limit: usize,
    /// By fit, kind and order within the kind; one more than is given.
    found: BTreeMap<(Fit, u8, u64), Hit>,
    count: u64,
}

impl Looking {
    fn look(&mut self, engine: &Engine) {
        let (state, catalogue) = (engine.state(), &engine.plan().catalogue);
        for one in state.incident.incidents() {
            let id = one.id.to_string();
            let names = [id.as_str(), &one.title, one.workload.as_deref().unwrap_or_default(), &one.response_plan];
            let newest = Reverse(one.id.seq().0).0;
            self.offer(("incident", 0, u64::MAX - newest), &id, &names, &one.title, "incidents");
        }
        for name in catalogue.workloads.keys() {
            self.named(("workload", 1), name, name, "workloads");
        }
        for name in catalogue.teams.keys() {
            self.named(("team", 2), name, name, "teams");
        }
        for name in catalogue.people.keys() {
            self.named(("person", 3), name, name, "people");
        }
        for name in catalogue.schedules.keys() {
            self.count += 1;
            let path = format!("oncall/{}/shifts", encoded(name));
            self.put(("schedule", 4, self.count), name, &[name], name, path);
        }
        for (name, procedure) in &catalogue.procedures {
            self.named(("procedure", 5), name, &procedure.title, "procedures");
        }
        for alert in state.alerting.alerts().take(ALERTS_MAX) {
            let id = alert.id.to_string();
            let mut names = vec![id.as_str()];
            names.extend(alert.labels.iter().map(|(_, value)| value));
            let summary = alert.annotations.get("summary");
            names.push(summary);
            let title = if summary.is_empty() { alert.labels.get("alertname") } else { summary };
            self.offer(("alert", 6, u64::MAX - alert.id.seq().0), &id, &names, title, "alerts");
        }
    }

    /// The record of that number, where the text is one.
    fn record(&mut self, head: u64) {
        let number = self.text.trim_start_matches('#').parse::<u64>().ok().filter(|number| (1..=head).contains(number));
        if let Some(number) = number {
            let id = number.to_string();
            let hit = Hit { kind: "record", title: format!("record #{id}"), path: format!("/api/v1/records/{id}"), id };
            self.found.insert((Fit::Whole, 7, 0), hit);
        }
    }

    fn named(&mut self, (kind, rank): (&'static str, u8), name: &str, title: &str, list: &str) {
        self.count += 1;
        let reference = format!("{kind}:{name}");
        let path = format!("{list}/{}", encoded(name));
        self.put((kind, rank, self.count), name, &[name, &reference, title], title, path);
    }

    fn offer(&mut self, at: (&'static str, u8, u64), id: &str, names: &[&str], title: &str, list: &str) {
        self.put(at, id, names, title, format!("{list}/{id}"));
    }

    fn put(
        &mut self,
        (kind, rank, order): (&'static str, u8, u64),
        id: &str,
        names: &[&str],
        title: &str,
        path: String,
    ) {
        let Some(fit) = names.iter().filter_map(|name| fit(&self.text, name)).min() else { return };
        let hit = Hit { kind, id: id.to_owned(), title: title.to_owned(), path: format!("/api/v1/{path}") };
        self.found.insert((fit, rank, order), hit);
        if self.found.len() > self.limit + 1 {
            self.found.pop_last();
        }
    }
}

fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// How well a name fits a text in lower case.
fn fit(text: &str, name: &str) -> Option<Fit> {
    let name = name.to_lowercase();
    let bare =
        name.rsplit_once(':').filter(|(kind, _)| kind.bytes().all(|b| b.is_ascii_lowercase())).map(|(_, bare)| bare);
    if name == text || bare == Some(text) {
        Some(Fit::Whole)
    } else if name.starts_with(text) {
        Some(Fit::Begins)
    } else if name.contains(text) {
        Some(Fit::Within)
    } else {
        None
    }
}
