//! Plans by content hash: text without secrets in the journal, secrets in a file only the owner can read.
//!
//! The last adopted plan serves on when the ops repo cannot be resolved, also across a restart.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use evenkeel_ids::PlanHash;
use evenkeel_journal::{CommitError, Journal, Reader};
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
    parse(journal.get_plan(hash)?, data, hash, missing)
}

/// Loads a stored plan, also while a server runs.
pub(crate) fn read(reader: &Reader, data: &Path, hash: PlanHash) -> anyhow::Result<Loaded> {
    parse(reader.get_plan(hash)?, data, hash, Missing::Allow)
}

fn parse(bytes: Option<Vec<u8>>, data: &Path, hash: PlanHash, missing: Missing) -> anyhow::Result<Loaded> {
    let bytes = bytes.with_context(|| format!("plan {} is not stored", hash.short()))?;
    let redacted = stored_files(&bytes)?;
    let path = secrets_path(data, hash);
    let secrets = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(load_stored(&redacted, &Secrets::from_json(&secrets)?, missing)?)
}

/// The files of a plan as they are stored.
pub(super) fn stored_files(bytes: &[u8]) -> anyhow::Result<Vec<RedactedFile>> {
    let files: Vec<serde_json::Value> = serde_json::from_slice(bytes).context("the stored plan is malformed")?;
    let text = |file: &serde_json::Value, name: &str| {
        file.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    Ok(files.iter().map(|file| RedactedFile { path: text(file, "path"), text: text(file, "text") }).collect())
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
    Ok(())
}

/// Forgets the secrets of all plans but the adopted one, which alone is ever taken up again.
///
/// Called when the adoption is durable: until then a restart may need those of the plan before.
pub(crate) fn forget_others(data: &Path, adopted: PlanHash) {
    if let Err(error) = remove_others(&data.join("plan-secrets"), &secrets_path(data, adopted)) {
        tracing::warn!(%error, "the secrets of earlier plans are not removed");
    }
}

fn remove_others(folder: &Path, kept: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path != kept {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_ops_source::{load, read};

    fn loaded(ops: &Path, repeat: &str) -> Loaded {
        let text = format!(
            "route: {{ receiver: hook, repeat_interval: {repeat} }}\nreceivers:\n  - name: hook\n    \
             webhook_configs: [{{ url: 'http://127.0.0.1:9/{repeat}' }}]\n"
        );
        fs::write(ops.join("alertmanager.yml"), text).expect("the file is written");
        load(&read(ops).expect("the folder is read"), Missing::Refuse)
    }

    #[test]
    fn a_plan_can_be_taken_up_again_until_another_is_adopted() {
        let (ops, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let mut journal = Journal::open(data.path()).expect("the journal opens");
        let hashes = ["1h", "2h"].map(|repeat| {
            let loaded = loaded(ops.path(), repeat);
            let hash = loaded.plan.as_ref().expect("a plan").hash;
            put(&mut journal, data.path(), hash, &loaded).expect("the plan is stored");
            hash
        });
        let usable = |hash| get(&journal, data.path(), hash, Missing::Refuse).is_ok_and(|loaded| loaded.plan.is_some());
        assert_eq!(hashes.map(usable), [true, true], "a crash may come before the second is adopted");
        forget_others(data.path(), hashes[1]);
        assert_eq!(hashes.map(usable), [false, true]);
    }
}
