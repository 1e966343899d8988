//! Files as texts → plan and diagnostics, without a file system.

use evenkeel_diagnostic::{Diagnostic, Source, Sources};
use evenkeel_formats::{Parsed, decode};
use evenkeel_model::{Missing, Plan, plan_hash, resolve};

pub(crate) struct Loaded {
    pub(crate) plan: Option<Plan>,
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn load(files: &[(String, Vec<u8>)], missing: Missing) -> Loaded {
    let mut sources = Sources::default();
    let mut parsed = Parsed::default();
    for (path, bytes) in files {
        let source = sources.add(Source::new(path.as_str(), String::from_utf8_lossy(bytes).as_ref()));
        match decode(source, bytes) {
            Ok(text) => parsed.read(source, path, text),
            Err(diag) => parsed.unreadable(*diag),
        }
    }
    let resolved = resolve(parsed.documents, plan_hash([]), missing);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(resolved.diagnostics);
    diagnostics.sort_by_key(|diag| (diag.primary.span.source, diag.primary.span.start));
    let blocked = diagnostics.iter().any(Diagnostic::blocks);
    Loaded { plan: resolved.plan.filter(|_| !blocked), sources, diagnostics }
}

pub(crate) fn load_one(text: &str) -> Loaded {
    load(&[("alertmanager.yml".to_owned(), text.as_bytes().to_vec())], Missing::Refuse)
}
