//! What a revision holds, and what it is called.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use evenkeel_git::{Error, discover, read_revision};
use evenkeel_ops_source::{IGNORE_FILE, OpsFiles, Why, read};

use crate::program::{Program, git_in, missing};

fn paths(files: &OpsFiles) -> Vec<&str> {
    files.files.iter().map(|file| file.path.as_str()).collect()
}

fn files(dir: &Path, revision: &str) -> OpsFiles {
    read_revision(dir, revision).expect("a revision").0
}

#[test]
fn a_revision_holds_what_its_folder_held() {
    if missing() {
        return;
    }
    let repo = Program::with(&[
        ("ops/alertmanager.yml", "route: {receiver: a}\r\n"),
        ("ops/teams/shop.yaml", "größe: 1\n"),
        ("ops/shop/README.md", "# Shop\n"),
        ("ops/logo.png", "\u{0}"),
        ("ops/old/x.yml", "ignored"),
        ("ops/.evenkeelignore", "old/\n"),
        ("ops/chart/Chart.yaml", "name: x\n"),
        ("ops/chart/templates/a.yaml", "{{ .Values }}"),
        ("ops/.github/CODEOWNERS", "* @ada\n"),
        ("elsewhere/secret.yml", "outside"),
    ]);
    let ops = repo.path().join("ops");
    symlink("teams/shop.yaml", ops.join("again.yaml")).expect("a link");
    symlink("../elsewhere/secret.yml", ops.join("out.yml")).expect("a link");
    symlink("/etc/hostname", ops.join("root.yml")).expect("a link");
    symlink("gone.yml", ops.join("gone.md")).expect("a link");
    symlink("circle.yml", ops.join("circle.yml")).expect("a link");
    symlink("..", ops.join("teams/up")).expect("a link");
    symlink("teams", ops.join("crew")).expect("a link");
    repo.commit("links");
    for dir in [ops.as_path(), repo.path()] {
        assert_eq!(files(dir, "HEAD"), read(dir).expect("the folder"), "{}", dir.display());
    }
    let there = files(&ops, "HEAD");
    assert_eq!(paths(&there), ["alertmanager.yml", "chart/Chart.yaml", "shop/README.md", "teams/shop.yaml"]);
    let unread: Vec<_> = there.unread.iter().map(|unread| (unread.path.as_str(), &unread.why)).collect();
    let expected = [("circle.yml", &Why::Nowhere), ("gone.md", &Why::Nowhere), ("out.yml", &Why::Outside)];
    assert_eq!(unread, [&expected[..], &[("root.yml", &Why::Outside)]].concat());
    let others = [
        IGNORE_FILE,
        ".github/CODEOWNERS",
        "again.yaml",
        "chart/templates/a.yaml",
        "crew/shop.yaml",
        "crew/up",
        "logo.png",
        "old/x.yml",
        "teams/up",
    ];
    assert_eq!(there.others, others);
    for file in &there.files {
        let shown = git_in(repo.path(), &["cat-file", "blob", &format!("HEAD:ops/{}", file.path)]);
        assert_eq!(shown, String::from_utf8_lossy(&file.bytes).trim_end());
    }
}

#[test]
fn a_revision_is_called_as_git_calls_it() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    let first = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["tag", "--annotate", "v1", "--message", "one"]);
    repo.write(&[("a.yml", "2")]);
    repo.commit("second");
    repo.git(&["branch", "side"]);
    repo.write(&[("a.yml", "3")]);
    let third = repo.commit("third\n\nwith more to say");
    repo.git(&["update-ref", "refs/remotes/origin/main", "side"]);
    let names =
        ["HEAD", "HEAD~1", "HEAD^", "HEAD~2", "main", "side", "v1", "v1^{commit}", "origin/main", "@", "main@{0}"];
    let short = &first[..8];
    for packed in [false, true] {
        if packed {
            repo.git(&["gc", "--quiet"]);
            repo.git(&["pack-refs", "--all"]);
        }
        for name in names.into_iter().chain([first.as_str(), short]) {
            let (_, commit) = read_revision(repo.path(), name).expect("a revision");
            assert_eq!(commit.id.to_string(), repo.git(&["rev-parse", &format!("{name}^{{commit}}")]), "{name}");
        }
    }
    let (there, commit) = read_revision(repo.path(), "HEAD").expect("a revision");
    assert_eq!((there.files[0].bytes.as_slice(), commit.id.to_string()), (b"3".as_slice(), third));
    assert_eq!((commit.author.as_str(), commit.summary.as_str()), ("Ada Lovelace <ada@example.com>", "third"));
    assert_eq!(commit.authored_at.to_string(), "2026-11-20T08:00:00.000Z");
    assert_eq!(files(repo.path(), "HEAD~2").files[0].bytes, b"1");
}

#[test]
fn what_git_does_not_know_is_said_with_what_was_meant() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    repo.git(&["branch", "production"]);
    let said = |name: &str| read_revision(repo.path(), name).expect_err("no revision").to_string();
    assert_eq!(said("prodution"), "git knows no revision `prodution`; did you mean `production`?");
    assert_eq!(said("HEAD~7"), "git knows no revision `HEAD~7`");
    assert_eq!(said("HEAD:a.yml"), "`HEAD:a.yml` is no commit");
    for mean in ["", "main..production", "--output=x", ":/", "@{", "main^{tree}", "\u{0}"] {
        assert!(read_revision(repo.path(), mean).is_err(), "{mean:?}");
    }
    let plain = tempfile::tempdir().expect("a folder");
    assert!(matches!(read_revision(plain.path(), "HEAD"), Err(Error::NoRepository { .. })));
    assert!(discover(plain.path()).expect("nothing").is_none());
    assert!(discover(&plain.path().join("nowhere")).expect("nothing").is_none());
}

#[test]
fn a_folder_that_was_not_there_yet_held_nothing() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    repo.write(&[("ops/b.yml", "2")]);
    repo.commit("second");
    let ops = repo.path().join("ops");
    assert_eq!(files(&ops, "HEAD~1"), OpsFiles::default());
    assert_eq!(paths(&files(&ops, "HEAD")), ["b.yml"]);
    fs::write(ops.join("c.yml"), "3").expect("a file");
    assert_eq!(paths(&files(&ops, "HEAD")), ["b.yml"], "what is not committed is not there");
}
