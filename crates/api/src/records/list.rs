//! `GET /records`: what happened, the newest first.

use axum::response::Response;
use evenkeel_ids::Seq;
use evenkeel_pages::{RecordFound, RecordsAsked};
use evenkeel_record::KINDS;
use http::{StatusCode, Uri};
use schemars::JsonSchema;

use super::asked::{consulted, first_since};
use crate::app::App;
use crate::oncall::asked::{FROM, UNTIL, instant};
use crate::openapi::problems::{CURSOR as BAD_CURSOR, EVIDENCE};
use crate::openapi::shapes::Records;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// Only of one kind.
pub(crate) const KIND: Param =
    Param::query("kind", Sort::Text(100), "only of this kind, such as `incident-opened`").many();
/// A kind that no record has.
pub(crate) const UNKNOWN_KIND: &[Code] = &[Code::new(400, "unknown-kind")];

/// `GET /records`
pub(crate) const LIST: Operation = Operation::get("/api/v1/records", "listRecords", Tag::Records)
    .says(
        "Lists records",
        "The newest first, each as the journal's export shows it. Only so many are looked through at once: few or none with a \
         `next` mean that there may be more.",
    )
    .params(&[
        KIND,
        Param::query("actor", Sort::Text(300), "only what this actor caused, such as `person:ada`"),
        Param::query("about", Sort::Text(300), "only what is about this id or document, or names it"),
        FROM,
        UNTIL,
        Param::query("order", Sort::Word(&["newest", "oldest"]), "which come first").usual("newest"),
        LIMIT,
        CURSOR,
    ])
    .answers(&[Given::json::<RecordList>("records")])
    .refuses(&[BAD_CURSOR, EVIDENCE, UNKNOWN_KIND]);

/// Records.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "answers are put together from the export's lines, so that hashes can be checked")]
struct RecordList {
    #[schemars(with = "Records")]
    records: (),
    /// The number of the last record there is.
    head: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Lists records.
pub(crate) async fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let paging: Paging<u64> = Paging::read(&query, "records")?;
    let backwards = match query.last("order") {
        None | Some("newest") => true,
        Some("oldest") => false,
        Some(other) => {
            let message = format!("`order` is `{other}`");
            return Err(Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write `newest` or `oldest`"));
        }
    };
    let (from, until) = (instant(&query, "from")?, instant(&query, "until")?);
    let first = match from {
        Some(at) => first_since(app, at).await?,
        None => Seq(1),
    };
    let last = match until {
        Some(at) => Seq(first_since(app, at).await?.0.saturating_sub(1)),
        None => Seq(u64::MAX),
    };
    let start = paging.after().map_or(if backwards { last } else { first }, |seq| Seq(*seq));
    let text = |name: &str| query.last(name).map(str::to_owned);
    let asked = RecordsAsked {
        from: (start.0 < u64::MAX).then_some(start),
        backwards,
        until: None,
        kinds: kinds(&query)?,
        actor: text("actor"),
        about: text("about"),
        limit: paging.limit(),
    };
    let found = if start.0 == 0 { None } else { Some(consulted(app, asked).await?) };
    let head = app.desk.health().head.seq.0;
    let within = |seq: Seq| (first..=last).contains(&seq);
    let records = found.iter().flat_map(|found| &found.records).filter(|record| within(record.seq));
    let records: Vec<_> = records.map(RecordFound::told).collect();
    let next = found.as_ref().and_then(|found| found.next).filter(|seq| within(*seq)).map(|seq| paging.cursor(&seq.0));
    let more = next.as_ref().map_or_else(String::new, |next| format!(r#","next":"{next}""#));
    let text = format!(r#"{{"records":[{}],"head":{head}{more}}}"#, records.join(","));
    let answer = reply::with_type(StatusCode::OK, "application/json", text);
    Ok(linked(answer, uri, next.as_deref()))
}

/// The kinds that are asked for; each has to be one.
pub(crate) fn kinds(query: &Query) -> Result<Vec<String>, Refused> {
    let kinds: Vec<String> = query.all("kind").filter(|kind| !kind.is_empty()).map(str::to_owned).collect();
    match kinds.iter().find(|kind| !KINDS.iter().any(|known| known.name == **kind)) {
        None => Ok(kinds),
        Some(wrong) => {
            let near = evenkeel_diagnostic::did_you_mean(wrong, KINDS.iter().map(|known| known.name));
            let help = near.map_or_else(
                || "name a kind of record, such as `incident-opened`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("no record is of the kind `{wrong}`");
            Err(Refused::new(StatusCode::BAD_REQUEST, "unknown-kind", message).help(help))
        }
    }
}
