//! `evenkeel backup` and `evenkeel restore`.

use std::io::{Write, stdout};
use std::path::Path;

use evenkeel_cli::args::{Backup, Restore};
use evenkeel_cli::exit::Exit;

use crate::serve::metrics_of;

pub(crate) fn backup(args: &Backup) -> anyhow::Result<Exit> {
    let report = evenkeel_journal::backup(&args.data, &args.to)?;
    let (records, head) = (report.records, report.head);
    writeln!(stdout(), "{}: {records} records, chain verified, head {} {}", args.to.display(), head.seq, head.hash)?;
    if let Some(to) = &args.metrics_to {
        copy(&metrics_of(&args.data), to)?;
    }
    Ok(Exit::Good)
}

pub(crate) fn restore(args: &Restore) -> anyhow::Result<Exit> {
    let report = evenkeel_journal::restore(&args.from, &args.data)?;
    let (records, head) = (report.records, report.head);
    writeln!(stdout(), "{}: {records} records, chain verified, head {} {}", args.data.display(), head.seq, head.hash)?;
    if let Some(from) = &args.metrics_from {
        copy(from, &metrics_of(&args.data))?;
    }
    Ok(Exit::Good)
}

/// Copies metrics, whoever has them open.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let copied = evenkeel_tsdb::copy_store(from, to)?;
    let (blocks, files, bytes) = (copied.blocks, copied.log_files, copied.bytes);
    writeln!(stdout(), "{}: {blocks} blocks and {files} files of the log, {bytes} bytes of metrics", to.display())?;
    Ok(())
}
