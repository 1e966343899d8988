//! `evenkeel backup` and `evenkeel restore`.

use std::io::{Write, stdout};

use evenkeel_cli::args::{Backup, Restore};
use evenkeel_cli::exit::Exit;

pub(crate) fn backup(args: &Backup) -> anyhow::Result<Exit> {
    let report = evenkeel_journal::backup(&args.data, &args.to)?;
    let (records, head) = (report.records, report.head);
    writeln!(stdout(), "{}: {records} records, chain verified, head {} {}", args.to.display(), head.seq, head.hash)?;
    Ok(Exit::Good)
}

pub(crate) fn restore(args: &Restore) -> anyhow::Result<Exit> {
    let report = evenkeel_journal::restore(&args.from, &args.data)?;
    let (records, head) = (report.records, report.head);
    writeln!(stdout(), "{}: {records} records, chain verified, head {} {}", args.data.display(), head.seq, head.hash)?;
    Ok(Exit::Good)
}
