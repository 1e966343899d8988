//! The commands that ask a server, against the real one.

mod facts;
mod incidents;
mod tokens;

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::place::{Place, everything_to};
use crate::server::Server;

/// What is awaited takes no longer.
const SOON: Duration = Duration::from_secs(20);
const NOWHERE: &str = "http://127.0.0.1:9/hook";

/// How a command ended.
#[derive(Debug)]
struct Ended {
    exit: i32,
    out: String,
    err: String,
}

impl Ended {
    /// The result, when it went well.
    fn good(self) -> String {
        assert!(self.exit == 0 && self.err.is_empty(), "{self:?}");
        self.out
    }

    /// The same as JSON.
    fn json(self) -> Value {
        serde_json::from_str(&self.good()).expect("JSON")
    }
}

/// Types a command with nothing but these variables.
fn typed(words: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
    command.args(words).env_clear().envs(variables.iter().copied()).stdin(Stdio::null());
    let output = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let exit = output.status.code().expect("it ends by itself");
    Ended { exit, out: text(output.stdout), err: text(output.stderr) }
}

/// Types a command to a server as its owner.
fn owner(server: &Server, place: &Place, words: &str) -> Ended {
    let (url, data) = (format!("http://{}", server.address()), place.data().display().to_string());
    let words: Vec<&str> = words.split(' ').chain(["--data", &data, "--utc"]).collect();
    typed(&words, &[("EVENKEEL_SERVER", &url), ("USER", "ada")])
}

#[test]
fn a_server_and_a_token_come_from_the_environment_or_from_the_command_line() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let (url, file) = (format!("http://{}", server.address()), place.data().join("owner-token"));
    let file = file.display().to_string();
    let variables = [("EVENKEEL_SERVER", url.as_str()), ("EVENKEEL_TOKEN_FILE", file.as_str())];
    assert_eq!(typed(&["token", "whoami"], &variables).good(), "owner, role admin\n");
    let given = ["token", "whoami", "--server", &url, "--token-file", &file];
    assert_eq!(typed(&given, &[("EVENKEEL_SERVER", "http://127.0.0.1:1")]).good(), "owner, role admin\n");
    let nobody = typed(&["token", "whoami", "--server", &url], &[]);
    assert!(nobody.exit == 2 && nobody.err.contains("`--token-file FILE`"), "{nobody:?}");
    let gone = typed(&["token", "whoami", "--token-file", &file, "--server", "http://127.0.0.1:1"], &[]);
    assert!(gone.exit == 3 && gone.err.contains("no Evenkeel answers at http://127.0.0.1:1"), "{gone:?}");
}

#[test]
fn alerts_are_sent_listed_silenced_and_ended() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let url = format!("http://{}", server.address());
    let anybody = |words: &[&str]| typed(words, &[("EVENKEEL_SERVER", url.as_str())]).good();
    let sent = anybody(&["alert", "send", "Down", "service=api", "path=C:\\x \"y\"\n", "--annotation", "summary=gone"]);
    assert_eq!(sent, "sent: Down service=api path=C:\\x \"y\"\n");
    let ask = |words: &str| owner(&server, &place, words);
    let listed = ask("alert list Down service=~a.i --format json").json();
    assert_eq!(listed[0]["labels"]["path"], "C:\\x \"y\"\n");
    let fingerprint = listed[0]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    assert!(ask(&format!("alert show {fingerprint}")).good().contains("    summary=gone\n"));
    assert_eq!(ask("alert show 0000000000000000").exit, 1);

    let id = ask("silence add Down service=api --for 2h --comment test");
    assert!(id.exit == 0 && id.err.starts_with("holds until "), "{id:?}");
    let id = id.out.trim().to_owned();
    assert_eq!(ask("alert list").good(), "no alerts\n");
    assert!(ask("alert list --silenced").good().contains(&format!("silenced by {id}")));
    assert_eq!(ask(&format!("silence update {id} --comment moving")).good(), format!("{id}\n"));
    let silences = ask("silence list").good();
    assert!(silences.contains("moving") && silences.contains(r#"alertname="Down" service="api""#), "{silences}");
    assert_eq!(ask("silence list --quiet").good(), format!("{id}\n"));
    assert_eq!(ask(&format!("silence expire {id}")).good(), "expired\n");
    let again = ask(&format!("silence expire {id}"));
    assert!(again.exit == 1 && again.err.contains("already expired"), "{again:?}");
    assert_eq!(ask("silence list").good(), "no silences\n");

    anybody(&["alert", "send", "Down", "service=api", "path=C:\\x \"y\"\n", "--end"]);
    assert_eq!(ask("alert list --all").good(), "no alerts\n");
}

#[test]
fn whoever_reads_may_have_seen_enough() {
    let place = Place::new(&everything_to(NOWHERE));
    place.write("on-call.yml", incidents::ON_CALL);
    let ops = place.ops().display().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
    command.args(["oncall", "shifts", "hourly", "--until", "+399d", "--ops", &ops]).env_clear();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_ops_repo_that_cannot_be_resolved_answers_nothing() {
    let place = Place::new("route: { receiver: nobody }\nreceivers: []\n");
    let ops = place.ops().display().to_string();
    let ended = typed(&["oncall", "now", "--ops", &ops], &[]);
    assert!(ended.exit == 1 && ended.out.is_empty(), "{ended:?}");
    assert!(ended.err.contains("alertmanager.yml:1:") && ended.err.contains("`nobody`"), "{ended:?}");
    let both = typed(&["oncall", "now", "--ops", &ops, "--server", "http://127.0.0.1:1"], &[]);
    assert!(both.exit == 2 && both.err.contains("`--ops` asks an ops repo"), "{both:?}");
    let none = typed(&["oncall", "now", "--ops", &format!("{ops}/none")], &[]);
    assert_eq!(none.exit, 3, "{none:?}");
}
