//! What a running server has open and goes by names of the ops repo: what is asked of it, and what the answers say.

use evenkeel_plan_diff::LiveObject;
use serde::Deserialize;
use serde_json::Value;

use crate::client::{Request, read};

/// Of more incidents the pages are not asked for, one by one.
const DETAILS_MAX: usize = 200;

#[derive(Debug, Deserialize)]
struct Incidents {
    incidents: Vec<Incident>,
}

#[derive(Debug, Deserialize)]
struct Incident {
    id: String,
    response_plan: Option<String>,
    owner: Option<String>,
    escalation: Option<Escalation>,
    #[serde(default)]
    pages: Vec<Page>,
}

#[derive(Debug, Deserialize)]
struct Escalation {
    policy: String,
}

#[derive(Debug, Deserialize)]
struct Page {
    to: String,
    status: String,
}

#[derive(Debug, Deserialize)]
struct Group {
    receiver: Named,
    #[serde(default)]
    alerts: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Overrides {
    overrides: Vec<Override>,
}

#[derive(Debug, Deserialize)]
struct Override {
    id: String,
    schedule: String,
    person: String,
}

/// What is asked first: incidents that are not over, groups of alerts, overrides; in this order.
#[must_use]
pub fn requests() -> [Request; 3] {
    let paths = [
        "/api/v1/incidents?status=open,acknowledged",
        "/api/v2/alerts/groups?silenced=true&inhibited=true&muted=true&active=true",
        "/api/v1/overrides",
    ];
    paths.map(Request::get)
}

/// What is asked about each incident of the first answer.
///
/// # Errors
/// The answer is not the server's list of incidents.
pub fn details(incidents: Option<&Value>) -> Result<Vec<Request>, serde_json::Error> {
    let known: Incidents = read(incidents.unwrap_or(&Value::Null))?;
    let number = |id: &str| id.rsplit(':').next().unwrap_or(id).to_owned();
    let path = |incident: &Incident| format!("/api/v1/incidents/{}", number(&incident.id));
    Ok(known.incidents.iter().take(DETAILS_MAX).map(|incident| Request::get(path(incident))).collect())
}

/// What the server has open, by its answers: one to each of [`details`], then the groups, then the overrides.
///
/// # Errors
/// An answer is not what it should be.
pub fn live(
    details: &[Value],
    groups: Option<&Value>,
    overrides: Option<&Value>,
) -> Result<Vec<LiveObject>, serde_json::Error> {
    let mut live = Vec::new();
    for detail in details {
        live.push(incident(read(detail)?));
    }
    let groups: Vec<Group> = read(groups.unwrap_or(&Value::Null))?;
    live.extend(
        groups
            .into_iter()
            .map(|group| LiveObject::Group { receiver: group.receiver.name.into(), alerts: group.alerts.len() }),
    );
    let overrides: Overrides = read(overrides.unwrap_or(&Value::Null))?;
    let name = |person: &str| person.rsplit(':').next().unwrap_or(person).into();
    live.extend(overrides.overrides.into_iter().map(|one| LiveObject::Override {
        people: vec![name(&one.person)],
        id: one.id.into(),
        schedule: name(&one.schedule),
    }));
    Ok(live)
}

fn incident(incident: Incident) -> LiveObject {
    let asked = incident.pages.iter().filter(|page| page.status == "open").filter_map(|page| page.to.parse().ok());
    LiveObject::Incident {
        response_plan: incident.response_plan.unwrap_or_default().into(),
        policy: incident.escalation.map(|known| known.policy).filter(|name| !name.is_empty()).map(Into::into),
        owner: incident.owner.and_then(|owner| owner.parse().ok()),
        asked: asked.collect(),
        id: incident.id.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_of_a_server_become_what_it_has_open() {
        let list = json!({"incidents": [{"id": "incident:17", "response_plan": "orders", "owner": null}]});
        let asked: Vec<String> =
            details(Some(&list)).expect("a list").into_iter().map(|request| request.path).collect();
        assert_eq!(asked, ["/api/v1/incidents/17"]);
        let detail = json!({
            "id": "incident:17", "response_plan": "orders", "owner": "team:payments",
            "escalation": {"policy": "payments", "step": 1},
            "pages": [{"to": "person:ada", "status": "open"}, {"to": "person:bob", "status": "ended"}],
        });
        let groups = json!([{"receiver": {"name": "pager"}, "alerts": [{}, {}]}]);
        let overrides =
            json!({"overrides": [{"id": "override:4", "schedule": "schedule:primary", "person": "person:bob"}]});
        let live = live(&[detail], Some(&groups), Some(&overrides)).expect("answers");
        let reference = |text: &str| text.parse().expect("a reference");
        let expected = [
            LiveObject::Incident {
                id: "incident:17".into(),
                response_plan: "orders".into(),
                policy: Some("payments".into()),
                owner: Some(reference("team:payments")),
                asked: vec![reference("person:ada")],
            },
            LiveObject::Group { receiver: "pager".into(), alerts: 2 },
            LiveObject::Override { id: "override:4".into(), schedule: "primary".into(), people: vec!["bob".into()] },
        ];
        assert_eq!(live, expected);
    }

    #[test]
    fn an_answer_of_another_program_is_an_error() {
        assert!(details(Some(&json!({"hello": 1}))).is_err());
        assert!(live(&[], Some(&json!({})), Some(&json!({"overrides": []}))).is_err());
    }
}
