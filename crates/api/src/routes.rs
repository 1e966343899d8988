//! The table of routes: one row per route, and nothing is served that has no row.

use axum::routing::MethodFilter;
use evenkeel_identity::Action;
use evenkeel_pages::{FormRoute, PageRoute};

use crate::incidents::Act;
use crate::resource::Resource;

/// The method of a route; `HEAD` is served wherever `GET` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
}

/// What answers a route.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Endpoint {
    Page(&'static PageRoute),
    Form(&'static FormRoute),
    File,
    Live,
    Alive,
    Ready,
    Metrics,
    AlertmanagerAlive,
    AlertmanagerReady,
    Status,
    Receivers,
    ListAlerts,
    PostAlerts,
    ListGroups,
    ListSilences,
    PostSilence,
    GetSilence,
    ExpireSilence,
    WhoAmI,
    ListTokens,
    CreateToken,
    RevokeToken,
    MakeLoginLink,
    ShowLogin,
    LogIn,
    LogOut,
    ListIncidents,
    OpenIncident,
    ShowIncident,
    ActOnIncident(Act),
    ListProblems,
    OpenProblem,
    LinkProblem,
    ResolveProblem,
    ApproveUpdate,
    WithdrawUpdate,
    WhoIsOnCall,
    ListShifts,
    ListGaps,
    ShowLoad,
    ListOverrides,
    SetOverride,
    RemoveOverride,
    ReportFacts,
    TakeEvents,
    TakeDelivery,
    ListAttestations,
    Attest,
    WithdrawAttestation,
    ListImprovements,
    TakeUpImprovement,
    GiveUpImprovement,
    ListMilestones,
    SetMilestone,
    AskEvidence,
    ShowReview,
    ShowDifference,
    Resource(Resource),
    AskMetrics,
    WriteSeries,
    ShowPage,
    ActOnPage,
}

/// One route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, `{id}` standing for a segment.
    pub path: &'static str,
    /// What it does, which decides who may call it.
    pub action: Action,
    /// Whether it is served under `/alertmanager` too.
    pub alertmanager: bool,
    pub(crate) endpoint: Endpoint,
}

/// Where Alertmanager's routes are served besides the root.
pub const ALERTMANAGER_PREFIX: &str = "/alertmanager";

