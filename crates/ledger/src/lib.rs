//! What is told, declared and signed: facts of outside, documents of the ops repo, attestations, improvements, milestones.
//!
//! ```text
//! decide_report ──────▶ fact-reported            decide_declared ▶ documents-declared
//! decide_attest ──────▶ attested                 decide_findings ▶ findings-found
//! decide_withdraw ────▶ attestation-withdrawn    decide_milestone ▶ milestone-set
//! decide_improvement, decide_judged, decide_drop ▶ improvement-opened, -closed, -reopened, -dropped
//! ```
//!
//! Nothing is done because of any of it: no page, no acknowledgement, no approval, no right follows from what somebody
//! tells. It is kept, with its origin, and reviews weigh it.
//!
//! Invariants: 1. The same thing told again is no record: a fact by kind, key and content, a document by what it says,
//! findings as a whole. 2. The state holds digests of what was told and never the words, so that every fact can be
//! erased. 3. All that is held is bounded, and so is how much one source can tell.

mod attestation;
mod declared;
mod digest;
mod erasure;
mod facts;
mod findings;
mod improvement;
mod milestone;
mod names;
#[cfg(test)]
mod planned;
mod refusal;
mod report;
mod state;

pub use attestation::{
    ATTESTATIONS_MAX, ATTESTED_FOR_MAX, Attestation, IncomingAttestation, decide_attest, decide_withdraw,
};
pub use declared::{DECLARATIONS_PER_RECORD, decide_declared};
pub use facts::{FACTS_KEPT, FACTS_PER_DAY_MAX, Facts};
pub use findings::{FINDINGS_MAX, decide_findings};
pub use improvement::{
    IMPROVEMENTS_MAX, Improvement, IncomingImprovement, Judged, decide_drop, decide_improvement, decide_judged,
};
pub use milestone::{IncomingMilestone, MILESTONES_MAX, Milestone, decide_milestone};
pub use names::ORGANIZATION;
pub use refusal::{FactRefusal, FactRefused, LedgerRefusal};
pub use report::{AHEAD_MAX, FACTS_PER_REPORT_MAX, Report, Taken, Told, decide_report};
pub use state::State;
