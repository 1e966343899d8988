//! The documents around a configuration: organization, people, teams, escalation policies, response plans.

use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::quoted;

use super::receivers::{Known, People, Reached, name_of, reached};
use super::routes::routed;
use crate::ImportedFile;
use crate::answers::Answers;
use crate::codes::APPROXIMATED;
use crate::document::{Document, file};
use crate::emit::{Map, Value as Written};
use crate::names::Names;
use crate::object::start_of;
use crate::report::Report;
use crate::starter::{self, TRIAGE};

/// How long the receiver's readers have before the people behind it are paged one by one.
const WAIT: &str = "15m";
/// The receiver that is made when the root's own tells nobody.
const LAST_RESORT: &str = "last-resort";

/// All files beside the configuration itself.
pub(super) fn files(source: &str, config: &Node, somebody: Option<&Answers>, report: &mut Report) -> Vec<ImportedFile> {
    let routed = routed(config);
    let mut people = somebody.map(People::with).unwrap_or_default();
    let receivers = receivers(config, &routed, &mut people, report);
    let root = routed.first().copied().unwrap_or("");
    let mut names = Names::default();
    let mut made = Made { policies: vec![], plans: vec![], teams: vec![], somebody };
    let policy = names.take(LAST_RESORT, LAST_RESORT);
    somebody.into_iter().for_each(|somebody| drop(names.take(&somebody.team, "team")));
    let reached = receivers.iter().filter(|receiver| receiver.by_people);
    for receiver in reached {
        made.add(receiver, names.take(&receiver.name, "receiver"), source);
    }
    let organization = organization(root, &receivers, &people, &policy, config, report);
    let persons: Vec<Document> = people.known.into_iter().filter_map(|known| person(known, somebody, source)).collect();
    let responses: Vec<Document> = made.policies.into_iter().chain(made.plans).collect();
    [
        file("organization.yml", "Who is told when all else fails.", &organization),
        file("people.yml", PEOPLE, &persons),
        file("teams.yml", "One team for each receiver with people behind it.", &made.teams),
        file("response.yml", RESPONSE, &responses),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const PEOPLE: &str = "A person for each mail address that a receiver had. Where an address is a list's, write the people \
                      behind it instead. Set time zones, and add contacts that wake people, such as ntfy on the phone.";
const RESPONSE: &str = "What the alerts of each receiver become: an incident, and who is paged until somebody \
                        acknowledges.";

struct Made<'a> {
    policies: Vec<Document>,
    plans: Vec<Document>,
    teams: Vec<Document>,
    somebody: Option<&'a Answers>,
}

impl Made<'_> {
    fn add(&mut self, receiver: &Reached, name: String, source: &str) {
        let owner = Some(format!("team:{name}"));
        let comments = vec![format!("Receiver `{}` of {source}.", receiver.name)];
        let members = match self.somebody {
            // Somebody has to be asked, and nobody else is known.
            Some(somebody) if receiver.people.is_empty() => vec![somebody.person.clone()],
            Some(_) | None => receiver.people.clone(),
        };
        let spec = Map::new().with("members", members.clone()).with("escalation", name.as_str());
        self.teams.push(Document { kind: "Team", name: name.clone(), owner: None, spec, comments: comments.clone() });
        let mut steps = vec![step(format!("receiver:{}", receiver.name))];
        if !members.is_empty() {
            steps.push(step(format!("team:{name}")));
        }
        let spec = Map::new().with("steps", Written::List(steps));
        let policy_comments = comments.iter().chain(&receiver.comments).cloned().collect();
        let kind = "EscalationPolicy";
        self.policies.push(Document {
            kind,
            name: name.clone(),
            owner: owner.clone(),
            spec,
            comments: policy_comments,
        });
        let hit = vec!["How hard its workload is hit: outage, degraded, minor or none.".to_owned()];
        let spec = Map::new()
            .with("receivers", vec![receiver.name.as_str()])
            .with_some("workload", self.somebody.map(|somebody| somebody.workload.as_str()))
            .with("escalation", name.as_str())
            .with_comments("impact", hit, "degraded")
            .with_some("procedure", self.somebody.map(|_| TRIAGE));
        self.plans.push(Document { kind: "ResponsePlan", name, owner, spec, comments });
    }
}

