//! What stakeholders or customers are told, whether it went out, and who may let it.

use std::fmt::Write as _;

use super::answer::{Address, Update};
use crate::client::{Context, Tone, indented, line};

/// One update, each line behind the indent.
pub(super) fn text(update: &Update, indent: &str, cx: &Context) -> String {
    let (id, kind, audience) = (line(&update.id), line(&update.kind), line(&update.audience));
    let at = update.created_at.map_or_else(String::new, |at| format!(", {}", cx.when(at.0)));
    let mut out = format!("{indent}{id}, {kind} to {audience}{at}: {}\n", status(update, cx));
    if update.status == "awaiting-approval" {
        let number = id.rsplit(':').next().unwrap_or_default();
        let hint = format!("evenkeel incident approve {number}");
        let _ = writeln!(out, "{indent}  to let it go out: {}", cx.paint(Tone::Heading, &hint));
    }
    if !update.title.is_empty() {
        let _ = writeln!(out, "{indent}  {}", cx.paint(Tone::Heading, &line(&update.title)));
    }
    out.push_str(&indented(&update.text, &format!("{indent}  ")));
    for address in &update.addresses {
        let _ = writeln!(out, "{indent}  {}", arrived(address, cx));
    }
    out
}

fn status(update: &Update, cx: &Context) -> String {
    let approvers: Vec<String> = update.approvers.iter().map(|who| line(who)).collect();
    let reason = update.reason.as_deref().filter(|reason| !reason.is_empty());
    let reason = reason.map_or_else(String::new, |reason| format!(": {}", line(reason)));
    match (update.status.as_str(), &update.approved_by) {
        ("awaiting-approval", _) if approvers.is_empty() => cx.paint(Tone::Warning, "waits for approval"),
        ("awaiting-approval", _) => {
            cx.paint(Tone::Warning, &format!("waits for approval by {}", approvers.join(" or ")))
        }
        (other, Some(by)) => format!("{}, approved by {}{reason}", line(other), line(by)),
        (other, None) => format!("{}{reason}", line(other)),
    }
}

fn arrived(address: &Address, cx: &Context) -> String {
    let text = format!("{}: {}", line(&address.address), outcome(&address.status, address.attempts, &address.reason));
    if address.status == "failed" { cx.paint(Tone::Bad, &text) } else { text }
}

/// `failed after 3 attempts: mailbox full`
pub(super) fn outcome(status: &str, attempts: u32, reason: &Option<String>) -> String {
    let mut out = line(status);
    if attempts > 1 || (attempts == 1 && status == "failed") {
        let _ = write!(out, " after {attempts} attempt{}", if attempts == 1 { "" } else { "s" });
    }
    if let Some(reason) = reason.as_deref().filter(|reason| !reason.is_empty()) {
        let _ = write!(out, ": {}", line(reason));
    }
    out
}
