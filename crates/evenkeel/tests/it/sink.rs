//! A webhook receiver in this process that remembers everything and can be told to misbehave.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// One request, in order of arrival.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) path: String,
    /// The header `Idempotency-Key`; empty for a ping.
    pub(crate) key: String,
    /// The header `Authorization`.
    pub(crate) authorization: String,
    /// The body; null when there is none.
    pub(crate) body: Value,
    /// The status it was answered with; `None` while it is not.
    pub(crate) answered: Option<u16>,
}

impl Delivery {
    /// Whether it was answered well.
    pub(crate) fn taken(&self) -> bool {
        self.answered.is_some_and(|status| (200..300).contains(&status))
    }

    /// The alerts in it that have this status.
    pub(crate) fn alerts(&self, status: &str) -> impl Iterator<Item = &Value> {
        let alerts = self.body["alerts"].as_array().map(Vec::as_slice).unwrap_or_default();
        alerts.iter().filter(move |alert| alert["status"] == status)
    }

    /// Whether it tells this of an alert of that name.
    pub(crate) fn tells(&self, status: &str, alertname: &str) -> bool {
        self.taken() && self.alerts(status).any(|alert| alert["labels"]["alertname"] == alertname)
    }
}

/// How requests are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// With this status.
    Answers(u16),
    /// Well, after this long.
    AnswersAfter(Duration),
    /// Every so many requests badly, with 500, the others well.
    FailsOneIn(usize),
    /// Not at all until the mood changes.
    Hangs,
}

#[derive(Debug)]
struct Seen {
    mood: Mood,
    deliveries: Vec<Delivery>,
    closed: bool,
}

#[derive(Debug)]
struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

/// The receiver; stops taking connections when dropped.
#[derive(Debug)]
pub(crate) struct Sink {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Sink {
    /// Listens on a free port of this machine.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Seen { mood: Mood::Answers(200), deliveries: Vec::new(), closed: false };
        let shared = Arc::new(Shared { seen: Mutex::new(seen), changed: Condvar::new() });
        let handle = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if handle.seen().closed {
                    return;
                }
                let shared = handle.clone();
                thread::spawn(move || drop(shared.converse(stream)));
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.shared.seen().mood = mood;
        self.shared.changed.notify_all();
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.shared.seen().deliveries.len()
    }

    /// Everything that came.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.shared.seen().deliveries.clone()
    }

    /// How many of the requests are so.
    pub(crate) fn count_where(&self, mut holds: impl FnMut(&Delivery) -> bool) -> usize {
        self.shared.seen().deliveries.iter().filter(|delivery| holds(delivery)).count()
    }

    /// Those that came behind the first `from`.
    pub(crate) fn since(&self, from: usize) -> Vec<Delivery> {
        self.shared.seen().deliveries.get(from..).unwrap_or_default().to_vec()
    }

    /// Waits for a request that is so.
    ///
    /// # Panics
    /// When none comes in time.
    pub(crate) fn expect(&self, what: &str, within: Duration, mut holds: impl FnMut(&Delivery) -> bool) -> Delivery {
        let found = |seen: &Seen| seen.deliveries.iter().find(|delivery| holds(delivery)).cloned();
        self.shared.wait(within, found).unwrap_or_else(|| panic!("within {within:?} at the sink: {what}"))
    }

    /// Waits until more than so many requests came; whether they did.
    pub(crate) fn more_than(&self, count: usize, within: Duration) -> bool {
        self.shared.wait(within, |seen| (seen.deliveries.len() > count).then_some(())).is_some()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.shared.seen().closed = true;
        self.shared.changed.notify_all();
        // Wakes the thread that accepts.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<T>(&self, within: Duration, mut look: impl FnMut(&Seen) -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + within;
        let mut seen = self.seen();
        loop {
            if let Some(found) = look(&seen) {
                return Some(found);
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            (seen, _) = self.changed.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Serves one connection until the other side closes it.
    fn converse(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut stream = stream;
        while let Some(delivery) = read(&mut reader)? {
            let status = self.take(delivery);
            let Some(status) = status else { return Ok(()) };
            write!(stream, "HTTP/1.1 {status} so\r\nContent-Length: 0\r\n\r\n")?;
        }
        Ok(())
    }

    /// Remembers a request and says how to answer it; `None` when the sink is closed.
    fn take(&self, delivery: Delivery) -> Option<u16> {
        let arrived = Instant::now();
        let mut seen = self.seen();
        let index = seen.deliveries.len();
        seen.deliveries.push(delivery);
        self.changed.notify_all();
        loop {
            let status = match seen.mood {
                _ if seen.closed => return None,
                Mood::Hangs => None,
                Mood::Answers(status) => Some(status),
                Mood::AnswersAfter(wait) => (arrived.elapsed() >= wait).then_some(200),
                Mood::FailsOneIn(count) => Some(if index.is_multiple_of(count) { 500 } else { 200 }),
            };
            if let Some(status) = status {
                seen.deliveries[index].answered = Some(status);
                self.changed.notify_all();
                return Some(status);
            }
            seen = match seen.mood {
                Mood::AnswersAfter(wait) => {
                    let left = wait.saturating_sub(arrived.elapsed());
                    self.changed.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0
                }
                Mood::Answers(_) | Mood::FailsOneIn(_) | Mood::Hangs => {
                    self.changed.wait(seen).unwrap_or_else(PoisonError::into_inner)
                }
            };
        }
    }
}

/// The next request; `None` at the end. One that breaks off is an error, as if it never came.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Delivery>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut key, mut authorization, mut length) = (String::new(), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "idempotency-key" => key = value.to_owned(),
            "authorization" => authorization = value.to_owned(),
            "content-length" => length = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Ok(Some(Delivery { path, key, authorization, body, answered: None }))
}
