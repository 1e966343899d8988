//! Practices and verdicts: what an organisation should do, and what the record says about whether it does it.
//!
//! A [`Lens`] is a folder of practices, each a Markdown file with fenced SQL over the evidence. [`Facts`] is the port
//! through which a block is asked; a [`Review`] is what follows for every practice and every subject. Pure: the same
//! lens, plan, evidence and window end give the same review.

mod asking;
mod diff;
mod embedded;
mod evaluate;
mod facts;
mod impact;
mod improvement;
mod practice;
mod resolve;
mod review;
mod risk;
mod rollup;
mod rules;
mod signed;
mod subject;
mod verdict;
mod why;

pub use diff::{Diff, Moved, diff};
pub use embedded::EMBEDDED;
pub use evaluate::{ChangedRow, Dirty, Evaluator, Touched, review};
pub use facts::{Ask, Attestation, BlockRow, Blocks, Facts, Job, one_by_one};
pub use impact::{Impact, impact};
pub use improvement::Improvement;
pub use practice::{Area, Block, BlockSort, Lens, LensIdentity, Practice, Question, Rows, Tolerance};
pub use resolve::{Resolved, resolve};
pub use review::{At, Counts, Judged, Overall, PracticeReview, QuestionReview, Review, RiskReview, SubjectRisk};
pub use risk::{QuestionRisk, Risk};
pub use rollup::risk_of;
pub use subject::{ORGANIZATION, SubjectKind, Subjects, TeamSubject, WorkloadSubject};
pub use verdict::{Standing, Verdict};
pub use why::{Retest, TooFew, Why};
