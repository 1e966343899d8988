//! What goes into the core, and what comes back besides records.

use std::fmt;
use std::sync::Arc;

use evenkeel_alerting::{IncomingAlert, IncomingSilence, Message, Outcome, SilenceRefusal};
use evenkeel_ids::{NoticeId, SilenceId};
use evenkeel_model::{Integration, Plan};
use evenkeel_record::Actor;
use evenkeel_time::{Duration, Timestamp};

/// One input with who caused it.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Who.
    pub actor: Actor,
    /// What.
    pub input: Input,
}

/// Everything that can happen to the core.
#[derive(Debug, Clone)]
pub enum Input {
    /// Alerts of one request; valid ones only, see [`IncomingAlert::validate`].
    Alerts(Vec<IncomingAlert>),
    /// A silence is to be set or changed.
    SetSilence(IncomingSilence),
    /// A silence is to end now.
    ExpireSilence(SilenceId),
    /// An attempt to send came to an end.
    NoticeOutcome {
        /// Which notice.
        notice: NoticeId,
        /// How it went.
        outcome: Outcome,
    },
    /// Something is due.
    Deadline,
    /// The ops repo resolved to this plan.
    AdoptPlan {
        /// The plan.
        plan: Arc<Plan>,
        /// How many findings it has.
        findings: u32,
    },
    /// The ops repo could not be resolved.
    RefusePlan {
        /// `file:line:column: code: headline` of each error.
        errors: Vec<Box<str>>,
    },
    /// Wall clock and monotonic clock came apart.
    ClockJumped {
        /// How far the wall clock moved.
        by: Duration,
    },
    /// The last resort was told while nothing could be made durable.
    LastResortTold {
        /// Who.
        receiver: Arc<str>,
        /// What kept commits from working.
        reason: Box<str>,
        /// When.
        sent_at: Timestamp,
        /// Whether at least one integration took it.
        delivered: bool,
    },
    /// The program is asked to stop.
    Stop {
        /// By what.
        reason: Box<str>,
    },
}

/// What the sender of an input is told, once it is durable.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was taken.
    Done,
    /// The silence's id.
    Silence(SilenceId),
    /// It was not taken.
    Refused(Refusal),
}

/// Why an input was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The silence cannot be set or ended.
    Silence(SilenceRefusal),
    /// As many alerts are held as may be; those not known yet were not taken, the others were.
    TooManyAlerts {
        /// How many may be held: those that fire, and those whose recovery is not told yet.
        max: usize,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silence(refusal) => write!(f, "{refusal}"),
            Self::TooManyAlerts { max } => write!(f, "{max} alerts are held, and no more are taken; send again later"),
        }
    }
}

/// What is to be done, once it is durable.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send a message; its outcome comes back as [`Input::NoticeOutcome`].
    Notify {
        /// What to say, to whom.
        message: Message,
        /// How.
        integration: Arc<Integration>,
    },
}
