//! One look at a page: what the page asks for first, then the state, then HTML.

use evenkeel_identity::Identity;
use evenkeel_pages::{Asked, Kept, PageRoute, Place, Said, Show, Shown, Standing};
use http::StatusCode;

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, NotConsulted};

/// What a look is for.
pub(crate) struct Look<'a> {
    pub(crate) caller: &'a Identity,
    pub(crate) place: Place,
    /// What is said about what was just tried.
    pub(crate) said: Option<Said>,
    /// What was typed into a form that was not taken.
    pub(crate) kept: Kept,
    /// Names it, so that a form that is sent twice acts once.
    pub(crate) once: String,
}

impl Look<'_> {
    /// Collects the page.
    pub(crate) async fn collect<D: Desk>(&self, app: &App<D>, route: &PageRoute) -> Result<Shown, Refused> {
        let health = app.desk.health();
        let version = app.options.version.clone();
        let standing = Standing {
            ready: health.ready,
            reasons: health.reasons,
            version,
            started_at: Some(health.started_at),
            head: Some((health.head.seq, health.head.hash.to_string())),
        };
        let ask =
            |show: &dyn Fn(&Asked<'_>) -> Shown| app.desk.look(|engine, now| show(&self.asked(engine, now, &standing)));
        match route.show {
            Show::State(show) => Ok(ask(&show)),
            Show::Rows(asks, show) => {
                let rows = app.desk.rows(asks(&self.place)).await.map_err(not_consulted)?;
                Ok(ask(&|asked| show(asked, &rows)))
            }
            Show::Records(asks, show) => {
                let found = app.desk.records(asks(&self.place)).await.map_err(not_consulted)?;
                Ok(ask(&|asked| show(asked, &found)))
            }
            Show::Verified(asks, show) => {
                let found = app.desk.verify(asks(&self.place)).await.map_err(not_consulted)?;
                Ok(ask(&|asked| show(asked, found.as_ref())))
            }
            Show::Plans(asks, show) => {
                let found = app.desk.plans(asks(&self.place)).await.map_err(not_consulted)?;
                Ok(ask(&|asked| show(asked, &found)))
            }
            Show::Review(frame, show) => {
                let frame = app.desk.look(|engine, now| frame(&self.asked(engine, now, &standing)));
                let place = self.place.clone();
                let shown = app.desk.reviewed(Box::new(move |report| show(frame, &place, report)));
                shown.await.map_err(not_consulted)
            }
        }
    }

    pub(crate) fn asked<'a>(
        &'a self,
        engine: &'a evenkeel_engine::Engine,
        now: evenkeel_time::Timestamp,
        standing: &'a Standing,
    ) -> Asked<'a> {
        let (said, kept, once) = (self.said.as_ref(), &self.kept, &self.once);
        Asked { engine, now, caller: self.caller, place: &self.place, standing, said, kept, once }
    }
}

/// Names a look, so that a form that is sent twice acts once.
pub(crate) fn once<D>(app: &App<D>) -> String {
    let random = (app.options.keys.random)();
    random.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn not_consulted(why: NotConsulted) -> Refused {
    match why {
        NotConsulted::Wrong { message, help } => Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help),
        NotConsulted::Failed(message) => Refused::new(StatusCode::SERVICE_UNAVAILABLE, "no-evidence", message)
            .help("the server's log says more; the record itself is not touched by this"),
    }
}
