//! Finds the root of the workspace from the folder the task was started in.

use std::path::PathBuf;

use anyhow::Context as _;

/// The nearest folder upwards whose manifest declares a workspace.
pub(crate) fn find() -> anyhow::Result<PathBuf> {
    let start = std::env::current_dir().context("finding the current folder")?;
    let declares_workspace = |folder: &&std::path::Path| {
        std::fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|manifest| manifest.lines().any(|line| line.trim() == "[workspace]"))
    };
    let root = start.ancestors().find(declares_workspace);
    root.map(PathBuf::from).with_context(|| format!("no workspace at or above `{}`", start.display()))
}
