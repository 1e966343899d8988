//! The ops repo resolved: documents, already parsed, become a [`Plan`] with diagnostics.
//!
//! Nothing here reads files or text formats; `formats` does that and hands over documents with spans.

pub mod codes;
mod declaration;
pub mod document;
mod entity;
mod escalation;
mod event_source;
mod graph;
mod hash;
mod kpi;
mod last_day;
mod link;
mod objective;
mod person;
mod plan;
mod probe;
mod procedure;
mod quote;
mod receiver;
mod register;
mod resolve;
mod response;
mod route;
mod rule;
mod schedule;
mod secret;
mod standing;
mod status_page;
mod view;
mod watch;
mod workload;

pub use declaration::declarations;
pub use entity::{DEFAULT_NAMESPACE, EntityRef, Origin};
pub use escalation::{EscalationPolicy, EscalationStep};
pub use event_source::{EventSource, Forge};
pub use graph::{Graph, Owner};
pub use hash::plan_hash;
pub use kpi::{Kpi, KpiTarget};
pub use last_day::last_day;
pub use link::{path_from, percent_decoded, split_link};
pub use objective::{
    BudgetMethod, BurnAlerts, BurnCondition, Calendar, CalendarUnit, Indicator, Objective, ObjectiveForm, Promise,
};
pub use person::{Member, NotificationRule, Person, QuietHours, Team};
pub use plan::{Catalogue, Commit, InhibitRule, LastResort, Plan};
pub use probe::{Probe, ProbeExpect};
pub use procedure::{Comparison, Expectation, ParameterSort, Procedure, ProcedureIndex, ProcedureKind, StepLanguage};
pub use quote::quoted;
pub use receiver::{
    EmailReceiver, FileReceiver, HttpAuth, HttpOptions, Integration, NtfyReceiver, Receiver, SlackReceiver, TlsOptions,
    Transport, WebhookReceiver,
};
pub use register::{RegisterEntry, RegisterKind, RegisterValue};
pub use resolve::{Missing, Resolved, resolve};
pub use response::{Audience, CommunicationPlan, Hit, Priority, ResponsePlan, UpdateTemplates};
pub use route::{GroupBy, Route, RouteTree};
pub use rule::{Pace, Rule, RuleKind};
pub use schedule::{Layer, Schedule, ScheduleOverride, Shift};
pub use secret::{Secret, SecretRef};
pub use standing::{PromisedMetric, SignalContract, Standing};
pub use status_page::{Maintenance, PageComponent, Readers, StatusPage};
pub use view::{View, ViewDetail, ViewPart};
pub use watch::{ExpectedAlert, Heartbeat};
pub use workload::{Component, Dependency, Environment, Impact, Workload};
