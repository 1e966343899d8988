//! `/api/v1/query` and `/api/v1/review`: the evidence, and what a review makes of it.
//!
//! Neither asks the engine. The program has the evidence beside it, brings it up to the last record, and answers from there.

use std::collections::BTreeMap;
use std::fmt;

use axum::response::Response;
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::openapi::problems::EVIDENCE;
use crate::openapi::shapes::AnyObject;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// More rows are never given at once.
const ROWS_MAX: u32 = 100_000;
/// So many rows are given where nobody says how many.
const ROWS_USUAL: u32 = 1000;
/// Columns of a text where nobody says how many.
const WIDTH_USUAL: usize = 100;

/// What is asked of the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// One SELECT.
    Query {
        /// Its text.
        sql: String,
        /// So many rows at most.
        rows: u32,
    },
    /// A review.
    Review(ReviewQuestion),
    /// What moved between two named reviews; `now` is the present one.
    Difference {
        /// The earlier one.
        before: String,
        /// The later one.
        after: String,
        /// As what.
        shown: Shown,
    },
}

/// Which review, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewQuestion {
    /// The end of the windows; nothing: now.
    pub at: Option<Timestamp>,
    /// Of one practice only.
    pub practice: Option<String>,
    /// Of one subject only.
    pub subject: Option<String>,
    /// What makes it fail, by its words.
    pub fail_on: Vec<String>,
    /// As what.
    pub shown: Shown,
}

/// As what something is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// `text`, `json`, `markdown`, `sarif`, `html`.
    pub format: String,
    /// Everything, also what is well.
    pub all: bool,
    /// With colours, where it is text.
    pub color: bool,
    /// Columns of a text.
    pub width: usize,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consulted {
    /// Its media type.
    pub media: &'static str,
    /// Its text.
    pub text: String,
    /// Whether something is there that makes a review fail.
    pub fails: bool,
    /// Where a review stands, to be named by a milestone.
    pub standing: Option<ReviewStanding>,
}

/// Where a review stands: what a milestone keeps of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReviewStanding {
    /// The last record that it saw.
    pub seq: u64,
    /// That record's hash.
    pub head: String,
    /// The content hash of the lens.
    pub lens_hash: String,
    /// The end of the windows.
    pub window_end: String,
    /// How many lines have each verdict.
    pub counts: BTreeMap<String, u64>,
}

/// A text, and what it says for a program.
#[derive(Debug, Serialize, JsonSchema)]
struct Envelope {
    media: &'static str,
    text: String,
    fails: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<ReviewStanding>,
}

impl Envelope {
    fn of(consulted: Consulted) -> Self {
        let Consulted { media, text, fails, standing } = consulted;
        Self { media, text, fails, standing }
    }
}

/// Why nothing comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotConsulted {
    /// What is asked for cannot be asked.
    Wrong {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// It could not be found out now.
    Failed(String),
}

