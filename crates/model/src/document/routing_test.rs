//! `kind: RoutingTest` as parsed: what should become of an alert.

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

use super::{Name, Text};

/// `kind: RoutingTest`.
#[derive(Debug, Clone)]
pub struct RoutingTestDocument {
    /// `cases`, in the order of the file.
    pub cases: Vec<RoutingCase>,
}

/// One of `cases`.
#[derive(Debug, Clone)]
pub struct RoutingCase {
    /// Where it is written.
    pub span: Span,
    /// `name`: what it is about, in a few words.
    pub name: Name,
    /// `at`: when the alerts fire.
    pub at: Timestamp,
    /// `alerts`: one or several that fire together.
    pub alerts: Vec<CaseAlert>,
    /// `acknowledgedAfter`: when somebody answers; `None`: nobody does.
    pub acknowledged_after: Option<Duration>,
    /// `for`: how long it is watched, an hour when not said.
    pub watched_for: Duration,
    /// `expect`.
    pub expect: Expectation,
}

/// One of `alerts`.
#[derive(Debug, Clone)]
pub struct CaseAlert {
    /// `labels`.
    pub labels: Vec<(Text, Text)>,
    /// `annotations`.
    pub annotations: Vec<(Text, Text)>,
}

/// `expect`: what is not said may be anything.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Where it is written.
    pub span: Span,
    /// `receivers`: exactly these are told.
    pub receivers: Option<Spanned<Vec<Name>>>,
    /// `incident`; `None` inside: none is opened.
    pub incident: Option<Spanned<Option<ExpectedIncident>>>,
    /// `pages`: exactly these, in order of time; empty: nobody is paged.
    pub pages: Option<Spanned<Vec<ExpectedPage>>>,
}

/// `expect.incident`.
#[derive(Debug, Clone)]
pub struct ExpectedIncident {
    /// `responsePlan`.
    pub response_plan: Option<Name>,
    /// `severity`.
    pub severity: Option<Spanned<Severity>>,
}

/// One of `expect.pages`.
#[derive(Debug, Clone)]
pub struct ExpectedPage {
    /// Where it is written.
    pub span: Span,
    /// `person`, or a receiver that a step pages.
    pub person: Name,
    /// `after`: from the firing on; `None`: at any time.
    pub after: Option<Duration>,
    /// `contacts`: exactly these are tried, in any order; `None`: any.
    pub contacts: Option<Vec<Name>>,
}
