//! Our own scripts, and those of a folder that is named from outside.

use std::path::{Path, PathBuf};
use std::{env, fs};

use evenkeel_promql_eval::Limits;

use crate::run::run;

fn say(text: &str) {
    std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes()).expect("a stderr");
}

fn scripts(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> = found.filter(|path| path.extension().is_some_and(|kind| kind == "test")).collect();
    found.sort();
    found
}

fn limits() -> Limits {
    Limits { experimental: true, ..Limits::default() }
}

#[test]
fn our_scripts_give_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let (mut evaluations, mut wrong) = (0, String::new());
    for path in scripts(&folder) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a script");
        for ran in run(&text, &limits()).unwrap_or_else(|why| panic!("{name}: {why}")) {
            evaluations += 1;
            if let Some(why) = ran.failed {
                wrong += &format!("{name}:{}: {}\n    {why}\n", ran.line, ran.expr);
            }
        }
    }
    assert!(wrong.is_empty(), "of {evaluations}:\n{wrong}");
    assert!(evaluations > 500, "{evaluations} are too few");
}

/// What an evaluation is counted under.
fn kind(name: &str, expr: &str) -> usize {
    let is_experimental = ["extended", "duration", "fill", "info", "start_timestamps", "type_and_unit", "delayed"];
    let parsed = evenkeel_promql::parse(expr);
    if is_experimental.iter().any(|part| name.contains(part))
        || parsed.is_ok_and(|expr| !evenkeel_promql::experimental(&expr).is_empty())
    {
        2
    } else {
        usize::from(name.contains("native"))
    }
}

#[test]
fn scripts_of_a_folder_named_from_outside_are_run_and_counted() {
    let Some(folder) = env::var_os("PROMQL_TESTDATA") else {
        return say("skipped: PROMQL_TESTDATA names no folder of scripts\n");
    };
    let limits = Limits { delayed_names: true, ..limits() };
    let (mut passed, mut all, mut unsupported) = ([0; 3], [0; 3], 0);
    for path in scripts(Path::new(&folder)) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a script");
        match run(&text, &limits) {
            Ok(ran) => {
                for ran in ran {
                    if ran.unsupported {
                        unsupported += 1;
                        continue;
                    }
                    let kind = kind(&name, &ran.expr);
                    all[kind] += 1;
                    match ran.failed {
                        Some(why) => say(&format!("{name}:{}: {}\n    {why}\n", ran.line, ran.expr)),
                        None => passed[kind] += 1,
                    }
                }
            }
            Err(why) => say(&format!("{name}: {why}\n")),
        }
    }
    for (kind, name) in ["stable", "native histograms", "experimental"].iter().enumerate() {
        say(&format!("{name}: {} of {}\n", passed[kind], all[kind]));
    }
    say(&format!("with what this store does not keep: {unsupported}\n"));
}
