//! How a plan differs from the one before: what that does to operation, then the files.

use evenkeel_plan_diff::{Difference, ObjectChange, PagingChange, ShiftChange, Way};

use crate::plan_lines::{Line, differing};
use crate::{FileChange, Frame, Moment, PlanChange};

/// Of each list so much is shown; the rest is counted.
const LISTED_MAX: usize = 40;
const FIELDS_MAX: usize = 12;
const STRETCHES_MAX: usize = 6;
const ALERTS_MAX: usize = 8;
/// So many lines of files are shown, in all.
const LINES_MAX: usize = 250;
/// A longer value or line is cut.
const CHARS_MAX: usize = 300;

/// As it is shown.
#[derive(Debug)]
pub(crate) struct Change {
    /// Why it cannot be said what it does to operation.
    pub(crate) not_said: Option<String>,
    /// Whether operation stays what it was.
    pub(crate) nothing: bool,
    pub(crate) paging: Vec<Paging>,
    pub(crate) more_paging: usize,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) objects: Vec<Object>,
    pub(crate) more_objects: usize,
    pub(crate) files: Vec<File>,
}

#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) alerts: String,
    pub(crate) before: Vec<Leads>,
    pub(crate) after: Vec<Leads>,
    pub(crate) is_new: bool,
    pub(crate) is_gone: bool,
}

/// Where alerts lead.
#[derive(Debug)]
pub(crate) struct Leads {
    pub(crate) to: String,
    pub(crate) incident: Option<String>,
    pub(crate) steps: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Shift {
    pub(crate) schedule: String,
    pub(crate) lasts: String,
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) more: usize,
}

#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    pub(crate) before: String,
    pub(crate) after: String,
}

#[derive(Debug)]
pub(crate) struct Object {
    /// `new`, `gone`, `changed`.
    pub(crate) what: &'static str,
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) more: usize,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) what: &'static str,
    pub(crate) lines: Vec<Marked>,
    /// Why there are no lines, or no more.
    pub(crate) note: Option<&'static str>,
}

/// A line of a file.
#[derive(Debug)]
pub(crate) struct Marked {
    pub(crate) class: &'static str,
    pub(crate) mark: &'static str,
    pub(crate) text: String,
}

impl Change {
    pub(crate) fn of(change: &PlanChange, frame: &Frame) -> Self {
        let nothing = Difference::default();
        let (difference, not_said) = match &change.difference {
            Ok(difference) => (difference, None),
            Err(why) => (&nothing, Some(why.clone())),
        };
        Self {
            nothing: not_said.is_none() && difference.is_empty(),
            not_said,
            paging: difference.paging.iter().take(LISTED_MAX).map(paging).collect(),
            more_paging: difference.paging.len().saturating_sub(LISTED_MAX),
            shifts: difference.shifts.iter().take(LISTED_MAX).map(|change| shift(change, frame)).collect(),
            objects: difference.objects.iter().take(LISTED_MAX).map(object).collect(),
            more_objects: difference.objects.len().saturating_sub(LISTED_MAX),
            files: files(&change.files),
        }
    }
}

fn paging(change: &PagingChange) -> Paging {
    let mut alerts = change.alerts.iter().take(ALERTS_MAX).map(|name| &**name).collect::<Vec<_>>().join(", ");
    if change.alerts.len() > ALERTS_MAX {
        alerts = format!("{alerts} and {} more", change.alerts.len() - ALERTS_MAX);
    }
    let only = |ways: &[Way], others: &[Way]| ways.iter().filter(|way| !others.contains(way)).map(leads).collect();
    Paging {
        alerts,
        before: only(&change.before, &change.after),
        after: only(&change.after, &change.before),
        is_new: change.before.is_empty(),
        is_gone: change.after.is_empty(),
    }
}

fn leads(way: &Way) -> Leads {
    Leads {
        to: format!("{} to {}", way.route, way.receiver),
        incident: way.incident.as_ref().map(|(plan, severity)| format!("{plan}, {severity}")),
        steps: way.steps.iter().map(ToString::to_string).collect(),
    }
}

fn shift(change: &ShiftChange, frame: &Frame) -> Shift {
    let people = |people: &[std::sync::Arc<str>]| {
        let names: Vec<&str> = people.iter().map(|name| &**name).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(" and ") }
    };
    let stretch = |one: &evenkeel_plan_diff::Stretch| Stretch {
        from: frame.moment(one.from),
        until: frame.moment(one.until),
        before: people(&one.before),
        after: people(&one.after),
    };
    Shift {
        schedule: change.schedule.to_string(),
        lasts: change.lasts().to_string(),
        stretches: change.stretches.iter().take(STRETCHES_MAX).map(stretch).collect(),
        more: change.stretches.len().saturating_sub(STRETCHES_MAX),
    }
}

fn object(change: &ObjectChange) -> Object {
    let what = match (change.is_new(), change.is_gone()) {
        (true, _) => "new",
        (_, true) => "gone",
        (false, false) => "changed",
    };
    let value = |value: &Option<Box<str>>| value.as_deref().map(cut);
    let field = |field: &evenkeel_plan_diff::FieldChange| Field {
        name: field.field,
        before: value(&field.before),
        after: value(&field.after),
    };
    let shown = if what == "gone" { 0 } else { FIELDS_MAX };
    Object {
        what,
        name: format!("{} {}", change.sort.as_str(), change.name),
        fields: change.fields.iter().take(shown).map(field).collect(),
        more: if what == "gone" { 0 } else { change.fields.len().saturating_sub(shown) },
    }
}

fn files(changes: &[FileChange]) -> Vec<File> {
    let mut left = LINES_MAX;
    changes.iter().take(LISTED_MAX).map(|change| file(change, &mut left)).collect()
}

fn file(change: &FileChange, left: &mut usize) -> File {
    let what = match (&change.before, &change.after) {
        (None, _) => "new",
        (_, None) => "gone",
        (Some(_), Some(_)) => "changed",
    };
    let (before, after) = (change.before.as_deref().unwrap_or(""), change.after.as_deref().unwrap_or(""));
    let (lines, note) = match differing(before, after) {
        _ if what == "gone" => (Vec::new(), None),
        None => (Vec::new(), Some("too long to be compared line by line here")),
        Some(lines) => {
            let note = (lines.len() > *left).then_some("further lines are not shown");
            (lines.iter().take(*left).map(marked).collect(), note)
        }
    };
    *left = left.saturating_sub(lines.len());
    File { path: change.path.clone(), what, lines, note }
}

fn marked(line: &Line<'_>) -> Marked {
    let (class, mark, text) = match line {
        Line::Same(text) => ("same", " ", *text),
        Line::Gone(text) => ("gone", "-", *text),
        Line::New(text) => ("new", "+", *text),
        Line::Gap => ("gap", "⋯", ""),
    };
    Marked { class, mark, text: cut(text) }
}

fn cut(text: &str) -> String {
    let mut chars = text.chars();
    let kept: String = chars.by_ref().take(CHARS_MAX).collect();
    if chars.next().is_some() { format!("{kept}…") } else { kept }
}
