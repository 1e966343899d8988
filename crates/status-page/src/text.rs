//! A page for a terminal, made from its JSON: so it is the same whoever gave it.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::Condition;

#[derive(Deserialize)]
struct Page {
    page: Head,
    renewed_at: String,
    state: Condition,
    components: Vec<Component>,
    incidents: Vec<Notice>,
    planned: Vec<Planned>,
    past_incidents: Vec<Notice>,
}

#[derive(Deserialize)]
struct Head {
    title: String,
}

#[derive(Deserialize)]
struct Component {
    title: String,
    group: Option<String>,
    state: Condition,
    since: Option<String>,
    up_percent: Option<f64>,
    days: Vec<Day>,
}

#[derive(Deserialize)]
struct Day {}

#[derive(Deserialize)]
struct Notice {
    title: String,
    began_at: String,
    over_at: Option<String>,
    updates: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    at: String,
    text: String,
}

#[derive(Deserialize)]
struct Planned {
    title: String,
    starts_at: String,
    ends_at: String,
}

/// The page as text, of what `status.json` holds. What steers terminals is printed as `?`.
///
/// # Errors
/// When it is no such JSON.
pub fn text(json: &str) -> Result<String, serde_json::Error> {
    let page: Page = serde_json::from_str(json)?;
    let mut out = String::new();
    let _ = writeln!(out, "{}: {}", line(&page.page.title), page.state.of_all());
    let width = page.components.iter().map(|component| line(&component.title).chars().count()).max().unwrap_or(0);
    let mut group = None;
    for (n, component) in page.components.iter().enumerate() {
        if n == 0 || component.group != group {
            out.push('\n');
            group.clone_from(&component.group);
            if let Some(title) = &group {
                let _ = writeln!(out, "{}", line(title));
            }
        }
        row(component, width, &mut out);
    }
    said("What is going on", &page.incidents, &mut out);
    if !page.planned.is_empty() {
        out.push_str("\nPlanned work\n");
        for work in &page.planned {
            let _ = writeln!(out, "  {} to {}  {}", minute(&work.starts_at), minute(&work.ends_at), line(&work.title));
        }
    }
    said("Past incidents", &page.past_incidents, &mut out);
    let _ = writeln!(out, "\nAs of {}", minute(&page.renewed_at));
    Ok(out)
}

fn row(component: &Component, width: usize, out: &mut String) {
    let up = component.up_percent.map_or_else(|| "not known".to_owned(), |percent| format!("{percent} % up"));
    let since = component.since.as_ref().map_or_else(String::new, |since| format!("  since {}", minute(since)));
    let _ = writeln!(
        out,
        "{} {:width$}  {:14}  {up} in {} days{since}",
        sign(component.state),
        line(&component.title),
        component.state.word(),
        component.days.len(),
    );
}

fn said(heading: &str, notices: &[Notice], out: &mut String) {
    if notices.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading}");
    for notice in notices {
        let over = notice.over_at.as_ref().map_or_else(String::new, |over| format!(" to {}", minute(over)));
        let _ = writeln!(out, "  {}{over}  {}", minute(&notice.began_at), line(&notice.title));
        if let Some(last) = notice.updates.last().filter(|_| notice.over_at.is_none()) {
            let _ = writeln!(out, "    {}: {}", minute(&last.at), line(&last.text));
        }
    }
}

const fn sign(condition: Condition) -> char {
    match condition {
        Condition::Operational => '✓',
        Condition::Maintenance => '◆',
        Condition::Degraded => '▲',
        Condition::PartialOutage => '■',
        Condition::MajorOutage => '✗',
    }
}

/// `2026-11-20 09:41 UTC` of `2026-11-20T09:41:00Z`.
fn minute(exact: &str) -> String {
    let shown: String = line(exact).chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect();
    format!("{shown} UTC")
}

/// In one line, without what steers terminals.
fn line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' {
                ' '
            } else if c.is_control() {
                '?'
            } else {
                c
            }
        })
        .collect()
}
