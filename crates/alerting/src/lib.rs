//! Alerts, groups, silences, inhibition, muting and notices: identity, state and decisions.
//!
//! Semantics and words are Alertmanager's. Everything is a pure function of state, plan and instant:
//! `decide_*` looks and gives records and lease changes, [`State::apply`] folds records in, [`State::renew`]
//! takes lease changes in.
//!
//! ```text
//! incoming alert ─▶ fired ─▶ group opened ─(group_wait)─▶ flush ─▶ notice intended ─▶ delivered
//!        │            │            ▲                        │            │  ▲              │
//!        │ again      ▼            └────(group_interval)────┘     failing└──┘(retry)       ▼
//!        └─────▶ lease renewed                                       │              told, cleared
//!                     │ runs out                                     └─▶ failed ─▶ next flush decides
//!                     ▼
//!                 resolved
//! ```

mod alert;
mod apply;
mod compose;
mod deadline;
mod decision;
mod delivery;
mod due;
mod erasure;
mod flush;
mod group;
mod inhibit;
mod intake;
mod lease;
mod message;
mod muting;
mod notice;
mod planted;
mod regroup;
mod rule_alerts;
mod silence;
mod silencing;
mod state;
mod suppression;

pub use alert::{Alert, Lease, Status};
pub use deadline::Deadline;
pub use decision::{Context, Decision};
pub use delivery::{decide_outcome, decide_unsendable};
pub use due::decide_deadline;
pub use evenkeel_delivery::{Outcome, Retry};
pub use flush::NOTICE_FOR_MIN;
pub use group::{Group, GroupKey, Told};
pub use inhibit::InhibitIndex;
pub use intake::{ALERT_BYTES_MAX, IncomingAlert, InvalidAlert, LABELS_MAX, decide_alert};
pub use lease::LeaseChange;
pub use message::{Message, MessageAlert};
pub use notice::Notice;
#[cfg(feature = "planted-bugs")]
pub use planted::plant;
pub use planted::{Bug, planted};
pub use regroup::{decide_rebind_group, decide_regroup_alert, orphans};
pub use rule_alerts::RuleAlerts;
pub use silence::{SILENCE_KEPT_FOR, Silence, SilenceState};
pub use silencing::{IncomingSilence, SilenceRefusal, decide_expire, decide_silence};
pub use state::State;
pub use suppression::Suppression;
