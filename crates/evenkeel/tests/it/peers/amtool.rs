//! Alertmanager's command line tool, asking one server or another.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use super::AMTOOL;
use crate::place::Place;

/// The tool with a server's address, and its settings for HTTP where the server asks who calls.
#[derive(Debug, Clone)]
pub(super) struct Amtool {
    url: String,
    settings: Option<PathBuf>,
}

impl Amtool {
    pub(super) fn at(url: String) -> Self {
        Self { url, settings: None }
    }

    /// The same as the owner of a place, with the token's file named in a file of settings.
    pub(super) fn owning(url: String, place: &Place) -> Self {
        let settings = place.data().join("amtool-http.yml");
        let text = format!("authorization:\n  credentials_file: {}\n", place.data().join("owner-token").display());
        std::fs::write(&settings, text).expect("the settings are written");
        Self { url, settings: Some(settings) }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(AMTOOL);
        command.arg(format!("--alertmanager.url={}", self.url));
        command.args(self.settings.iter().map(|file| format!("--http.config.file={}", file.display())));
        command.args(arguments).env_clear();
        command.output().expect("amtool starts")
    }

    /// What it prints; it has to succeed.
    pub(super) fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What it prints with `-o json`.
    pub(super) fn json(&self, arguments: &[&str]) -> Value {
        let text = self.says(&[arguments, &["-o", "json"]].concat());
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
    }

    /// What it complains of; it has to fail.
    pub(super) fn complains(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).expect("text")
    }
}

/// Runs a tool that asks no server; whether it succeeded, what it printed, and its errors.
pub(super) fn run(program: &str, arguments: &[&str]) -> (bool, String, String) {
    let output = Command::new(program).args(arguments).env_clear().output().expect("the tool starts");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}
