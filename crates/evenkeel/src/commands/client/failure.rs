//! What can go wrong before a server has answered, each with what to do, and how that is printed.

use std::path::Path;

use evenkeel_cli::client::{Method, Refusal, Wrong};
use evenkeel_cli::exit::Exit;
use evenkeel_notify::{Fault, HttpError};
use serde_json::json;

use super::place::Place;

/// `error: …`, with what to do below it.
pub(crate) fn text(refusal: &Refusal) -> String {
    let help = refusal.help.as_ref().map_or_else(String::new, |help| format!("  = help: {help}\n"));
    format!("error: {}\n{help}", refusal.message)
}

/// The same for programs.
pub(crate) fn json(refusal: &Refusal) -> serde_json::Value {
    json!({ "error": { "code": refusal.code, "message": refusal.message, "help": refusal.help } })
}

fn refusal(code: &str, exit: Exit, message: String, help: &str) -> Refusal {
    Refusal { code: code.to_owned(), message, help: Some(help.to_owned()), exit }
}

/// The command line says what cannot be.
pub(crate) fn usage(wrong: Wrong) -> Refusal {
    refusal("usage", Exit::Usage, wrong.message, &wrong.help)
}

/// The address is none.
pub(crate) fn bad_server(given: &str, why: &str) -> Refusal {
    let help = "give `--server` or EVENKEEL_SERVER an address such as `http://127.0.0.1:7070` or `https://ops.example`";
    refusal("bad-server", Exit::Usage, format!("`{given}` is no server: {why}"), help)
}

/// The address holds a credential, which is not repeated.
pub(crate) fn secret_in_server() -> Refusal {
    let help = "put the token into a file that only you can read, and give that with `--token-file`";
    refusal("bad-server", Exit::Usage, "the server's address holds a credential".to_owned(), help)
}

/// Nothing says with which token to ask.
pub(crate) fn no_token() -> Refusal {
    let help = "give `--token-file FILE`, or `--data DIR` with the data folder of a server on this machine, or set \
                EVENKEEL_TOKEN_FILE";
    refusal("no-token", Exit::Usage, "there is no token to show to the server".to_owned(), help)
}

/// A token would travel in clear.
pub(crate) fn in_clear(place: &Place) -> Refusal {
    let help = "use `https://`, or give `--insecure-http` if the way there is safe";
    let message = format!("the token would travel to {} without TLS, for everybody on the way to read", place.base);
    refusal("token-in-clear", Exit::Usage, message, help)
}

/// The data folder has no owner's token.
pub(crate) fn no_owner_token(data: &Path) -> Refusal {
    let help = "give the folder that `evenkeel serve --data` has; it must have run once, and you must be its user";
    refusal("no-token", Exit::Environment, format!("there is no `owner-token` in `{}`", data.display()), help)
}

/// The file with the token cannot be used.
pub(crate) fn unreadable_token(path: &Path, why: &str) -> Refusal {
    let help = "give the file that a token was written to, as by `evenkeel token create … > FILE`";
    refusal("no-token", Exit::Environment, format!("no token in `{}`: {why}", path.display()), help)
}

/// No answer came.
pub(crate) fn unreachable(place: &Place, method: Method, error: &HttpError) -> Refusal {
    let base = &place.base;
    let (code, message, help) = match error.fault {
        Fault::Connect => (
            "no-server",
            format!("no Evenkeel answers at {base}: {}", error.reason),
            "is `evenkeel serve` running? `--server` or EVENKEEL_SERVER says where it is",
        ),
        Fault::Lookup => (
            "no-server",
            format!("{base} cannot be found: {}", error.reason),
            "check the name that `--server` or EVENKEEL_SERVER gives",
        ),
        Fault::Tls => (
            "no-server",
            format!("{base} does not agree on TLS: {}", error.reason),
            "its certificate must be of an authority that this machine trusts",
        ),
        Fault::Address | Fault::Refused => (
            "bad-server",
            format!("{base} cannot be asked: {}", error.reason),
            "check the address that `--server` or EVENKEEL_SERVER gives",
        ),
        Fault::Broken | Fault::Timeout => {
            ("no-answer", format!("{base} gave no answer: {}", error.reason), outcome(method))
        }
    };
    refusal(code, Exit::Environment, message, help)
}

const fn outcome(method: Method) -> &'static str {
    match method {
        Method::Get => "is that an Evenkeel server? its log says more",
        Method::Post | Method::Delete => "it may have been done all the same: look before you ask again",
    }
}

/// The answer is not as agreed.
pub(crate) fn unreadable(place: &Place, error: &serde_json::Error) -> Refusal {
    let help = "is that an Evenkeel server, and of about the same version as this program?";
    let message = format!("the answer of {} is not as expected: {error}", place.base);
    refusal("unreadable-answer", Exit::Environment, message, help)
}
