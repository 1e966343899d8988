//! What a page or an update says, in the order in which a person needs it at three in the morning.
//!
//! Everything here is one line or several lines of plain text; what else a format takes for structure is its own to
//! make harmless.

use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_incident::{PageMessage, UpdateMessage, UpdateText};
use evenkeel_record::Ask;
use evenkeel_severity::Severity;

use crate::content::LinkedPage;
use crate::inert::{cut_line, lines};
use crate::instant::GoTime;

/// A page or an update, ready to be laid out.
#[derive(Debug)]
pub(crate) struct Brief<'a> {
    pub(crate) incident: IncidentId,
    pub(crate) severity: Severity,
    /// `[sev1] title (incident:17)`; of an update the title alone, since customers read it
    pub(crate) subject: String,
    /// What is asked; empty where nothing is.
    pub(crate) ask: &'static str,
    /// The text of the update, or of the one to approve. May have several lines, or none.
    pub(crate) text: String,
    /// What has to be known before acting.
    pub(crate) first: Vec<Point>,
    pub(crate) button: Option<Button<'a>>,
    /// How to answer without a link.
    pub(crate) command: Option<String>,
    /// What explains the rest.
    pub(crate) then: Vec<Point>,
}

/// One thing that is said, with its name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// Opens the page at which a person answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Button<'a> {
    pub(crate) label: &'static str,
    pub(crate) link: &'a str,
}

/// Longest title and longest point. Units: characters.
const TITLE_CHARS_MAX: usize = 160;
const POINT_CHARS_MAX: usize = 1000;

impl<'a> Brief<'a> {
    /// What a page says.
    pub(crate) fn of_page(page: &'a LinkedPage) -> Self {
        let message = &page.message;
        let (ask, label, command) = asked(message);
        let button = page.web_link().map(|link| Button { label, link });
        Self {
            incident: message.incident,
            severity: message.severity,
            subject: subject(message.severity, &message.title, message.incident),
            ask,
            text: message.update.as_ref().map(approved_text).unwrap_or_default(),
            first: first(message),
            command: button.is_none().then_some(command),
            button,
            then: then(message),
        }
    }

    /// What an update says.
    pub(crate) fn of_update(message: &UpdateMessage) -> Self {
        Self {
            incident: message.incident,
            severity: message.severity,
            subject: cut_line(&message.title, TITLE_CHARS_MAX),
            ask: "",
            text: lines(&message.text),
            first: Vec::new(),
            button: None,
            command: None,
            then: Vec::new(),
        }
    }

    /// All points, those to know first before those that explain.
    pub(crate) fn points(&self) -> impl Iterator<Item = &Point> {
        self.first.iter().chain(&self.then)
    }
}

fn subject(severity: Severity, title: &str, incident: IncidentId) -> String {
    format!("[{severity}] {} ({incident})", cut_line(title, TITLE_CHARS_MAX))
}

/// The request, the words on the button, and the command that does the same.
fn asked(message: &PageMessage) -> (&'static str, &'static str, String) {
    let acknowledge = format!("evenkeel incident ack {}", message.incident);
    match message.ask {
        Ask::Acknowledge => ("You are paged. Please acknowledge.", "Acknowledge", acknowledge),
        Ask::StillYours => ("Your acknowledgement has run out. Is this still yours?", "Still mine", acknowledge),
        Ask::TakeOver => ("Please take this over.", "Take over", acknowledge),
        Ask::Approve(update) => (
            "Please approve this update, or withdraw it.",
            "Read and approve",
            format!("evenkeel incident approve {update}"),
        ),
    }
}

fn approved_text(update: &UpdateText) -> String {
    let title = cut_line(&update.title, TITLE_CHARS_MAX);
    let text = lines(&update.text);
    if title.is_empty() { text } else { format!("{title}\n\n{text}") }
}

fn first(message: &PageMessage) -> Vec<Point> {
    let suffers: Vec<&str> =
        [&*message.impact_who, &*message.impact_what].into_iter().filter(|text| !text.trim().is_empty()).collect();
    let mut points = vec![point("Who suffers", &suffers.join(": ")), point("What is seen", &message.summary)];
    match message.ask {
        Ask::Acknowledge | Ask::StillYours | Ask::TakeOver => {
            points.push(point("What to do", message.procedure.as_deref().unwrap_or("no procedure is named")));
        }
        Ask::Approve(_) => {}
    }
    points.retain(|point| !point.text.is_empty());
    points
}

fn then(message: &PageMessage) -> Vec<Point> {
    let why = match message.to {
        DocumentRef::Person(_) => "Why you",
        DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => "Why here",
    };
    let step = message.step.map(|(step, round)| match round {
        0 => format!("step {}", u64::from(step) + 1),
        _ => format!("step {}, round {}", u64::from(step) + 1, u64::from(round) + 1),
    });
    let mut points = vec![
        point(why, &message.because.join("; ")),
        point("How bad", &format!("{}, {}", message.severity, message.severity_reason)),
        point("Workload", message.workload.as_deref().unwrap_or_default()),
        point("Since", &GoTime(Some(message.opened_at)).to_string()),
        point("Escalation", &step.unwrap_or_default()),
    ];
    points.retain(|point| !point.text.is_empty());
    points
}

fn point(name: &'static str, text: &str) -> Point {
    Point { name, text: cut_line(text, POINT_CHARS_MAX) }
}
