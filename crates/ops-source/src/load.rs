//! Files become a plan.

mod ignore_file;
mod text;
mod unread;

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Source, SourceId, Sources, Span};
use evenkeel_formats::{BLANK, Parsed, disjoint, mask, redact};
use evenkeel_model::document::Documents;
use evenkeel_model::{Catalogue, Missing, Plan, plan_hash, resolve};

use crate::{OpsFile, OpsFiles, RedactedFile, RefillError, Secrets, Unread};

/// Stands where a secret was: an address, since many of them are, and nothing that could be reached.
const STAND_IN: &str = "https://secret.invalid/";

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
    for (source, item) in (0..).map(SourceId).zip(items(files)) {
        match item {
            Item::File(file) => loading.file(source, file),
            Item::Unread(unread) => loading.unread(source, unread),
            Item::Ignore(file) => loading.ignore_file(source, file),
        }
    }
    loading.paths.extend(files.others.iter().map(|path| Box::from(path.as_str())));
    if loading.sources.iter().next().is_none() {
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

/// Loads what was stored of a plan with a stand-in for every secret: enough to compare plans, not to serve one.
#[must_use]
pub fn load_without_secrets(redacted: &[RedactedFile], missing: Missing) -> Loaded {
    let file = |file: &RedactedFile| OpsFile {
        path: file.path.clone(),
        bytes: file.text.replace(BLANK, STAND_IN).into_bytes(),
    };
    load(&OpsFiles { files: redacted.iter().map(file).collect(), ..OpsFiles::default() }, missing)
}

/// What there is to say something about.
enum Item<'a> {
    File(&'a OpsFile),
    Unread(&'a Unread),
    Ignore(&'a OpsFile),
}

/// By path.
fn items(files: &OpsFiles) -> Vec<Item<'_>> {
    let read = files.files.iter().map(Item::File);
    let mut items: Vec<Item<'_>> =
        read.chain(files.unread.iter().map(Item::Unread)).chain(files.ignore.iter().map(Item::Ignore)).collect();
    items.sort_by_key(|item| match item {
        Item::File(file) | Item::Ignore(file) => file.path.as_str(),
        Item::Unread(unread) => unread.path.as_str(),
    });
    items
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
        self.paths.insert(file.path.as_str().into());
        let text = match text::text(source, file) {
            Ok(Some(text)) => text,
            Ok(None) => {
                self.sources.add(Source::new(file.path.as_str(), ""));
                return;
            }
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

    fn unread(&mut self, source: SourceId, unread: &Unread) {
        self.paths.insert(unread.path.as_str().into());
        self.sources.add(Source::new(unread.path.as_str(), ""));
        self.parsed.unreadable(unread::diagnostic(source, unread));
    }

    fn ignore_file(&mut self, source: SourceId, file: &OpsFile) {
        let text = String::from_utf8_lossy(&file.bytes);
        self.sources.add(Source::new(file.path.as_str(), text.as_ref()));
        self.parsed.diagnostics.extend(ignore_file::diagnostics(source, &text));
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
