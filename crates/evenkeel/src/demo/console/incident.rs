//! An incident as `/api/v1/incidents/{id}` shows it, as far as the play looks at it.

use evenkeel_time::Timestamp;
use serde_json::Value;

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownIncident {
    /// `open`, `acknowledged`, `resolved`, `closed` or `merged`.
    pub(crate) status: String,
    pub(crate) severity: String,
    pub(crate) opened_at: String,
    /// The person who has it.
    pub(crate) acknowledged_by: Option<String>,
    /// When the next step is due.
    pub(crate) next_at: Option<String>,
    /// In the order in which people were asked.
    pub(crate) pages: Vec<ShownPage>,
    /// Workloads that stand on what is hit.
    pub(crate) dependants: Vec<String>,
}

/// One page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownPage {
    pub(crate) id: String,
    /// `person:ada`
    pub(crate) to: String,
    pub(crate) because: Vec<String>,
    pub(crate) opened_at: Timestamp,
    /// `open`, `answered`, `failed`, `expired` or `superseded`.
    pub(crate) status: String,
    /// How far each contact got: `delivered` and the like.
    pub(crate) contacts: Vec<String>,
}

impl ShownIncident {
    pub(super) fn read(detail: &Value) -> Option<Self> {
        let text = |place: &str| detail.pointer(place)?.as_str().map(str::to_owned);
        let pages = detail.get("pages")?.as_array()?.iter().map(ShownPage::read);
        let dependants = detail.pointer("/dependencies/dependants")?.as_array()?.iter();
        Some(Self {
            status: text("/status")?,
            severity: text("/severity")?,
            opened_at: text("/opened_at")?,
            acknowledged_by: text("/acknowledged/person"),
            next_at: text("/escalation/next_at"),
            pages: pages.collect::<Option<_>>()?,
            dependants: dependants.filter_map(|one| one.get("workload")?.as_str().map(str::to_owned)).collect(),
        })
    }
}

impl ShownPage {
    fn read(page: &Value) -> Option<Self> {
        let text = |place: &str| page.get(place)?.as_str().map(str::to_owned);
        let because = page.get("because")?.as_array()?.iter().map(|why| why.as_str().map(str::to_owned));
        let contacts = page.get("contacts")?.as_array()?.iter();
        let contacts = contacts.map(|contact| contact.get("status")?.as_str().map(str::to_owned));
        Some(Self {
            id: text("id")?,
            to: text("to")?,
            because: because.collect::<Option<_>>()?,
            opened_at: text("opened_at")?.parse().ok()?,
            status: text("status")?,
            contacts: contacts.collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_incident_is_read_as_the_api_shows_it() {
        let mut detail = json!({
            "id": "incident:17", "status": "acknowledged", "severity": "sev1", "opened_at": "2026-01-01T00:00:00.000Z",
            "acknowledged": { "person": "person:ben", "actor": "person:ben" },
            "escalation": { "policy": "shop", "next_at": null },
            "dependencies": { "depends_on": [], "dependants": [{ "workload": "workload:shop", "hard": true }] },
            "pages": [{ "id": "page:20", "to": "person:ada", "because": ["a", "b"], "status": "superseded",
                "opened_at": "2026-01-01T00:00:00.000Z",
                "contacts": [{ "contact": "phone", "status": "delivered" }] }],
        });
        let incident = ShownIncident::read(&detail).expect("an incident");
        assert_eq!(incident.acknowledged_by.as_deref(), Some("person:ben"));
        assert_eq!((incident.next_at, incident.dependants), (None, vec!["workload:shop".to_owned()]));
        assert_eq!(incident.pages[0].contacts, ["delivered"]);
        detail["pages"] = json!([{}]);
        assert_eq!(ShownIncident::read(&detail), None);
    }
}
