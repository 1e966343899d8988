//! A repository made with the `git` program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) struct Program {
    dir: tempfile::TempDir,
}

/// Whether the program is there at all.
pub(crate) fn missing() -> bool {
    Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err()
}

impl Program {
    /// An empty repository whose first branch is `main`.
    pub(crate) fn init() -> Self {
        let made = Self { dir: tempfile::tempdir().expect("a folder") };
        made.git(&["init", "--quiet", "--initial-branch=main", "."]);
        made
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let made = Self::init();
        made.write(files);
        made.commit("first");
        made
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            let place = self.path().join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, text).expect("a file");
        }
    }

    /// Commits everything, and says its hash.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git_in(self.path(), arguments)
    }
}

pub(crate) fn git_in(dir: &Path, arguments: &[&str]) -> String {
    let nowhere = PathBuf::from("/dev/null");
    let output = Command::new("git")
        .args(["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.com", "-c", "protocol.file.allow=always"])
        .args(["-c", "safe.directory=*", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", &nowhere)
        .env("GIT_CONFIG_SYSTEM", &nowhere)
        .env("GIT_AUTHOR_DATE", "2026-11-20T09:00:00+01:00")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
}
