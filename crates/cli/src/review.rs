//! `evenkeel review …`: which practices the record shows, what moved, and what somebody has taken up.
//!
//! Of a data folder the program makes the review itself and prints it by crate `review`; a server does the same there,
//! and its answer is printed as it is.

mod answer;
mod args;
mod text;

use serde_json::{Value, json};

pub use args::{
    DiffArgs, DropArgs, ImpactArgs, Judged, Look, ReviewArgs, ReviewFormat, ReviewVerb, TakeArgs, TakenArgs,
};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, json as printed, object, read};
use crate::exit::Exit;
use answer::{Improvement, Improvements, Milestone, Rendered, Reviewed, Standing};

const REVIEW: &str = "/api/v1/review";
const DIFFERENCE: &str = "/api/v1/review/difference";
const IMPROVEMENTS: &str = "/api/v1/improvements";
const MILESTONES: &str = "/api/v1/milestones";
/// Longer titles a server does not take.
const TITLE_MAX: usize = 200;

impl ClientCommand for ReviewArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        self.consistent()?;
        Ok(vec![match &self.verb {
            None => self.review(cx)?,
            Some(ReviewVerb::Diff(args)) => {
                let request = Request::get(DIFFERENCE).with("before", &args.before).with("after", &args.after);
                self.look.of(request, cx)
            }
            Some(ReviewVerb::Impact(_)) => {
                let help = "run it where the data folder is, with `--data DIR`";
                return Err(Wrong::new("a server does not judge by a folder that lies elsewhere", help));
            }
            Some(ReviewVerb::Take(args)) => {
                if args.subject == "organization" && args.owner.is_none() {
                    let help = "say who does it, such as `--owner team:platform`";
                    return Err(Wrong::new("nobody owns the organisation by name", help));
                }
                let request = Request::get(REVIEW).with("practice", &args.practice).with("subject", &args.subject);
                request.with("format", "json")
            }
            Some(ReviewVerb::Drop(args)) => {
                let path = format!("{IMPROVEMENTS}/{}/drop", args.improvement.seq().0);
                Request::post(path, json!({ "reason": args.reason }))
            }
            Some(ReviewVerb::Taken(args)) => Request::get(IMPROVEMENTS).with_some("practice", args.practice.as_ref()),
        }])
    }

    fn follow_up(&self, answer: &Value, _cx: &Context) -> Result<Option<Request>, serde_json::Error> {
        match (&self.verb, &self.judged.milestone) {
            (None, Some(name)) => {
                let Standing { standing: mut body } = read(answer)?;
                if let Some(fields) = body.as_object_mut() {
                    fields.insert("name".to_owned(), json!(name));
                }
                Ok(Some(Request::post(MILESTONES, body)))
            }
            (Some(ReviewVerb::Take(args)), _) => args.taken(&read::<Reviewed>(answer)?).map(Some),
            (
                None | Some(ReviewVerb::Diff(_) | ReviewVerb::Impact(_) | ReviewVerb::Drop(_) | ReviewVerb::Taken(_)),
                _,
            ) => Ok(None),
        }
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        let rendered = matches!(&self.verb, None | Some(ReviewVerb::Diff(_) | ReviewVerb::Impact(_)));
        if rendered && self.judged.milestone.is_none() {
            let Rendered { text, fails } = read(answer)?;
            let exit = if fails { Exit::Findings } else { Exit::Good };
            return Ok(Shown { exit, ..Shown::good(text) });
        }
        if self.look.format == ReviewFormat::Json {
            return Ok(Shown::good(printed(answer)));
        }
        Ok(Shown::good(match &self.verb {
            None | Some(ReviewVerb::Diff(_) | ReviewVerb::Impact(_)) => text::milestone(&read::<Milestone>(answer)?),
            Some(ReviewVerb::Take(_)) => text::taken(&read::<Improvement>(answer)?),
            Some(ReviewVerb::Drop(args)) => format!("given up: {}\n", args.improvement),
            Some(ReviewVerb::Taken(_)) => text::list(&read::<Improvements>(answer)?, cx),
        }))
    }
}

