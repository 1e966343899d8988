//! A neighbour's process on a free port, with a folder of its own; killed when dropped.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::http;
use crate::patience::until;

/// Longer than this none takes to be ready, however slow the machine.
const READY_WITHIN: Duration = Duration::from_secs(40);
/// Somebody else may take the port that was free.
const STARTS_MAX: usize = 3;

/// The process; ends when dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Process {
    /// Starts it and waits until `/-/ready` is good. `arguments` are for an address and a folder.
    ///
    /// # Panics
    /// When it is not ready in time; with its log.
    pub(super) fn start(program: &str, arguments: impl Fn(SocketAddr, &Path) -> Vec<String>) -> Self {
        for _ in 0..STARTS_MAX {
            let folder = tempfile::tempdir().expect("a folder");
            let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
            let address = free.expect("a free port");
            let log = File::create(folder.path().join("log")).expect("a log");
            let mut command = Command::new(program);
            command.args(arguments(address, folder.path())).env_clear().current_dir(folder.path());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
            let mut process = Self { child: command.spawn().expect("it starts"), address, folder };
            if process.becomes_ready() {
                return process;
            }
            assert!(process.log().contains("address already in use"), "{program} ended:\n{}", process.log());
        }
        panic!("{program}: no port stayed free");
    }

    /// False when it ended instead.
    fn becomes_ready(&mut self) -> bool {
        let (child, address) = (&mut self.child, self.address);
        until("the neighbour is ready", READY_WITHIN, || {
            if child.try_wait().expect("the child can be waited for").is_some() {
                return Some(false);
            }
            let answer = http::send(address, "GET", "/-/ready", b"");
            answer.is_ok_and(|answer| answer.status == 200).then_some(true)
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything it wrote so far.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
