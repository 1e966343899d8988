//! What became of a case, compared with what should.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::{ExpectedIncident, ExpectedPage, Name, RoutingCase};
use evenkeel_model::{codes, quoted};

use crate::play::{Played, PlayedIncident, PlayedPage, Unplayable};

/// Of the pages of a case so many are told; the others are counted.
const PAGES_SHOWN_MAX: usize = 3;

/// Everything that came out otherwise, each at the expectation it fails.
#[must_use]
pub fn judge(case: &RoutingCase, outcome: &Result<Played, Unplayable>) -> Vec<Diagnostic> {
    let played = match outcome {
        Ok(played) => played,
        Err(why) => return vec![unplayable(case, why)],
    };
    let expect = &case.expect;
    let mut failed = Vec::new();
    if let Some(wanted) = &expect.receivers {
        failed.extend(receivers(case, wanted, played));
    }
    if let Some(wanted) = &expect.incident {
        failed.extend(incident(case, wanted, played));
    }
    if let Some(wanted) = &expect.pages {
        failed.extend(pages(case, wanted, played));
    }
    failed
}

fn failed(case: &RoutingCase, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(codes::FAILED_CASE, span, format!("{}: {what}", quoted(&case.name.value)))
}

fn unplayable(case: &RoutingCase, why: &Unplayable) -> Diagnostic {
    match why {
        Unplayable::InvalidAlert(invalid) => {
            failed(case, case.name.span, &format!("no server would take the alert: {invalid}"))
        }
        Unplayable::TooLong => {
            let diag = failed(case, case.name.span, "so much happens that it was stopped");
            diag.help("watch it for a shorter time: `for: 1h`")
        }
    }
}

fn receivers(case: &RoutingCase, wanted: &Spanned<Vec<Name>>, played: &Played) -> Option<Diagnostic> {
    let names: BTreeSet<Arc<str>> = wanted.value.iter().map(|name| Arc::clone(&name.value)).collect();
    if names == played.receivers {
        return None;
    }
    let headline = format!("{} was told, and not {}", list(&played.receivers, "nobody"), list(&names, "nobody"));
    let mut diag = failed(case, wanted.span, &headline);
    let muted = played.muted.iter().filter(|(receiver, _)| names.contains(*receiver));
    let muted: Vec<String> =
        muted.map(|(receiver, by)| format!("{} is muted by {} then", quoted(receiver), quoted(by))).collect();
    if !muted.is_empty() {
        diag = diag.label(muted.join(", "));
    }
    Some(diag.help(format!("the alerts took {}", list(&played.routes, "no route"))))
}

fn incident(case: &RoutingCase, wanted: &Spanned<Option<ExpectedIncident>>, played: &Played) -> Option<Diagnostic> {
    let Some(expected) = &wanted.value else {
        let opened = played.incidents.first()?;
        let diag = failed(case, wanted.span, &format!("{} was opened, and none should be", shown(opened)));
        return Some(diag.help(opened.severity_reason.to_string()));
    };
    let fits = |opened: &PlayedIncident| {
        expected.response_plan.as_ref().is_none_or(|name| name.value == opened.response_plan)
            && expected.severity.as_ref().is_none_or(|severity| severity.value == opened.severity)
    };
    if played.incidents.iter().any(fits) {
        return None;
    }
    let plan = expected.response_plan.as_ref().map(|name| format!(" by {}", quoted(&name.value))).unwrap_or_default();
    let severity = expected.severity.as_ref().map(|severity| format!(" of {}", severity.value)).unwrap_or_default();
    let opened: Vec<String> = played.incidents.iter().map(shown).collect();
    let opened = if opened.is_empty() { "none".to_owned() } else { opened.join(", ") };
    let diag = failed(case, wanted.span, &format!("{opened} was opened, and not an incident{plan}{severity}"));
    let reasons: Vec<&str> = played.incidents.iter().map(|one| &*one.severity_reason).collect();
    let routes = format!("the alerts took {}", list(&played.routes, "no route"));
    Some(diag.help(if reasons.is_empty() { routes } else { reasons.join("; ") }))
}

fn shown(incident: &PlayedIncident) -> String {
    format!("an incident by {} of {}", quoted(&incident.response_plan), incident.severity)
}

fn pages(case: &RoutingCase, wanted: &Spanned<Vec<ExpectedPage>>, played: &Played) -> Option<Diagnostic> {
    let rows = wanted.value.len().max(played.pages.len());
    let first = (0..rows).find_map(|row| match (wanted.value.get(row), played.pages.get(row)) {
        (Some(expected), Some(page)) => differs(expected, page).map(|why| (expected.span, why)),
        (Some(expected), None) => Some((expected.span, format!("{} was not paged", quoted(&expected.person.value)))),
        (None, Some(page)) => Some((wanted.span, format!("{} was paged too, after {}", page.to, page.after))),
        (None, None) => None,
    });
    let (span, why) = first?;
    let diag = failed(case, span, &why);
    let chain = |page: &PlayedPage| {
        let contacts: Vec<String> = page.contacts.iter().map(|(name, after)| format!("{name} after {after}")).collect();
        let contacts = if contacts.is_empty() { "no contact".to_owned() } else { contacts.join(", ") };
        format!("{} after {} by {contacts} ({})", page.to, page.after, page.because.join("; "))
    };
    let mut all: Vec<String> = played.pages.iter().take(PAGES_SHOWN_MAX).map(chain).collect();
    let more = played.pages.len().saturating_sub(PAGES_SHOWN_MAX);
    if more > 0 {
        all.push(format!("{more} more"));
    }
    let why = played.incidents.iter().find_map(|incident| incident.unroutable.as_deref());
    let nobody = || why.map_or_else(|| "nobody was paged".to_owned(), |why| format!("nobody was paged: {why}"));
    Some(diag.help(if all.is_empty() { nobody() } else { format!("paged: {}", all.join(", then ")) }))
}

/// How a page differs from what is expected in its place.
fn differs(expected: &ExpectedPage, page: &PlayedPage) -> Option<String> {
    let wanted = &expected.person.value;
    if page.to.name() != wanted {
        return Some(format!("{} was paged after {}, and not {}", page.to, page.after, quoted(wanted)));
    }
    if let Some(after) = expected.after.filter(|after| *after != page.after) {
        return Some(format!("{} was paged after {}, and not after {after}", page.to, page.after));
    }
    let contacts = expected.contacts.as_ref()?;
    let wanted: BTreeSet<Arc<str>> = contacts.iter().map(|name| Arc::clone(&name.value)).collect();
    let tried: BTreeSet<Arc<str>> = page.contacts.iter().map(|(name, _)| Arc::clone(name)).collect();
    let (shown, instead) = (list(&tried, "nothing"), list(&wanted, "nothing"));
    (wanted != tried).then(|| format!("{} was paged by {shown}, and not by {instead}", page.to))
}

fn list(names: &BTreeSet<Arc<str>>, none: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    if names.is_empty() { none.to_owned() } else { names.join(", ") }
}
