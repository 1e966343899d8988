//! Team, workload, schedule, escalation policy and response plan.

use super::{Kept, TRIAGE};
use crate::answers::Answers;
use crate::document::Document;
use crate::emit::{Map, Value};
use crate::starter::routing;

/// The documents; `responds`: with a response plan for the receiver that the starter's own routes have.
pub(super) fn documents(answers: &Answers, kept: &Kept, responds: bool) -> Vec<Document> {
    let mut documents = vec![team(answers, kept), workload(answers, kept), schedule(answers), policy(answers)];
    if responds {
        documents.push(response_plan(answers));
    }
    documents
}

fn document(kind: &'static str, name: &str, owner: Option<String>, spec: Map, comment: &str) -> Document {
    Document { kind, name: name.to_owned(), owner, spec, comments: vec![comment.to_owned()] }
}

fn owner(answers: &Answers) -> Option<String> {
    Some(format!("team:{}", answers.team))
}

fn team(answers: &Answers, kept: &Kept) -> Document {
    let member = Map::new().with("person", answers.person.as_str()).with("role", "lead");
    // Members that Backstage knows would be replaced by a list of ours.
    let members = (!kept.manned_teams.contains(&answers.team)).then(|| vec![Value::Flow(member)]);
    let comment = vec!["Who is paged for what the team owns.".to_owned()];
    let spec = Map::new().with_some("members", members).with_comments("escalation", comment, answers.team.as_str());
    document("Team", &answers.team, None, spec, "Who answers for it. Let others join: one person alone has no nights.")
}

fn workload(answers: &Answers, kept: &Kept) -> Document {
    let owner = owner(answers).filter(|_| !kept.owned_workloads.contains(&answers.workload));
    let impact = Map::new()
        .with("who", answers.sufferers.as_str())
        .with("what", format!("{} does not answer", answers.workload));
    let tier = "1 is what you live from, 4 what you can do without for days. Severity follows from it.".to_owned();
    let impacts = "Who suffers what, as people are told. `customers: true` when customers notice.".to_owned();
    let spec = Map::new()
        .with_comments("tier", vec![tier], Value::Whole(answers.tier))
        .with_comments("impact", vec![impacts], impact)
        .with("environments", vec!["production"]);
    document("Workload", &answers.workload, owner, spec, "What is operated.")
}

fn schedule(answers: &Answers) -> Document {
    let layer = Map::new()
        .with("name", "weekly")
        .with_comments("start", vec!["The first hand-over: Mondays at nine.".to_owned()], "2026-01-05T09:00")
        .with("shift", "weekly")
        .with_comments(
            "turns",
            vec!["Add the others: they take turns in this order.".to_owned()],
            vec![answers.person.as_str()],
        );
    let spec = Map::new().with("timeZone", answers.time_zone.as_str()).with("layers", Value::List(vec![layer.into()]));
    document("Schedule", &answers.team, owner(answers), spec, "Who is on call when.")
}

fn policy(answers: &Answers) -> Document {
    let step = |to: String, wait: &str| Value::from(Map::new().with("to", vec![to]).with("wait", wait));
    let mut steps = vec![step(format!("schedule:{}", answers.team), "5m")];
    steps.push(step(format!("team:{}", answers.team), "10m"));
    let without = vec![format!("Start {} again, and roll back its last deployment.", answers.workload)];
    let comment = "What responders may do without asking anybody first; they read it on the page.".to_owned();
    let spec = Map::new().with("steps", Value::List(steps)).with_comments("withoutAsking", vec![comment], without);
    let about = "Who is paged, and who next when nobody acknowledges.";
    document("EscalationPolicy", &answers.team, owner(answers), spec, about)
}

fn response_plan(answers: &Answers) -> Document {
    let impact = "How hard the workload is hit: outage, degraded, minor or none.".to_owned();
    let helps = "What helps: a page in this repo, or an address.".to_owned();
    let spec = Map::new()
        .with("receivers", vec![routing::receiver(answers)])
        .with("workload", answers.workload.as_str())
        .with("environment", "production")
        .with_comments("impact", vec![impact], "outage")
        .with("escalation", answers.team.as_str())
        .with_comments("procedure", vec![helps], TRIAGE);
    document(
        "ResponsePlan",
        &answers.workload,
        owner(answers),
        spec,
        "What alerts of the receiver become: an incident.",
    )
}
