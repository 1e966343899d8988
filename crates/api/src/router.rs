//! Builds the router from the table of routes.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::on;
use evenkeel_identity::Identity;
use http::Request;

use crate::app::App;
use crate::openapi::Operation;
use crate::refused::Refused;
use crate::routes::{Endpoint, ROUTES, Route, pages};
use crate::{
    Desk, Options, access, alertmanager, attestations, call, consult, conventions, envelope, events, facts, guard,
    hooks, improvements, incidents, live, login, measured, milestones, oncall, openapi, page_link, probes, problems,
    resource, site, unknown, updates,
};

/// Builds everything that is served on the main listener.
pub fn router<D: Desk>(desk: D, options: Options) -> Router {
    let app = Arc::new(App::new(desk, options));
    let mut router = Router::new();
    for route in ROUTES.iter().copied().chain(pages()) {
        for path in route.paths() {
            let operation = openapi::of(route.method, route.path);
            let serve = move |State(app): State<Arc<App<D>>>, request| {
                call::asking(operation, serve(route, operation, app, request))
            };
            router = router.route(&path, on(route.method.filter(), serve));
        }
    }
    router
        .fallback(unlisted::<D>)
        .method_not_allowed_fallback(unlisted::<D>)
        .layer(from_fn_with_state(app.clone(), envelope::around::<D>))
        .with_state(app)
}

/// Answers what has a row in the table, if the caller may do what the row says.
async fn serve<D: Desk>(
    route: Route,
    operation: Option<&'static Operation>,
    app: Arc<App<D>>,
    request: Request<Body>,
) -> Response {
    let (head, body) = request.into_parts();
    let caller = match guard::admit(app.as_ref(), &head, Some(route.action), route.reads_forms()).await {
        Ok(caller) => caller,
        // What was typed is not lost with the session.
        Err(refused) if refused.token_needed() && matches!(route.endpoint, Endpoint::Form(_)) => {
            let unsent = site::unsent(app.as_ref(), Request::from_parts(head, body)).await;
            return unsent.unwrap_or_else(|refused| refused.page());
        }
        Err(refused) => return refused.for_path(&head.uri),
    };
    let request = Request::from_parts(head, body);
    let handle = |request| answer(route.endpoint, &app, &caller, request);
    match operation {
        Some(operation) => conventions::around(app.as_ref(), (operation, route.action), &caller, request, handle).await,
        None => handle(request).await,
    }
}

/// Answers what has none: with what is near, to those who are let in at all.
async fn unlisted<D: Desk>(State(app): State<Arc<App<D>>>, request: Request<Body>) -> Response {
    let (head, _) = request.into_parts();
    match guard::admit(app.as_ref(), &head, None, false).await {
        Ok(_) => unknown::answer(&head.method, &head.uri),
        Err(refused) => refused.for_path(&head.uri),
    }
}

