//! Each file in `transcripts/` is a session: what is typed, what is asked of the server, what it answers, what is shown.
//!
//! `$` is typed, `>` is asked, `<` is answered (JSON, or a file in `answers/`), `|` is printed, `!` is printed beside it,
//! and `exit` follows where it is not 0. `--ops` names a folder beside the transcripts. The times are of a Friday morning in Berlin. What is typed and answered is the
//! input; the rest is written anew by `cargo test -p evenkeel-cli --test transcripts -- --ignored`.

#![expect(clippy::disallowed_methods, reason = "reads and writes the transcripts")]
#![expect(clippy::panic, reason = "a test ends where it finds something else than expected")]

use std::fs;
use std::path::PathBuf;

use clap::Parser;
use evenkeel_cli::args::{Cli, Command, Format};
use evenkeel_cli::client::{ClientCommand, Context, Remote, Shown, Wrong, json};
use evenkeel_cli::oncall::{OncallArgs, from_plan};
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read as read_ops};
use evenkeel_time::Zone;
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts"))
}

fn transcripts() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder()).expect("the transcripts");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("a transcript"))).collect()
}

#[test]
fn what_is_typed_is_asked_and_what_is_answered_is_shown() {
    let transcripts = transcripts();
    assert!(transcripts.len() > 5, "the transcripts are there");
    for (path, text) in transcripts {
        let played = played(&text);
        let wrong = text.lines().zip(played.lines()).position(|(expected, found)| expected != found);
        let at = wrong.unwrap_or_else(|| text.lines().count().min(played.lines().count()));
        let line = |text: &str| text.lines().nth(at).unwrap_or("the end").to_owned();
        let place = format!("{}:{}", path.display(), at + 1);
        assert!(text == played, "{place}\nexpected: {}\nfound:    {}", line(&text), line(&played));
    }
}

/// What the server's own tests say that it answers.
#[test]
fn what_the_server_answers_is_understood() {
    let answers = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../api/tests/it/golden"));
    for (typed, file) in [
        ("evenkeel incident list", "incidents.json"),
        ("evenkeel incident show 5", "incident.json"),
        ("evenkeel incident ack 5", "incident.json"),
        ("evenkeel incident approve 7", "update.json"),
        ("evenkeel problem link 9 5", "problem.json"),
        ("evenkeel attest oe.x said --subject organization --expires 90d", "attestation.json"),
    ] {
        let answer = fs::read_to_string(answers.join(file)).expect(file);
        let mut out = String::new();
        session(typed, vec![answer], &mut out);
        assert!(out.contains("\n| ") && !out.contains("\nexit "), "{typed}: {out}");
    }
}

#[test]
#[ignore = "writes the transcripts"]
fn write_the_transcripts() {
    for (path, text) in transcripts() {
        fs::write(path, played(&text)).expect("a transcript is written");
    }
}

/// The transcript as it comes out now.
fn played(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(typed) = line.strip_prefix("$ ") else {
            if line.is_empty() || line.starts_with('#') {
                out.push_str(&format!("{line}\n"));
            }
            continue;
        };
        let mut answers = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.is_empty()) {
            answers.extend(line.strip_prefix("< ").map(str::to_owned));
        }
        out.push_str(&format!("{line}\n"));
        session(typed, answers, &mut out);
    }
    out
}

