//! Repositories of every shape.

use std::fs;
use std::os::unix::fs::chown;

use evenkeel_git::{Error, discover, read_revision};
use evenkeel_ops_source::{OpsFiles, Unread, Why, read};

use crate::program::{Program, git_in, missing};

fn head(files: &Program) -> OpsFiles {
    read_revision(files.path(), "HEAD").expect("a revision").0
}

#[test]
fn before_the_first_commit_there_is_no_head() {
    if missing() {
        return;
    }
    let repo = Program::init();
    let found = discover(repo.path()).expect("opens").expect("a repository");
    assert_eq!(found.head().expect("is read"), None);
    repo.write(&[("a.yml", "1")]);
    let first = repo.commit("first");
    assert_eq!(
        found.head().expect("is read").map(|id| id.to_string()),
        Some(first),
        "a commit is seen when it is made"
    );
    repo.git(&["checkout", "--quiet", "--detach"]);
    repo.write(&[("a.yml", "2")]);
    let second = repo.commit("second");
    assert_eq!(found.head().expect("is read").map(|id| id.to_string()), Some(second), "also on no branch");
}

#[test]
fn a_work_tree_of_its_own_has_its_own_head() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("ops/a.yml", "1")]);
    let beside = tempfile::tempdir().expect("a folder");
    let tree = beside.path().join("tree");
    repo.git(&["worktree", "add", "--quiet", "-b", "side", tree.to_str().expect("text")]);
    fs::write(tree.join("ops/a.yml"), "2").expect("a file");
    git_in(&tree, &["commit", "--quiet", "--all", "--message", "second"]);
    let (files, commit) = read_revision(&tree.join("ops"), "HEAD").expect("a revision");
    assert_eq!((files.files[0].bytes.as_slice(), commit.summary.as_str()), (b"2".as_slice(), "second"));
    assert_eq!(read_revision(&repo.path().join("ops"), "HEAD").expect("a revision").1.summary, "first");
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    repo.write(&[("a.yml", "2")]);
    repo.commit("second");
    let beside = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", repo.path().display());
    git_in(beside.path(), &["clone", "--quiet", "--depth=1", &from, "clone"]);
    let clone = beside.path().join("clone");
    assert_eq!(read_revision(&clone, "HEAD").expect("a revision").0.files[0].bytes, b"2");
    let error = read_revision(&clone, "HEAD~1").expect_err("not there");
    let said = "git knows no revision `HEAD~1`; this clone is shallow: `git fetch --unshallow` brings the rest";
    assert_eq!(error.to_string(), said);
}

#[test]
fn a_clone_without_contents_says_so_for_each_file() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let beside = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", repo.path().display());
    git_in(beside.path(), &["clone", "--quiet", "--no-checkout", "--filter=blob:none", &from, "clone"]);
    let files = read_revision(&beside.path().join("clone"), "HEAD").expect("a revision").0;
    let why = Why::Refused("git has not fetched it".to_owned());
    assert_eq!(files.unread, [Unread { path: "a.yml".to_owned(), why }]);
}

#[test]
fn a_submodule_is_named_and_left_alone() {
    if missing() {
        return;
    }
    let other = Program::with(&[("x.yml", "1")]);
    let repo = Program::with(&[("a.yml", "1")]);
    repo.git(&["submodule", "--quiet", "add", other.path().to_str().expect("text"), "vendored"]);
    repo.commit("a submodule");
    let unread = head(&repo).unread;
    assert_eq!(unread, [Unread { path: "vendored".to_owned(), why: Why::Submodule }]);
}

#[test]
fn a_file_above_the_limit_is_named_without_being_read() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", &"# large\n".repeat(600_000)), ("b.yml", "1")]);
    let files = head(&repo);
    assert_eq!(files.unread, [Unread { path: "a.yml".to_owned(), why: Why::TooLarge { bytes: 4_800_000 } }]);
    assert_eq!(files, read(repo.path()).expect("the folder"));
}

#[test]
fn objects_named_by_sha_256_are_refused_in_words() {
    if missing() {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    git_in(dir.path(), &["init", "--quiet", "--object-format=sha256", "."]);
    fs::write(dir.path().join("a.yml"), "1").expect("a file");
    git_in(dir.path(), &["add", "a.yml"]);
    git_in(dir.path(), &["commit", "--quiet", "--message", "first"]);
    let error = read_revision(dir.path(), "HEAD").expect_err("not read yet");
    assert!(matches!(error, Error::Sha256 { .. }), "{error}");
}

#[test]
fn a_damaged_repository_is_an_error_and_no_crash() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    let id = repo.git(&["rev-parse", "HEAD"]);
    let object = repo.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(&object).expect("the commit goes");
    assert!(read_revision(repo.path(), "HEAD").is_err());
    fs::write(repo.path().join(".git/HEAD"), "nonsense").expect("a file");
    assert!(read_revision(repo.path(), "HEAD").is_err());
}

/// `git` refuses what belongs to somebody else, lest its configuration starts programs; here nothing does.
#[test]
fn a_repository_of_somebody_else_is_read() {
    if missing() {
        return;
    }
    let repo = Program::with(&[("a.yml", "1")]);
    let strangers = [repo.path().to_owned(), repo.path().join(".git")];
    if strangers.iter().any(|path| chown(path, Some(12_345), Some(12_345)).is_err()) {
        return;
    }
    assert_eq!(head(&repo).files[0].bytes, b"1");
}
