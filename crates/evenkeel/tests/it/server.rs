//! The real program, serving.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::http::{self, Answer};
use crate::patience::until;
use crate::place::Place;

/// A start or a stop may take this long.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program's process and what it said; killed when dropped, and heard when a test fails.
pub(crate) struct Server {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    address: Option<SocketAddr>,
    data: PathBuf,
}

impl Server {
    /// Starts on a free port and waits until it serves.
    ///
    /// # Panics
    /// When it does not serve in time; with its log.
    pub(crate) fn start(place: &Place) -> Self {
        Self::start_with(place, &[])
    }

    /// The same with further arguments.
    pub(crate) fn start_with(place: &Place, further: &[&str]) -> Self {
        let mut server = Self::launch(place, further);
        server.await_address().unwrap_or_else(|| panic!("it does not serve:\n{}", server.log()));
        server
    }

    /// Starts and waits for nothing.
    pub(crate) fn launch(place: &Place, further: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
        command.arg("serve").arg("--ops").arg(place.ops()).arg("--data").arg(place.data());
        if !further.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.args(further).env_clear().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, out) = (BufReader::new(child.stderr.take().expect("a pipe")).lines(), log.clone());
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                out.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        Self { child, log, address: None, data: place.data().to_owned() }
    }

    /// Where it listens, as soon as it does; `None` when it ended instead.
    pub(crate) fn await_address(&mut self) -> Option<SocketAddr> {
        let log = self.log.clone();
        let child = &mut self.child;
        self.address = until("the server says that it serves, or ends", PATIENCE, || {
            let lines = log.lock().unwrap_or_else(PoisonError::into_inner);
            let said = lines.iter().find_map(|line| line.split("serving address=").nth(1)?.trim().parse().ok());
            drop(lines);
            match said {
                Some(address) => Some(Some(address)),
                None => child.try_wait().expect("the child can be waited for").map(|_| None),
            }
        });
        self.address
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address.expect("it serves")
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How long it has computed so far.
    pub(crate) fn cpu_for(&self) -> Duration {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).expect("the process is there");
        let (_, behind_name) = text.rsplit_once(") ").expect("a name in parentheses");
        let ticks = behind_name.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number"));
        Duration::from_millis(ticks.sum::<u64>() * 10)
    }

    /// Everything it wrote so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.pid().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "SIG{name} is sent");
    }

    /// SIGKILL, and gone.
    pub(crate) fn kill(mut self) {
        self.crash();
    }

    /// The same, to be looked at or replaced.
    pub(crate) fn crash(&mut self) {
        self.child.kill().expect("the server is killed");
        self.child.wait().expect("the server ends");
    }

    /// SIGTERM, and the end it comes to.
    pub(crate) fn stop(self) -> (ExitStatus, String) {
        self.signal("TERM");
        self.ended()
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        let child = &mut self.child;
        let status = until("the server ends", PATIENCE, || child.try_wait().expect("the child can be waited for"));
        // The pipe may hold more than what was read so far.
        let log = self.log.clone();
        until("the log is read", PATIENCE, || (Arc::strong_count(&log) == 2).then_some(()));
        (status, self.log())
    }

    /// Asks as the owner.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, b"").unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// Posts as the owner.
    pub(crate) fn post(&self, path: &str, body: &Value) -> io::Result<Answer> {
        self.send("POST", path, body.to_string().as_bytes())
    }

    fn send(&self, method: &str, path: &str, body: &[u8]) -> io::Result<Answer> {
        let bearer = format!("Bearer {}", self.owner_token());
        let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
        http::send_with(self.address(), method, path, &headers, body)
    }

    /// What lets one do everything.
    pub(crate) fn owner_token(&self) -> String {
        owner_token(&self.data)
    }

    /// Posts alerts that have to be taken.
    ///
    /// # Panics
    /// When they are not.
    pub(crate) fn take(&self, alerts: &Value) {
        let answer = self.post("/api/v2/alerts", alerts).expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// The sample of a metric without labels.
    pub(crate) fn metric(&self, name: &str) -> f64 {
        let text = self.get("/metrics").body;
        let sample = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
        sample.unwrap_or_else(|| panic!("no metric `{name}` in\n{text}"))
    }

    /// The reasons in `/readyz`, with its status.
    pub(crate) fn readiness(&self) -> (u16, String) {
        let answer = self.get("/readyz");
        (answer.status, answer.json()["reasons"].to_string())
    }
}

/// The owner's token in a data folder.
///
/// # Panics
/// When there is none: no server was started on that folder yet.
pub(crate) fn owner_token(data: &Path) -> String {
    let text = std::fs::read_to_string(data.join("owner-token")).expect("the server made it");
    text.trim().to_owned()
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("what the server said:\n{}", self.log());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