fn session(typed: &str, answers: Vec<String>, out: &mut String) {
    let words = words(typed);
    let color = words.first().is_some_and(|word| word == "COLOR=1");
    let words = words.into_iter().skip(usize::from(color));
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => {
            let text = error.to_string();
            let shown = text.lines().take_while(|line| !line.is_empty());
            shown.for_each(|line| out.push_str(&format!("! {line}\n")));
            out.push_str(&format!("exit {}\n", error.exit_code()));
            return;
        }
    };
    let mut answers = answers.into_iter();
    match &cli.command {
        Command::Incident(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Problem(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Oncall(args) if args.verb.ops().is_some() => play_from_ops(args, color, out),
        Command::Oncall(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Alert(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Silence(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Record(args) => match args.listed() {
            Some(Ok(text)) => text.lines().for_each(|line| out.push_str(&format!("| {line}\n"))),
            Some(Err(wrong)) => refuse(&wrong, out),
            None => play(args, &args.remote, color, &mut answers, out),
        },
        Command::Attest(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Token(args) => play(args, &args.remote, color, &mut answers, out),
        Command::Serve(_)
        | Command::Demo(_)
        | Command::Init(_)
        | Command::Check(_)
        | Command::Explain(_)
        | Command::Journal(_)
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Bench(_)
        | Command::Schema(_)
        | Command::Test(_)
        | Command::Slo(_)
        | Command::Query(_)
        | Command::Review(_)
        | Command::Status(_)
        | Command::DemoService(_) => panic!("it asks no server: {typed}"),
    }
    assert_eq!(answers.next(), None, "an answer to nothing: {typed}");
}

fn context(remote: &Remote, color: bool) -> Context {
    let zone = remote.zone_or(|| Zone::named("Europe/Berlin").expect("a zone"));
    let now = "2026-11-20T02:26:00Z".parse().expect("an instant");
    Context { now, zone, color, user: Some("ada".to_owned()) }
}

fn refuse(wrong: &Wrong, out: &mut String) {
    out.push_str(&format!("! {}\n! {}\nexit 2\n", wrong.message, wrong.help));
}

fn play_from_ops(args: &OncallArgs, color: bool, out: &mut String) {
    let ops = folder().join(args.verb.ops().expect("a folder"));
    let loaded = load(&read_ops(&ops).expect("an ops repo"), Missing::Refuse);
    let plan = loaded.plan.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let cx = context(&args.remote, color);
    match from_plan(&args.verb, &plan, &cx) {
        Ok(answer) => print(&args.show(&answer, &cx).expect("as agreed"), &answer, args.remote.format, out),
        Err(wrong) => refuse(&wrong, out),
    }
}

fn play(
    command: &impl ClientCommand,
    remote: &Remote,
    color: bool,
    answers: &mut impl Iterator<Item = String>,
    out: &mut String,
) {
    let cx = context(remote, color);
    let requests = match command.requests(&cx) {
        Ok(requests) => requests,
        Err(wrong) => {
            return refuse(&wrong, out);
        }
    };
    for request in requests {
        let mut next = Some(request);
        let mut answer = Value::Null;
        while let Some(request) = next {
            let body = request.body.map_or_else(String::new, |body| format!(" {body}"));
            let anonymous = if request.anonymous { " (from anybody on this machine)" } else { "" };
            out.push_str(&format!("> {} {}{body}{anonymous}\n", request.method.as_str(), request.path));
            let text = answers.next().unwrap_or_else(|| panic!("no answer to {}", request.path));
            out.push_str(&format!("< {text}\n"));
            let first = answer.is_null();
            answer = read(&text);
            next = if first { command.follow_up(&answer, &cx).expect("an answer as agreed") } else { None };
        }
        let answer = command.select(answer, &cx);
        let shown = command.show(&answer, &cx).unwrap_or_else(|error| panic!("not as agreed: {error}: {answer}"));
        print(&shown, &answer, remote.format, out);
    }
}

fn print(shown: &Shown, answer: &Value, format: Format, out: &mut String) {
    let (shown_out, shown_err) = match format {
        Format::Text => (shown.out.clone(), shown.err.as_str()),
        Format::Json => (json(answer), ""),
    };
    shown_err.lines().for_each(|line| out.push_str(&format!("! {line}\n")));
    for line in shown_out.replace('\x1b', "\u{241b}").lines() {
        out.push_str(format!("| {line}").trim_end());
        out.push('\n');
    }
    match shown.exit as u8 {
        0 => {}
        exit => out.push_str(&format!("exit {exit}\n")),
    }
}

fn read(answer: &str) -> Value {
    let file = answer.ends_with(".json").then(|| fs::read(folder().join("answers").join(answer)).expect(answer));
    let bytes = file.unwrap_or_else(|| answer.as_bytes().to_vec());
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{answer}: {error}"))
}

/// As a shell splits them: blanks outside quotes, and both kinds of quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut there) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => (quote, there) = (Some(c), true),
            (None, ' ') if there => (words, there) = ([words, vec![std::mem::take(&mut word)]].concat(), false),
            (None, ' ') => {}
            (_, c) => {
                word.push(c);
                there = true;
            }
        }
    }
    if there {
        words.push(word);
    }
    words
}
