//! A PostgreSQL of its own for a test: in a folder that is removed, reached by a socket in it, stopped at the end.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Not root: PostgreSQL refuses to run as that.
const USERS: [&str; 2] = ["postgres", "nobody"];

pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    user: Option<(u32, u32)>,
}

impl Cluster {
    /// Starts one; `None`, with a word, where PostgreSQL is not installed.
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("skipped: PostgreSQL is not installed (package `postgresql`)");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let user = unprivileged();
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid)).expect("given away");
        }
        let cluster = Self { folder, programs, user };
        let data = cluster.data();
        // Texts are ordered in another way than by bytes here, so that it shows where that is not said.
        let common = ["-D", &data, "-U", "evenkeel", "--auth=trust", "--encoding=UTF8", "--no-sync"];
        let icu = [&common[..], &["--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"]].concat();
        let plain = [&common[..], &["--locale=C.UTF-8"]].concat();
        if !cluster.run("initdb", &icu) {
            assert!(cluster.run("initdb", &plain), "initdb works");
        }
        let socket = cluster.folder.path().display().to_string();
        let options = format!("-k {socket} -c listen_addresses= -c fsync=off -c full_page_writes=off");
        let log = format!("{socket}/log");
        assert!(cluster.run("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"]), "it starts");
        Some(cluster)
    }

    /// How it is reached.
    pub(crate) fn config(&self) -> String {
        format!("host={} user=evenkeel dbname=postgres", self.folder.path().display())
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let program = self.programs.join(program);
        let mut command = match self.user {
            None => Command::new(program),
            Some((uid, gid)) => {
                let mut command = Command::new("setpriv");
                command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups");
                command.arg(program);
                command
            }
        };
        command.args(arguments).current_dir("/").env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        let output = command.output().expect("the program runs");
        if !output.status.success() {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        }
        output.status.success()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data();
        self.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
    }
}

/// The folder of the newest PostgreSQL's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    found.push("/usr/bin".into());
    found.retain(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file());
    found.sort_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name).and_then(OsStr::to_str);
        version.and_then(|version| version.parse::<u32>().ok()).unwrap_or(0)
    });
    found.pop()
}

/// The user to run it as; `None` where this process is not root's.
fn unprivileged() -> Option<(u32, u32)> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let root = status.lines().any(|line| line.starts_with("Uid:\t0\t"));
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    if root { USERS.into_iter().find_map(ids) } else { None }
}
