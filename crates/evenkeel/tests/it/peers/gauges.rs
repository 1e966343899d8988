//! A scrape target in this process: the gauge `test_state`, by labels, as the test sets it.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The gauges; a target that is gone when dropped.
#[derive(Debug)]
pub(super) struct Gauges {
    address: SocketAddr,
    shown: Arc<Mutex<Shown>>,
}

#[derive(Debug, Default)]
struct Shown {
    closed: bool,
    values: BTreeMap<String, u32>,
}

impl Gauges {
    /// Serves on a free port.
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shown = Arc::new(Mutex::new(Shown::default()));
        let handle = shown.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if lock(&handle).closed {
                    return;
                }
                let shown = handle.clone();
                thread::spawn(move || drop(converse(stream, &shown)));
            }
        });
        Self { address, shown }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sets the gauge with these labels, `alert="Down",cluster="a"`.
    pub(super) fn set(&self, labels: &str, value: u32) {
        lock(&self.shown).values.insert(labels.to_owned(), value);
    }

    /// Sets several at once, so that one scrape sees all of them.
    pub(super) fn set_all(&self, labels: impl IntoIterator<Item = String>, value: u32) {
        lock(&self.shown).values.extend(labels.into_iter().map(|labels| (labels, value)));
    }
}

impl Drop for Gauges {
    fn drop(&mut self) {
        lock(&self.shown).closed = true;
        // Wakes the thread that accepts.
        drop(TcpStream::connect(self.address));
    }
}

fn lock(shown: &Mutex<Shown>) -> std::sync::MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

fn converse(mut stream: TcpStream, shown: &Mutex<Shown>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut head = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            head += 1;
            if line.trim().is_empty() {
                break;
            }
        }
        if head < 2 || lock(shown).closed {
            return Ok(());
        }
        let values = lock(shown).values.clone();
        let body: String = values.iter().map(|(labels, value)| format!("test_state{{{labels}}} {value}\n")).collect();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
    }
}
