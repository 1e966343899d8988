//! The journal as its own commands show it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs `evenkeel` to its end, without any environment.
pub(crate) fn evenkeel(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
    command.args(arguments).env_clear().output().expect("the program starts")
}

/// What `evenkeel journal verify` finds.
pub(crate) fn verify(data: &Path) -> (Option<i32>, String) {
    let output = evenkeel(&["journal", "verify", "--data", &data.to_string_lossy()]);
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code(), text)
}

/// Asserts that the chain is whole.
///
/// # Panics
/// When it is not.
pub(crate) fn assert_whole(data: &Path) {
    let (code, text) = verify(data);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("the chain is whole"), "{text}");
}

/// Everything on record.
pub(crate) fn export(data: &Path) -> Vec<Value> {
    export_text(data).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Everything on record as it is printed.
pub(crate) fn export_text(data: &Path) -> String {
    let output = evenkeel(&["journal", "export", "--data", &data.to_string_lossy()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the export is text")
}
