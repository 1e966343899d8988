//! Commands against a server that answers as agreed, and against ones that do not.

mod fake;
mod refusals;
mod sessions;
mod surroundings;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use clap::Parser;
use evenkeel_cli::args::{Cli, Command};
use evenkeel_cli::client::{ClientCommand, Context, Remote};
use evenkeel_time::Zone;
use tempfile::TempDir;

use super::{Printer, converse};
use crate::environment::Environment;

/// How a command ended.
#[derive(Debug, PartialEq, Eq)]
struct Ended {
    exit: u8,
    out: String,
    err: String,
}

/// A folder with a token file, and an environment.
struct Desk {
    folder: TempDir,
    environment: Environment,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder"), environment: Environment::default() };
        desk.file("token", "ek_token\n", 0o600);
        desk
    }

    fn file(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, Permissions::from_mode(mode)).expect("permissions");
        file
    }

    /// Types a command; `TOKEN` and `FOLDER` stand for the token's file and the folder.
    async fn types(&self, server: &str, typed: &str) -> Ended {
        let folder = self.folder.path().display().to_string();
        let typed = typed.replace("TOKEN", &format!("--token-file {folder}/token")).replace("FOLDER", &folder);
        let words = typed.split(' ').map(str::to_owned).chain(["--server".to_owned(), server.to_owned()]);
        let cli = Cli::parse_from(words);
        let mut ended = match &cli.command {
            Command::Incident(args) => self.ends(args, &args.remote).await,
            Command::Alert(args) => self.ends(args, &args.remote).await,
            Command::Silence(args) => self.ends(args, &args.remote).await,
            Command::Token(args) => self.ends(args, &args.remote).await,
            Command::Serve(_)
            | Command::Demo(_)
            | Command::Init(_)
            | Command::Check(_)
            | Command::Problem(_)
            | Command::Oncall(_)
            | Command::Journal(_)
            | Command::Backup(_)
            | Command::Restore(_)
            | Command::Bench(_)
            | Command::Explain(_)
            | Command::Schema(_)
            | Command::Test(_)
            | Command::Slo(_)
            | Command::Record(_)
            | Command::Attest(_)
            | Command::Query(_)
            | Command::Review(_)
            | Command::Status(_)
            | Command::DemoService(_) => panic!("not tried here: {typed}"),
        };
        for text in [&mut ended.out, &mut ended.err] {
            *text = text.replace(&folder, "FOLDER").replace(server, "SERVER");
        }
        ended
    }

    async fn ends(&self, command: &impl ClientCommand, remote: &Remote) -> Ended {
        let now = "2026-11-20T02:26:00Z".parse().expect("an instant");
        let cx = Context { now, zone: remote.zone_or(|| Zone::UTC), color: false, user: None };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut printer = Printer { out: &mut out, err: &mut err };
        let exit = converse(command, remote, &self.environment, &cx, &mut printer).await.expect("it can be printed");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Ended { exit: exit as u8, out: text(out), err: text(err) }
    }
}