impl fmt::Display for NotConsulted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong { message, .. } | Self::Failed(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for NotConsulted {}

const ENVELOPE: Param =
    Param::query("envelope", Sort::Flag, "an object `{media, text, fails, standing}` around the text");
const FORMAT: Param = Param::query(
    "format",
    Sort::Word(&["json", "text", "markdown", "sarif", "html"]),
    "as what; a difference is `json` or `text`",
)
.usual("json");
const ALL: Param = Param::query("all", Sort::Flag, "of a text, also what is well");
const COLOR: Param = Param::query("color", Sort::Flag, "a text with colours for a terminal");
const WIDTH: Param = Param::query("width", Sort::Whole(1, 1000), "columns of a text").usual("100");

/// `GET /query`
pub(crate) const QUERY: Operation = Operation::get("/api/v1/query", "queryEvidence", Tag::Practices)
    .says(
        "Answers one SELECT over the evidence",
        "Brought up to the record that is the last one when the question comes in. docs/evidence.md has the tables and the part \
         of SQL that is read.",
    )
    .params(&[
        Param::query("sql", Sort::Text(65_536), "one SELECT").needed(),
        Param::query("limit", Sort::Whole(0, 100_000), "at most so many rows").usual("1000"),
        ENVELOPE,
    ])
    .answers(&[
        Given::json::<AnyObject>("the rows"),
    ])
    .refuses(&[EVIDENCE]);

/// `GET /review`
pub(crate) const REVIEW: Operation = Operation::get("/api/v1/review", "showReview", Tag::Practices)
    .says("Shows every practice judged by the record", "As docs/schema/review.schema.json has it, where it is JSON.")
    .params(&[
        FORMAT,
        Param::query("at", Sort::Instant, "the end of the windows; without it the end of the hour that runs"),
        Param::query("practice", Sort::Text(300), "of this practice only, by key or alias"),
        Param::query("subject", Sort::Text(300), "of this subject only, by name"),
        ALL,
        COLOR,
        WIDTH,
        Param::query("fail_on", Sort::Text(100), "`contradicted`, `stale`, `unknown` or `high-risk`").many(),
        ENVELOPE,
    ])
    .answers(SHOWN)
    .refuses(&[EVIDENCE]);

/// `GET /review/difference`
pub(crate) const DIFFERENCE: Operation = Operation::get("/api/v1/review/difference", "showDifference", Tag::Practices)
    .says("Shows what moved between two reviews", "")
    .params(&[
        Param::query("before", Sort::Text(300), "a milestone").needed(),
        Param::query("after", Sort::Text(300), "a milestone, or `now`").usual("now"),
        FORMAT,
        ALL,
        COLOR,
        WIDTH,
        ENVELOPE,
    ])
    .answers(SHOWN)
    .refuses(&[EVIDENCE]);

const SHOWN: &[Given] = &[
    Given::json::<AnyObject>("as JSON"),
    Given::text("text/plain; charset=utf-8", "as text"),
    Given::text("text/markdown; charset=utf-8", "as Markdown"),
    Given::json_as::<AnyObject>("application/sarif+json", "as SARIF"),
    Given::text("text/html; charset=utf-8", "as a page"),
];

/// Answers one SELECT.
pub(crate) async fn query<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let sql = query.last("sql").ok_or_else(|| malformed("`sql` is missing", "add one SELECT as `sql`"))?.to_owned();
    let rows = number(&query, "limit")?.unwrap_or(ROWS_USUAL).min(ROWS_MAX);
    answer(app, uri, Question::Query { sql, rows }).await
}

/// Shows a review.
pub(crate) async fn review<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let at = query.last("at").map(str::parse).transpose();
    let at = at.map_err(|_| malformed("`at` is no time", "write it as 2026-04-01T00:00:00Z"))?;
    let text = |name: &str| query.last(name).map(str::to_owned);
    let fail_on = query.all("fail_on").map(str::to_owned).collect();
    let asked =
        ReviewQuestion { at, practice: text("practice"), subject: text("subject"), fail_on, shown: shown(&query)? };
    answer(app, uri, Question::Review(asked)).await
}

/// Shows what moved between two reviews.
pub(crate) async fn difference<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let before =
        query.last("before").ok_or_else(|| malformed("`before` is missing", "name a milestone as `before`"))?;
    let (before, after) = (before.to_owned(), query.last("after").unwrap_or("now").to_owned());
    answer(app, uri, Question::Difference { before, after, shown: shown(&query)? }).await
}

fn shown(query: &Query) -> Result<Shown, Refused> {
    let format = query.last("format").unwrap_or("json").to_owned();
    let set = |name: &str| query.last(name).is_some() && query.flag(name);
    let width = number(query, "width")?.and_then(|width| usize::try_from(width).ok()).unwrap_or(WIDTH_USUAL);
    Ok(Shown { format, all: set("all"), color: set("color"), width })
}

fn number(query: &Query, name: &str) -> Result<Option<u32>, Refused> {
    let read = query.last(name).map(str::parse).transpose();
    read.map_err(|_| malformed(&format!("`{name}` is no number"), "write a whole number above zero"))
}

/// The text as it is; within an object that says more of it, where `envelope` asks for that.
async fn answer<D: Desk>(app: &App<D>, uri: &Uri, question: Question) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let envelope = query.last("envelope").is_some() && query.flag("envelope");
    match app.desk.consult(question).await {
        Ok(consulted) if envelope => Ok(reply::json(StatusCode::OK, &Envelope::of(consulted))),
        Ok(consulted) => Ok(reply::with_type(StatusCode::OK, consulted.media, consulted.text)),
        Err(NotConsulted::Wrong { message, help }) => {
            Err(Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help))
        }
        Err(NotConsulted::Failed(message)) => {
            let help = "the server's log says more; the record itself is not touched by this";
            Err(Refused::new(StatusCode::SERVICE_UNAVAILABLE, "no-evidence", message).help(help))
        }
    }
}

fn malformed(message: &str, help: &str) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help)
}
