//! A review, or what moved between two, as somebody wants to see it.

use std::collections::BTreeMap;
use std::str::FromStr;

use evenkeel_api::{Consulted, NotConsulted, ReviewQuestion, ReviewStanding, Shown};
use evenkeel_lens::{Impact, Review};
use evenkeel_review::{FailOn, Place, Report, Style, diff_json, diff_text, impact_json, impact_text};

use super::{Beside, Difference};

/// So much to do is listed.
const PLAN_MAX: usize = 1000;

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
    Markdown,
    Sarif,
    Html,
}

impl FromStr for Form {
    type Err = NotConsulted;

    fn from_str(text: &str) -> Result<Self, NotConsulted> {
        Ok(match text {
            "text" => Self::Text,
            "json" => Self::Json,
            "markdown" => Self::Markdown,
            "sarif" => Self::Sarif,
            "html" => Self::Html,
            other => {
                let message = format!("a review is not shown as `{other}`");
                let help = "the forms are `text`, `json`, `markdown`, `sarif` and `html`";
                return Err(NotConsulted::Wrong { message, help: help.to_owned() });
            }
        })
    }
}

impl Form {
    const fn media(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Json | Self::Sarif => "application/json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// How something is shown.
#[derive(Debug, Clone)]
pub(crate) struct Rendering {
    form: Form,
    style: Style,
    /// Where the ops repo declares subjects.
    places: BTreeMap<Box<str>, Place>,
}

impl Rendering {
    /// As somebody asked for it.
    pub(crate) fn of(shown: &Shown) -> Result<Self, NotConsulted> {
        let Shown { format, all, color, width } = shown;
        let style = Style { color: *color, all: *all, width: *width, person: *color };
        Ok(Self { form: format.parse()?, style, places: BTreeMap::new() })
    }

    /// With the places of subjects in an ops repo.
    pub(crate) fn with_places(self, places: BTreeMap<Box<str>, Place>) -> Self {
        Self { places, ..self }
    }

    /// A review, or the part of it that was asked for.
    pub(crate) fn review(
        &self,
        review: &Review,
        beside: &Beside,
        asked: &ReviewQuestion,
    ) -> Result<Consulted, NotConsulted> {
        let mut fails = false;
        for word in &asked.fail_on {
            let fail_on: FailOn = word.parse().map_err(|error: evenkeel_review::NoSuchFault| NotConsulted::Wrong {
                message: format!("`{word}` makes no review fail"),
                help: error.to_string(),
            })?;
            fails |= fail_on.fails(review);
        }
        let standing = Some(standing(review));
        let part = part(review, asked)?;
        let review = part.as_ref().unwrap_or(review);
        let plan = review.improvements(PLAN_MAX);
        let report = Report {
            review,
            plan: &plan,
            taken: &beside.taken,
            milestones: &beside.milestones,
            places: &self.places,
            version: env!("CARGO_PKG_VERSION"),
        };
        let text = match self.form {
            Form::Text if asked.practice.is_some() => report.practice_text(self.style),
            Form::Text => report.text(self.style),
            Form::Json => report.json(),
            Form::Markdown => report.markdown(),
            Form::Sarif => report.sarif(),
            Form::Html => report.html(),
        };
        Ok(Consulted { media: self.form.media(), text, fails, standing })
    }

    /// What moved between two reviews.
    pub(crate) fn difference(&self, found: &Difference) -> Result<Consulted, NotConsulted> {
        let [before, after] = [&*found.before, &*found.after];
        self.compared(|style| diff_text(&found.diff, [before, after], style), || diff_json(&found.diff))
    }

    /// What another state of the lens would change.
    pub(crate) fn impact(&self, impact: &Impact) -> Result<Consulted, NotConsulted> {
        self.compared(|style| impact_text(impact, style), || impact_json(impact))
    }

    fn compared(
        &self,
        text: impl FnOnce(Style) -> String,
        json: impl FnOnce() -> String,
    ) -> Result<Consulted, NotConsulted> {
        let text = match self.form {
            Form::Text => text(self.style),
            Form::Json => json(),
            Form::Markdown | Form::Sarif | Form::Html => {
                let message = "a comparison is shown as `text` or `json`".to_owned();
                return Err(NotConsulted::Wrong { message, help: "leave `--format` out".to_owned() });
            }
        };
        Ok(Consulted { media: self.form.media(), text, fails: false, standing: None })
    }
}

/// Shows a review with what belongs beside it to somebody.
pub(crate) fn with_report<T>(review: &Review, beside: &Beside, show: impl FnOnce(&Report<'_>) -> T) -> T {
    let plan = review.improvements(PLAN_MAX);
    let (taken, milestones) = (&beside.taken, &beside.milestones);
    let places = &BTreeMap::new();
    show(&Report { review, plan: &plan, taken, milestones, places, version: env!("CARGO_PKG_VERSION") })
}

/// The part that was asked for; nothing where that is all.
fn part(review: &Review, asked: &ReviewQuestion) -> Result<Option<Review>, NotConsulted> {
    let wrong =
        |missing: evenkeel_review::NotThere| NotConsulted::Wrong { message: missing.message, help: missing.help };
    let subject = asked.subject.as_deref().map(|name| evenkeel_review::subject(review, name)).transpose();
    let subject = subject.map_err(wrong)?;
    let whole = subject.as_ref().unwrap_or(review);
    let practice = asked.practice.as_deref().map(|name| evenkeel_review::practice(whole, name)).transpose();
    Ok(practice.map_err(wrong)?.or(subject))
}

fn standing(review: &Review) -> ReviewStanding {
    let counts = review.counts.each().filter(|(_, number)| *number > 0);
    ReviewStanding {
        seq: review.at.seq.0,
        head: review.at.head.to_string(),
        lens_hash: review.lens.hash.to_string(),
        window_end: review.at.to.to_string(),
        counts: counts.map(|(standing, number)| (standing.to_string(), number)).collect(),
    }
}
