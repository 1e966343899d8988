//! Pages that are open: how long an event takes to each of them, and what all of them cost.

use std::time::{Duration, Instant};

use anyhow::ensure;
use evenkeel_cli::bench::BenchPages;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use super::asked::{Asked, head};
use super::served::Served;

/// All pages have to be open after this long.
const OPEN_WITHIN: Duration = Duration::from_secs(120);
/// What an event with a page begins with.
const EVENT: &[u8] = b"event: main";

/// Opens pages, lets something change every second, and gives how long each event took, and the part of a core it cost.
pub(super) async fn follow(
    served: &Served,
    pages: &[String],
    args: &BenchPages,
) -> anyhow::Result<(Vec<Duration>, f64)> {
    let (events_in, mut events) = mpsc::unbounded_channel();
    for (number, page) in (0..args.readers).zip(pages.iter().cycle()) {
        let mut stream = TcpStream::connect(served.address).await?;
        let request = format!("GET /live?page={page} HTTP/1.1\r\n{}\r\n", head(served));
        stream.write_all(request.as_bytes()).await?;
        tokio::spawn(read(number, stream, events_in.clone()));
    }
    drop(events_in);
    let opened = all(&mut events, args.readers, Instant::now(), OPEN_WITHIN).await;
    ensure!(opened.len() == args.readers, "{} of {} pages were opened", opened.len(), args.readers);
    let mut asked = Asked::connect(served)?;
    let (began, before) = (Instant::now(), served.processor_s()?);
    let mut latencies = Vec::new();
    for number in 0..args.changes {
        while events.try_recv().is_ok() {}
        let changed = Instant::now();
        let workload = args.incidents + number;
        let labels = format!(
            r#"{{"alertname":"Late","team":"t{}","workload":"w{workload}"}}"#,
            super::ops_repo::team_of(workload)
        );
        let answer =
            tokio::task::block_in_place(|| asked.post("/api/v2/alerts", &format!(r#"[{{"labels":{labels}}}]"#)))?;
        ensure!(answer.status == 200, "an alert is not taken: {}", answer.status);
        latencies.extend(all(&mut events, args.readers, changed, Duration::from_secs(1)).await);
        tokio::time::sleep_until((changed + Duration::from_secs(1)).into()).await;
    }
    let share = (served.processor_s()? - before) / began.elapsed().as_secs_f64();
    ensure!(
        latencies.len() == args.readers * args.changes,
        "{} events are missing",
        args.readers * args.changes - latencies.len()
    );
    Ok((latencies, share))
}

/// When the first event came to each reader, counted from an instant.
async fn all(
    events: &mut mpsc::UnboundedReceiver<(usize, Instant)>,
    readers: usize,
    since: Instant,
    within: Duration,
) -> Vec<Duration> {
    let mut first = vec![None; readers];
    let (mut left, until) = (readers, since + within);
    while left > 0 {
        let Ok(Some((reader, at))) = tokio::time::timeout_at(until.into(), events.recv()).await else { break };
        if let Some(place @ None) = first.get_mut(reader) {
            *place = Some(at.duration_since(since));
            left -= 1;
        }
    }
    first.into_iter().flatten().collect()
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
