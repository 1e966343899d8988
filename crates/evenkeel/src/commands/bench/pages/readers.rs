//! Pages that are open: how long an event takes to each of them, and what all of them cost.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::ensure;
use evenkeel_cli::bench::BenchPages;
use evenkeel_ids::IncidentId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use super::asked::{Asked, head};
use super::served::Served;

/// All pages have to be open after this long.
const OPEN_WITHIN: Duration = Duration::from_secs(120);
/// What an event with a page begins with.
const EVENT: &[u8] = b"event: main";

/// A page that readers keep open.
#[derive(Debug, Clone)]
pub(super) enum Open {
    /// What changes with every alert.
    Overview,
    /// What changes with a note.
    Room(IncidentId),
}

impl Open {
    fn path(&self) -> String {
        match self {
            Self::Overview => "/".to_owned(),
            Self::Room(incident) => format!("/incidents/{incident}"),
        }
    }
}

/// Opens pages, lets something change every second, and gives how long each event took, and the part of a core it cost.
///
/// Every second reader has the overview open, the others a room each in turn. A change is an alert, which everybody at the
/// overview has to hear of, and a note in one of the rooms, which those in it have to.
pub(super) async fn follow(
    served: &Served,
    rooms: &[IncidentId],
    args: &BenchPages,
) -> anyhow::Result<(Vec<Duration>, f64)> {
    let (events_in, mut events) = mpsc::unbounded_channel();
    let pages = rooms.iter().cycle().flat_map(|room| [Open::Overview, Open::Room(*room)]);
    let readers: Vec<Open> = pages.take(args.readers).collect();
    for (number, page) in readers.iter().enumerate() {
        let mut stream = TcpStream::connect(served.address).await?;
        let request = format!("GET /live?page={} HTTP/1.1\r\n{}\r\n", page.path(), head(served));
        stream.write_all(request.as_bytes()).await?;
        tokio::spawn(read(number, stream, events_in.clone()));
    }
    drop(events_in);
    let everybody: BTreeSet<usize> = (0..readers.len()).collect();
    let opened = all(&mut events, everybody, Instant::now(), OPEN_WITHIN).await;
    ensure!(opened.len() == args.readers, "{} of {} pages were opened", opened.len(), args.readers);
    let mut asked = Asked::connect(served)?;
    let (began, before) = (Instant::now(), served.processor_s()?);
    let (mut latencies, mut missing) = (Vec::new(), 0);
    for (number, room) in (0..args.changes).zip(rooms.iter().cycle()) {
        while events.try_recv().is_ok() {}
        let changed = Instant::now();
        tokio::task::block_in_place(|| change(&mut asked, args.incidents + number, *room))?;
        let told = readers.iter().enumerate().filter(|(_, page)| match page {
            Open::Overview => true,
            Open::Room(open) => open == room,
        });
        let told: BTreeSet<usize> = told.map(|(reader, _)| reader).collect();
        let expected = told.len();
        let heard = all(&mut events, told, changed, Duration::from_secs(1)).await;
        missing += expected - heard.len();
        latencies.extend(heard);
        tokio::time::sleep_until((changed + Duration::from_secs(1)).into()).await;
    }
    let share = (served.processor_s()? - before) / began.elapsed().as_secs_f64();
    ensure!(missing == 0, "{missing} events did not come within a second");
    Ok((latencies, share))
}

/// An alert, and a note in a room.
fn change(asked: &mut Asked, workload: usize, room: IncidentId) -> anyhow::Result<()> {
    let team = super::ops_repo::team_of(workload);
    let alert = format!(r#"[{{"labels":{{"alertname":"Late","team":"t{team}","workload":"w{workload}"}}}}]"#);
    let answer = asked.post("/api/v2/alerts", &alert)?;
    ensure!(answer.status == 200, "an alert is not taken: {}", answer.status);
    let answer = asked.post(&format!("/api/v1/incidents/{room}/notes"), r#"{"text":"We look at it."}"#)?;
    ensure!((200..300).contains(&answer.status), "a note is not taken: {}", answer.status);
    Ok(())
}

/// When the first event came to each of these readers, counted from an instant.
async fn all(
    events: &mut mpsc::UnboundedReceiver<(usize, Instant)>,
    mut readers: BTreeSet<usize>,
    since: Instant,
    within: Duration,
) -> Vec<Duration> {
    let (mut first, until) = (Vec::with_capacity(readers.len()), since + within);
    while !readers.is_empty() {
        let Ok(Some((reader, at))) = tokio::time::timeout_at(until.into(), events.recv()).await else { break };
        if readers.remove(&reader) {
            first.push(at.duration_since(since));
        }
    }
    first
}

/// Says when each event begins.
async fn read(number: usize, mut stream: TcpStream, events: mpsc::UnboundedSender<(usize, Instant)>) {
    let mut piece = vec![0; 64 << 10];
    while let Ok(length @ 1..) = stream.read(&mut piece).await {
        let at = Instant::now();
        let begins = piece.get(..length).is_some_and(|piece| piece.windows(EVENT.len()).any(|window| window == EVENT));
        if begins && events.send((number, at)).is_err() {
            return;
        }
    }
}
