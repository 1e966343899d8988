//! Attestations for people.

use std::fmt::Write as _;

use super::answer::{Attestation, Attestations};
use crate::client::{Context, Table, line};

pub(super) fn signed(one: &Attestation, cx: &Context) -> String {
    let word = if one.not_applicable { "not applicable" } else { "attested" };
    format!(
        "{word}: {} {} of {}\n  {}, until {}\n  {}\n",
        line(&one.id),
        line(&one.practice),
        line(&one.subject),
        line(&one.person),
        cx.when(one.expires_at.0),
        line(&one.statement)
    )
}

pub(super) fn list(answer: &Attestations, cx: &Context) -> String {
    let mut table = Table::new(["ATTESTATION", "PRACTICE", "OF", "BY", "SIGNED", "UNTIL", "", "STATEMENT"]);
    for one in &answer.attestations {
        table.row([
            line(&one.id),
            line(&one.practice),
            line(&one.subject),
            line(&one.person),
            cx.minute(one.at.0),
            cx.when(one.expires_at.0),
            if one.not_applicable { "not applicable".to_owned() } else { String::new() },
            line(&one.statement),
        ]);
    }
    if table.len() == 0 {
        return "no attestations\n".to_owned();
    }
    let mut out = table.text(cx, "");
    let plural = if table.len() == 1 { "" } else { "s" };
    let _ = writeln!(out, "{} attestation{plural}; {}", table.len(), cx.zone_note());
    out
}
