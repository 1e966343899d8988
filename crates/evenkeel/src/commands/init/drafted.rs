//! The ops repo to be, in memory: loaded, tested and judged as `evenkeel check` does, until that has nothing to say.

use std::collections::BTreeMap;

use evenkeel_check::{Repo, judge};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_import::{Debt, ImportedFile, accepted_until, allowances, routing_tests};
use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};
use evenkeel_time::Timestamp;

use super::proposed::proposed;

/// An ops repo to be.
pub(super) struct Draft {
    pub(super) files: Vec<ImportedFile>,
    /// As it would be loaded.
    pub(super) loaded: Loaded,
    /// What `evenkeel check` would say.
    pub(super) said: Vec<Diagnostic>,
    /// Whether receivers of types that are not supported are left out, since nothing else blocks.
    pub(super) without_receivers: bool,
    /// What is accepted for a while, by code.
    pub(super) debts: BTreeMap<&'static str, Debt>,
    /// The last day on which it is.
    pub(super) until: String,
}

impl Draft {
    /// Adds tests of what becomes of alerts, and accepts what is found.
    pub(super) fn of(own: Vec<ImportedFile>, kept: Vec<ImportedFile>, at: Timestamp) -> Self {
        let files: Vec<ImportedFile> = own.into_iter().chain(kept).collect();
        let mut draft = Self {
            loaded: loaded(&files, Missing::Refuse),
            files,
            said: Vec::new(),
            without_receivers: false,
            debts: BTreeMap::new(),
            until: accepted_until(at),
        };
        draft.said = draft.loaded.diagnostics.clone();
        if draft.errors().next().is_some() {
            let lenient = loaded(&draft.files, Missing::Allow);
            if lenient.diagnostics.iter().any(Diagnostic::blocks) {
                return draft;
            }
            draft.without_receivers = true;
            draft.loaded = lenient;
        }
        draft.files.extend(routing_tests(&proposed(&draft.loaded, at)));
        draft.judge(at);
        draft.debts = draft.found();
        draft.files.extend(allowances(&draft.debts, &draft.until));
        draft.files.sort_by(|a, b| a.path.cmp(&b.path));
        draft.judge(at);
        draft
    }

    /// What keeps it from being a plan.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.said.iter().filter(|diag| diag.blocks())
    }

    fn judge(&mut self, at: Timestamp) {
        let missing = if self.without_receivers { Missing::Allow } else { Missing::Refuse };
        self.loaded = loaded(&self.files, missing);
        let Loaded { documents, catalogue, plan, paths, sources, diagnostics, .. } = &self.loaded;
        let repo = Repo::new(documents, catalogue, plan.as_ref(), paths, at);
        self.said = judge(&repo, sources, diagnostics).kept;
    }

    fn found(&self) -> BTreeMap<&'static str, Debt> {
        let mut debts: BTreeMap<&'static str, Debt> = BTreeMap::new();
        for diag in self.said.iter().filter(|diag| !diag.blocks()) {
            let debt = debts.entry(diag.code).or_default();
            debt.findings += 1;
            debt.paths.extend(self.loaded.sources.get(diag.primary.span.source).map(|source| source.path.to_string()));
        }
        debts
    }
}

fn loaded(files: &[ImportedFile], missing: Missing) -> Loaded {
    load(&OpsFiles { files: ops_files(files), ..OpsFiles::default() }, missing)
}

/// The files as they would be read; hidden ones are not.
pub(super) fn ops_files(files: &[ImportedFile]) -> Vec<OpsFile> {
    let read = files.iter().filter(|file| !file.path.starts_with('.'));
    read.map(|file| OpsFile { path: file.path.clone(), bytes: file.text.clone().into_bytes() }).collect()
}
