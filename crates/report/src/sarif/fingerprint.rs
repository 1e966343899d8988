//! What a result is known by when its lines move: its code, its headline, its file, and which of several such it is.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Sources};
use sha2::{Digest, Sha256};

/// How often each was seen so far.
#[derive(Debug, Default)]
pub(super) struct Fingerprints(BTreeMap<[u8; 32], u64>);

impl Fingerprints {
    /// The fingerprint of the next result.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let path = sources.get(diagnostic.primary.span.source).map_or("", |source| &source.path);
        let fault: [u8; 32] = Sha256::digest([diagnostic.code, &diagnostic.headline, path].join("\0")).into();
        let before = self.0.entry(fault).or_default();
        *before += 1;
        let whole = Sha256::new().chain_update(fault).chain_update(before.to_be_bytes()).finalize();
        whole.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}
