//! Builds the router from the table of routes.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::on;
use http::{Method, Request, Uri};

use crate::app::App;
use crate::routes::{Endpoint, ROUTES};
use crate::{Desk, Options, alertmanager, envelope, page, probes, unknown};

/// Builds everything that is served on the main listener.
pub fn router<D: Desk>(desk: D, options: Options) -> Router {
    let app = Arc::new(App::new(desk, options));
    let mut router = Router::new();
    for route in ROUTES {
        let endpoint = route.endpoint;
        for path in route.paths() {
            let serve = move |State(app): State<Arc<App<D>>>, request| serve(endpoint, app, request);
            router = router.route(&path, on(route.method.filter(), serve));
        }
    }
    router
        .fallback(async |uri: Uri| unknown::path(&uri))
        .method_not_allowed_fallback(async |method: Method, uri: Uri| unknown::method(&method, &uri))
        .layer(from_fn_with_state(app.clone(), envelope::around::<D>))
        .with_state(app)
}

async fn serve<D: Desk>(endpoint: Endpoint, app: Arc<App<D>>, request: Request<Body>) -> Response {
    let app = app.as_ref();
    let answer = match endpoint {
        Endpoint::Page => Ok(page::show(app)),
        Endpoint::Alive => Ok(probes::alive()),
        Endpoint::Ready => Ok(probes::ready(app)),
        Endpoint::Metrics => Ok(probes::metrics(app)),
        Endpoint::AlertmanagerAlive => Ok(probes::alertmanager_alive()),
        Endpoint::AlertmanagerReady => Ok(probes::alertmanager_ready(app)),
        Endpoint::Status => Ok(alertmanager::status::show(app)),
        Endpoint::Receivers => Ok(alertmanager::receivers::list(app)),
        Endpoint::ListAlerts => alertmanager::alerts::list(app, request.uri()),
        Endpoint::PostAlerts => alertmanager::intake::post(app, request).await,
        Endpoint::ListGroups => alertmanager::groups::list(app, request.uri()),
        Endpoint::ListSilences => alertmanager::silences::list(app, request.uri()),
        Endpoint::PostSilence => alertmanager::silencing::post(app, request).await,
        Endpoint::GetSilence => alertmanager::silences::show(app, request.uri()),
        Endpoint::ExpireSilence => alertmanager::silencing::expire(app, request.uri()).await,
    };
    answer.unwrap_or_else(|refusal| refusal)
}
