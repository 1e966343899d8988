//! `docs/cli.md` says what the command line says.
//!
//! What stands below its line `## Reference` is written by
//! `cargo test -p evenkeel-cli --test reference -- --ignored`.

#![expect(clippy::disallowed_methods, reason = "reads and writes the reference")]

use std::fs;

use clap::{Command, CommandFactory};
use evenkeel_cli::args::Cli;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
const HEADING: &str = "\n## Reference\n";
/// Where the options begin that all commands to a server share.
const SHARED: &str = "\nServer:\n";

#[test]
fn the_reference_says_what_the_command_line_says() {
    let page = fs::read_to_string(PAGE).expect("docs/cli.md");
    let (prose, reference) = page.split_once(HEADING).expect("a reference");
    let help = "write it anew: cargo test -p evenkeel-cli --test reference -- --ignored";
    assert!(reference == written(), "docs/cli.md is not what the command line says; {help}");
    let mut cli = Cli::command();
    for name in ["EVENKEEL_SERVER", "EVENKEEL_TOKEN_FILE", "EVENKEEL_LOG", "TZ", "NO_COLOR", "USER"] {
        assert!(prose.contains(&format!("`{name}`")), "{name} is not described");
    }
    cli.build();
}

#[test]
#[ignore = "writes the reference"]
fn write_the_reference() {
    let page = fs::read_to_string(PAGE).expect("docs/cli.md");
    let (prose, _) = page.split_once(HEADING).expect("a reference");
    fs::write(PAGE, format!("{prose}{HEADING}{}", written())).expect("docs/cli.md is written");
}

/// A section each command, and one for what the commands to a server share.
fn written() -> String {
    let mut cli = Cli::command();
    cli.build();
    let mut out = String::new();
    let mut shared = String::new();
    section(&cli, "evenkeel", &mut out, &mut shared);
    format!("{out}\n### Options of the commands to a server\n\n```text\n{shared}\n```\n")
}

fn section(command: &Command, name: &str, out: &mut String, shared: &mut String) {
    let mut command = command.clone().bin_name(name).color(clap::ColorChoice::Never);
    let help = command.render_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    let help = help.join("\n");
    let own = match help.split_once(SHARED) {
        Some((own, rest)) => {
            *shared = format!("{}{rest}", SHARED.trim_start()).trim_end().to_owned();
            own
        }
        None => &help,
    };
    out.push_str(&format!("\n### `{name}`\n\n```text\n{}\n```\n", own.trim_end()));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        section(sub, &format!("{name} {}", sub.get_name()), out, shared);
    }
}
