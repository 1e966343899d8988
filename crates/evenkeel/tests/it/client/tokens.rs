//! Tokens are made, used, refused and revoked, and a browser is let in.

use std::fs;

use crate::client::{NOWHERE, owner, typed};
use crate::place::{Place, everything_to};
use crate::server::Server;

#[test]
fn a_token_lets_its_bearer_do_what_its_role_allows_until_it_is_revoked() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let url = format!("http://{}", server.address());
    let ask = |words: &str| owner(&server, &place, words);
    let made = ask("token create looker --role viewer --expires +1d");
    assert!(made.exit == 0 && made.err.contains("`looker`, viewer"), "{made:?}");
    let file = place.ops().with_file_name("looker").display().to_string();
    fs::write(&file, &made.out).expect("a file");
    let looker = |words: &[&str]| {
        let ended = typed(words, &[("EVENKEEL_SERVER", &url), ("EVENKEEL_TOKEN_FILE", &file)]);
        assert!(!ended.err.contains(made.out.trim()), "the secret is printed");
        ended
    };
    let whoami = looker(&["token", "whoami"]);
    assert!(whoami.exit == 0 && whoami.out.contains("role viewer"), "{whoami:?}");
    assert!(whoami.err.contains("chmod 600"), "others can read the file: {whoami:?}");
    let silence = looker(&["silence", "add", "Down", "--for", "1h", "--comment", "x", "--author", "x"]);
    assert!(silence.exit == 1 && silence.err.contains("this token does not allow it"), "{silence:?}");

    let tokens = ask("token list --format json").json();
    let id = tokens["tokens"][0]["id"].as_str().expect("an id").to_owned();
    assert!(ask("token list").good().contains("looker"));
    assert_eq!(ask(&format!("token revoke {id}")).good(), "revoked, and all that were made with it\n");
    assert_eq!(ask("token list").good(), "no tokens\n");
    assert!(ask("token list --all").good().contains("looker"));
    let over = looker(&["token", "whoami"]);
    assert!(over.exit == 3 && over.err.contains("does not know this token"), "{over:?}");
}

#[test]
fn a_browser_is_let_in_by_a_link() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let link = owner(&server, &place, "token login");
    assert_eq!(link.exit, 0, "{link:?}");
    let path = link.out.trim().strip_prefix(&format!("http://{}", server.address())).expect("a link to the server");
    assert_eq!(server.get(path).status, 200);
}
