//! `evenkeel problem …`: causes of incidents that are not removed.

mod answer;
mod args;

use std::fmt::Write as _;

use serde_json::{Value, json};

pub use args::{ProblemArgs, ProblemVerb};

use crate::client::{ClientCommand, Context, Request, Shown, Table, Wrong, line, read, retain};
use answer::{Problem, Problems};

impl ClientCommand for ProblemArgs {
    fn requests(&self, _cx: &Context) -> Result<Vec<Request>, Wrong> {
        let of = |problem: evenkeel_ids::ProblemId, verb| format!("/api/v1/problems/{}/{verb}", problem.seq().0);
        Ok(vec![match &self.verb {
            ProblemVerb::List(_) => Request::get("/api/v1/problems"),
            ProblemVerb::Open(args) => {
                let incidents: Vec<String> = args.incidents.iter().map(ToString::to_string).collect();
                Request::post("/api/v1/problems", json!({ "title": args.title, "incidents": incidents }))
            }
            ProblemVerb::Link(args) => {
                Request::post(of(args.problem, "link"), json!({ "incident": args.incident.to_string() }))
            }
            ProblemVerb::Resolve(args) => Request::post(of(args.problem, "resolve"), json!({ "reason": args.reason })),
        }])
    }

    fn select(&self, answer: Value, _cx: &Context) -> Value {
        match &self.verb {
            ProblemVerb::List(args) if !args.all => {
                retain(answer, Some("problems"), |problem| problem.get("resolved_at").is_none_or(Value::is_null))
            }
            ProblemVerb::List(_) | ProblemVerb::Open(_) | ProblemVerb::Link(_) | ProblemVerb::Resolve(_) => answer,
        }
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        let done = |word: &str| Ok(Shown::good(done(word, &read::<Problem>(answer)?)));
        match &self.verb {
            ProblemVerb::List(_) => Ok(Shown::good(list(&read::<Problems>(answer)?, cx))),
            ProblemVerb::Open(_) => done("opened"),
            ProblemVerb::Link(_) => done("linked"),
            ProblemVerb::Resolve(_) => done("resolved"),
        }
    }
}

fn list(answer: &Problems, cx: &Context) -> String {
    let mut table = Table::new(["PROBLEM", "OPENED", "RESOLVED", "SHOWN BY", "INCIDENTS", "TITLE"]);
    for problem in &answer.problems {
        table.row([
            line(&problem.id),
            cx.when(problem.opened_at.0),
            problem.resolved_at.map_or_else(String::new, |at| cx.minute(at.0)),
            shown_by(&problem.cause),
            problem.incidents(),
            line(&problem.title),
        ]);
    }
    if table.len() == 0 {
        return "no problems\n".to_owned();
    }
    let mut out = table.text(cx, "");
    let plural = if table.len() == 1 { "" } else { "s" };
    let _ = writeln!(out, "{} problem{plural}; {}", table.len(), cx.zone_note());
    out
}

fn shown_by(cause: &str) -> String {
    match cause {
        "recurrence" => "recurrence".to_owned(),
        "workaround" => "a way around".to_owned(),
        "person" => "a person".to_owned(),
        other => line(other),
    }
}

fn done(word: &str, problem: &Problem) -> String {
    let reason = problem.reason.as_deref().filter(|reason| !reason.is_empty());
    let reason = reason.map_or_else(String::new, |reason| format!("  {}\n", line(reason)));
    format!("{word}: {} {}\n  {}\n{reason}", line(&problem.id), line(&problem.title), problem.incidents())
}
