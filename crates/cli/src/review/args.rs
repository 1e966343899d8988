//! The arguments of `evenkeel review …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use evenkeel_ids::{DocumentRef, ImprovementId};
use evenkeel_review::FailOn;

use crate::check::Moment;
use crate::client::improvement_id;
use crate::place::Place;

/// `evenkeel review`
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// What else to do.
    #[command(subcommand)]
    pub verb: Option<ReviewVerb>,
    /// What is judged.
    #[command(flatten)]
    pub judged: Judged,
    /// Where the record is.
    #[command(flatten)]
    pub place: Place,
    /// How it is shown.
    #[command(flatten)]
    pub look: Look,
}

/// What is judged, and what of it is shown.
#[derive(Debug, Clone, Args)]
pub struct Judged {
    /// The ops repo, to show where subjects are declared; what counts is the plan on record
    #[arg(long, value_name = "DIR")]
    pub ops: Option<PathBuf>,
    /// Judge by the practices in this folder, not by those that come with the program
    #[arg(long, value_name = "DIR")]
    pub lens: Option<PathBuf>,
    /// Judge as of this time, by what was on record then: RFC 3339, or a date for midnight UTC
    #[arg(long, value_name = "TIME")]
    pub at: Option<Moment>,
    /// Keep where the review stands under this name, to compare with it later
    #[arg(long, value_name = "NAME", conflicts_with_all = ["at", "lens", "practice", "subject"])]
    pub milestone: Option<String>,
    /// Only this practice, with the facts: its key, or one of its numbers such as `aws:OPS10-BP04`
    #[arg(long, value_name = "PRACTICE")]
    pub practice: Option<String>,
    /// Only this workload or team, by its name; or `organization`
    #[arg(long, value_name = "SUBJECT")]
    pub subject: Option<String>,
    /// What makes it fail, with exit code 1: `contradicted`, `stale`, `unknown`, `high-risk`; several with commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
}

impl Judged {
    /// The first option that only a review itself takes.
    pub(super) fn first_set(&self) -> Option<&'static str> {
        let Self { ops, lens, at, milestone, practice, subject, fail_on } = self;
        let set = [
            ("--ops", ops.is_some()),
            ("--lens", lens.is_some()),
            ("--at", at.is_some()),
            ("--milestone", milestone.is_some()),
            ("--practice", practice.is_some()),
            ("--subject", subject.is_some()),
            ("--fail-on", !fail_on.is_empty()),
        ];
        set.into_iter().find(|(_, set)| *set).map(|(name, _)| name)
    }
}

/// How it is shown.
#[derive(Debug, Clone, Args)]
pub struct Look {
    /// How to print
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text, global = true, help_heading = "Output")]
    pub format: ReviewFormat,
    /// Show everything, also what is well and what is alike
    #[arg(long, global = true, help_heading = "Output")]
    pub all: bool,
    /// So many columns of text
    #[arg(long, value_name = "N", default_value_t = 100, global = true, help_heading = "Output")]
    pub width: usize,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For people
    Text,
    /// One JSON object; `docs/schema/review.schema.json` says its form
    Json,
    /// Markdown, for the conversation about a change, or a wiki
    Markdown,
    /// SARIF 2.1.0, for code review
    Sarif,
    /// One HTML file, to look at, to print, to send on
    Html,
}

impl ReviewFormat {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
            Self::Html => "html",
        }
    }
}

/// What to do with reviews, besides making one.
#[derive(Debug, Subcommand)]
pub enum ReviewVerb {
    /// Say what moved between two milestones, and which records moved it
    Diff(DiffArgs),
    /// Say whose verdicts would be others under a changed lens, with the owner
    Impact(ImpactArgs),
    /// Take an improvement up; it closes when the practice's own query passes
    Take(TakeArgs),
    /// Give an improvement up
    Drop(DropArgs),
    /// List improvements that somebody has taken up
    Taken(TakenArgs),
}

/// `evenkeel review diff`
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The milestone to compare with
    #[arg(value_name = "A")]
    pub before: String,
    /// The later milestone, or `now`
    #[arg(value_name = "B", default_value = "now")]
    pub after: String,
}

/// `evenkeel review impact`
#[derive(Debug, Args)]
pub struct ImpactArgs {
    /// The folder with the changed practices
    #[arg(long, value_name = "DIR")]
    pub lens: PathBuf,
    /// The folder with the practices as they were; by default those that come with the program
    #[arg(long, value_name = "DIR")]
    pub before: Option<PathBuf>,
}

/// `evenkeel review take`
#[derive(Debug, Args)]
pub struct TakeArgs {
    /// The practice: its key, or one of its numbers such as `aws:OPS10-BP04`
    #[arg(value_name = "PRACTICE")]
    pub practice: String,
    /// Of which workload or team, by its name; or `organization`
    #[arg(long, value_name = "SUBJECT")]
    pub subject: String,
    /// Who does it, as `team:payments` or `person:ada`; by default who owns the subject
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<DocumentRef>,
    /// What is done; by default the smallest next step that the practice gives
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
}

/// `evenkeel review drop`
#[derive(Debug, Args)]
pub struct DropArgs {
    /// Which, as `9` or `improvement:9`
    #[arg(value_name = "IMPROVEMENT", value_parser = improvement_id)]
    pub improvement: ImprovementId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `evenkeel review taken`
#[derive(Debug, Args)]
pub struct TakenArgs {
    /// Of this practice only
    #[arg(long, value_name = "PRACTICE")]
    pub practice: Option<String>,
}
