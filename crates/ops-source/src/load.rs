//! Files become a plan.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Source, SourceId, Sources, Span};
use evenkeel_formats::{Parsed, decode, disjoint, mask, redact};
use evenkeel_model::document::Documents;
use evenkeel_model::{Catalogue, Missing, Plan, codes, plan_hash, quoted, resolve};

use crate::{OpsFile, OpsFiles, RedactedFile, RefillError, Secrets};

/// An ops repo, loaded: the plan if nothing blocks, and everything needed to show or store it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The plan, when nothing blocks and there is a routing tree.
    pub plan: Option<Plan>,
    /// The catalogue as far as it resolves, also where there is no plan.
    pub catalogue: Catalogue,
    /// What was written, with places.
    pub documents: Documents,
    /// Every file of the ops repo, read or not, relative to it.
    pub paths: BTreeSet<Box<str>>,
    /// The files that the diagnostics point into, with secret values masked by `*`, so that showing a line
    /// gives nothing away. Offsets are those of the files.
    pub sources: Sources,
    /// Errors and findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files without their secret values, for storing. A file that is not text is left out.
    pub redacted: Vec<RedactedFile>,
    /// The secret values, for storing elsewhere.
    pub secrets: Secrets,
}

/// Loads files, and says everything that is wrong with them.
#[must_use]
pub fn load(files: &OpsFiles, missing: Missing) -> Loaded {
    let mut loading = Loading::default();
    let mut sorted: Vec<&OpsFile> = files.files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    (0..).map(SourceId).zip(&sorted).for_each(|(source, file)| loading.file(source, file));
    let others = files.others.iter().map(|path| Box::from(path.as_str()));
    loading.paths = sorted.iter().map(|file| Box::from(file.path.as_str())).chain(others).collect();
    files.outside.iter().for_each(|path| loading.outside(path));
    if sorted.is_empty() && files.outside.is_empty() {
        // What is said about an empty repo needs a place: the file that should be there.
        loading.sources.add(Source::new("alertmanager.yml", ""));
    }
    loading.resolve(missing)
}

/// Loads what was stored of a plan; the plan and its hash are the same as when it was stored.
///
/// # Errors
/// [`RefillError`] when the secrets are not those of the files.
pub fn load_stored(redacted: &[RedactedFile], secrets: &Secrets, missing: Missing) -> Result<Loaded, RefillError> {
    let files = secrets.refill(redacted)?;
    Ok(load(&OpsFiles { files, ..OpsFiles::default() }, missing))
}

#[derive(Default)]
struct Loading {
    sources: Sources,
    parsed: Parsed,
    paths: BTreeSet<Box<str>>,
    redacted: Vec<RedactedFile>,
    secrets: Secrets,
}

impl Loading {
    fn file(&mut self, source: SourceId, file: &OpsFile) {
        let text = match decode(source, &file.bytes) {
            Ok(text) => text,
            Err(diag) => {
                // Up to the first bad byte offsets hold, and nothing points past it. What of it is secret nobody knows.
                let readable = Span { start: 0, end: diag.primary.span.start, ..diag.primary.span };
                let prefix = String::from_utf8_lossy(file.bytes.get(readable.range()).unwrap_or(&[]));
                self.sources.add(Source::new(file.path.as_str(), mask(&prefix, &[readable])));
                self.parsed.unreadable(*diag);
                return;
            }
        };
        let before = self.parsed.secrets.len();
        self.parsed.read(source, &file.path, text);
        let secrets = self.parsed.secrets.split_off(before);
        self.sources.add(Source::new(file.path.as_str(), mask(text, &secrets)));
        self.secrets.keep(&file.path, text, &disjoint(&secrets));
        self.redacted.push(RedactedFile { path: file.path.clone(), text: redact(text, &secrets) });
    }

    fn outside(&mut self, path: &str) {
        let source = self.sources.add(Source::new(path, ""));
        let headline = format!("the link {} leads out of the ops repo and is not followed", quoted(path));
        let diag = Diagnostic::finding(codes::LINK_OUTSIDE, Span { source, start: 0, end: 0 }, headline);
        self.parsed.diagnostics.push(diag.help("put the file itself into the ops repo"));
    }

    fn resolve(self, missing: Missing) -> Loaded {
        let Self { sources, parsed, paths, redacted, secrets } = self;
        let hash = plan_hash(redacted.iter().map(|file| (file.path.as_str(), file.text.as_str())));
        let resolved = resolve(parsed.documents.clone(), hash, missing);
        let mut diagnostics = parsed.diagnostics;
        diagnostics.extend(resolved.diagnostics);
        diagnostics.sort_by_key(|diag| (diag.primary.span.source, diag.primary.span.start));
        let plan = resolved.plan.filter(|_| !diagnostics.iter().any(Diagnostic::blocks));
        let (catalogue, documents) = (resolved.catalogue, parsed.documents);
        Loaded { plan, catalogue, documents, paths, sources, diagnostics, redacted, secrets }
    }
}
