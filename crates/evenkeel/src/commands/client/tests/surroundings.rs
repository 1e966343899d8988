//! Where the token comes from, and where it does not go.

use super::fake::Fake;
use super::{Desk, Ended};

/// Nobody listens there, and nobody is asked.
const NOBODY: &str = "http://127.0.0.1:1";

fn refused(exit: u8, message: &str, help: &str) -> Ended {
    Ended { exit, out: String::new(), err: format!("error: {message}\n  = help: {help}\n") }
}

#[tokio::test]
async fn without_a_token_the_three_ways_to_give_one_are_named() {
    let help = "give `--token-file FILE`, or `--data DIR` with the data folder of a server on this machine, or set \
                EVENKEEL_TOKEN_FILE";
    let ended = Desk::new().types(NOBODY, "evenkeel incident list").await;
    assert_eq!(ended, refused(2, "there is no token to show to the server", help));
    let ended = Desk::new().types("https://ops.example", "evenkeel alert send Down").await;
    assert_eq!(ended, refused(2, "there is no token to show to the server", help));
}

#[tokio::test]
async fn the_command_lines_token_goes_before_the_environments() {
    let mut desk = Desk::new();
    desk.file("owner-token", "ek_owner", 0o600);
    let other = desk.file("other", "ek_other", 0o600);
    desk.environment.token_file = Some(other.display().to_string());
    for (given, token) in [("TOKEN", "ek_token"), ("--data FOLDER", "ek_owner"), ("--utc", "ek_other")] {
        let fake = Fake::answering(&[(200, r#"{"incidents":[]}"#)]).await;
        let ended = desk.types(&fake.url, &format!("evenkeel incident list {given}")).await;
        assert_eq!(ended, Ended { exit: 0, out: "no incidents\n".to_owned(), err: String::new() });
        assert_eq!(fake.asked(), [format!("GET /api/v1/incidents [Bearer {token}]")]);
    }
}

#[tokio::test]
async fn a_token_that_others_can_read_is_used_with_a_warning() {
    let desk = Desk::new();
    desk.file("token", "ek_token", 0o640);
    let fake = Fake::answering(&[(200, r#"{"incidents":[]}"#)]).await;
    let ended = desk.types(&fake.url, "evenkeel incident list TOKEN").await;
    let warning =
        "warning: others on this machine can read the token in `FOLDER/token`; run `chmod 600 FOLDER/token`\n";
    assert_eq!(ended, Ended { exit: 0, out: "no incidents\n".to_owned(), err: warning.to_owned() });
}

#[tokio::test]
async fn a_token_does_not_leave_the_machine_in_clear() {
    let ended = Desk::new().types("http://ops.example:7070", "evenkeel incident list TOKEN").await;
    let help = "use `https://`, or give `--insecure-http` if the way there is safe";
    let message = "the token would travel to SERVER without TLS, for everybody on the way to read";
    assert_eq!(ended, refused(2, message, help));
    // Nobody listens there either, but it gets as far as finding that out.
    let ended = Desk::new().types("http://0.0.0.0:1", "evenkeel incident list TOKEN --insecure-http").await;
    assert_eq!(ended.exit, 3, "{ended:?}");
}

#[tokio::test]
async fn a_file_without_a_token_is_named_with_what_to_do() {
    let desk = Desk::new();
    let ended = desk.types(NOBODY, "evenkeel incident list --token-file FOLDER/none").await;
    let help = "give the file that a token was written to, as by `evenkeel token create … > FILE`";
    assert_eq!(ended, refused(3, "no token in `FOLDER/none`: No such file or directory (os error 2)", help));
    let ended = desk.types(NOBODY, "evenkeel incident list --data FOLDER").await;
    let help = "give the folder that `evenkeel serve --data` has; it must have run once, and you must be its user";
    assert_eq!(ended, refused(3, "there is no `owner-token` in `FOLDER`", help));
}

#[tokio::test]
async fn a_credential_in_the_address_is_refused_and_not_repeated() {
    let ended = Desk::new().types("http://me:ek_secret@127.0.0.1", "evenkeel incident list TOKEN").await;
    assert_eq!(ended.exit, 2);
    assert!(!ended.err.contains("ek_secret"), "{ended:?}");
}

#[tokio::test]
async fn what_cannot_be_is_said_before_anything_is_asked() {
    let ended = Desk::new().types(NOBODY, "evenkeel silence add Down --for 0 --comment x --author a TOKEN").await;
    assert_eq!(ended.exit, 2);
    assert!(ended.err.starts_with("error: it would end at 2026-11-20 02:26, before it holds\n"), "{ended:?}");
}
