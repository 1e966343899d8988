//! Who was paged, why they, and whether it reached them.

use std::fmt::Write as _;

use super::answer::{Contact, Page};
use super::update::outcome;
use crate::client::{Context, Table, Tone, line};

/// One page, each line behind the indent.
pub(super) fn text(page: &Page, indent: &str, cx: &Context) -> String {
    let (to, id, asked) = (line(&page.to), line(&page.id), asked(page));
    let mut out = format!("{indent}{}, {asked} ({id}): ", cx.paint(Tone::Heading, &to));
    let status = cx.paint(tone(&page.status), &line(&page.status));
    let _ = writeln!(out, "{status}, paged {}", cx.when(page.opened_at.0));
    if page.status == "open"
        && let Some(until) = page.not_after
    {
        let _ = writeln!(out, "{indent}  tried until {}", cx.minute(until.0));
    }
    if !page.because.is_empty() {
        let because: Vec<String> = page.because.iter().map(|why| line(why)).collect();
        let _ = writeln!(out, "{indent}  because {}", because.join(" > "));
    }
    out + &contacts(&page.contacts, &format!("{indent}  "), cx)
}

fn asked(page: &Page) -> String {
    match page.ask.as_str() {
        "acknowledge" => "asked to acknowledge".to_owned(),
        "still-yours" => "asked whether it is still theirs".to_owned(),
        "take-over" => "asked to take over".to_owned(),
        "approve" => format!("asked to approve {}", line(page.update.as_deref().unwrap_or("an update"))),
        other => format!("asked to {}", line(other)),
    }
}

fn tone(status: &str) -> Tone {
    match status {
        "failed" => Tone::Bad,
        "open" | "expired" => Tone::Warning,
        "answered" => Tone::Good,
        _ => Tone::Quiet,
    }
}

fn contacts(contacts: &[Contact], indent: &str, cx: &Context) -> String {
    if contacts.is_empty() {
        return format!("{indent}{}\n", cx.paint(Tone::Bad, "no way to reach them"));
    }
    let mut table = Table::new(["", "", ""]);
    for contact in contacts {
        let at = contact.at.map_or_else(String::new, |at| cx.minute(at.0));
        let tone = (contact.status == "failed").then_some(Tone::Bad);
        let outcome = outcome(&contact.status, contact.attempts, &contact.reason);
        table.toned([(line(&contact.contact), None), (at, None), (outcome, tone)]);
    }
    table.text(cx, indent)
}
