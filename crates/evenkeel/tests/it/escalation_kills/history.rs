//! What the journal says of each incident.

use std::collections::BTreeMap;

use evenkeel_time::{Duration, Timestamp};
use serde_json::Value;

use super::ladder::Rung;

/// What a life sends again goes before all that becomes due in it; a page that is due so long after its start has
/// certainly been overtaken by none of that.
const BEHIND: Duration = Duration::millis(150);

/// One incident.
#[derive(Debug, Default)]
pub(super) struct Incident {
    /// The alert's name.
    pub(super) alert: String,
    pub(super) steps: Vec<Step>,
    pub(super) pages: Vec<Page>,
    pub(super) acknowledged: Option<Acknowledged>,
    /// Steps, pages and messages on record after the answer.
    pub(super) after: Vec<String>,
}

/// One step that was taken.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) rung: Rung,
    pub(super) at: Timestamp,
    pub(super) next_at: Timestamp,
    /// When the life began in which it was taken.
    pub(super) life_began: Timestamp,
    pub(super) cause: String,
}

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    /// `page:19`
    pub(super) id: String,
    pub(super) to: String,
    pub(super) because: Value,
    /// When it was put on record that it is to go out, each time.
    pub(super) intended: Vec<Timestamp>,
    pub(super) delivered: bool,
    /// How often the program was started while its outcome was open.
    pub(super) starts: usize,
}

/// The answer.
#[derive(Debug)]
pub(super) struct Acknowledged {
    pub(super) page: String,
    pub(super) person: String,
}

/// Everything on record, by incident.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) incidents: BTreeMap<String, Incident>,
    pub(super) starts: usize,
    /// Pages that a crash cut, and that had not gone out again when one of the next life had arrived.
    pub(super) forgotten: Vec<String>,
    /// Incidents by page.
    of: BTreeMap<u64, String>,
}

impl History {
    pub(super) fn of(records: &[Value]) -> Self {
        let mut history = Self::default();
        let mut life_began = Timestamp(0);
        for record in records {
            if record["kind"] == "started" {
                life_began = at(record);
                history.started();
            }
            history.take(record, life_began);
        }
        history
    }

    fn started(&mut self) {
        self.starts += 1;
        let open = self.incidents.values_mut().filter(|incident| incident.acknowledged.is_none());
        let pages = open.flat_map(|incident| &mut incident.pages).filter(|page| !page.delivered);
        pages.for_each(|page| page.starts += 1);
    }

    /// A page of this life arrived: none that an earlier life left open may be waiting still.
    fn arrived(&mut self, record: &Value) {
        let open = self.incidents.iter().filter(|(_, incident)| incident.acknowledged.is_none());
        let pages = open.flat_map(|(id, incident)| incident.pages.iter().map(move |page| (id, page)));
        let waiting = pages.filter(|(_, page)| page.starts > 0 && !page.delivered);
        self.forgotten.extend(waiting.map(|(id, page)| format!("{id}, {page:?}, at #{}", record["seq"])));
    }

    fn take(&mut self, record: &Value, life_began: Timestamp) {
        let (kind, body) = (record["kind"].as_str().expect("a kind"), &record["body"]);
        let seq = record["seq"].as_u64().expect("a number");
        match kind {
            "incident-opened" => {
                let alert = body["key"]["labels"]["alertname"].as_str().expect("a name").to_owned();
                self.incidents.insert(format!("incident:{seq}"), Incident { alert, ..Incident::default() });
            }
            "incident-escalated" => {
                let step = Step {
                    rung: Rung::of(body, 0),
                    at: at(record),
                    next_at: Timestamp(body["next_at"].as_i64().expect("an instant")),
                    life_began,
                    cause: body["cause"].as_str().expect("a cause").to_owned(),
                };
                self.incident(body).happens(kind, seq).steps.push(step);
            }
            "page-opened" => {
                let page = Page {
                    id: format!("page:{seq}"),
                    to: body["to"].as_str().expect("a person").to_owned(),
                    because: body["because"].clone(),
                    intended: Vec::new(),
                    delivered: false,
                    starts: 0,
                };
                self.of.insert(seq, format!("incident:{}", body["incident"]));
                self.incident(body).happens(kind, seq).pages.push(page);
            }
            "message-intended" => {
                let (incident, page) = self.page(body);
                incident.happens(kind, seq).pages[page].intended.push(at(record));
            }
            "message-delivered" => {
                let (incident, page) = self.page(body);
                let page = &mut incident.pages[page];
                page.delivered = true;
                if page.intended.iter().all(|at| *at >= life_began + BEHIND) {
                    self.arrived(record);
                }
            }
            "incident-acknowledged" => {
                let person = body["person"].as_str().expect("a person").to_owned();
                let acknowledged = Acknowledged { page: format!("page:{}", body["page"]), person };
                let before = self.incident(body).acknowledged.replace(acknowledged);
                assert!(before.is_none(), "acknowledged twice: {record}");
            }
            "message-failing"
            | "message-failed"
            | "page-failed"
            | "page-expired"
            | "incident-unroutable"
            | "incident-resolved"
            | "incident-paused"
            | "acknowledgement-expired" => {
                panic!("nothing here makes for this: {record}");
            }
            _ => {}
        }
    }

    fn incident(&mut self, body: &Value) -> &mut Incident {
        let id = format!("incident:{}", body["incident"]);
        self.incidents.get_mut(&id).unwrap_or_else(|| panic!("{id} is not on record"))
    }

    /// The incident of a page, and the page's place in it.
    fn page(&mut self, body: &Value) -> (&mut Incident, usize) {
        let number = body["of"]["page"].as_u64().expect("a page");
        let incident = self.incidents.get_mut(&self.of[&number]).expect("a known incident");
        let id = format!("page:{number}");
        let place = incident.pages.iter().position(|page| page.id == id).expect("a known page");
        (incident, place)
    }
}

impl Incident {
    /// What pages somebody may not come behind the answer.
    fn happens(&mut self, kind: &str, seq: u64) -> &mut Self {
        if self.acknowledged.is_some() {
            self.after.push(format!("#{seq} {kind}"));
        }
        self
    }
}

fn at(record: &Value) -> Timestamp {
    record["at"].as_str().expect("an instant").parse().expect("an instant")
}
