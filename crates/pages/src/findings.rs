//! What `check` has to say of the plan that is in force.

use askama::Template;
use evenkeel_report::Page;

use crate::evidence::Cell;
use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::markdown::{Markdown, Within};
use crate::workloads::contains;
use crate::workloads_pager::Pager;
use crate::{Ask, Asked, Frame, Moment, Place, Rows, Section, Shown};

/// So many are looked at; the plan says how many there are.
const FINDINGS: u32 = 10_000;
const PER_PAGE: usize = 50;

#[derive(Debug, Template)]
#[template(path = "findings.html", whitespace = "minimize")]
struct Findings {
    frame: Frame,
    q: String,
    plan: String,
    since: Option<Moment>,
    count: String,
    lines: Vec<Line>,
    pager: Pager,
}

#[derive(Debug)]
struct Line {
    code: Named,
    word: &'static str,
    meaning: String,
    path: String,
    count: i64,
    allowed: i64,
}

#[derive(Debug, Template)]
#[template(path = "finding.html", whitespace = "minimize")]
struct Explained {
    frame: Frame,
    code: &'static str,
    text: Markdown,
    list: String,
}

pub(crate) fn ask(_place: &Place) -> Vec<Ask> {
    let sql = "SELECT code, path, count, allowed, at FROM findings ORDER BY code, path";
    vec![Ask { sql: sql.to_owned(), rows: FINDINGS }]
}

pub(crate) fn show(asked: &Asked<'_>, rows: &[Rows]) -> Shown {
    let frame = asked.frame(Section::Records, "Findings");
    let q = asked.place.last("q").map_or_else(String::new, |q| cut(q.trim(), TITLE_MAX));
    let all = rows.iter().flat_map(|rows| &rows.rows);
    let since = all.clone().filter_map(|row| row.get(4)?.instant()).max();
    let takes = |row: &&Vec<Cell>| row.iter().take(2).any(|cell| contains(&cell.text(), &q));
    let mut found: Vec<&Vec<Cell>> = all.filter(takes).collect();
    // What kept a plan from being adopted elsewhere stands first.
    found.sort_by_key(|row| std::cmp::Reverse(row.first().map_or("", |code| word(&code.text())) == "error or finding"));
    let (range, pager) = Pager::of(asked.place, found.len(), PER_PAGE);
    let lines = found.get(range).unwrap_or_default().iter().filter_map(|row| line(&frame, row)).collect();
    Shown::page(Findings {
        count: evenkeel_review::counted(found.len(), "finding"),
        plan: asked.engine.plan().hash.short().to_string(),
        since: since.map(|at| frame.moment(at)),
        q,
        lines,
        pager,
        frame,
    })
}

fn line(frame: &Frame, row: &[Cell]) -> Option<Line> {
    let [code, path, count, allowed, ..] = row else { return None };
    let code = code.text();
    let page = Page::of(&code);
    Some(Line {
        code: Named {
            href: page.and_then(|page| linked(&frame.root, "/findings/{code}", page.code)),
            name: cut(&code, TITLE_MAX),
        },
        word: word(&code),
        meaning: page.map_or_else(String::new, |page| page.meaning().to_owned()),
        path: cut(&path.text(), 2 * TITLE_MAX),
        count: count.whole().unwrap_or(1),
        allowed: allowed.whole().unwrap_or(0),
    })
}

/// How bad the page of a code says it is.
fn word(code: &str) -> &'static str {
    let text = Page::of(code).map_or("", |page| page.text);
    if text.contains("**Error.**") {
        "error"
    } else if text.contains("**Error or finding.**") {
        "error or finding"
    } else {
        "finding"
    }
}

/// `GET /findings/{code}`: what a code means and what to do.
pub(crate) fn explain(asked: &Asked<'_>) -> Shown {
    let code = asked.place.named("code");
    let Some(page) = Page::of(code) else {
        return Shown::not_there(
            format!("No finding is called `{}`.", cut(code, TITLE_MAX)),
            "The findings of the plan lead to what each of them means.",
        );
    };
    let frame = asked.frame(Section::Records, page.code);
    let list = format!("{}findings", frame.root);
    let text = Markdown {
        text: page.text.into(),
        title: page.code.to_owned(),
        root: frame.root.clone(),
        within: Within::Codes,
    };
    Shown::page(Explained { code: page.code, text, list, frame })
}
