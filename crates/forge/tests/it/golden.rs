//! Texts that are compared as a whole with a file; `UPDATE_GOLDEN=1` writes the files anew.

use std::path::{Path, PathBuf};

/// Where the tests keep their files.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it")
}

/// Compares with `golden/NAME`.
pub(crate) fn check(name: &str, text: &str) {
    let path = folder().join("golden").join(name);
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, text).expect("written");
    }
    let golden = std::fs::read_to_string(&path).expect("the file to compare with");
    let differs = golden.lines().zip(text.lines()).find(|(golden, text)| golden != text);
    assert!(golden == text, "{name} differs, first in {differs:?}; with UPDATE_GOLDEN=1 it is written anew");
}
