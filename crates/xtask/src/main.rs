//! House tasks: `cargo xtask tidy`, `checks`, `ci` and `sim`.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for people: it reads files and prints")]

mod ci;
mod command;
mod root;
mod sim;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>

  tidy [--bless]   the house rules; --bless lowers the marks in crates/xtask/ratchet.txt
  checks           format, tidy, lints
  ci               format, tidy, lints, tests
  sim <arguments>  the simulator, in release mode: --hours N [--seed 0x…] [--steps N]";

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    let root = root::find()?;
    let good = match (task.as_str(), rest) {
        ("tidy", []) => tidy::run(&root)?,
        ("tidy", [flag]) if flag == "--bless" => tidy::bless(&root)?,
        ("checks", []) => ci::checks(&root)?,
        ("ci", []) => ci::everything(&root)?,
        ("sim", passed_through) => sim::run(&root, passed_through)?,
        _ => {
            println!("{USAGE}");
            return Ok(ExitCode::from(2));
        }
    };
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
