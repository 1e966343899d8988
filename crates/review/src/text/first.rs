//! What matters first: what is contradicted, by tier; then what is stale; then what is unknown and of high risk.

use super::pen::{Pen, risk_word};
use crate::Report;
use crate::groups::{First, Group, Member};
use crate::mark::Mark;
use crate::number::{counted, found, size};
use crate::printable::line;
use crate::why::why;

/// So many practices are shown of each verdict, and so many subjects of each practice.
struct Most {
    practices: usize,
    subjects: usize,
}

const CONTRADICTED: Most = Most { practices: 10, subjects: 5 };
const STALE: Most = Most { practices: 6, subjects: 3 };
const UNKNOWN: usize = 8;

pub(super) fn draw(report: &Report<'_>, pen: &mut Pen) {
    let First { contradicted, stale, unknown } = First::of(report.review);
    detailed(report, &contradicted, Mark::Contradicted, &CONTRADICTED, pen);
    detailed(report, &stale, Mark::Stale, &STALE, pen);
    brief(report, &unknown, pen);
}

/// With the reason and the records of each subject.
fn detailed(report: &Report<'_>, groups: &[Group<'_>], mark: Mark, most: &Most, pen: &mut Pen) {
    if groups.is_empty() {
        return;
    }
    heading(groups, mark, "", pen);
    let all = pen.style().all;
    let shown = if all { groups.len() } else { most.practices };
    for group in groups.iter().take(shown) {
        practice(group, pen);
        let members = if all { group.members.len() } else { most.subjects };
        for member in group.members.iter().take(members) {
            subject(report, group, *member, pen);
        }
        rest(group.members.len().saturating_sub(members), "subject", "    ", pen);
        if let Some(next) = group.next() {
            pen.wrapped("    next: ", "      ", &line(next));
        }
    }
    rest(groups.len().saturating_sub(shown), "practice", "  ", pen);
}

fn heading(groups: &[Group<'_>], mark: Mark, of: &str, pen: &mut Pen) {
    let verdicts: usize = groups.iter().map(|group| group.members.len()).sum();
    let title = pen.mark(mark);
    let beside = format!("{} of {}{of}", counted(verdicts, "verdict"), counted(groups.len(), "practice"));
    let beside = pen.quiet(&beside);
    pen.raw(&format!("\n{title}  {beside}\n"));
}

fn practice(group: &Group<'_>, pen: &mut Pen) {
    let practice = group.practice;
    let further = if practice.further { ", further" } else { "" };
    let title = pen.heading(&line(&practice.title));
    let beside = pen.quiet(&format!("{}, {}{further}", line(&practice.key), risk_word(practice.risk)));
    pen.raw(&format!("  {title}  {beside}\n"));
}

fn subject(report: &Report<'_>, group: &Group<'_>, member: Member<'_>, pen: &mut Pen) {
    let Member { judged, tier } = member;
    let records: Vec<String> = judged.refs.iter().take(5).map(ToString::to_string).collect();
    let records = if records.is_empty() { String::new() } else { format!("; {}", records.join(" ")) };
    let taken = report.taken(&group.practice.key, &judged.subject);
    let taken = taken.map_or_else(String::new, |taken| format!("; taken up by {} as {}", taken.owner, taken.id));
    let text = format!("{} (tier {tier}): {}{records}{taken}", line(&judged.subject), line(&why(&judged.why)));
    pen.wrapped("    ", "      ", &text);
}

/// One line a practice: who, and how much there is.
fn brief(report: &Report<'_>, groups: &[Group<'_>], pen: &mut Pen) {
    if groups.is_empty() {
        return;
    }
    heading(groups, Mark::Unknown, " of high risk", pen);
    let shown = if pen.style().all { groups.len() } else { UNKNOWN };
    for group in groups.iter().take(shown) {
        let names: Vec<String> = group.members.iter().map(|member| member_found(*member)).collect();
        let most = if pen.style().all { names.len() } else { 4 };
        let names = crate::plan::listed(names.iter().map(String::as_str), most);
        let taken =
            group.members.iter().filter(|member| report.taken(&group.practice.key, &member.judged.subject).is_some());
        let taken = match taken.count() {
            0 => String::new(),
            count => format!("; {} taken up", size(count)),
        };
        pen.wrapped("  ", "    ", &format!("{}: {names}{taken}", line(&group.practice.title)));
    }
    rest(groups.len().saturating_sub(shown), "practice", "  ", pen);
}

fn member_found(member: Member<'_>) -> String {
    let judged = member.judged;
    let name = line(&judged.subject);
    let found = found(judged.good, judged.total);
    if found.is_empty() { name } else { format!("{name} ({found})") }
}

fn rest(more: usize, word: &str, indent: &str, pen: &mut Pen) {
    if more > 0 {
        let text = pen.quiet(&format!("and {}; --all shows all", counted(more, &format!("more {word}"))));
        pen.raw(&format!("{indent}{text}\n"));
    }
}
