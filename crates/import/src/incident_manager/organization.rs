//! What Incident Manager has no counterpart for and an ops repo needs: routes, the last resort, mail settings.

use super::channel::ChannelKind;
use super::directory::{Directory, LAST_RESORT};
use super::escalation::{Step, policy};
use super::export::Export;
use super::response::Routed;
use crate::ImportedFile;
use crate::alertmanager::CONFIG_PATH;
use crate::document::{Document, commented};
use crate::emit::{Map, Value};

/// The routing tree: alerts say by a label which response plan is theirs.
pub(super) fn alertmanager(source: &str, routed: &[Routed], export: &Export<'_>) -> ImportedFile {
    let route = |plan: &Routed| {
        let map = Map::new()
            .with("matchers", vec![format!("response_plan=\"{}\"", plan.name)])
            .with("receiver", plan.name.as_str());
        let map = if plan.is_one_incident {
            map
        } else {
            map.with_comments("group_by", vec!["What is one incident.".to_owned()], vec!["alertname"])
        };
        Value::from(map)
    };
    let has_mail = export.channels.iter().any(|channel| channel.kind == ChannelKind::Email);
    let mail = Map::new().with("smtp_smarthost", "mail.example.com:587").with("smtp_from", "evenkeel@example.com");
    let comments = vec!["How mail goes out: write your own server here.".to_owned()];
    let mut config = Map::new();
    if has_mail {
        config = config.with_comments("global", comments, mail);
    }
    let root = Map::new().with_comments(
        "receiver",
        vec!["Alerts without a response plan are kept in a file; nobody is paged for them.".to_owned()],
        LAST_RESORT,
    );
    let root = root.with("routes", Value::List(routed.iter().map(route).collect()));
    let receiver = |plan: &Routed| Value::from(Map::new().with("name", plan.name.as_str()));
    let config = config.with("route", root).with("receivers", Value::List(routed.iter().map(receiver).collect()));
    let about = format!(
        "Made from {source}. Incident Manager is told by CloudWatch and EventBridge; here alerts say whose they are: give each \
         rule the label `response_plan`."
    );
    ImportedFile { path: CONFIG_PATH.to_owned(), text: commented(&[about], &format!("\n{}", config.to_text())) }
}

/// The organization, and the file of last resort.
pub(super) fn documents() -> Vec<Document> {
    let last_resort = Map::new().with("receiver", LAST_RESORT).with("policy", LAST_RESORT);
    let organization = Document {
        kind: "Organization",
        name: "organization".to_owned(),
        owner: None,
        spec: Map::new().with("lastResort", last_resort),
        comments: Vec::new(),
    };
    let receiver = Document {
        kind: "Receiver",
        name: LAST_RESORT.to_owned(),
        owner: None,
        spec: Map::new().with("file", Value::Flow(Map::new().with("path", "last-resort.jsonl"))),
        comments: vec!["What has nowhere else to go. Better is a receiver that somebody reads.".to_owned()],
    };
    vec![organization, receiver]
}

/// Whoever can be reached is paged when nobody of an incident's own policy answered.
pub(super) fn last_resort_policy(export: &Export<'_>, directory: &Directory<'_>) -> Document {
    let mut to = directory.everybody(export);
    if to.is_empty() {
        to.push(format!("receiver:{LAST_RESORT}"));
    }
    let comments = vec![
        "Gone through, again and again, when an incident's own policy was answered by nobody. Leave those \
                         in who may be woken for anything."
            .to_owned(),
    ];
    policy(LAST_RESORT.to_owned(), vec![Step { to, minutes: 5 }], comments)
}
