//! What was committed, by whom, and who looked at it: without anybody's name.

use std::path::Path;

use evenkeel_git::{CommitId, PastCommit, Repository, Size, discover};

use crate::program::{Program, missing};

const ADA: &str = "ada@example.com";

fn open(dir: &Path) -> Repository {
    discover(dir).expect("opens").expect("a repository")
}

fn history(dir: &Path, since: Option<&str>, max: usize) -> Vec<PastCommit> {
    let repository = open(dir);
    let id = |revision: &str| -> CommitId { repository.resolve(revision).expect("a revision") };
    repository.history(id("HEAD"), since.map(id), max).expect("a history")
}

/// As `git log` would have it: from the oldest to the newest.
fn ids(commits: &[PastCommit]) -> Vec<String> {
    commits.iter().map(|commit| commit.id.to_string()).collect()
}

/// Commits everything as somebody.
fn commit_as(repo: &Program, address: &str, message: &str) -> String {
    repo.git(&["add", "--all"]);
    let author = format!("--author=Somebody <{address}>");
    repo.git(&["commit", "--quiet", "--allow-empty", &author, "--message", message]);
    repo.git(&["rev-parse", "HEAD"])
}

fn pseudonym(repo: &Program, address: &str) -> String {
    let scratch = Program::init();
    scratch.write(&[("x.yml", repo.path().to_str().expect("a path"))]);
    commit_as(&scratch, address, "x");
    history(scratch.path(), None, 1).remove(0).author
}

#[test]
fn commits_since_are_told_oldest_first_and_name_nobody() {
    if missing() {
        return;
    }
    let repo = Program::init();
    repo.write(&[("ops/a.yml", "a: 1\nb: 2\n"), ("elsewhere.yml", "x\n")]);
    let first = commit_as(&repo, "Ada@Example.com", "first");
    repo.write(&[("ops/a.yml", "a: 1\nb: 3\n"), ("ops/b.yml", "new\n")]);
    let second = commit_as(&repo, "bob@example.com", "second\n\nReviewed-by: Ada Lovelace <ada@example.com>");
    repo.write(&[("elsewhere.yml", "y\n")]);
    let third = commit_as(&repo, ADA, "elsewhere only\n\nReviewed-by: Ada <ada@example.com>");

    let all = history(repo.path(), None, 100);
    assert_eq!(ids(&all), [first.clone(), second.clone(), third.clone()]);
    let (ada, bob) = (pseudonym(&repo, ADA), pseudonym(&repo, "bob@example.com"));
    assert_eq!(all[0].author, ada);
    assert!(ada.len() == 19 && ada.starts_with("author:") && ada != bob, "{ada}");
    assert_eq!((&all[1].author, all[1].reviewers.as_slice()), (&bob, [ada.clone()].as_slice()));
    assert_eq!(all[1].size, Some(Size { files: 2, lines: 3 }));
    assert_eq!(all[2].reviewers, [""; 0], "looking at one's own commit is no review");
    assert!(all.iter().all(|commit| !commit.signed));
    let shown = format!("{all:?}").to_lowercase();
    assert!(!shown.contains("example.com") && !shown.contains("lovelace") && !shown.contains("somebody"), "{shown}");

    let ops = repo.path().join("ops");
    assert_eq!(ids(&history(&ops, None, 100)), [first.clone(), second.clone()], "of a folder what changed it");
    assert_eq!(ids(&history(repo.path(), Some(&first), 100)), [second.clone(), third.clone()]);
    assert_eq!(ids(&history(repo.path(), None, 2)), [second, third.clone()], "the newest");
    assert_eq!(history(repo.path(), Some(&third), 100), []);
}

#[test]
fn whoever_merges_the_work_of_others_looked_at_it() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1\n")]);
    let first = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    repo.write(&[("b.yml", "1\n")]);
    let theirs = commit_as(&repo, "bob@example.com", "on the side");
    repo.write(&[("b.yml", "2\n")]);
    let own = commit_as(&repo, ADA, "on the side, by who merges");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.write(&[("c.yml", "1\n")]);
    let main = commit_as(&repo, "bob@example.com", "on main");
    repo.git(&["merge", "--quiet", "--no-ff", "--message", "Merge side", "side"]);

    let told = history(repo.path(), Some(&first), 100);
    let mut merged = ids(&told);
    merged.sort();
    let mut expected = vec![theirs.clone(), own.clone(), main.clone()];
    expected.sort();
    assert_eq!(merged, expected, "the merge itself repeats what it brings");
    let reviewers = |id: &str| {
        let commit = told.iter().find(|commit| commit.id.to_string() == id).expect("a commit");
        commit.reviewers.clone()
    };
    assert_eq!(reviewers(&theirs), [pseudonym(&repo, ADA)]);
    assert_eq!((reviewers(&own), reviewers(&main)), (vec![], vec![]));
}

#[test]
fn a_signature_is_seen_and_replaced_history_is_taken_whole() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1\n")]);
    let text = repo.git(&["cat-file", "commit", "HEAD"]);
    let (head, message) = text.split_once("\n\n").expect("a message");
    let signed =
        format!("{head}\ngpgsig -----BEGIN SSH SIGNATURE-----\n YWJj\n -----END SSH SIGNATURE-----\n\n{message}\n");
    let place = repo.path().join(".git/signed");
    std::fs::write(&place, signed).expect("a file");
    let id = repo.git(&["hash-object", "-t", "commit", "-w", ".git/signed"]);
    let before = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["reset", "--quiet", "--soft", &id]);
    let told = history(repo.path(), Some(&before), 100);
    assert_eq!((ids(&told), told[0].signed), (vec![id], true));

    let other = Program::with(&[("a.yml", "other\n")]);
    let elsewhere = open(other.path()).head().expect("is read").expect("a commit");
    let repository = open(repo.path());
    let tip = repository.head().expect("is read").expect("a commit");
    assert_eq!(repository.history(tip, Some(elsewhere), 100).expect("a history").len(), 1);
}

#[test]
fn a_shallow_clone_tells_what_it_has() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1\n")]);
    repo.write(&[("a.yml", "2\n")]);
    let second = repo.commit("second");
    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", repo.path().display());
    repo.git(&["clone", "--quiet", "--depth=1", &from, clone.path().to_str().expect("a path")]);
    let told = history(clone.path(), None, 100);
    assert_eq!((ids(&told), told[0].size), (vec![second], None));
}
