//! The process that serves.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// What precedes the address in the line that says that it serves.
const SERVING: &str = "serving address=";
/// The clock of the kernel's account of processor time. Units: per second.
const TICKS: f64 = 100.0;

/// The process that serves; ended when dropped.
#[derive(Debug)]
pub(super) struct Served {
    child: Child,
    pub(super) address: SocketAddr,
    /// What lets one look at everything.
    pub(super) token: String,
}

impl Served {
    /// Starts it, and waits until it serves.
    pub(super) fn start(ops: &Path, data: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").arg("--ops").arg(ops).arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stderr.take().context("a pipe")?).lines();
        let address = loop {
            let line = lines.next().context("the server ended")??;
            if let Some((_, address)) = line.split_once(SERVING) {
                break address.trim().parse()?;
            }
        };
        thread::spawn(move || lines.for_each(drop));
        let token = fs::read_to_string(data.join("owner-token"))?.trim().to_owned();
        Ok(Self { child, address, token })
    }

    /// The processor time it took so far. Units: seconds.
    pub(super) fn processor_s(&self) -> anyhow::Result<f64> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = text.rsplit_once(") ").context("the kernel's account has another form")?;
        let ticks: u64 = fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap_or(0)).sum();
        Ok(ticks as f64 / TICKS)
    }

    /// Asks it to end; how long that took.
    pub(super) fn stop(&mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        ensure!(asked.success(), "the server cannot be asked to end");
        self.child.wait()?;
        Ok(began.elapsed())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
