//! What matters first: what is contradicted, by tier; then what is stale; then what is unknown and of high risk.

use evenkeel_lens::SubjectKind;

use super::pen::{Pen, risk_word};
use crate::Report;
use crate::date::day;
use crate::groups::{First, Group, Member, groups};
use crate::mark::Mark;
use crate::number::{counted, size};
use crate::plan::listed;
use crate::printable::line;
use crate::why::why;

/// So many practices are shown of each verdict, and so many subjects of each practice.
const FULL_MAX: usize = 10;
const BRIEF_MAX: usize = 8;
const PRACTISED_MAX: usize = 10;
const SUBJECTS_MAX: usize = 5;
/// So many records of each subject.
const RECORDS_MAX: usize = 5;

pub(super) fn draw(report: &Report<'_>, pen: &mut Pen) {
    let First { contradicted, stale, unknown } = First::of(report.review);
    full(report, &contradicted, pen);
    brief(report, &stale, Mark::Stale, "", pen);
    brief(report, &unknown, Mark::Unknown, " of high risk", pen);
}

/// What is well, in short; who sees all sees it elsewhere.
pub(super) fn draw_practised(report: &Report<'_>, pen: &mut Pen) {
    if pen.style().all {
        return;
    }
    for mark in [Mark::Practised, Mark::Reported] {
        let groups = groups(report.review, mark);
        heading(&groups, mark, "", pen);
        for group in groups.iter().take(PRACTISED_MAX) {
            let names: Vec<String> = group.members.iter().map(|member| line(&member.judged.subject)).collect();
            let names = listed(names.iter().map(String::as_str), 3);
            pen.wrapped("  ", "    ", &format!("{}{}: {names}", line(&group.practice.title), further(group)));
        }
        rest(groups.len().saturating_sub(PRACTISED_MAX), "practice", "  ", pen);
    }
}

fn further(group: &Group<'_>) -> &'static str {
    if group.practice.further { " (further)" } else { "" }
}

/// With the reason and the records of each subject, and what to do.
fn full(report: &Report<'_>, groups: &[Group<'_>], pen: &mut Pen) {
    heading(groups, Mark::Contradicted, "", pen);
    let all = pen.style().all;
    let shown = if all { groups.len() } else { FULL_MAX };
    for group in groups.iter().take(shown) {
        practice(group, pen);
        let members = if all { group.members.len() } else { SUBJECTS_MAX };
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
    if groups.is_empty() {
        return;
    }
    let verdicts: usize = groups.iter().map(|group| group.members.len()).sum();
    let title = pen.mark(mark);
    let beside = format!("{} on {}{of}", counted(verdicts, "verdict"), counted(groups.len(), "practice"));
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
    let tier = match group.practice.subject_kind {
        SubjectKind::Organization => String::new(),
        SubjectKind::Workload | SubjectKind::Team => format!(" (tier {tier})"),
    };
    let records: Vec<String> = judged.refs.iter().take(RECORDS_MAX).map(ToString::to_string).collect();
    let records = if records.is_empty() { String::new() } else { format!("; {}", records.join(" ")) };
    let taken = report.taken(&group.practice.key, &judged.subject);
    let taken = taken.map_or_else(String::new, |taken| format!("; taken up by {} as {}", taken.owner, taken.id));
    let text = format!("{}{tier}: {}{records}{taken}", line(&judged.subject), line(&why(&judged.why)));
    pen.wrapped("    ", "      ", &text);
}

/// One line a practice: who, and when last.
fn brief(report: &Report<'_>, groups: &[Group<'_>], mark: Mark, of: &str, pen: &mut Pen) {
    heading(groups, mark, of, pen);
    let shown = if pen.style().all { groups.len() } else { BRIEF_MAX };
    for group in groups.iter().take(shown) {
        let names: Vec<String> = group.members.iter().map(|member| member_last(*member)).collect();
        let most = if pen.style().all { names.len() } else { SUBJECTS_MAX };
        let names = listed(names.iter().map(String::as_str), most);
        let taken = |member: &&Member<'_>| report.taken(&group.practice.key, &member.judged.subject).is_some();
        let taken = match group.members.iter().filter(taken).count() {
            0 => String::new(),
            count => format!("; {} taken up", size(count)),
        };
        pen.wrapped("  ", "    ", &format!("{}{}: {names}{taken}", line(&group.practice.title), further(group)));
    }
    rest(groups.len().saturating_sub(shown), "practice", "  ", pen);
}

fn member_last(member: Member<'_>) -> String {
    let name = line(&member.judged.subject);
    member.judged.last_at.map_or_else(|| name.clone(), |at| format!("{name} ({})", day(at)))
}

fn rest(more: usize, word: &str, indent: &str, pen: &mut Pen) {
    if more > 0 {
        let text = pen.quiet(&format!("and {}; --all shows all", counted(more, &format!("more {word}"))));
        pen.raw(&format!("{indent}{text}\n"));
    }
}
