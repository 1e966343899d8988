//! Tokens for people.

use super::answer::{Created, Login, Token, Tokens, Whoami};
use crate::client::{Context, Shown, Table, line};

/// The secret alone, so that it can go straight into a file; beside it what it is.
pub(super) fn created(answer: &Created, cx: &Context) -> Shown {
    let Token { id, name, role, .. } = &answer.token;
    let expires = answer.token.expires_at.map_or_else(String::new, |at| format!(", until {}", cx.when(at.0)));
    let beside = format!("{} `{}`, {}{expires}; its secret is shown only now\n", line(id), line(name), line(role));
    Shown::good(format!("{}\n", line(&answer.secret))).beside(beside)
}

/// The link alone.
pub(super) fn login(answer: &Login) -> Shown {
    Shown::good(format!("{}\n", line(&answer.url))).beside("open it in a browser on this machine; it works once\n")
}

/// Who one is.
pub(super) fn whoami(answer: &Whoami) -> String {
    let part = |word: &str, value: &Option<String>| value.as_ref().map(|value| format!(", {word}{}", line(value)));
    let parts = [part("role ", &answer.role), part("", &answer.person), part("", &answer.token)];
    format!("{}{}\n", line(&answer.actor), parts.into_iter().flatten().collect::<String>())
}

/// A line each.
pub(super) fn list(answer: &Tokens, cx: &Context) -> String {
    let mut table =
        Table::new(["TOKEN", "NAME", "ROLE", "MAY NOW", "FOR", "MADE WITH", "CREATED", "EXPIRES", "REVOKED"]);
    let minute = |at: Option<crate::client::Instant>| at.map_or_else(String::new, |at| cx.minute(at.0));
    for token in &answer.tokens {
        let reaches = token.rights.as_deref().filter(|rights| *rights != token.role).unwrap_or_default();
        let source = token.source.as_ref().map(|source| format!("source {source}"));
        table.row([
            line(&token.id),
            line(&token.name),
            line(&token.role),
            line(reaches),
            line(token.person.as_ref().or(source.as_ref()).map_or("", String::as_str)),
            line(token.parent.as_deref().unwrap_or("owner")),
            minute(token.created_at),
            minute(token.expires_at),
            minute(token.revoked_at),
        ]);
    }
    if table.len() == 0 { "no tokens\n".to_owned() } else { format!("{}{}\n", table.text(cx, ""), cx.zone_note()) }
}
