//! Which files belong to the repository.
//!
//! Git knows: what it tracks, and what is new and not ignored, so that a fault shows before the commit.
//! An exported copy without git is walked instead.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

// `safe.directory`: a checkout owned by another user is only read here.
const GIT: &[&str] =
    &["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];

/// Never part of an exported copy's sources.
const SKIPPED: &[&str] = &[".git", "target"];

/// Paths from the root with forward slashes, in no particular order.
pub(crate) fn paths(root: &Path) -> anyhow::Result<Vec<String>> {
    if root.join(".git").exists()
        && let Ok(output) = Command::new("git").args(GIT).current_dir(root).output()
        && output.status.success()
    {
        let listed = String::from_utf8(output.stdout).context("a path in the repository is not UTF-8")?;
        return Ok(listed.split_terminator('\0').map(str::to_owned).collect());
    }
    let mut found = Vec::new();
    walk(root, "", &mut found)?;
    Ok(found)
}

fn walk(root: &Path, folder: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(root.join(folder)).with_context(|| format!("listing `{folder}`"))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("listing `{folder}`"))?;
        let name = entry.file_name();
        let name = name.to_str().with_context(|| format!("a name in `{folder}` is not UTF-8"))?;
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let kind = entry.file_type().with_context(|| format!("looking at `{path}`"))?;
        if kind.is_file() {
            found.push(path);
        } else if kind.is_dir() && !SKIPPED.contains(&name) {
            walk(root, &path, found)?;
        }
    }
    Ok(())
}
