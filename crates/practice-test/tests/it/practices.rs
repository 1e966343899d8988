//! Every practice's script reaches the verdicts that it says.

use std::fmt::Write;
use std::fs;

use evenkeel_practice_test::play;

use crate::lens::{files, folder, lens};

#[test]
fn every_script_reaches_the_verdicts_that_it_says() {
    let lens = lens();
    let only = std::env::var("PRACTICE").unwrap_or_default();
    let transcript = std::env::var_os("TRANSCRIPT").is_some();
    let (mut failures, mut played) = (String::new(), 0);
    for path in files("script").into_iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let below = path.strip_prefix(folder()).expect("a script of the lens").with_extension("md");
        let page = below.to_string_lossy().into_owned();
        let Some(practice) = lens.practices.iter().find(|practice| *practice.path == *page) else {
            writeln!(failures, "{page}: there is no such practice").expect("a string takes everything");
            continue;
        };
        let came = play(&lens, practice, &fs::read_to_string(&path).expect("a script"));
        played += 1;
        for wrong in &came.wrong {
            writeln!(failures, "{}:{wrong}", below.with_extension("script").display())
                .expect("a string takes everything");
        }
        if transcript {
            eprintln!("{}\n{}", below.display(), came.transcript);
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(played > 0, "no script is called like that");
}

#[test]
fn every_practice_with_a_mechanism_has_a_script() {
    let lens = lens();
    let without: Vec<&str> = lens
        .practices
        .iter()
        .filter(|practice| practice.mechanism && !folder().join(&*practice.path).with_extension("script").is_file())
        .map(|practice| &*practice.path)
        .collect();
    assert_eq!(without, [""; 0]);
}
