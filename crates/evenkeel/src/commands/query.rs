//! `evenkeel query`: one SELECT over the evidence of a data folder, or of a server.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;

use evenkeel_cli::client::Context;
use evenkeel_cli::exit::Exit;
use evenkeel_cli::query::{Cell, QueryArgs, Rows};
use evenkeel_evidence::{Answer, Limits, QueryFault};

use super::client::{self, written};
use crate::environment::Environment;
use crate::review::Folder;
use crate::serve::wall_now;

pub(crate) fn run(args: &QueryArgs, environment: &Environment) -> anyhow::Result<Exit> {
    let Some(data) = args.place.folder() else {
        let remote = args.place.remote().expect("whoever reads no folder asks a server");
        return crate::alone()?.block_on(client::run(args, &remote, environment));
    };
    match ask(args, data)? {
        Ok(answer) => {
            let shown = args.rendered(&rows(answer), &context(args, environment));
            written(stderr().write_all(shown.err.as_bytes()))?;
            written(stdout().write_all(shown.out.as_bytes()))?;
            Ok(shown.exit)
        }
        Err(faults) => {
            written(stderr().write_all(faults.as_bytes()))?;
            Ok(Exit::Usage)
        }
    }
}

/// The answer, or what is wrong with the text, in words.
fn ask(args: &QueryArgs, data: &Path) -> anyhow::Result<Result<Answer, String>> {
    let mut folder = Folder::open(data, &mut |_| ())?;
    let limits = Limits { rows: u32::try_from(args.limit).unwrap_or(u32::MAX), ..Limits::default() };
    let answer = folder.reading().now()?.query(&args.sql, limits);
    match answer {
        Ok(answer) => Ok(Ok(answer)),
        Err(QueryFault::Text(faults)) => Ok(Err(crate::review::faults(&args.sql, &faults))),
        Err(QueryFault::Evidence(error)) => Err(error.into()),
    }
}

pub(crate) fn rows(answer: Answer) -> Rows {
    use evenkeel_evidence::Cell as Found;
    let cell = |cell| match cell {
        Found::Null => Cell::Nothing,
        Found::Whole(number) => Cell::Whole(number),
        Found::Real(number) => Cell::Number(number),
        Found::Text(text) => Cell::Text(text.into()),
    };
    let rows = answer.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Rows { columns: answer.columns, rows, more: answer.cut }
}

fn context(args: &QueryArgs, environment: &Environment) -> Context {
    let zone = args.zone_or(|| client::local_zone::read(environment.zone.as_deref()));
    let color = stdout().is_terminal() && !environment.no_color;
    Context { now: wall_now(), zone, color, user: environment.user.clone() }
}
