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

/// A repo that nothing in needs routing is sound, and cannot serve.
#[test]
fn a_repo_without_routing_is_refused_in_words() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    fs::remove_file(place.ops().join("alertmanager.yml")).expect("it goes");
    place.write("team.yml", "apiVersion: evenkeel/v1\nkind: Team\nmetadata: { name: shop }\nspec: { members: [] }\n");
    let (status, log) = Server::launch(&place, &[]).ended();
    assert!(!status.success());
    assert!(log.contains("no-routing") && log.contains("nobody would be told anything"), "{log}");
}
