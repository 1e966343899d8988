//! Plays every script and compares its transcript.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_scenario::World;
use evenkeel_scenario::lines;

#[test]
fn every_script_plays_as_written() {
    let update = std::env::var("UPDATE_TRANSCRIPTS").is_ok();
    let only = std::env::var("SCENARIO").unwrap_or_default();
    let mut failures = String::new();
    let mut played = 0;
    for path in scripts().into_iter().filter(|path| path.to_string_lossy().contains(&only)) {
        played += 1;
        let (transcript, result) = play(&fs::read_to_string(&path).expect("a script"));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = path.with_extension("transcript");
        match result {
            Err(why) => writeln!(failures, "{name}:{why}\n{transcript}").expect("a string takes everything"),
            Ok(()) if update => fs::write(&beside, transcript).expect("written"),
            Ok(()) => {
                let before = fs::read_to_string(&beside).unwrap_or_default();
                if before != transcript {
                    writeln!(failures, "{name}: the transcript differs{}", first_difference(&before, &transcript))
                        .expect("a string takes everything");
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(played > 0, "no script is called like that");
}

fn play(text: &str) -> (String, Result<(), String>) {
    let lines = match lines(text) {
        Ok(lines) => lines,
        Err(why) => return (String::new(), Err(why)),
    };
    let heading = text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n"));
    let mut transcript: String = heading.collect();
    let mut world = World::new(&lines);
    let result = lines.iter().try_for_each(|line| world.play(line).map_err(|why| format!("{}: {why}", line.number)));
    let result = result.and_then(|()| world.end().map_err(|why| format!("end: {why}")));
    transcript.push_str(&world.into_transcript());
    (transcript, result)
}

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let entries = fs::read_dir(folder).expect("the scenarios").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "script")).collect();
    found.sort();
    found
}

fn first_difference(before: &str, after: &str) -> String {
    let (mut old, mut new, mut number) = (before.lines(), after.lines(), 0);
    loop {
        number += 1;
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => {}
            (a, b) => return format!(" in line {number}\n  was {}\n  now {}", a.unwrap_or("-"), b.unwrap_or("-")),
        }
    }
}
