//! Documents as parsed: spanned, typed field by field, unresolved.
//!
//! `formats` fills [`Documents`]; [`resolve`](crate::resolve) reads it. A document that was read at all is here even
//! when one of its fields was at fault, so that a slip in a receiver's URL does not also make its name unknown.

mod alertmanager;
mod allowance;
mod calendar;
mod entity;
mod integration;
mod kpi;
mod objective;
mod own;
mod person;
mod practice;
mod procedure;
mod register;
mod response;
mod routing_test;
mod rule;
mod rule_files;
mod schedule;
mod signal;
mod status_page;
mod view;
mod workload;

pub use alertmanager::{AlertmanagerConfig, Global, ReceiverDocument, RouteDocument, TimeIntervalDocument};
pub use allowance::AllowanceDocument;
pub use calendar::{CalendarDocument, CalendarEvent};
pub use entity::{EntityDocument, EntityKind, EntityReference};
pub use integration::{EmailDocument, HttpDocument, IntegrationDocument, SlackDocument, TransportDocument};
pub use kpi::KpiDocument;
pub use objective::{
    AlertTexts, ConditionDocument, IndicatorDocument, ObjectiveDocument, PromiseDocument, SloPartDocument,
    SloReference, SlothDocument,
};
pub use own::{Declared, LastResortDocument, Name, Organization, Reference};
pub use person::{ContactDocument, MemberDocument, NotifyDocument, PersonDocument, TeamDocument};
pub use practice::{BlockDocument, LensDocument, LensDocuments, PracticeDocument, QuestionDocument};
pub use procedure::{PageDocument, ParameterDocument, ProcedureDocument, StepBlock};
pub use register::{EventSourceDocument, FieldDocument, Referred, RegisterDocument, RepositoryDocument};
pub use response::{AudienceDocument, CommunicationDocument, ResponseDocument};
pub use routing_test::{CaseAlert, Expectation, ExpectedIncident, ExpectedPage, RoutingCase, RoutingTestDocument};
pub use rule::{
    AlertTest, ExpectedFiring, ExpectedSample, ExpressionTest, InputSeries, Language, RuleDocument, RuleGroupDocument,
    RuleTest, RuleTestFile, Text,
};
pub use rule_files::{Led, lead};
pub use schedule::{LayerDocument, OverrideDocument, PolicyDocument, ScheduleDocument, StepDocument};
pub use signal::{MetricDocument, SignalDocument};
pub use status_page::{MaintenanceDocument, PageComponentDocument, StatusPageDocument};
pub use view::ViewDocument;
pub use workload::{ComponentDocument, DependencyDocument, EnvironmentDocument, WorkloadDocument};

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::SourceId;

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
    /// Groups of Prometheus rule files, in the order of the files.
    pub rule_groups: Vec<RuleGroupDocument>,
    /// Unit tests for rules.
    pub rule_tests: Vec<RuleTestFile>,
    /// Entities of Backstage catalogues.
    pub entities: Vec<EntityDocument>,
    /// Service level objectives of OpenSLO and Sloth.
    pub objectives: Vec<ObjectiveDocument>,
    /// What OpenSLO's objectives refer to.
    pub slo_parts: Vec<SloPartDocument>,
    /// Change calendars.
    pub calendars: Vec<CalendarDocument>,
    /// Runbooks and playbooks.
    pub procedures: Vec<ProcedureDocument>,
    /// All Markdown files, procedures too.
    pub pages: Vec<PageDocument>,
    /// `kind: Allowance`.
    pub allowances: Vec<Declared<AllowanceDocument>>,
    /// `kind: SignalContract`.
    pub signals: Vec<Declared<SignalDocument>>,
    /// `kind: Kpi`.
    pub kpis: Vec<Declared<KpiDocument>>,
    /// `kind: RoutingTest`.
    pub routing_tests: Vec<Declared<RoutingTestDocument>>,
    /// Entries of registers, of all kinds.
    pub registers: Vec<Declared<RegisterDocument>>,
    /// `kind: EventSource`.
    pub event_sources: Vec<Declared<EventSourceDocument>>,
    /// `kind: StatusPage`.
    pub status_pages: Vec<Declared<StatusPageDocument>>,
    /// `kind: Maintenance`.
    pub maintenances: Vec<Declared<MaintenanceDocument>>,
    /// `kind: View`.
    pub views: Vec<Declared<ViewDocument>>,
    /// Lenses and their practices.
    pub lens: LensDocuments,
    /// The path of each file that was read, relative to the ops repo.
    pub files: BTreeMap<SourceId, Arc<str>>,
    /// Whether some text could not be read, so that what is not here may still be written there.
    pub incomplete: bool,
}
