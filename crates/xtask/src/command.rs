//! Runs cargo from the root of the workspace, with its output passed through.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

/// Whether cargo succeeded.
///
/// # Errors
/// When cargo could not be started at all.
pub(crate) fn cargo<A: AsRef<str>>(root: &Path, arguments: &[A]) -> anyhow::Result<bool> {
    // The cargo that runs this task, so that the toolchain stays the same.
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
    let status = Command::new(program)
        .args(&arguments)
        .current_dir(root)
        .status()
        .with_context(|| format!("starting `cargo {}`", arguments.join(" ")))?;
    Ok(status.success())
}
