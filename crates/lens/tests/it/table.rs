//! `docs/practices.md`: for each practice which verdicts it can get, by what was seen or told, and what remains a
//! person's to say. `UPDATE_LENS=1` writes it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_evidence_sql::{Source, table};
use evenkeel_lens::{Area, Block, Lens, Practice, Standing, Verdict};

use crate::embedded::{folder, read, updating};

const HEAD: &str = "\
# Practices

Which verdicts each practice of the lens `operational-excellence` can get, and by what. The pages themselves lie in
`lens/operational-excellence`; [lens.md](lens.md) says what the verdicts mean.

- **seen**: Evenkeel itself was there: incidents, pages, acknowledgements, deliveries, the ops repo and its history.
- **told**: somebody or something told it, by `evenkeel record`, a CloudEvent or a webhook. What is practised by such facts
  alone is shown as `practised (reported)`. What the receiver of a webhook is told counts as told.
- **both**: the query joins what was seen with what was told.
- *declared* says that the ops repo can say so. *attestation* is what only a person can say, and what remains when every
  query is answered.
- *reached* is what the practice's scenario, the `.script` beside its page, has been seen to reach in that order, through real
  inputs: alerts, commands, webhooks, what is told.

Every practice can be `unknown`, `attested` or `not applicable`; one that can be practised can also be `stale` and, by
occasions that were missed, `contradicted`. Where a query of its own looks for counter-facts, the column says by what.

";

/// What a block finds its facts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Seen,
    Told,
    Both,
}

impl By {
    fn of(block: &Block) -> Self {
        let told = block.tables.iter().any(|name| is_told(name));
        let seen = block.tables.iter().any(|name| is_seen(name));
        match (told, seen) {
            (true, true) => Self::Both,
            (true, false) => Self::Told,
            (false, _) => Self::Seen,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Told => "told",
            Self::Both => "both",
        }
    }
}

/// The kind of fact that Evenkeel records itself: commits of the ops repo.
const SEEN_KIND: &str = "commit";

fn is_told(name: &str) -> bool {
    table(name).is_some_and(|table| matches!(table.source, Source::Fact(kind) if kind != SEEN_KIND))
}

/// Whether rows of a table say that something happened, rather than that it is declared.
pub(crate) fn is_seen(name: &str) -> bool {
    let declared = ["catalogue", "links", "owners"].contains(&name);
    let happened = |source: Source| match source {
        Source::Fact(kind) => kind == SEEN_KIND,
        Source::Documents(_) => false,
        Source::Observed => true,
    };
    !declared && table(name).is_some_and(|table| happened(table.source))
}

fn by(block: Option<&Block>) -> &'static str {
    block.map_or("–", |block| By::of(block).as_str())
}

/// The verdicts that the practice's scenario goes through, in its order; `crates/practice-test` plays it.
fn reached(practice: &Practice) -> Vec<Standing> {
    let path = folder().join(&*practice.path).with_extension("script");
    let text = fs::read_to_string(path).unwrap_or_default();
    let said = text.lines().filter_map(|line| {
        let judged = line.strip_prefix("verdict ").or_else(|| Some(line.split_once(" verdict ")?.1));
        judged?.split_once(' ')
    });
    said.map(|(_, verdict)| verdict.trim().parse().expect("a verdict")).collect()
}

/// In words, what follows on itself once.
fn shown(mut reached: Vec<Standing>) -> String {
    reached.dedup();
    let words: Vec<String> = reached.iter().map(ToString::to_string).collect();
    if words.is_empty() { "–".to_owned() } else { words.join(" → ") }
}

fn row(practice: &Practice) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let declared = if practice.declared.is_some() { "yes" } else { "–" };
    let aliases: Vec<&str> = practice.aliases.iter().map(AsRef::as_ref).collect();
    let practised = if practice.mechanism { by(practice.practised.as_ref()) } else { "no mechanism yet" };
    format!(
        "| [{}](../lens/operational-excellence/{}) | {} | {} | {} | {declared} | {practised} | {} | {} | {} |\n",
        cell(&practice.title),
        practice.path,
        aliases.join(", "),
        practice.question,
        practice.subject,
        by(practice.contradicted.as_ref()),
        shown(reached(practice)),
        cell(practice.attestation.as_deref().unwrap_or("–")),
    )
}

const COLUMNS: &str = "| practice | elsewhere | question | for each | declared | practised | counter-facts | reached | attestation |\n\
                       |---|---|---|---|---|---|---|---|---|\n";

