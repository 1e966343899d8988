//! Texts that are compared as a whole with a file; `UPDATE_GOLDEN=1` writes the files anew.

#![expect(clippy::disallowed_methods, reason = "files are compared, and written when that is asked for")]

use std::path::Path;

use serde_json::Value;

/// Compares with `golden/NAME`.
pub(crate) fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name);
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, text).expect("written");
    }
    let golden = std::fs::read_to_string(&path).expect("the file to compare with");
    let differs = golden.lines().zip(text.lines()).find(|(golden, text)| golden != text);
    assert!(golden == text, "{name} differs, first in {differs:?}; with UPDATE_GOLDEN=1 it is written anew");
}

/// The same for JSON, a line a field.
pub(crate) fn check_json(name: &str, value: &Value) {
    check(name, &format!("{}\n", serde_json::to_string_pretty(value).expect("JSON")));
}