async fn answer<D: Desk>(endpoint: Endpoint, all: &Arc<App<D>>, caller: &Identity, request: Request<Body>) -> Response {
    let app = all.as_ref();
    let answer = match endpoint {
        Endpoint::Page(route) => paged(site::show(app, caller, route, request.uri()).await),
        Endpoint::Form(route) => paged(site::act(app, caller, route, request).await),
        Endpoint::File => paged(site::file(request.uri())),
        Endpoint::Live => own(live::open(all, caller, &request.into_parts().0)),
        Endpoint::Alive => Ok(probes::alive()),
        Endpoint::Ready => Ok(probes::ready(app)),
        Endpoint::Metrics => Ok(probes::metrics(app)),
        Endpoint::AlertmanagerAlive => Ok(probes::alertmanager_alive()),
        Endpoint::AlertmanagerReady => Ok(probes::alertmanager_ready(app)),
        Endpoint::Status => Ok(alertmanager::status::show(app)),
        Endpoint::Receivers => Ok(alertmanager::receivers::list(app)),
        Endpoint::ListAlerts => alertmanager::alerts::list(app, request.uri()),
        Endpoint::PostAlerts => alertmanager::intake::post(app, caller, request).await,
        Endpoint::ListGroups => alertmanager::groups::list(app, request.uri()),
        Endpoint::ListSilences => alertmanager::silences::list(app, request.uri()),
        Endpoint::PostSilence => alertmanager::silencing::post(app, caller, request).await,
        Endpoint::GetSilence => alertmanager::silences::show(app, request.uri()),
        Endpoint::ExpireSilence => alertmanager::silencing::expire(app, caller, request.uri()).await,
        Endpoint::WhoAmI => Ok(access::whoami(caller)),
        Endpoint::ListTokens => own(access::tokens::list(app, caller, request.uri())),
        Endpoint::CreateToken => access::tokens::create(app, caller, request).await,
        Endpoint::RevokeToken => access::tokens::revoke(app, caller, request.uri()).await,
        Endpoint::MakeLoginLink => access::login_link(app, caller, &request),
        Endpoint::ShowLogin => login::show(app, request.uri()),
        Endpoint::LogIn => login::enter(app, request.uri()),
        Endpoint::LogOut => login::leave(app, &request),
        Endpoint::ListIncidents => own(incidents::list(app, request.uri())),
        Endpoint::OpenIncident => own(incidents::open(app, caller, request).await),
        Endpoint::ShowIncident => own(incidents::show(app, request.uri())),
        Endpoint::ActOnIncident(act) => own(incidents::act(app, caller, act, request).await),
        Endpoint::ListProblems => own(problems::list(app, request.uri())),
        Endpoint::OpenProblem => own(problems::open(app, caller, request).await),
        Endpoint::LinkProblem => own(problems::link(app, caller, request).await),
        Endpoint::ResolveProblem => own(problems::resolve(app, caller, request).await),
        Endpoint::ApproveUpdate => own(updates::approve(app, caller, request).await),
        Endpoint::WithdrawUpdate => own(updates::withdraw(app, caller, request).await),
        Endpoint::WhoIsOnCall => own(oncall::now(app, request.uri())),
        Endpoint::ListShifts => own(oncall::shifts(app, request.uri())),
        Endpoint::ListGaps => own(oncall::gaps(app, request.uri())),
        Endpoint::ShowLoad => own(oncall::load(app, request.uri())),
        Endpoint::ListOverrides => own(oncall::overrides(app, request.uri())),
        Endpoint::SetOverride => own(oncall::set(app, caller, request).await),
        Endpoint::RemoveOverride => own(oncall::remove(app, caller, request.uri()).await),
        Endpoint::ReportFacts => own(facts::post(app, caller, request).await),
        Endpoint::TakeEvents => own(events::post(app, caller, request).await),
        Endpoint::TakeDelivery => own(hooks::post(app, request).await),
        Endpoint::ListAttestations => own(attestations::list(app, request.uri())),
        Endpoint::Attest => own(attestations::sign(app, caller, request).await),
        Endpoint::WithdrawAttestation => own(attestations::withdraw(app, caller, request.uri()).await),
        Endpoint::ListImprovements => own(improvements::list(app, request.uri())),
        Endpoint::TakeUpImprovement => own(improvements::take_up(app, caller, request).await),
        Endpoint::GiveUpImprovement => own(improvements::give_up(app, caller, request).await),
        Endpoint::ListMilestones => own(milestones::list(app, request.uri())),
        Endpoint::SetMilestone => own(milestones::set(app, caller, request).await),
        Endpoint::AskEvidence => own(consult::query(app, request.uri()).await),
        Endpoint::ShowReview => own(consult::review(app, request.uri()).await),
        Endpoint::ShowDifference => own(consult::difference(app, request.uri()).await),
        Endpoint::Resource(resource) => own(resource::answer(resource, app, caller, request).await),
        Endpoint::AskMetrics => measured::ask(app, request).await.map_err(|refused| refused.text()),
        Endpoint::WriteSeries => measured::write(app, caller, request).await.map_err(|refused| refused.text()),
        Endpoint::ShowPage => Ok(page_link::show(app, request.uri())),
        Endpoint::ActOnPage => Ok(page_link::act(app, request).await),
    };
    answer.unwrap_or_else(|refusal| refusal)
}

/// As our own API says that something is refused.
fn own(answer: Result<Response, Refused>) -> Result<Response, Response> {
    answer.map_err(|refused| refused.object())
}

/// As a page says that something is refused.
fn paged(answer: Result<Response, Refused>) -> Result<Response, Response> {
    answer.map_err(|refused| refused.page())
}
