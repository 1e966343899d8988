//! A review in Markdown, for a change's conversation or a wiki.
//!
//! It is kept well below what forges take in one comment: lists are cut, and the tables of all practices have a line each.

mod escape;

use std::fmt::Write as _;

use crate::Report;
use crate::date::day;
use crate::groups::{First, Group};
use crate::mark::{Mark, tally_words};
use crate::number::{counted, found, grouped, percent, size};
use crate::plan::{listed, steps};
use crate::prose::prose;
use crate::summary::{Summary, capital, provenance};
use crate::why::why;
use escape::{code, escaped, escaped_within};

/// So many practices are shown of each verdict, subjects of each practice, and steps of the plan.
const PRACTICES_MAX: usize = 15;
const SUBJECTS_MAX: usize = 5;
const STEPS_MAX: usize = 15;

impl Report<'_> {
    /// The review as GitHub's Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        self.md_head(&mut out);
        self.md_first(&mut out);
        self.md_questions(&mut out);
        self.md_plan(&mut out);
        self.md_trend(&mut out);
        self.md_practices(&mut out);
        self.md_foot(&mut out);
        out
    }

    fn md_head(&self, out: &mut String) {
        let summary = Summary::of(self.review);
        let _ = writeln!(out, "# {}\n", escaped(&summary.title));
        let _ = writeln!(out, "{}. {}; {}.\n", capital(&summary.window), summary.practices, summary.subjects);
        let _ = writeln!(out, "{}\n", summary.sentences.join(" "));
        let all = self.review.counts.total();
        if all == 0 {
            return;
        }
        out.push_str("| Verdict | Count | Share | Means |\n|---|--:|--:|---|\n");
        for mark in Mark::ALL {
            let count = mark.count(&self.review.counts);
            let share = percent(count, all);
            let _ = writeln!(out, "| {} | {} | {share} | {} |", mark.word(), grouped(count), mark.meaning());
        }
        out.push('\n');
    }

    fn md_first(&self, out: &mut String) {
        let First { contradicted, stale, unknown } = First::of(self.review);
        md_groups(out, "Contradicted", &contradicted);
        md_groups(out, "Stale", &stale);
        md_groups(out, "Unknown, of high risk", &unknown);
    }

    fn md_questions(&self, out: &mut String) {
        if self.review.questions.is_empty() {
            return;
        }
        out.push_str("## Risk by question\n\n");
        out.push_str("| Risk | Question | Practised | Contradicted | Stale | Unknown |\n|---|---|--:|--:|--:|--:|\n");
        for question in &self.review.questions {
            let counts = &question.risk.counts;
            let risk = question.risk.risk.as_str();
            let risk = match (counts.total(), risk) {
                (0, _) => "-",
                (_, "high") => "**high**",
                (_, risk) => risk,
            };
            let _ = writeln!(
                out,
                "| {risk} | {} {} | {} of {} | {} | {} | {} |",
                escaped(&question.id),
                escaped(&question.title),
                grouped(counts.practised + counts.practised_reported),
                grouped(counts.total()),
                grouped(counts.contradicted),
                grouped(counts.stale),
                grouped(counts.unknown + counts.no_mechanism)
            );
        }
        out.push('\n');
    }

    fn md_plan(&self, out: &mut String) {
        let steps = steps(self);
        if steps.is_empty() {
            return;
        }
        out.push_str("## What to do next\n\n");
        for (step, number) in steps.iter().take(STEPS_MAX).zip(1..) {
            let names: Vec<String> =
                step.subjects.iter().map(|subject| escaped(&subject.improvement.subject)).collect();
            let owners: Vec<String> = step.owners().iter().map(|owner| escaped(owner)).collect();
            let _ = write!(
                out,
                "{number}. {}\\\n   {}, {}: {} (tier {}); {}",
                sentence(step.what()),
                escaped(&step.first.title),
                step.mark.word(),
                listed(names.iter().map(String::as_str), SUBJECTS_MAX),
                step.first.tier,
                listed(owners.iter().map(String::as_str), 3)
            );
            let taken = step.subjects.iter().filter_map(|subject| subject.taken).map(|taken| taken.id.to_string());
            let taken: Vec<String> = taken.collect();
            if !taken.is_empty() {
                let _ = write!(out, "; taken up as {}", listed(taken.iter().map(String::as_str), 3));
            }
            out.push('\n');
        }
        more(out, steps.len().saturating_sub(STEPS_MAX), "step");
        out.push('\n');
    }

    fn md_trend(&self, out: &mut String) {
        if self.milestones.is_empty() {
            return;
        }
        let marks = [
            Mark::Practised,
            Mark::Reported,
            Mark::Attested,
            Mark::Declared,
            Mark::Unknown,
            Mark::Stale,
            Mark::Contradicted,
        ];
        let heads: String = marks.iter().map(|mark| format!(" {} |", mark.word())).collect();
        let _ = writeln!(
            out,
            "## How it was before\n\n| Milestone | Day |{heads}\n|---|---|{}",
            "--:|".repeat(marks.len())
        );
        let now = (escaped("now"), self.review.at.to, &self.review.counts);
        let before = self.milestones.iter().map(|known| (escaped(&known.name), known.to, &known.counts));
        for (name, to, counts) in before.chain([now]) {
            let cells: String = marks.iter().map(|mark| format!(" {} |", grouped(mark.count(counts)))).collect();
            let _ = writeln!(out, "| {name} | {} |{cells}", day(to));
        }
        out.push('\n');
    }

    fn md_practices(&self, out: &mut String) {
        for (title, further) in [("All practices that count", false), ("Further practices", true)] {
            let practices: Vec<_> =
                self.review.practices.iter().filter(|practice| practice.further == further).collect();
            if practices.is_empty() {
                continue;
            }
            let _ =
                writeln!(out, "<details><summary>{title}</summary>\n\n| Practice | Key | Verdicts |\n|---|---|---|");
            for practice in practices {
                let verdicts = tally_words(&practice.counts);
                let _ = writeln!(out, "| {} | {} | {verdicts} |", escaped(&practice.title), code(&practice.key));
            }
            out.push_str("\n</details>\n\n");
        }
    }

    fn md_foot(&self, out: &mut String) {
        let facts = provenance(self.review, self.version).into_iter();
        let facts: Vec<String> = facts.map(|(what, which)| format!("{what} {}", escaped(&which))).collect();
        let _ = writeln!(out, "<sub>{}</sub>", facts.join("; "));
    }
}

