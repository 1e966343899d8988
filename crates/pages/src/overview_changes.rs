//! `/changes`: what was changed, as it was told and recorded: deployments, other changes, plans, overrides.

use askama::Template;
use evenkeel_identity::Action;

use crate::evidence::quoted;
use crate::incident_named::{Named, cut, linked, listed};
use crate::{Ask, Asked, Frame, Moment, PageRoute, Place, Rows, Section, Show, Shown};

/// So many are shown, the newest first.
const SHOWN_MAX: u32 = 100;
const SAID_MAX: usize = 120;

pub(crate) const CHANGES: PageRoute = PageRoute { path: "/changes", action: Action::Read, show: Show::Rows(ask, show) };

#[derive(Debug, Template)]
#[template(path = "changes.html", whitespace = "minimize")]
struct Changes {
    frame: Frame,
    workload: String,
    lines: Vec<Line>,
    more: bool,
}

/// One change.
#[derive(Debug)]
struct Line {
    at: Moment,
    what: &'static str,
    workload: Option<Named>,
    said: String,
    bad: bool,
    record: Option<String>,
}

fn ask(place: &Place) -> Vec<Ask> {
    let told = "SELECT 'deployment' AS what, at, workload, version AS which, outcome AS how, record FROM deployments \
                UNION ALL SELECT 'change' AS what, at, workload, sort AS which, through AS how, record FROM changes";
    let own = "UNION ALL SELECT 'plan' AS what, at, NULL AS workload, commit_id AS which, NULL AS how, record FROM plans \
               UNION ALL SELECT 'override' AS what, at, NULL AS workload, schedule AS which, person AS how, record FROM overrides";
    let sql = match place.last("workload") {
        Some(name) => format!(
            "SELECT what, at, workload, which, how, record FROM ({told}) t WHERE workload = {} ORDER BY at DESC",
            quoted(name)
        ),
        None => format!("{told} {own} ORDER BY at DESC"),
    };
    vec![Ask { sql, rows: SHOWN_MAX }]
}

fn show(asked: &Asked<'_>, rows: &[Rows]) -> Shown {
    let frame = asked.frame(Section::Overview, "What changed");
    let [changes] = rows else { return Shown::not_there("The evidence gave no answer.", "Load the page again.") };
    Shown::page(Changes {
        workload: cut(asked.place.last("workload").unwrap_or(""), SAID_MAX),
        lines: changes.rows.iter().filter_map(|row| line(&frame, row)).collect(),
        more: changes.more,
        frame,
    })
}

fn line(frame: &Frame, row: &[crate::Cell]) -> Option<Line> {
    let [what, at, workload, which, how, record] = row else { return None };
    let (which, how) = (cut(&which.text(), SAID_MAX), cut(&how.text(), SAID_MAX));
    let both =
        [which.as_str(), how.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let (what, said) = match what.text().as_str() {
        "deployment" => ("Deployment", both),
        "change" => ("Change", both),
        "plan" => ("Plan adopted", cut(&which, 12)),
        "override" => ("Override", format!("{how} is on call on {which}")),
        _ => return None,
    };
    let workload = workload.text();
    Some(Line {
        at: frame.moment(at.instant()?),
        what,
        workload: (!workload.is_empty()).then(|| Named::workload(&frame.root, &workload)),
        said,
        bad: matches!(how.as_str(), "failed" | "rolled-back"),
        record: record.whole().and_then(|seq| linked(&frame.root, "/records/{seq}", &seq.to_string())),
    })
}

/// Where the changes of a workload stand, or all of them.
pub(crate) fn address(root: &str, workload: Option<&str>) -> Option<String> {
    let query = workload.map_or_else(String::new, |name| format!("?workload={}", crate::link::encoded(name)));
    listed(root, CHANGES.path, &query)
}
