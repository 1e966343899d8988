//! `evenkeel record …`: lists what can be told, or tells it to a server.

use std::fs::File;
use std::io::{Read, Write, stderr, stdin, stdout};
use std::path::Path;

use anyhow::Context;
use evenkeel_cli::client::Wrong;
use evenkeel_cli::exit::Exit;
use evenkeel_cli::record::{RecordArgs, RecordFile};

use super::client::{self, failure, written};
use crate::environment::Environment;

/// A larger file is not read.
const FILE_BYTES_MAX: u64 = 64 << 20;

pub(crate) async fn run(mut args: RecordArgs, environment: &Environment) -> anyhow::Result<Exit> {
    if let Some(listed) = args.listed() {
        return print(listed);
    }
    if let Some(path) = &args.path {
        args.file = Some(RecordFile { text: read(path)? });
    }
    client::run(&args, &args.remote, environment).await
}

fn print(listed: Result<String, Wrong>) -> anyhow::Result<Exit> {
    match listed {
        Ok(text) => {
            written(stdout().write_all(text.as_bytes()))?;
            Ok(Exit::Good)
        }
        Err(wrong) => {
            let refusal = failure::usage(wrong);
            write!(stderr(), "{}", failure::text(&refusal))?;
            Ok(refusal.exit)
        }
    }
}

/// The file's text; `-` is what comes in.
fn read(path: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let from: &mut dyn Read = if path == Path::new("-") {
        &mut stdin().lock()
    } else {
        &mut File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?
    };
    let read = from.take(FILE_BYTES_MAX + 1).read_to_string(&mut text);
    let bytes = read.with_context(|| format!("cannot read `{}`", path.display()))?;
    anyhow::ensure!(bytes as u64 <= FILE_BYTES_MAX, "`{}` is larger than {FILE_BYTES_MAX} bytes", path.display());
    Ok(text)
}
