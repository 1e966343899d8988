//! Documents as parsed: spanned, typed field by field, unresolved.
//!
//! `formats` fills [`Documents`]; [`resolve`](crate::resolve) reads it. A document that was read at all is here even
//! when one of its fields was at fault, so that a slip in a receiver's URL does not also make its name unknown.

mod alertmanager;
mod integration;
mod own;
mod person;
mod response;
mod schedule;
mod workload;

pub use alertmanager::{AlertmanagerConfig, Global, ReceiverDocument, RouteDocument, TimeIntervalDocument};
pub use integration::{EmailDocument, HttpDocument, IntegrationDocument, SlackDocument, TransportDocument};
pub use own::{Declared, LastResortDocument, Name, Organization, Reference};
pub use person::{ContactDocument, MemberDocument, NotifyDocument, PersonDocument, TeamDocument};
pub use response::{AudienceDocument, CommunicationDocument, ResponseDocument};
pub use schedule::{LayerDocument, OverrideDocument, PolicyDocument, ScheduleDocument, StepDocument};
pub use workload::{ComponentDocument, DependencyDocument, EnvironmentDocument, WorkloadDocument};

use crate::{ExpectedAlert, Heartbeat, Probe};

/// Everything the ops repo says, before names are looked up and defaults are filled in.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// Alertmanager configurations; a plan has exactly one.
    pub alertmanager: Vec<AlertmanagerConfig>,
    /// `kind: Probe`.
    pub probes: Vec<Declared<Probe>>,
    /// `kind: Heartbeat`.
    pub heartbeats: Vec<Declared<Heartbeat>>,
    /// `kind: ExpectedAlert`.
    pub expected_alerts: Vec<Declared<ExpectedAlert>>,
    /// `kind: Receiver`.
    pub receivers: Vec<Declared<IntegrationDocument>>,
    /// `kind: Organization`; a plan has at most one.
    pub organizations: Vec<Declared<Organization>>,
    /// `kind: Person`.
    pub people: Vec<Declared<PersonDocument>>,
    /// `kind: Team`.
    pub teams: Vec<Declared<TeamDocument>>,
    /// `kind: Workload`.
    pub workloads: Vec<Declared<WorkloadDocument>>,
    /// `kind: Schedule`.
    pub schedules: Vec<Declared<ScheduleDocument>>,
    /// `kind: EscalationPolicy`.
    pub policies: Vec<Declared<PolicyDocument>>,
    /// `kind: ResponsePlan`.
    pub response_plans: Vec<Declared<ResponseDocument>>,
    /// `kind: CommunicationPlan`.
    pub communications: Vec<Declared<CommunicationDocument>>,
    /// Whether some text could not be read, so that what is not here may still be written there.
    pub incomplete: bool,
}
