//! An Alertmanager configuration as parsed.

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_labels::Matchers;
use evenkeel_time::{Duration, TimeInterval};

use super::{EmailDocument, HttpDocument, IntegrationDocument};
use crate::{GroupBy, InhibitRule, SecretRef};

/// One configuration file of Alertmanager.
#[derive(Debug, Clone)]
pub struct AlertmanagerConfig {
    /// Where it begins.
    pub span: Span,
    /// `global`.
    pub global: Global,
    /// `route`: the root.
    pub route: Option<RouteDocument>,
    /// `inhibit_rules`.
    pub inhibit_rules: Vec<InhibitRule>,
    /// Where each of them is written: its first matcher.
    pub inhibit_spans: Vec<Span>,
    /// Whether a part of the above, or of `time_intervals`, is at fault, so that it says more than is here.
    pub routing_faulty: bool,
    /// `time_intervals` and `mute_time_intervals`, which share their names.
    pub time_intervals: Vec<TimeIntervalDocument>,
    /// `receivers`.
    pub receivers: Vec<ReceiverDocument>,
}

/// `global`: what receivers take when they say nothing.
#[derive(Debug, Clone, Default)]
pub struct Global {
    /// `resolve_timeout`.
    pub resolve_timeout: Option<Duration>,
    /// `slack_api_url` or `slack_api_url_file`.
    pub slack_url: Option<SecretRef>,
    /// The `smtp_*` keys; `to` is never there.
    pub smtp: EmailDocument,
    /// `http_config`.
    pub http: HttpDocument,
}

/// A route and its children.
#[derive(Debug, Clone)]
pub struct RouteDocument {
    /// Where it is written.
    pub span: Span,
    /// The receiver's name.
    pub receiver: Option<Spanned<Arc<str>>>,
    /// `None`: the parent's.
    pub group_by: Option<GroupBy>,
    /// `None`: the parent's.
    pub group_wait: Option<Duration>,
    /// `None`: the parent's.
    pub group_interval: Option<Duration>,
    /// `None`: the parent's.
    pub repeat_interval: Option<Duration>,
    /// `match`, `match_re` and `matchers` together, sorted as Alertmanager sorts them.
    pub matchers: Matchers,
    /// Where each of them is written, in the same order.
    pub matcher_spans: Vec<Span>,
    /// Not inherited.
    pub mute_time_intervals: Vec<Spanned<Arc<str>>>,
    /// Not inherited.
    pub active_time_intervals: Vec<Spanned<Arc<str>>>,
    /// Whether siblings after this one are tried too.
    pub continue_matching: bool,
    /// In the order of the file.
    pub routes: Vec<Self>,
}

/// A named list of intervals.
#[derive(Debug, Clone)]
pub struct TimeIntervalDocument {
    /// What routes call it.
    pub name: Spanned<Arc<str>>,
    /// Any of them counts.
    pub intervals: Vec<TimeInterval>,
}

/// A receiver.
#[derive(Debug, Clone)]
pub struct ReceiverDocument {
    /// What routes call it.
    pub name: Spanned<Arc<str>>,
    /// By type in the order of Alertmanager, then by place.
    pub integrations: Vec<IntegrationDocument>,
}
