//! The organization, its policy of last resort, and the receiver that is told when nothing else works.

use super::EVERYTHING;
use crate::answers::Answers;
use crate::document::Document;
use crate::emit::{Map, Value};

pub(super) fn documents(answers: &Answers) -> Vec<Document> {
    vec![organization(), last_resort(answers), receiver()]
}

fn organization() -> Document {
    let receiver = "Told directly when nothing can be made durable, such as on a full disk.".to_owned();
    let policy = "Gone through, again and again, when nobody of an incident's own policy answered.".to_owned();
    let last_resort = Map::new().with_comments("receiver", vec![receiver], EVERYTHING).with_comments(
        "policy",
        vec![policy],
        "last-resort",
    );
    let spec = Map::new().with("lastResort", last_resort);
    Document { kind: "Organization", name: "organization".to_owned(), owner: None, spec, comments: Vec::new() }
}

fn last_resort(answers: &Answers) -> Document {
    let step = Map::new().with("to", vec![format!("person:{}", answers.person)]).with("wait", "5m");
    let spec = Map::new().with("steps", Value::List(vec![step.into()]));
    let comments = vec!["Those who may be woken for anything.".to_owned()];
    Document { kind: "EscalationPolicy", name: "last-resort".to_owned(), owner: None, spec, comments }
}

fn receiver() -> Document {
    let file = Map::new().with("path", "everything.jsonl");
    let comment = "Writes each notice as a line of JSON to notices/everything.jsonl in the data folder. Better is a \
                   receiver that people read, such as Slack or mail in alertmanager.yml.";
    let spec = Map::new().with("file", Value::Flow(file));
    Document { kind: "Receiver", name: EVERYTHING.to_owned(), owner: None, spec, comments: vec![comment.to_owned()] }
}
