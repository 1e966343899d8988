//! The shop of the tests: its ops repo, what goes wrong in it, and how its pages are looked at.

use std::sync::Arc;

use evenkeel_engine::{Answer, Batch, Engine, IncomingAlert, Input, Limits, State};
use evenkeel_identity::Identity;
use evenkeel_ids::IncidentId;
use evenkeel_labels::LabelSet;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_pages::{
    Asked, Kept, PAGES, PageRoute, Place, PlansFound, RecordsFound, Rows, Said, Show, Shown, Standing,
};
use evenkeel_record::Actor;
use evenkeel_time::{Duration, Timestamp};

use crate::sound::sound;

pub(crate) const OPS: &str = include_str!("shop/ops.yml");
/// The clock at the start of every test.
const START: &str = "2026-01-02T03:04:05.678Z";
/// A text that runs where it is not escaped.
pub(crate) const SCRIPT: &str = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>";

/// The shop, an engine, and its clock.
pub(crate) struct Shop {
    pub(crate) engine: Engine,
    pub(crate) now: Timestamp,
    pub(crate) caller: Identity,
    pub(crate) standing: Standing,
}

/// The plan of an ops repo of one file.
pub(crate) fn planned(text: &str) -> Arc<Plan> {
    let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.as_bytes().to_vec() };
    let loaded = load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse);
    let blocking = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.blocks());
    let blocking: Vec<_> = blocking.map(|found| format!("{}: {}", found.code, found.headline)).collect();
    Arc::new(loaded.plan.unwrap_or_else(|| panic!("{blocking:?}")))
}

impl Shop {
    /// Where all is well.
    pub(crate) fn new() -> Self {
        Self::under(planned(OPS))
    }

    /// With further documents.
    pub(crate) fn and(more: &str) -> Self {
        Self::under(planned(&format!("{OPS}{more}")))
    }

    pub(crate) fn under(plan: Arc<Plan>) -> Self {
        let now = START.parse().expect("an instant");
        let mut engine = Engine::new(State::default(), plan, now, Limits::default());
        engine.start(now, "0.1.0", 0, &mut Batch::default());
        let standing =
            Standing { ready: true, reasons: Vec::new(), version: "0.1.0".to_owned(), ..Standing::default() };
        Self { engine, now, caller: Identity::owner(), standing }
    }

    /// Moves the clock on and handles what comes due.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.now = self.now + by;
        self.handle(Input::Deadline);
    }

    /// Hands an input in, as the caller.
    pub(crate) fn handle(&mut self, input: Input) -> Answer {
        let actor = Actor(self.caller.actor.0.clone());
        self.engine.handle(self.now, &actor, input, &mut Batch::default())
    }

    /// An alert fires for a day.
    pub(crate) fn fires(&mut self, labels: &[(&str, &str)], annotations: &[(&str, &str)]) {
        let alert = IncomingAlert {
            labels: LabelSet::new(labels.iter().copied()),
            annotations: LabelSet::new(annotations.iter().copied()),
            starts_at: Some(self.now),
            ends_at: Some(self.now + Duration::hours(24)),
            generator_url: "http://prometheus.example/graph?g0.expr=orders".into(),
        };
        self.handle(Input::Alerts(vec![alert]));
    }

    /// No order goes through: an incident, and ada is paged.
    pub(crate) fn orders_down(&mut self) -> IncidentId {
        self.fires(
            &[("alertname", "OrdersDown"), ("team", "orders"), ("instance", "web-1")],
            &[("summary", "no order goes through"), ("description", "0 orders in 5 minutes")],
        );
        self.newest()
    }

    /// The newest incident.
    pub(crate) fn newest(&self) -> IncidentId {
        self.engine.state().incident.incidents().last().map(|incident| incident.id).expect("an incident")
    }

    /// A page as HTML, with nothing in evidence and records.
    pub(crate) fn page(&self, address: &str) -> String {
        self.page_with(address, &[], &RecordsFound::default())
    }

    /// A page as HTML, with what the evidence or the journal say.
    pub(crate) fn page_with(&self, address: &str, rows: &[Rows], records: &RecordsFound) -> String {
        let (route, place) = find(address);
        let shown = self.shown(route, &place, rows, records, None, &Kept::new());
        let html = written(shown, address);
        sound(&html, &place);
        html
    }

    /// What comes of a look.
    pub(crate) fn shown(
        &self,
        route: &PageRoute,
        place: &Place,
        rows: &[Rows],
        records: &RecordsFound,
        said: Option<&Said>,
        kept: &Kept,
    ) -> Shown {
        let (engine, now, caller, standing) = (&self.engine, self.now, &self.caller, &self.standing);
        let asked = Asked { engine, now, caller, place, standing, said, kept, once: "0011223344556677" };
        match route.show {
            Show::State(show) => show(&asked),
            Show::Rows(ask, show) => {
                let wanted = ask(place).len();
                let none = vec![Rows::default(); wanted.saturating_sub(rows.len())];
                show(&asked, &[rows, &none].concat())
            }
            Show::Records(_, show) => show(&asked, records),
            Show::Verified(_, show) => show(&asked, None),
            Show::Plans(_, show) => show(&asked, &PlansFound::default()),
            Show::Review(..) => panic!("a review is shown by its own tests"),
        }
    }
}

/// The page of an address.
pub(crate) fn find(address: &str) -> (&'static PageRoute, Place) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.to_owned(), value.replace('+', " "))
    };
    let query: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    let found = PAGES.iter().find_map(|route| Some((route, Place::of(route.path, path, query.clone())?)));
    found.unwrap_or_else(|| panic!("no page has the path {path}"))
}

/// A page written out.
pub(crate) fn written(shown: Shown, address: &str) -> String {
    match shown {
        Shown::Page(view) => view.dyn_render().unwrap_or_else(|error| panic!("{address}: {error}")),
        other @ (Shown::Download { .. } | Shown::NotThere { .. } | Shown::Elsewhere(_)) => {
            panic!("{address}: {other:?}")
        }
    }
}
