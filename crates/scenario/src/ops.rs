//! The ops repo of a script: files that it brings, and the small one that many scripts share.

use evenkeel_check::{Repo, judge};
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};
use evenkeel_record::FoundFinding;
use evenkeel_time::Timestamp;

/// An ops repo in which one workload is owned, paged for, and spoken of to customers.
pub const MINIMAL: &str = include_str!("minimal.yml");

/// Where the text of a script's own documents lies in the ops repo.
const DOCUMENTS: &str = "ops.yml";

/// Files besides the documents, by path.
pub(crate) type Files = std::collections::BTreeMap<String, String>;

/// Loads an ops repo of documents and files.
pub(crate) fn loaded(documents: &str, files: &Files) -> Loaded {
    let documents = OpsFile { path: DOCUMENTS.to_owned(), bytes: documents.as_bytes().to_vec() };
    let others = files.iter().map(|(path, text)| OpsFile { path: path.clone(), bytes: text.as_bytes().to_vec() });
    let files = std::iter::once(documents).chain(others).collect();
    load(&OpsFiles { files, ..OpsFiles::default() }, Missing::Refuse)
}

/// What is found in an ops repo at an instant.
pub(crate) fn found(loaded: &Loaded, at: Timestamp) -> Vec<FoundFinding> {
    let repo = Repo::new(&loaded.documents, &loaded.catalogue, loaded.plan.as_ref(), &loaded.paths, at);
    evenkeel_check::found(&judge(&repo, &loaded.sources, &loaded.diagnostics), &loaded.sources)
}

/// The plan, or what keeps it from being one.
pub(crate) fn plan_of(loaded: Loaded) -> Result<Plan, String> {
    let diagnostics = loaded.diagnostics;
    loaded.plan.ok_or_else(|| {
        let blocking = diagnostics.iter().filter(|diag| diag.blocks());
        let said: Vec<String> = blocking.map(|diag| format!("{}: {}", diag.code, diag.headline)).collect();
        if said.is_empty() { "there is no routing tree".to_owned() } else { said.join("; ") }
    })
}

/// The documents that `ops NAME` stands for, with those of its block.
pub(crate) fn documents(name: &str, block: &str) -> Result<String, String> {
    match name {
        "" => Ok(block.to_owned()),
        "minimal" if block.is_empty() => Ok(MINIMAL.to_owned()),
        "minimal plus" => Ok(format!("{MINIMAL}---\n{block}")),
        _ => Err(format!("`ops {name}` is nothing; write `ops`, `ops minimal` or `ops minimal plus`")),
    }
}