/// How many practices can be practised by what.
fn counted(practices: &[&Practice]) -> String {
    let practised =
        |by: By| practices.iter().filter(|one| one.practised.as_ref().is_some_and(|block| By::of(block) == by)).count();
    let none = practices.iter().filter(|practice| !practice.mechanism).count();
    let signed = practices.iter().filter(|practice| practice.mechanism && practice.practised.is_none()).count();
    let declared = practices.iter().filter(|practice| practice.declared.is_some()).count();
    let against = practices.iter().filter(|practice| practice.contradicted.is_some()).count();
    let rest = practices.iter().filter(|practice| practice.attestation.is_some()).count();
    let all = practices.len();
    format!(
        "| {all} | {declared} | {} | {} | {} | {against} | {rest} | {signed} | {none} |\n",
        practised(By::Seen),
        practised(By::Told),
        practised(By::Both)
    )
}

const COUNTS: &str = "| | practices | declared | practised: seen | told | both | counter-facts | something to attest | only to attest | no mechanism yet |\n\
                      |---|---|---|---|---|---|---|---|---|---|\n";

/// How many practices have been seen to reach what.
fn counted_reached(practices: &[&Practice]) -> String {
    let all: Vec<Vec<Standing>> = practices.iter().map(|practice| reached(practice)).collect();
    let count = |claim: &dyn Fn(&[Standing]) -> bool| all.iter().filter(|reached| claim(reached)).count();
    let has = |verdict: Verdict| count(&|reached| reached.iter().any(|standing| standing.verdict == verdict));
    let by = |told: bool| {
        let is = |standing: &Standing| standing.verdict == Verdict::Practised && standing.reported == told;
        count(&|reached| reached.iter().any(is))
    };
    let back = |reached: &[Standing]| {
        let failed = reached.iter().skip_while(|standing| standing.verdict != Verdict::Contradicted);
        failed.into_iter().any(|standing| standing.verdict == Verdict::Practised)
    };
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |\n",
        practices.len(),
        has(Verdict::Declared),
        by(false),
        by(true),
        has(Verdict::Contradicted),
        count(&back),
        has(Verdict::Stale)
    )
}

const REACHED: &str = "\nWhat their scenarios reach:\n\n\
                       | | practices | declared | practised | practised (reported) | contradicted | practised again | stale |\n\
                       |---|---|---|---|---|---|---|---|\n";

fn rendered(lens: &Lens) -> String {
    let mut out = HEAD.to_owned();
    let of = |wanted: &dyn Fn(&Practice) -> bool| -> Vec<&Practice> {
        lens.practices.iter().map(AsRef::as_ref).filter(|practice| wanted(practice)).collect()
    };
    let main = of(&|practice| !practice.further);
    let rows: usize = main.iter().map(|one| one.aliases.iter().filter(|a| a.starts_with("seed:")).count().max(1)).sum();
    let (all, beyond) = (main.len(), of(&|practice| practice.further));
    writeln!(out, "{all} practices ({rows} rows, {} aliases), and {} further ones.\n", rows - all, beyond.len())
        .expect("text");
    out.push_str(COUNTS);
    for area in Area::ALL {
        let counts = counted(&of(&|practice| practice.area == area && !practice.further));
        write!(out, "| {area} {counts}").expect("text");
    }
    write!(out, "| **all {all}** {}| further {}", counted(&main), counted(&beyond)).expect("text");
    out.push_str(REACHED);
    for area in Area::ALL {
        let counts = counted_reached(&of(&|practice| practice.area == area && !practice.further));
        write!(out, "| {area} {counts}").expect("text");
    }
    write!(out, "| **all {all}** {}| further {}", counted_reached(&main), counted_reached(&beyond)).expect("text");
    for question in &lens.questions {
        writeln!(out, "\n## {} ({})\n\n{COLUMNS}", question.title, question.id).expect("text");
        out.truncate(out.trim_end().len());
        out.push('\n');
        main.iter().filter(|practice| practice.question == question.id).for_each(|one| out.push_str(&row(one)));
    }
    write!(out, "\n## Further practices\n\nBeyond those that count in a question's risk.\n\n{COLUMNS}").expect("text");
    beyond.iter().for_each(|practice| out.push_str(&row(practice)));
    out
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/practices.md")
}

#[test]
fn the_table_is_what_the_practices_ask() {
    let wanted = rendered(&read().0.expect("the lens"));
    let known = fs::read_to_string(path()).unwrap_or_default();
    if known != wanted && updating() {
        fs::write(path(), wanted).expect("the table is written");
    } else {
        assert!(known == wanted, "docs/practices.md is not what the practices ask; UPDATE_LENS=1 writes it anew");
    }
}

/// A file alone is never more than declared. It may well contradict: an exception that ran out and still stands does.
#[test]
fn nothing_is_practised_by_what_is_only_written() {
    let lens = read().0.expect("the lens");
    let happened = |block: &Block| block.tables.iter().any(|name| is_told(name) || is_seen(name));
    let written = lens.practices.iter().filter(|one| one.practised.as_ref().is_some_and(|block| !happened(block)));
    let wrong: Vec<&str> = written.map(|practice| &*practice.path).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
