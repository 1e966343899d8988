//! An ops repo in git: what is committed serves, and the record says who committed it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::patience::until;
use crate::place::{Place, everything_to};
use crate::server::Server;

const SOON: Duration = Duration::from_secs(30);

fn git(dir: &Path, arguments: &[&str]) {
    let nobody = "/dev/null";
    let status = Command::new("git")
        .args(["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(dir)
        .envs([("GIT_CONFIG_GLOBAL", nobody), ("GIT_CONFIG_SYSTEM", nobody)])
        .status();
    assert!(status.expect("git runs").success(), "git {arguments:?}");
}

fn commit(dir: &Path, message: &str) {
    git(dir, &["add", "--all"]);
    git(dir, &["commit", "--quiet", "--message", message]);
}

fn adopted(place: &Place) -> Vec<(String, String)> {
    let text = |body: &serde_json::Value, name: &str| body["commit"][name].as_str().unwrap_or("nobody").to_owned();
    place.of_kind("plan-adopted").iter().map(|body| (text(body, "author"), text(body, "summary"))).collect()
}

#[test]
fn what_is_committed_serves_and_what_is_not_is_said_once() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    git(&place.ops(), &["init", "--quiet", "."]);
    commit(&place.ops(), "everything to the hook");
    let later = everything_to("http://127.0.0.1:9/hook").replace("4h", "5h");
    place.write("alertmanager.yml", &later);
    let server = Server::start(&place);
    assert!(server.get("/api/v2/status").body.contains("4h"), "the change is not committed");
    until("it is said", SOON, || server.log().contains("uncommitted changes are not taken").then_some(()));
    commit(&place.ops(), "told again after five hours");
    until("the commit is adopted", SOON, || (adopted(&place).len() == 2).then_some(()));
    assert!(server.get("/api/v2/status").body.contains("5h"));
    let ada = |summary: &str| ("Ada Lovelace <ada@example.com>".to_owned(), summary.to_owned());
    assert_eq!(adopted(&place), [ada("everything to the hook"), ada("told again after five hours")]);
    assert_eq!(server.log().matches("uncommitted changes").count(), 1);
}

fn commits(place: &Place) -> Vec<serde_json::Value> {
    let facts = place.records().into_iter().filter(|record| record["kind"] == "fact-reported");
    facts.filter(|record| record["body"]["kind"] == "commit").collect()
}

fn sizes(place: &Place) -> Vec<i64> {
    commits(place).iter().map(|record| record["body"]["fields"]["size"].as_i64().expect("a size")).collect()
}

#[test]
fn each_commit_of_the_ops_repo_is_observed_once_and_names_nobody() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    git(&place.ops(), &["init", "--quiet", "."]);
    commit(&place.ops(), "first");
    place.write("notes.md", "one\ntwo\n");
    commit(&place.ops(), "second\n\nReviewed-by: Bob <bob@example.com>");
    let server = Server::start(&place);
    until("both are on record", SOON, || (commits(&place).len() == 2).then_some(()));
    place.write("notes.md", "one\ntwo\nthree\n");
    commit(&place.ops(), "third");
    until("the third is on record", SOON, || (commits(&place).len() == 3).then_some(()));
    let told = commits(&place);
    for record in &told {
        let body = &record["body"];
        assert_eq!(
            (&record["origin"], &record["actor"], &body["source"]),
            (&"observed".into(), &"ops-repo".into(), &"ops-repo".into())
        );
        assert_eq!(body["key"], body["fields"]["commit"]);
        let author = body["fields"]["author"].as_str().expect("an author");
        assert!(author.starts_with("author:") && author.len() == 19, "{author}");
        let text = body.to_string().to_lowercase();
        assert!(!text.contains("example.com") && !text.contains("lovelace") && !text.contains("bob"), "{text}");
    }
    assert_eq!(told[1]["body"]["fields"]["reviewers"].as_array().map(Vec::len), Some(1));
    assert_eq!(sizes(&place)[1..], [2, 1]);

    // While it is down two come; a start tells those, and none again.
    server.kill();
    for text in ["four", "five"] {
        place.write("notes.md", text);
        commit(&place.ops(), text);
    }
    let server = Server::start(&place);
    until("they are on record", SOON, || (commits(&place).len() == 5).then_some(()));
    let answer = server.post("/api/v1/facts", &serde_json::json!({"kind": "commit", "key": "x", "commit": "x"}));
    let answer = answer.expect("an answer");
    assert_eq!((answer.status, &answer.json()["code"]), (400, &"read-from-the-ops-repo".into()));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    assert_eq!(commits(&place).len(), 5);
}

#[test]
fn with_working_tree_files_serve_as_they_lie() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    git(&place.ops(), &["init", "--quiet", "."]);
    commit(&place.ops(), "first");
    place.write("alertmanager.yml", &everything_to("http://127.0.0.1:9/hook").replace("4h", "5h"));
    let server = Server::start_with(&place, &["--working-tree"]);
    assert!(server.get("/api/v2/status").body.contains("5h"));
    assert_eq!(adopted(&place), [("nobody".to_owned(), "nobody".to_owned())]);
}

/// Without a routing tree a repo serves and tells nobody; what else is wrong in it still counts.
#[test]
fn a_repo_without_routing_and_with_a_fault_is_refused_in_words() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    fs::remove_file(place.ops().join("alertmanager.yml")).expect("it goes");
    place
        .write("team.yml", "apiVersion: evenkeel/v1\nkind: Team\nmetadata: { name: shop }\nspec: { members: [bob] }\n");
    let (status, log) = Server::launch(&place, &[]).ended();
    assert!(!status.success());
    assert!(log.contains("no-routing") && log.contains("nobody would be told anything"), "{log}");
    assert!(log.contains("team.yml:4"), "{log}");
}