fn md_groups(out: &mut String, title: &str, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {title}\n");
    for group in groups.iter().take(PRACTICES_MAX) {
        let further = if group.practice.further { ", further" } else { "" };
        let title = escaped(&group.practice.title);
        let _ = writeln!(out, "- **{title}** ({}, {} risk{further})", code(&group.practice.key), group.practice.risk);
        for member in group.members.iter().take(SUBJECTS_MAX) {
            let judged = member.judged;
            let records: Vec<String> = judged.refs.iter().take(5).map(|seq| code(&seq.to_string())).collect();
            let mut beside = vec![format!("tier {}", member.tier), found(judged.good, judged.total)];
            beside.retain(|part| !part.is_empty());
            let _ =
                write!(out, "  - {} ({}): {}", escaped(&judged.subject), beside.join(", "), escaped(&why(&judged.why)));
            let records = if records.is_empty() { String::new() } else { format!("; {}", records.join(" ")) };
            let _ = writeln!(out, "{records}");
        }
        match group.members.len().saturating_sub(SUBJECTS_MAX) {
            0 => {}
            more => {
                let _ = writeln!(out, "  - and {}", counted(more, "more subject"));
            }
        }
        if let Some(next) = group.next() {
            let _ = writeln!(out, "  - next: {}", sentence(next));
        }
    }
    more(out, groups.len().saturating_sub(PRACTICES_MAX), "practice");
    out.push('\n');
}

/// A sentence of a lens, with its code.
fn sentence(text: &str) -> String {
    let stretches = prose(text).into_iter();
    stretches.map(|stretch| if stretch.code { code(&stretch.text) } else { escaped_within(&stretch.text) }).collect()
}

fn more(out: &mut String, count: usize, word: &str) {
    if count > 0 {
        let plural = if count == 1 { "" } else { "s" };
        let _ = writeln!(out, "\nand {} more {word}{plural}", size(count));
    }
}
