//! An ops repo on disk, read by the real loader and judged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use evenkeel_check::{Repo, judge};
use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};
use evenkeel_time::Timestamp;

/// When everything is judged.
const AT: &str = "2026-11-20T12:00:00Z";

/// What there is to say about a folder.
pub(crate) struct Folder {
    pub(crate) diags: Vec<Diagnostic>,
    pub(crate) sources: Sources,
    /// How many files were read.
    pub(crate) files: usize,
}

impl Folder {
    pub(crate) fn judge(dir: &Path) -> Self {
        let files = read(dir).expect("a folder that can be read");
        let loaded = load(&files, Missing::Refuse);
        let at: Timestamp = AT.parse().expect("an instant");
        let repo = Repo::new(&loaded.documents, &loaded.catalogue, loaded.plan.as_ref(), &loaded.paths, at);
        let judged = judge(&repo, &loaded.sources, &loaded.diagnostics);
        Self { diags: judged.kept, sources: loaded.sources, files: files.files.len() }
    }

    /// Writes the files, and judges them.
    pub(crate) fn of(files: &[(&str, &[u8])]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for (path, bytes) in files {
            let place = dir.path().join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, bytes).expect("a file");
        }
        Self::judge(dir.path())
    }

    /// How often each code was found; errors are marked.
    pub(crate) fn codes(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for diag in &self.diags {
            let mark = if diag.blocks() { "error " } else { "" };
            *counts.entry(format!("{mark}{}", diag.code)).or_default() += 1;
        }
        counts
    }

    /// The codes, as one line; that nothing routes alerts is left out.
    pub(crate) fn line(&self) -> String {
        let codes = self.codes().into_keys().filter(|code| !code.ends_with("no-routing"));
        codes.collect::<Vec<_>>().join(", ")
    }

    /// Everything, as on a terminal.
    pub(crate) fn text(&self) -> String {
        evenkeel_report::text(&self.diags, &self.sources, false)
    }
}
