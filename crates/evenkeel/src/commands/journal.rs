//! `evenkeel journal verify|export|show|erase`.

use std::io::{BufWriter, IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use evenkeel_cli::args::{Erase, Export, Format, Journal, Show, Verify};
use evenkeel_cli::exit::Exit;
use evenkeel_engine::{Journal as _, State, Stored};
use evenkeel_ids::Seq;
use evenkeel_journal::{OsSalts, Reader, Verification, VerifyReport, seal};
use evenkeel_record::chain::Head;
use evenkeel_record::{Actor, Body, BodyErased, Origin, Record};
use serde_json::json;

use crate::review::Folder;
use crate::serve::{Port, wall_now};

pub(crate) fn run(command: &Journal) -> anyhow::Result<Exit> {
    match command {
        Journal::Verify(args) => verify(args),
        Journal::Export(args) => export(args),
        Journal::Show(args) => show(args),
        Journal::Erase(args) => erase(args),
    }
}

/// A data folder stands for the journal in it.
fn file_of(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("journal.db") } else { path.to_owned() }
}

fn verify(args: &Verify) -> anyhow::Result<Exit> {
    let reader = Reader::open(&file_of(&args.data))?;
    let terminal = stderr().is_terminal();
    let report = reader.verify(&Verification::default(), |at| {
        if terminal {
            let _ = write!(stderr(), "\r{at} verified");
        }
    })?;
    if terminal {
        let _ = write!(stderr(), "\r\x1b[K");
    }
    match args.format {
        Format::Text => print_report(&report)?,
        Format::Json => writeln!(stdout(), "{:#}", report_json(&report))?,
    }
    Ok(if report.sound() { Exit::Good } else { Exit::Findings })
}

fn print_report(report: &VerifyReport) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    for fault in &report.faults {
        writeln!(out, "fault at {}: {}", fault.at, fault.kind)?;
        writeln!(out, "   = meaning: {}", fault.meaning())?;
    }
    if report.unlisted_faults > 0 {
        writeln!(out, "… and {} more faults", report.unlisted_faults)?;
    }
    let VerifyReport { records, erased, checkpoints, head, .. } = report;
    writeln!(out, "{records} records, {erased} erased, {checkpoints} signed checkpoints")?;
    writeln!(out, "head {} {}", head.seq, head.hash)?;
    let verdict = if report.sound() { "the chain is whole" } else { "the chain is NOT whole" };
    writeln!(out, "{verdict}")?;
    Ok(())
}

fn report_json(report: &VerifyReport) -> serde_json::Value {
    let fault = |fault: &evenkeel_journal::Fault| json!({ "seq": fault.at.0, "fault": fault.kind.to_string(), "meaning": fault.meaning() });
    json!({
        "sound": report.sound(),
        "records": report.records,
        "erased": report.erased,
        "checkpoints": report.checkpoints,
        "head": { "seq": report.head.seq.0, "hash": report.head.hash.to_string() },
        "faults": report.faults.iter().map(fault).collect::<Vec<_>>(),
        "unlisted_faults": report.unlisted_faults,
    })
}

fn export(args: &Export) -> anyhow::Result<Exit> {
    let reader = Reader::open(&file_of(&args.data))?;
    let mut out = BufWriter::new(stdout().lock());
    reader.export(Seq(args.from), Seq(args.to.unwrap_or(u64::MAX)), &mut out)?;
    out.flush()?;
    Ok(Exit::Good)
}

fn show(args: &Show) -> anyhow::Result<Exit> {
    let reader = Reader::open(&file_of(&args.data))?;
    let Some(line) = reader.show(Seq(args.seq))? else {
        let head = reader.head()?;
        bail!("there is no record #{}; the last one is {}", args.seq, head.seq);
    };
    let record: serde_json::Value = serde_json::from_str(&line).context("a record's JSON")?;
    writeln!(stdout(), "{record:#}")?;
    Ok(Exit::Good)
}

/// What the state still needs is not erased: a fold without it would not give the state it has.
fn erase(args: &Erase) -> anyhow::Result<Exit> {
    let mut port = Port(evenkeel_journal::Journal::open(&args.data)?);
    let seq = Seq(args.seq);
    let mut state = State::default();
    let mut found = None;
    port.replay(Head::default(), &mut |stored| {
        state.fold(&stored);
        if let Stored::Record(record) = stored
            && record.seq == seq
        {
            found = Some(record);
        }
    })?;
    state.alerting.drop_empty_groups();
    let Some(record) = found else { bail!("the body of record {seq} is erased already, or there is no such record") };
    if let Some(why) = state.needs(&record) {
        bail!("the body of record {seq}, a `{}`, has to stay: {why}", record.body.kind().name);
    }
    let record = Record {
        seq: state.seq.next(),
        at: wall_now().max(state.at),
        actor: Actor("owner".into()),
        origin: Origin::Observed,
        plan: state.plan,
        body: Body::BodyErased(BodyErased { erased: seq, reason: args.reason.as_str().into() }),
    };
    let sealed = seal(port.0.head(), std::slice::from_ref(&record), &mut OsSalts::default());
    let sealed = sealed.first().context("one record was sealed")?;
    port.0.erase(seq, sealed)?;
    drop(port);
    // What was projected of the body goes as well; the evidence is made again without it.
    if args.data.join("evidence.db").exists() {
        Folder::open(&args.data, &mut |_| ()).context("the body is erased, but what was made of it is not yet")?;
    }
    writeln!(stdout(), "the body of record {seq} is erased; record {} says so", record.seq)?;
    Ok(Exit::Good)
}
