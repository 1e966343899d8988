//! `evenkeel bench pages`: how fast this machine shows pages, and keeps those that are open up to date.
//!
//! A made-up organisation with many open incidents and alerts lies on a real journal. Another process serves it, as in
//! life; this one asks for pages over loopback one after the other, then keeps many of them open while something changes
//! every second. What is measured is what a browser waits for, the way over loopback included; processor time is that of
//! the process that serves.

mod asked;
mod figures;
mod readers;
mod served;

use std::io::{Write, stderr, stdout};
use std::time::{Duration, Instant};

use anyhow::Context;
use evenkeel_cli::bench::BenchPages;
use evenkeel_cli::exit::Exit;
use evenkeel_ids::IncidentId;
use evenkeel_time::Duration as Span;

use super::ops_repo;
use super::organization::Organization;
use crate::serve::wall_now;
use asked::Asked;
use figures::{Figures, Line};
use served::Served;

/// The pages of so many incidents are kept open, besides the overview.
const ROOMS: usize = 20;

pub(crate) fn run(args: &BenchPages) -> anyhow::Result<Exit> {
    let folder = tempfile::tempdir()?;
    let (ops, data) = (folder.path().join("ops"), folder.path().join("data"));
    // Those that open while pages are open have workloads of their own.
    let workloads = args.incidents + args.changes;
    for file in ops_repo::files(workloads)? {
        let path = ops.join(&file.path);
        std::fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        std::fs::write(path, &file.bytes)?;
    }
    told("an organisation is made up");
    let mut organization = Organization::open_at(&data, workloads, 1, wall_now() - Span::hours(1))?;
    let hit: Vec<usize> = (0..args.incidents).collect();
    let opened = organization.fire(&hit)?;
    organization.acknowledge(&opened)?;
    organization.noise(args.alerts)?;
    organization.keep()?;
    drop(organization);
    told("it is served");
    let mut served = Served::start(&ops, &data)?;
    let incidents: Vec<IncidentId> = opened.into_iter().map(|(incident, _)| incident).collect();
    let mut figures = Figures::default();
    shown(args, &served, &incidents, &mut figures)?;
    let followed = live(args, &served, &incidents, &mut figures);
    let stopped = served.stop()?;
    figures.push(Line::of("stop with nobody reading", &[stopped]));
    // What was measured is told whatever came of the rest.
    writeln!(stdout(), "{}", figures.table())?;
    followed?;
    Ok(Exit::Good)
}

/// Which address is asked for at the nth time.
type Address<'a> = &'a dyn Fn(usize) -> String;

/// Asks for each page again and again.
fn shown(args: &BenchPages, served: &Served, incidents: &[IncidentId], figures: &mut Figures) -> anyhow::Result<()> {
    let mut asked = Asked::connect(served)?;
    let room = |number: usize| {
        let incident = incidents.get(number % incidents.len().max(1));
        format!("/incidents/{}", incident.map_or_else(String::new, ToString::to_string))
    };
    let overview = format!("overview, {} open incidents", args.incidents);
    let alerts = format!("alerts, {} firing", args.alerts);
    let pages: [(&str, u64, Address<'_>); 7] = [
        (&overview, 20, &|_| "/".to_owned()),
        ("one incident", 10, &room),
        ("incidents", 0, &|_| "/incidents".to_owned()),
        (&alerts, 0, &|_| "/alerts".to_owned()),
        ("search that finds", 0, &|number| format!("/search?q=noise{}", number % 1000)),
        ("search that finds nothing", 0, &|_| "/search?q=nowhere-to-be-found".to_owned()),
        ("about", 0, &|_| "/about".to_owned()),
    ];
    for (name, target_ms, page) in pages {
        told(name);
        let (mut times, mut bytes) = (Vec::new(), 0);
        for number in 0..args.requests {
            let began = Instant::now();
            let answer = asked.get(&page(number))?;
            times.push(began.elapsed());
            bytes = answer.bytes;
            if answer.status != 200 {
                times.clear();
                break;
            }
        }
        figures.push(Line { bytes, target_ms, ..Line::of(name, &times) });
    }
    Ok(())
}

/// Keeps pages open while something changes every second.
fn live(args: &BenchPages, served: &Served, incidents: &[IncidentId], figures: &mut Figures) -> anyhow::Result<()> {
    told("pages are opened");
    let mut asked = Asked::connect(served)?;
    let mut rooms = Vec::new();
    for incident in incidents.iter().take(ROOMS) {
        if asked.get(&format!("/incidents/{incident}"))?.status == 200 {
            rooms.push(*incident);
        }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let followed = runtime.block_on(readers::follow(served, &rooms, args));
    let (latencies, share) = followed.context("pages that are open")?;
    let name = format!("from a change to its event, {} readers of {} pages", args.readers, rooms.len() + 1);
    figures.push(Line { target_ms: 200, ..Line::of(&name, &latencies) });
    figures.share = Some(share);
    Ok(())
}

fn told(what: &str) {
    drop(writeln!(stderr(), "{what}"));
}

/// A whole number of milliseconds and its parts.
fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}
