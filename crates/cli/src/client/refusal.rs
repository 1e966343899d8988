//! What the server says when it does not do something.

use serde_json::Value;

use super::printable::line;
use crate::exit::Exit;

/// A request that was not done, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// In one word with hyphens, for programs.
    pub code: String,
    /// What is wrong, on one line.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// How the command ends.
    pub exit: Exit,
}

/// What a status other than a good one means, with the server's own words where it has some.
///
/// The own API says a problem with `code`, `detail` and `help`, Alertmanager's API one JSON text or `{"code", "message"}`.
#[must_use]
pub fn refusal(status: u16, body: &[u8], server: &str) -> Refusal {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    if status == 404 && body.get("code").and_then(Value::as_u64) == Some(404) {
        return unknown_path(server);
    }
    let own = |field: &str| body.get(field).and_then(Value::as_str).map(line);
    let said = own("detail").or_else(|| body.as_str().or_else(|| body.get("message")?.as_str()).map(line));
    let (code, usual, help, exit) = meaning(status);
    let message = match (status, said.filter(|said| !said.is_empty())) {
        (300..=399, _) | (_, None) => usual.replace("{server}", server),
        (401 | 403 | 503, Some(said)) => format!("{}: {said}", usual.replace("{server}", server)),
        (_, Some(said)) => said,
    };
    let help = own("help").or_else(|| help.map(str::to_owned)).filter(|help| !help.is_empty());
    Refusal { code: own("code").unwrap_or_else(|| code.to_owned()), message, help, exit }
}

/// What is asked about is not missing: the question is.
fn unknown_path(server: &str) -> Refusal {
    Refusal {
        code: "unknown-path".to_owned(),
        message: format!("{server} does not know this question"),
        help: Some("is it an Evenkeel server, and no older than this program?".to_owned()),
        exit: Exit::Environment,
    }
}

type Meaning = (&'static str, &'static str, Option<&'static str>, Exit);

const fn meaning(status: u16) -> Meaning {
    match status {
        300..=399 => (
            "elsewhere",
            "{server} points to another address",
            Some("give the address it points to with `--server`"),
            Exit::Environment,
        ),
        401 => (
            "unknown-token",
            "{server} does not know this token",
            Some("it may be revoked or expired, or from another server; check `--token-file` or `--data`"),
            Exit::Environment,
        ),
        403 => ("may-not", "this token does not allow it", Some("see `evenkeel token whoami`"), Exit::Findings),
        404 => ("not-found", "there is no such thing", None, Exit::Findings),
        409 => ("state", "its state does not allow it", None, Exit::Findings),
        413 => ("too-large", "it is too large", None, Exit::Findings),
        400..=499 if status != 429 && status != 408 => ("refused", "it was refused", None, Exit::Findings),
        429 | 503 => (
            "not-now",
            "{server} cannot take it now",
            Some("nothing was done; try again in a moment, and look at `/readyz` if it stays so"),
            Exit::Environment,
        ),
        _ => ("server-error", "{server} answered with an error", Some("its log says more"), Exit::Environment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, expect: &str, exit: Exit) {
        let refusal = refusal(status, body.as_bytes(), "http://s");
        let help = refusal.help.as_deref().unwrap_or("-");
        assert_eq!(format!("{} | {} | {help}", refusal.code, refusal.message), expect);
        assert_eq!(refusal.exit, exit);
    }

    #[test]
    fn the_servers_own_words_are_passed_on() {
        check(
            409,
            r#"{"code":"already-closed","detail":"incident:17 is closed","help":"open a new one"}"#,
            "already-closed | incident:17 is closed | open a new one",
            Exit::Findings,
        );
        check(
            403,
            r#"{"code":"role","detail":"viewer may not respond","help":"a responder may"}"#,
            "role | this token does not allow it: viewer may not respond | a responder may",
            Exit::Findings,
        );
        check(400, r#""bad\u001b matcher""#, "refused | bad\u{fffd} matcher | -", Exit::Findings);
        check(422, r#"{"code":601,"message":"no id"}"#, "refused | no id | -", Exit::Findings);
    }

    #[test]
    fn a_status_without_words_still_says_what_to_do() {
        check(
            401,
            "",
            "unknown-token | http://s does not know this token | \
             it may be revoked or expired, or from another server; check `--token-file` or `--data`",
            Exit::Environment,
        );
        check(
            404,
            r#"{"code":404,"message":"path /api/v1/x was not found","near":[]}"#,
            "unknown-path | http://s does not know this question | is it an Evenkeel server, and no older than this program?",
            Exit::Environment,
        );
        check(404, "<html>", "not-found | there is no such thing | -", Exit::Findings);
        check(
            503,
            r#""the disk is full""#,
            "not-now | http://s cannot take it now: the disk is full | \
             nothing was done; try again in a moment, and look at `/readyz` if it stays so",
            Exit::Environment,
        );
        check(
            302,
            r#""moved""#,
            "elsewhere | http://s points to another address | give the address it points to with `--server`",
            Exit::Environment,
        );
        check(500, "", "server-error | http://s answered with an error | its log says more", Exit::Environment);
    }
}