fn step(to: String) -> Written {
    Map::new().with("to", vec![to]).with("wait", WAIT).into()
}

/// The receivers that routes lead to, in the order of the file.
fn receivers(config: &Node, routed: &[&str], people: &mut People, report: &mut Report) -> Vec<Reached> {
    let Some(Node { value: Value::Seq(nodes), .. }) = config.get("receivers") else { return Vec::new() };
    let mut found: Vec<Reached> = Vec::new();
    for node in nodes {
        let is_new =
            name_of(node).is_some_and(|name| routed.contains(&name) && found.iter().all(|known| known.name != name));
        if is_new {
            found.push(reached(node, people, report));
        }
    }
    found
}

fn person(known: Known, somebody: Option<&Answers>, source: &str) -> Option<Document> {
    let Some(email) = known.email else { return somebody.map(starter::person) };
    let contact = Map::new().with("name", "email").with("email", Written::Flow(email));
    let zone = vec!["Whose nights are theirs: set it to where they live.".to_owned()];
    let spec = Map::new()
        .with_some("fullName", known.full_name)
        .with_comments("timeZone", zone, "UTC")
        .with("contacts", vec![contact]);
    let comments = vec![format!("Proposed from a mail address in {source}.")];
    Some(Document { kind: "Person", name: known.name, owner: None, spec, comments })
}

/// The organization, its policy of last resort, and a receiver when the root's tells nobody.
fn organization(
    root: &str,
    receivers: &[Reached],
    people: &People,
    policy: &str,
    config: &Node,
    report: &mut Report,
) -> Vec<Document> {
    let tells = |receiver: &&Reached| receiver.is_sent && (receiver.by_people || receiver.name == root);
    let own = receivers.iter().filter(tells).find(|receiver| receiver.name == root);
    let told = own.or_else(|| receivers.iter().find(tells));
    let receiver = told.map_or_else(|| free_name(config), |receiver| receiver.name.clone());
    if own.is_none() {
        let place = config.get("route").and_then(|route| route.get("receiver")).map_or(config.span, |node| node.span);
        let headline = format!("the root's receiver tells nobody, so {} is the last resort", quoted(&receiver));
        report.find(APPROXIMATED, start_of(place), headline, "name one that somebody reads as `lastResort.receiver`");
    }
    let file = told.is_none().then(|| {
        let spec = Map::new().with("file", Written::Flow(Map::new().with("path", "last-resort.jsonl")));
        let comments =
            vec!["No receiver is sent to people: what has nowhere else to go is kept in this file.".to_owned()];
        Document { kind: "Receiver", name: receiver.clone(), owner: None, spec, comments }
    });
    let last_resort = Map::new().with("receiver", receiver.as_str()).with("policy", policy);
    let spec = Map::new().with("lastResort", last_resort);
    let organization =
        Document { kind: "Organization", name: "organization".to_owned(), owner: None, spec, comments: vec![] };
    let policy = last_resort_policy(policy, &receiver, people);
    [organization].into_iter().chain(file).chain([policy]).collect()
}

fn last_resort_policy(name: &str, receiver: &str, people: &People) -> Document {
    let everybody = people.known.iter().map(|known| format!("person:{}", known.name));
    let to: Vec<String> = std::iter::once(format!("receiver:{receiver}")).chain(everybody).collect();
    let step = Map::new().with("to", to).with("wait", "5m");
    let spec = Map::new().with("steps", Written::List(vec![step.into()]));
    let comments = vec![
        "Gone through, again and again, when an incident's own policy was answered by nobody. Leave \
                         those in who may be woken for anything."
            .to_owned(),
    ];
    Document { kind: "EscalationPolicy", name: name.to_owned(), owner: None, spec, comments }
}

fn free_name(config: &Node) -> String {
    let mut names = Names::default();
    if let Some(Node { value: Value::Seq(nodes), .. }) = config.get("receivers") {
        nodes.iter().filter_map(name_of).for_each(|name| drop(names.take(name, LAST_RESORT)));
    }
    names.take(LAST_RESORT, LAST_RESORT)
}
