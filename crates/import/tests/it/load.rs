//! What comes out is an ops repo: loaded as `evenkeel check` loads it.

use evenkeel_import::ImportedFile;
use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};

/// Loads the YAML files among those that came out; types of receivers that are not supported are let through.
pub(crate) fn loaded(files: &[ImportedFile]) -> Loaded {
    let yaml = files.iter().filter(|file| file.path.ends_with(".yml"));
    let files = yaml.map(|file| OpsFile { path: file.path.clone(), bytes: file.text.clone().into_bytes() }).collect();
    load(&OpsFiles { files, ..OpsFiles::default() }, Missing::Allow)
}

/// The errors, each on a line.
pub(crate) fn errors(loaded: &Loaded) -> Vec<String> {
    let line = |diag: &evenkeel_diagnostic::Diagnostic| {
        let source = loaded.sources.get(diag.primary.span.source).expect("a known file");
        let at = source.position(diag.primary.span.start);
        format!("{}:{}:{}: {}: {}", source.path, at.line, at.column, diag.code, diag.headline)
    };
    loaded.diagnostics.iter().filter(|diag| diag.blocks()).map(line).collect()
}
