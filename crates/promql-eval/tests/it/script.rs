//! Scripts in the notation of Prometheus's own tests: series are loaded, expressions evaluated, and what they give is written
//! below. Source: Prometheus, `promql/promqltest/README.md`.

use evenkeel_series_notation::{Series, parse_series};
use evenkeel_time::Duration;

use crate::expect::{Expect, Says, read_expectation};

/// One command of a script.
pub(crate) enum Command {
    /// Everything is forgotten.
    Clear,
    /// Series are loaded, a value each step.
    Load { step: Duration, with_custom: bool, series: Vec<Series> },
    /// An expression is evaluated.
    Eval(Box<Eval>),
    /// What this store does not know: when counters began.
    LoadWithStarts,
}

/// An expression, when it is evaluated, and what it gives.
pub(crate) struct Eval {
    pub(crate) line: usize,
    pub(crate) expr: String,
    pub(crate) when: When,
    pub(crate) expect: Expect,
}

/// When an expression is evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    At(i64),
    Range { from: i64, until: i64, step: i64 },
}

/// Reads a script.
pub(crate) fn read(text: &str) -> Result<Vec<Command>, String> {
    let lines: Vec<&str> =
        text.lines().map(str::trim).map(|line| if line.starts_with('#') { "" } else { line }).collect();
    let mut commands = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let begin = at;
        at += 1;
        let word = line.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
        let block = |at: &mut usize| {
            let length = lines[*at..].iter().take_while(|line| !line.is_empty()).count();
            *at += length;
            &lines[*at - length..*at]
        };
        let command = match word.as_str() {
            "" => continue,
            "clear" => Ok(Command::Clear),
            word if word.starts_with("load") => load(line, block(&mut at)),
            word if word.starts_with("eval") => {
                let mut rest = 0;
                let found = eval(begin + 1, line, &lines[at..], &mut rest);
                at += rest;
                found.map(|eval| Command::Eval(Box::new(eval)))
            }
            _ => Err(format!("no command `{line}`")),
        };
        commands.push(command.map_err(|why| format!("line {}: {why}", begin + 1))?);
    }
    Ok(commands)
}

fn load(line: &str, lines: &[&str]) -> Result<Command, String> {
    let (word, step) = line.split_once(char::is_whitespace).ok_or("a step is missing")?;
    if lines.iter().any(|line| line.split_whitespace().next().is_some_and(|word| word.ends_with("@st"))) {
        return Ok(Command::LoadWithStarts);
    }
    let series: Result<Vec<Series>, _> = lines.iter().map(|line| parse_series(line)).collect();
    let series = series.map_err(|fault| fault.to_string())?;
    Ok(Command::Load { step: duration(step.trim())?, with_custom: word.ends_with("with_nhcb"), series })
}

fn duration(text: &str) -> Result<Duration, String> {
    text.parse().map_err(|_| format!("no duration `{text}`"))
}

fn eval(number: usize, line: &str, below: &[&str], used: &mut usize) -> Result<Eval, String> {
    let (word, rest) = next_word(line);
    let (kind, rest) = next_word(rest);
    let (when, expr) = if kind == "range" {
        let words: Vec<&str> = rest.split_whitespace().take(6).collect();
        let [_, from, _, until, _, step] = words.as_slice() else { return Err("no range".to_owned()) };
        let expr = (0..6).fold(rest, |rest, _| next_word(rest).1);
        let time = |text: &str| duration(text).map(|duration| duration.0);
        (When::Range { from: time(from)?, until: time(until)?, step: time(step)? }, expr)
    } else {
        let (at, rest) = next_word(rest);
        if at != "at" {
            return Err("an instant is missing".to_owned());
        }
        let (time, expr) = next_word(rest);
        (When::At(duration(time)?.0), expr)
    };
    let mut expect = Expect::default();
    match word.split_once('_').map(|(_, mode)| mode) {
        Some("fail") => expect.fail = Some(Says::Anything),
        Some("warn") => expect.warn.push(Says::Anything),
        Some("info") => expect.info.push(Says::Anything),
        Some("ordered") => expect.ordered = true,
        _ => {}
    }
    for line in below.iter().take_while(|line| !line.is_empty()) {
        *used += 1;
        if read_expectation(line, &mut expect)? {
            break;
        }
    }
    Ok(Eval { line: number, expr: expr.to_owned(), when, expect })
}

fn next_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}
