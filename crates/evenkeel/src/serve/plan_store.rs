//! Plans by content hash: text without secrets in the journal, secrets in a file only the owner can read.
//!
//! The last adopted plan serves on when the ops repo cannot be resolved, also across a restart.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use evenkeel_ids::PlanHash;
use evenkeel_journal::{CommitError, Journal};
use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, RedactedFile, Secrets, load_stored};
use serde_json::json;

/// Stores a plan; called before it is adopted.
pub(crate) fn put(journal: &mut Journal, data: &Path, hash: PlanHash, loaded: &Loaded) -> Result<(), CommitError> {
    let files: Vec<_> = loaded.redacted.iter().map(|file| json!({ "path": file.path, "text": file.text })).collect();
    let bytes = serde_json::to_vec(&files).expect("paths and texts are JSON");
    if let Err(error) = write_secrets(data, hash, &loaded.secrets) {
        tracing::error!(error = format!("{error:#}"), "the plan's secrets are not kept; a restart needs the ops repo");
    }
    journal.put_plan(hash, &bytes)
}

/// Loads a stored plan.
pub(crate) fn get(journal: &Journal, data: &Path, hash: PlanHash, missing: Missing) -> anyhow::Result<Loaded> {
    let bytes = journal.get_plan(hash)?.with_context(|| format!("plan {} is not stored", hash.short()))?;
    let files: Vec<serde_json::Value> = serde_json::from_slice(&bytes).context("the stored plan is malformed")?;
    let text = |file: &serde_json::Value, name: &str| {
        file.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    let redacted: Vec<RedactedFile> =
        files.iter().map(|file| RedactedFile { path: text(file, "path"), text: text(file, "text") }).collect();
    let path = secrets_path(data, hash);
    let secrets = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(load_stored(&redacted, &Secrets::from_json(&secrets)?, missing)?)
}

fn secrets_path(data: &Path, hash: PlanHash) -> PathBuf {
    data.join("plan-secrets").join(hash.to_string())
}

/// Written whole beside its place and renamed, so that it is never half there.
fn write_secrets(data: &Path, hash: PlanHash, secrets: &Secrets) -> anyhow::Result<()> {
    let path = secrets_path(data, hash);
    let folder = data.join("plan-secrets");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let fresh = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(secrets.to_json().as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, &path)?;
    fs::File::open(&folder)?.sync_all()?;
    prune(&folder, &path)
}

/// Secrets of earlier plans are of no use: only the current plan is ever taken up again.
fn prune(folder: &Path, current: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path != current {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