/// Every route but those of pages and their forms, which [`pages`] lists.
pub const ROUTES: &[Route] = &[
    own(Method::Get, "/healthz", Action::Probe, Endpoint::Alive),
    own(Method::Get, "/readyz", Action::Probe, Endpoint::Ready),
    own(Method::Get, "/metrics", Action::Health, Endpoint::Metrics),
    theirs(Method::Get, "/-/healthy", Action::Health, Endpoint::AlertmanagerAlive),
    theirs(Method::Get, "/-/ready", Action::Health, Endpoint::AlertmanagerReady),
    theirs(Method::Get, "/api/v2/status", Action::Read, Endpoint::Status),
    theirs(Method::Get, "/api/v2/receivers", Action::Read, Endpoint::Receivers),
    theirs(Method::Get, "/api/v2/alerts", Action::Read, Endpoint::ListAlerts),
    theirs(Method::Post, "/api/v2/alerts", Action::Intake, Endpoint::PostAlerts),
    theirs(Method::Get, "/api/v2/alerts/groups", Action::Read, Endpoint::ListGroups),
    theirs(Method::Get, "/api/v2/silences", Action::Read, Endpoint::ListSilences),
    theirs(Method::Post, "/api/v2/silences", Action::Respond, Endpoint::PostSilence),
    theirs(Method::Get, "/api/v2/silence/{id}", Action::Read, Endpoint::GetSilence),
    theirs(Method::Delete, "/api/v2/silence/{id}", Action::Respond, Endpoint::ExpireSilence),
    own(Method::Get, "/api/v1/whoami", Action::Access, Endpoint::WhoAmI),
    own(Method::Get, "/api/v1/tokens", Action::Access, Endpoint::ListTokens),
    own(Method::Post, "/api/v1/tokens", Action::Read, Endpoint::CreateToken),
    own(Method::Delete, "/api/v1/tokens/{id}", Action::Access, Endpoint::RevokeToken),
    own(Method::Post, "/api/v1/login-links", Action::Access, Endpoint::MakeLoginLink),
    own(Method::Get, "/api/v1/incidents", Action::Read, Endpoint::ListIncidents),
    own(Method::Post, "/api/v1/incidents", Action::Respond, Endpoint::OpenIncident),
    own(Method::Get, "/api/v1/incidents/{id}", Action::Read, Endpoint::ShowIncident),
    own(Method::Post, "/api/v1/incidents/{id}/acknowledge", Action::Respond, Endpoint::ActOnIncident(Act::Acknowledge)),
    own(Method::Post, "/api/v1/incidents/{id}/escalate", Action::Respond, Endpoint::ActOnIncident(Act::Escalate)),
    own(Method::Post, "/api/v1/incidents/{id}/resolve", Action::Respond, Endpoint::ActOnIncident(Act::Resolve)),
    own(Method::Post, "/api/v1/incidents/{id}/reopen", Action::Respond, Endpoint::ActOnIncident(Act::Reopen)),
    own(Method::Post, "/api/v1/incidents/{id}/close", Action::Respond, Endpoint::ActOnIncident(Act::Close)),
    own(Method::Post, "/api/v1/incidents/{id}/notes", Action::Respond, Endpoint::ActOnIncident(Act::Note)),
    own(Method::Post, "/api/v1/incidents/{id}/assign", Action::Respond, Endpoint::ActOnIncident(Act::Assign)),
    own(Method::Post, "/api/v1/incidents/{id}/merge", Action::Respond, Endpoint::ActOnIncident(Act::Merge)),
    own(Method::Post, "/api/v1/incidents/{id}/severity", Action::Respond, Endpoint::ActOnIncident(Act::Severity)),
    own(Method::Post, "/api/v1/incidents/{id}/visibility", Action::Respond, Endpoint::ActOnIncident(Act::Visibility)),
    own(Method::Get, "/api/v1/problems", Action::Read, Endpoint::ListProblems),
    own(Method::Post, "/api/v1/problems", Action::Respond, Endpoint::OpenProblem),
    own(Method::Post, "/api/v1/problems/{id}/link", Action::Respond, Endpoint::LinkProblem),
    own(Method::Post, "/api/v1/problems/{id}/resolve", Action::Respond, Endpoint::ResolveProblem),
    own(Method::Post, "/api/v1/updates/{id}/approve", Action::Respond, Endpoint::ApproveUpdate),
    own(Method::Post, "/api/v1/updates/{id}/withdraw", Action::Respond, Endpoint::WithdrawUpdate),
    own(Method::Get, "/api/v1/oncall", Action::Read, Endpoint::WhoIsOnCall),
    own(Method::Get, "/api/v1/oncall/gaps", Action::Read, Endpoint::ListGaps),
    own(Method::Get, "/api/v1/oncall/load", Action::Read, Endpoint::ShowLoad),
    own(Method::Get, "/api/v1/oncall/{schedule}/shifts", Action::Read, Endpoint::ListShifts),
    own(Method::Post, "/api/v1/oncall/{schedule}/overrides", Action::Respond, Endpoint::SetOverride),
    own(Method::Get, "/api/v1/overrides", Action::Read, Endpoint::ListOverrides),
    own(Method::Delete, "/api/v1/overrides/{id}", Action::Respond, Endpoint::RemoveOverride),
    own(Method::Post, "/api/v1/facts", Action::Report, Endpoint::ReportFacts),
    own(Method::Post, "/events", Action::Report, Endpoint::TakeEvents),
    own(Method::Post, "/hooks/{name}", Action::Hook, Endpoint::TakeDelivery),
    own(Method::Get, "/api/v1/attestations", Action::Read, Endpoint::ListAttestations),
    own(Method::Post, "/api/v1/attestations", Action::Respond, Endpoint::Attest),
    own(Method::Delete, "/api/v1/attestations/{id}", Action::Respond, Endpoint::WithdrawAttestation),
    own(Method::Get, "/api/v1/improvements", Action::Read, Endpoint::ListImprovements),
    own(Method::Post, "/api/v1/improvements", Action::Respond, Endpoint::TakeUpImprovement),
    own(Method::Post, "/api/v1/improvements/{id}/drop", Action::Respond, Endpoint::GiveUpImprovement),
    own(Method::Get, "/api/v1/milestones", Action::Read, Endpoint::ListMilestones),
    own(Method::Post, "/api/v1/milestones", Action::Respond, Endpoint::SetMilestone),
    own(Method::Get, "/api/v1/query", Action::Read, Endpoint::AskEvidence),
    own(Method::Get, "/api/v1/review", Action::Read, Endpoint::ShowReview),
    own(Method::Get, "/api/v1/review/difference", Action::Read, Endpoint::ShowDifference),
    own(Method::Get, "/api/v1/overview", Action::Read, Endpoint::Resource(Resource::ShowOverview)),
    own(Method::Get, "/api/v1/search", Action::Read, Endpoint::Resource(Resource::Search)),
    own(Method::Get, "/api/v1/alerts", Action::Read, Endpoint::Resource(Resource::OwnAlerts)),
    own(Method::Get, "/api/v1/alerts/{id}", Action::Read, Endpoint::Resource(Resource::ShowAlert)),
    own(Method::Get, "/api/v1/groups", Action::Read, Endpoint::Resource(Resource::OwnGroups)),
    own(Method::Get, "/api/v1/silences", Action::Read, Endpoint::Resource(Resource::OwnSilences)),
    own(Method::Post, "/api/v1/silences", Action::Respond, Endpoint::Resource(Resource::SetSilence)),
    own(Method::Post, "/api/v1/silences/preview", Action::Read, Endpoint::Resource(Resource::PreviewSilence)),
    own(Method::Get, "/api/v1/silences/{id}", Action::Read, Endpoint::Resource(Resource::ShowSilence)),
    own(Method::Delete, "/api/v1/silences/{id}", Action::Respond, Endpoint::Resource(Resource::EndSilence)),
    own(Method::Get, "/api/v1/workloads", Action::Read, Endpoint::Resource(Resource::ListWorkloads)),
    own(Method::Get, "/api/v1/workloads/{name}", Action::Read, Endpoint::Resource(Resource::ShowWorkload)),
    own(Method::Get, "/api/v1/teams", Action::Read, Endpoint::Resource(Resource::ListTeams)),
    own(Method::Get, "/api/v1/teams/{name}", Action::Read, Endpoint::Resource(Resource::ShowTeam)),
    own(Method::Get, "/api/v1/people", Action::Read, Endpoint::Resource(Resource::ListPeople)),
    own(Method::Get, "/api/v1/people/{name}", Action::Read, Endpoint::Resource(Resource::ShowPerson)),
    own(Method::Get, "/api/v1/procedures", Action::Read, Endpoint::Resource(Resource::ListProcedures)),
    own(Method::Get, "/api/v1/procedures/{name}", Action::Read, Endpoint::Resource(Resource::ShowProcedure)),
    own(Method::Get, "/api/v1/plan", Action::Read, Endpoint::Resource(Resource::ShowPlan)),
    own(Method::Get, "/api/v1/plans", Action::Read, Endpoint::Resource(Resource::ListPlans)),
    own(Method::Get, "/api/v1/findings", Action::Read, Endpoint::Resource(Resource::ListFindings)),
    own(Method::Get, "/api/v1/records", Action::Read, Endpoint::Resource(Resource::ListRecords)),
    own(Method::Get, "/api/v1/records/verify", Action::Read, Endpoint::Resource(Resource::VerifyRecords)),
    own(Method::Get, "/api/v1/records/{seq}", Action::Read, Endpoint::Resource(Resource::ShowRecord)),
    own(Method::Get, "/api/v1/stream", Action::Read, Endpoint::Resource(Resource::StreamRecords)),
    own(Method::Get, "/api/v1/openapi.json", Action::Health, Endpoint::Resource(Resource::OpenApi)),
    own(Method::Get, "/api/v1/reference", Action::Health, Endpoint::Resource(Resource::Reference)),
    own(Method::Get, "/prometheus/api/v1/query", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/query", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/query_range", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/query_range", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/query_exemplars", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/query_exemplars", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/format_query", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/format_query", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/labels", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/labels", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/label/{name}/values", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/series", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/series", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/metadata", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/rules", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/alerts", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/targets", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/targets/metadata", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/scrape_pools", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/alertmanagers", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/notifications", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/status/buildinfo", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/status/runtimeinfo", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/status/flags", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/status/config", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/status/tsdb", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/api/v1/status/walreplay", Action::Measure, Endpoint::AskMetrics),
    own(Method::Post, "/prometheus/api/v1/write", Action::Intake, Endpoint::WriteSeries),
    own(Method::Get, "/prometheus/-/healthy", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/prometheus/-/ready", Action::Measure, Endpoint::AskMetrics),
    own(Method::Get, "/static/{name}", Action::Probe, Endpoint::File),
    own(Method::Get, "/live", Action::Read, Endpoint::Live),
    own(Method::Get, "/p/{link}", Action::Link, Endpoint::ShowPage),
    own(Method::Post, "/p/{link}", Action::Link, Endpoint::ActOnPage),
    own(Method::Get, "/login/{link}", Action::Login, Endpoint::ShowLogin),
    own(Method::Post, "/login/{link}", Action::Login, Endpoint::LogIn),
    own(Method::Post, "/logout", Action::Login, Endpoint::LogOut),
];

/// The routes of pages and their forms.
pub fn pages() -> impl Iterator<Item = Route> {
    let page = |page: &'static PageRoute| own(Method::Get, page.path, page.action, Endpoint::Page(page));
    let form = |form: &'static FormRoute| own(Method::Post, form.path, form.action, Endpoint::Form(form));
    evenkeel_pages::PAGES.iter().map(page).chain(evenkeel_pages::FORMS.iter().map(form))
}

const fn own(method: Method, path: &'static str, action: Action, endpoint: Endpoint) -> Route {
    Route { method, path, action, alertmanager: false, endpoint }
}

const fn theirs(method: Method, path: &'static str, action: Action, endpoint: Endpoint) -> Route {
    Route { method, path, action, alertmanager: true, endpoint }
}

impl Method {
    /// As written in a request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }

    pub(crate) const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

impl Route {
    /// Whether it reads what a form sends.
    pub(crate) const fn reads_forms(&self) -> bool {
        matches!(self.action, Action::Link | Action::Login)
            || matches!(self.endpoint, Endpoint::Form(_) | Endpoint::AskMetrics)
    }

    /// Every path it is served under.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let prefixed = self.alertmanager.then(|| format!("{ALERTMANAGER_PREFIX}{}", self.path));
        [self.path.to_owned()].into_iter().chain(prefixed)
    }
}
