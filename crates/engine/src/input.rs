//! What goes into the core, and what comes back besides records.

use std::fmt;
use std::sync::Arc;

use evenkeel_alerting::{IncomingAlert, IncomingSilence, Message, Outcome, SilenceRefusal};
use evenkeel_fact::IncomingFact;
use evenkeel_identity::{Identity, NewToken, TokenRefusal};
use evenkeel_ids::{
    AttestationId, ImprovementId, MilestoneId, NoticeId, OverrideId, SilenceId, SubscriptionId, TokenId,
};
use evenkeel_incident::{By, Command, CommandRefusal, PageMessage, Subject, UpdateMessage};
use evenkeel_ledger::{IncomingAttestation, IncomingImprovement, IncomingMilestone, Judged, LedgerRefusal, Taken};
use evenkeel_model::{Integration, Plan};
use evenkeel_oncall::{IncomingOverride, OverrideRefusal};
use evenkeel_record::{
    Actor, FoundFinding, Origin, RuleAlertsChanged, SentId, SubscribersTold, SubscriptionAsked, SubscriptionEnd,
};
use evenkeel_subscription::SubscriptionRefusal;
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
    /// The rules were evaluated: what changed of their alerts, and the alerts that are sent, ended ones too. Both are one
    /// commit: what fires is never without since when it holds.
    RuleAlerts {
        /// What changed; what the records say already leaves none.
        changes: Vec<RuleAlertsChanged>,
        /// The alerts; valid ones only, see [`IncomingAlert::validate`].
        alerts: Vec<IncomingAlert>,
    },
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
    /// An attempt to send a page or an update to an address came to an end.
    MessageOutcome {
        /// What.
        of: SentId,
        /// To where.
        address: Arc<str>,
        /// How it went.
        outcome: Outcome,
    },
    /// A person asks for something about incidents.
    Command {
        /// Who asks.
        by: By,
        /// What for.
        command: Command,
    },
    /// Somebody is to be on call in place of others for a while.
    SetOverride(IncomingOverride),
    /// That is taken back.
    RemoveOverride(OverrideId),
    /// A token is to be made.
    CreateToken {
        /// With what.
        maker: Box<Identity>,
        /// What it is to be.
        token: Box<NewToken>,
    },
    /// A token is to count no more.
    RevokeToken {
        /// Who says so.
        caller: Box<Identity>,
        /// Which.
        token: TokenId,
    },
    /// Things that happened outside are told. Nothing is done because of them.
    Report {
        /// What happened; all of it is taken or none.
        facts: Vec<IncomingFact>,
        /// How it came to be known.
        origin: Origin,
    },
    /// A person signs that a practice is lived, or does not apply.
    Attest(IncomingAttestation),
    /// An attestation is to count no more.
    WithdrawAttestation {
        /// Which.
        attestation: AttestationId,
        /// Why.
        reason: Box<str>,
    },
    /// Somebody sets out to have a practice practised.
    OpenImprovement(IncomingImprovement),
    /// Nobody pursues an improvement any more.
    DropImprovement {
        /// Which.
        improvement: ImprovementId,
        /// Why.
        reason: Box<str>,
    },
    /// A review says which improvements' practices are practised; those of which that is news close or open themselves.
    JudgeImprovements(Vec<Judged>),
    /// Where a review stands gets a name.
    SetMilestone(IncomingMilestone),
    /// What the check finds in the ops repo: all of it.
    NoteFindings(Vec<FoundFinding>),
    /// Somebody outside wants to be told how incidents go, or does not any more, or was.
    Subscription(SubscriptionInput),
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

/// What happens to subscriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionInput {
    /// Somebody wants to be told.
    Ask(SubscriptionAsked),
    /// Whoever reads at the address wants it.
    Confirm(SubscriptionId),
    /// Nothing more is to go to a subscriber.
    End(SubscriptionId, SubscriptionEnd),
    /// An update went to the subscribers of a page.
    Told(SubscribersTold),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscribed {
    /// Nothing was to be done: it is so already, or there is no such subscription.
    Nothing,
    /// Whoever reads at the address is to be asked whether they want this.
    AskedFor(SubscriptionId),
    /// It is so now.
    Done,
    /// It cannot be done.
    Refused(SubscriptionRefusal),
}

/// What the sender of an input is told, once it is durable.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was taken.
    Done,
    /// The silence's id.
    Silence(SilenceId),
    /// What the command was about.
    Subject(Subject),
    /// The override's id.
    Override(OverrideId),
    /// The token's id.
    Token(TokenId),
    /// What became of each fact, in the order in which they were told.
    Facts(Vec<Taken>),
    /// The attestation's id.
    Attestation(AttestationId),
    /// The improvement's id.
    Improvement(ImprovementId),
    /// What a review changed, each in the order in which it was judged.
    Improvements {
        /// Those that closed themselves.
        closed: Vec<ImprovementId>,
        /// Those that opened themselves again.
        reopened: Vec<ImprovementId>,
    },
    /// The milestone's id.
    Milestone(MilestoneId),
    /// What became of a subscription.
    Subscription(Subscribed),
    /// It was not taken.
    Refused(Refusal),
}

/// Why an input was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The silence cannot be set or ended.
    Silence(SilenceRefusal),
    /// What a person asks for cannot be done now.
    Command(CommandRefusal),
    /// The override cannot be set or removed.
    Override(OverrideRefusal),
    /// The token cannot be made or revoked.
    Token(TokenRefusal),
    /// What is told or signed cannot be taken.
    Ledger(LedgerRefusal),
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
            Self::Command(refusal) => write!(f, "{refusal}"),
            Self::Override(refusal) => write!(f, "{refusal}"),
            Self::Token(refusal) => write!(f, "{refusal}"),
            Self::Ledger(refusal) => write!(f, "{refusal}"),
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
    /// Send a page; its outcome comes back as [`Input::MessageOutcome`].
    Page {
        /// What to say, to whom.
        message: PageMessage,
        /// How.
        integration: Arc<Integration>,
    },
    /// Send an update; its outcome comes back as [`Input::MessageOutcome`].
    Update {
        /// What to say, to whom.
        message: UpdateMessage,
        /// How.
        integration: Arc<Integration>,
    },
}
