//! What is only looked at, and silences: everything that pages show, for programs.

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use http::Request;

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, adopted, alerts, catalogue, openapi, overview, records, search, silences, stream};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource {
    ShowOverview,
    Search,
    OwnAlerts,
    ShowAlert,
    OwnGroups,
    OwnSilences,
    SetSilence,
    PreviewSilence,
    ShowSilence,
    EndSilence,
    ListWorkloads,
    ShowWorkload,
    ListTeams,
    ShowTeam,
    ListPeople,
    ShowPerson,
    ListProcedures,
    ShowProcedure,
    ShowPlan,
    ListPlans,
    ListFindings,
    ListRecords,
    VerifyRecords,
    ShowRecord,
    StreamRecords,
    OpenApi,
    Reference,
}

/// Shows it.
pub(crate) async fn answer<D: Desk>(
    resource: Resource,
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    match resource {
        Resource::ShowOverview => Ok(overview::show(app)),
        Resource::Search => search::search(app, request.uri()),
        Resource::OwnAlerts => alerts::list(app, request.uri()),
        Resource::ShowAlert => alerts::show(app, request.uri()),
        Resource::OwnGroups => alerts::groups::list(app, request.uri()),
        Resource::OwnSilences => silences::list(app, request.uri()),
        Resource::SetSilence => silences::set(app, caller, request).await,
        Resource::PreviewSilence => silences::preview(app, request).await,
        Resource::ShowSilence => silences::show(app, request.uri()),
        Resource::EndSilence => silences::end(app, caller, request.uri()).await,
        Resource::ListWorkloads => catalogue::workloads::list(app, request.uri()),
        Resource::ShowWorkload => catalogue::workloads::show(app, request.uri()),
        Resource::ListTeams => catalogue::teams::list(app, request.uri()),
        Resource::ShowTeam => catalogue::teams::show(app, request.uri()),
        Resource::ListPeople => catalogue::people::list(app, request.uri()),
        Resource::ShowPerson => catalogue::people::show(app, request.uri()),
        Resource::ListProcedures => catalogue::procedures::list(app, request.uri()),
        Resource::ShowProcedure => catalogue::procedures::show(app, request.uri()),
        Resource::ShowPlan => Ok(adopted::show(app)),
        Resource::ListPlans => adopted::list(app, request.uri()).await,
        Resource::ListFindings => adopted::findings(app, request.uri()).await,
        Resource::ListRecords => records::list(app, request.uri()).await,
        Resource::VerifyRecords => records::verify(app, request.uri()).await,
        Resource::ShowRecord => records::show(app, request.uri()).await,
        Resource::StreamRecords => stream::stream(app, request.uri(), request.headers()),
        Resource::OpenApi => Ok(openapi::show(app)),
        Resource::Reference => openapi::reference(app),
    }
}