impl ReviewArgs {
    /// Refuses what cannot be meant together, for whoever asks a server and whoever reads a folder.
    ///
    /// # Errors
    /// [`Wrong`] when options are given that the verb does not take, or a form that it has not.
    pub fn consistent(&self) -> Result<(), Wrong> {
        let (Some(verb), format) = (&self.verb, self.look.format) else { return Ok(()) };
        if let Some(option) = self.judged.first_set() {
            let message = format!("`{option}` stands before the verb, where it says nothing");
            return Err(Wrong::new(message, "write options of the verb behind it, or leave the verb out"));
        }
        let plain = matches!(format, ReviewFormat::Text | ReviewFormat::Json);
        let name = match verb {
            ReviewVerb::Diff(_) => "diff",
            ReviewVerb::Impact(_) => "impact",
            ReviewVerb::Take(_) => "take",
            ReviewVerb::Drop(_) => "drop",
            ReviewVerb::Taken(_) => "taken",
        };
        if plain {
            return Ok(());
        }
        let message = format!("`review {name}` is not printed as `{}`", format.as_str());
        Err(Wrong::new(message, "it has the forms `text` and `json`"))
    }

    fn review(&self, cx: &Context) -> Result<Request, Wrong> {
        let Judged { ops, lens, at, milestone: _, practice, subject, fail_on } = &self.judged;
        if let Some(option) = lens.as_ref().map(|_| "--lens").or(ops.as_ref().map(|_| "--ops")) {
            let help = "leave it out, or read the data folder itself with `--data DIR`";
            return Err(Wrong::new(format!("`{option}` names a folder, and a server does not look into it"), help));
        }
        let mut request = Request::get(REVIEW)
            .with_some("at", at.map(|at| at.0))
            .with_some("practice", practice.as_ref())
            .with_some("subject", subject.as_ref());
        for fault in fail_on {
            request = request.with("fail_on", fault.as_str());
        }
        Ok(self.look.of(request, cx))
    }
}

impl Look {
    /// The request for something that is shown so.
    fn of(&self, request: Request, cx: &Context) -> Request {
        let request = request.with("format", self.format.as_str()).with("envelope", "true");
        let text = Some(self.format).filter(|format| *format == ReviewFormat::Text);
        let set = |set: bool| Some("true").filter(|_| set);
        request
            .with_some("all", set(self.all))
            .with_some("color", set(text.is_some() && cx.color))
            .with_some("width", text.map(|_| self.width))
    }
}

impl TakeArgs {
    /// What is posted, now that the review says what the practice is, and what is next.
    fn taken(&self, reviewed: &Reviewed) -> Result<Request, serde_json::Error> {
        let missing = |what: &str| serde::de::Error::custom(format_args!("the review has no {what}"));
        let practice = reviewed.practices.first().ok_or_else(|| missing("practice"))?;
        let judged = practice.verdicts.first().ok_or_else(|| missing("verdict"))?;
        let step = reviewed.improvements.first();
        let owner = self.owner.as_ref().map(ToString::to_string).or_else(|| step.and_then(|step| step.owner.clone()));
        let title = self.title.clone().or_else(|| step.and_then(|step| step.next.clone()));
        let title: String = title.unwrap_or_else(|| practice.title.clone()).chars().take(TITLE_MAX).collect();
        let fields = [
            ("practice", Some(json!(practice.key))),
            ("subject", Some(json!(judged.subject))),
            ("owner", Some(json!(owner.ok_or_else(|| missing("owner; name one with `--owner`"))?))),
            ("title", Some(json!(title))),
            ("lens", Some(json!(reviewed.lens.hash))),
        ];
        Ok(Request::post(IMPROVEMENTS, object(fields)))
    }
}

#[cfg(test)]
mod tests;
