//! Every practice's script reaches the verdicts that it says, and every verdict that its practice can get.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use evenkeel_lens::{Practice, Standing, Verdict};
use evenkeel_practice_test::{Played, play};

use crate::lens::{LENS, files, folder};

/// A script below the lens, its practice, and what came of it.
type One = (String, Option<&'static Arc<Practice>>, Played);

/// The scripts that are wanted; played once for all tests.
static PLAYED: LazyLock<Vec<One>> = LazyLock::new(|| {
    let only = std::env::var("PRACTICE").unwrap_or_default();
    let wanted = files("script").into_iter().filter(|path| path.to_string_lossy().contains(&only));
    let one = |path: PathBuf| {
        let below = path.strip_prefix(folder()).expect("a script of the lens").to_owned();
        let page = below.with_extension("md").to_string_lossy().into_owned();
        let practice = LENS.practices.iter().find(|practice| *practice.path == *page);
        let script = fs::read_to_string(&path).expect("a script");
        let nothing = || Played { wrong: vec!["there is no such practice".to_owned()], ..Played::default() };
        let came = practice.map_or_else(nothing, |practice| play(&LENS, practice, &script));
        (below.to_string_lossy().into_owned(), practice, came)
    };
    wanted.map(one).collect()
});

/// Each practice with the verdicts that its script reached, in order.
fn ways() -> impl Iterator<Item = (&'static Practice, &'static [Standing])> {
    PLAYED.iter().filter_map(|(_, practice, came)| Some((practice.map(Arc::as_ref)?, came.way.as_slice())))
}

#[test]
fn every_script_reaches_the_verdicts_that_it_says() {
    let transcript = std::env::var_os("TRANSCRIPT").is_some();
    let mut failures = String::new();
    for (path, _, came) in PLAYED.iter() {
        for wrong in &came.wrong {
            writeln!(failures, "{path}:{wrong}").expect("a string takes everything");
        }
        if transcript {
            eprintln!("{path}\n{}", came.transcript);
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(!PLAYED.is_empty(), "no script is called like that");
}

#[test]
fn every_practice_with_a_mechanism_has_a_script() {
    let without: Vec<&str> = LENS
        .practices
        .iter()
        .filter(|practice| practice.mechanism && !folder().join(&*practice.path).with_extension("script").is_file())
        .map(|practice| &*practice.path)
        .collect();
    assert_eq!(without, [""; 0]);
}

/// From nothing to declared, practised, contradicted, back, and stale, as far as the practice's queries allow.
#[test]
fn every_script_goes_the_whole_way() {
    let mut short = Vec::new();
    for (practice, way) in ways() {
        let mut steps = vec![Verdict::Unknown, Verdict::Practised];
        if practice.declared.is_some() {
            steps.insert(1, Verdict::Declared);
        }
        if practice.contradicted.is_some() {
            steps.extend([Verdict::Contradicted, Verdict::Practised]);
        }
        steps.push(Verdict::Stale);
        let mut rest = way.iter().map(|standing| standing.verdict);
        let missing = steps.into_iter().find(|step| !rest.any(|verdict| verdict == *step));
        short.extend(missing.map(|step| format!("{}: `{step}` is missing", practice.path)));
    }
    assert_eq!(short, [""; 0]);
}

/// Crate `lens` writes the table from what the scripts say; here is what came out.
#[test]
fn the_table_in_the_docs_says_what_came_out() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/practices.md")).expect("a page");
    for (practice, way) in ways() {
        let row = page.lines().find(|line| line.contains(&format!("operational-excellence/{})", practice.path)));
        let mut way = way.to_vec();
        way.dedup();
        let way: Vec<String> = way.iter().map(ToString::to_string).collect();
        let (row, cell) = (row.unwrap_or_default(), format!("| {} |", way.join(" → ")));
        assert!(row.contains(&cell), "docs/practices.md has not {cell}, but {row}");
    }
}
