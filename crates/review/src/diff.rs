//! What moved between two reviews, for people and for programs.

use std::collections::BTreeMap;

use evenkeel_lens::{Diff, Moved, SubjectKind};
use serde_json::{Value, json};

use crate::date::minute;
use crate::json::calm;
use crate::mark::Mark;
use crate::number::{counted, size};
use crate::printable::line;
use crate::text::{Pen, Style, Tone};
use crate::why::why;

/// Changes when a field goes or means something else; new fields do not change it.
const FORM: u32 = 1;
/// So many verdicts of each sort are shown.
const MOVED_MAX: usize = 15;

/// What got worse, what got better, what is judged newly or no more. The names are of the two states, such as those of
/// milestones; an empty one is told by its record.
#[must_use]
pub fn diff_text(diff: &Diff, names: [&str; 2], style: Style) -> String {
    let mut pen = Pen::new(style);
    let [before, after] = names;
    let named = |name: &str, at: &evenkeel_lens::At| {
        let state = format!("record {}, {}", at.seq, minute(at.to));
        if name.is_empty() { state } else { format!("{} ({state})", line(name)) }
    };
    pen.wrapped("", "  ", &format!("from {} to {}", named(before, &diff.before), named(after, &diff.after)));
    if let Some((old, new)) = &diff.lenses {
        let text = format!("the lens is another one: {} {}, then {} {}", old.name, old.hash, new.name, new.hash);
        pen.wrapped("", "  ", &line(&text));
    }
    if diff.moved.is_empty() {
        pen.raw("every verdict is what it was\n");
        return pen.done();
    }
    let of = |wanted: &dyn Fn(&Moved) -> bool| diff.moved.iter().filter(|moved| wanted(moved)).collect::<Vec<_>>();
    section("worse", Tone::Bad, &of(&|moved| moved.worse() == Some(true)), &mut pen);
    section("better", Tone::Good, &of(&|moved| moved.worse() == Some(false)), &mut pen);
    counted_section("judged now", &of(&|moved| moved.from.is_none()), &mut pen);
    counted_section("judged no more", &of(&|moved| moved.to.is_none()), &mut pen);
    pen.done()
}

fn section(title: &str, tone: Tone, moved: &[&Moved], pen: &mut Pen) {
    if moved.is_empty() {
        return;
    }
    let title = pen.toned(tone, title);
    let beside = pen.quiet(&counted(moved.len(), "verdict"));
    pen.raw(&format!("\n{title}  {beside}\n"));
    let shown = if pen.style().all { moved.len() } else { MOVED_MAX };
    for one in moved.iter().take(shown) {
        let further = if one.further { " (further)" } else { "" };
        let text = format!("{}{further}, {}: {}{}", line(&one.title), line(&one.subject), step(one), by(one));
        pen.wrapped("  ", "    ", &text);
        if let Some(reason) = &one.why {
            pen.wrapped("    ", "    ", &line(&why(reason)));
        }
    }
    if moved.len() > shown {
        let text = pen.quiet(&format!("and {} more; --all shows all", size(moved.len() - shown)));
        pen.raw(&format!("  {text}\n"));
    }
}

/// Of who is new, or gone, the verdicts are counted.
fn counted_section(title: &str, moved: &[&Moved], pen: &mut Pen) {
    if moved.is_empty() {
        return;
    }
    pen.section(title, &counted(moved.len(), "verdict"));
    let mut subjects: BTreeMap<(SubjectKind, &str), Vec<Mark>> = BTreeMap::new();
    for one in moved {
        let mark = one.to.or(one.from).map(Mark::of);
        subjects.entry((one.kind, &*one.subject)).or_default().extend(mark);
    }
    for ((kind, subject), marks) in subjects {
        let count = |mark: Mark| marks.iter().filter(|found| **found == mark).count();
        let parts = Mark::ALL.into_iter().rev().filter(|mark| count(*mark) > 0);
        let parts: Vec<String> = parts.map(|mark| format!("{} {}", size(count(mark)), mark.word())).collect();
        pen.wrapped("  ", "    ", &format!("{} ({kind}): {}", line(subject), parts.join(", ")));
    }
}

/// `practised -> stale`
pub(crate) fn step(moved: &Moved) -> String {
    let word = |standing| Mark::of(standing).word();
    match (moved.from, moved.to) {
        (Some(from), Some(to)) => format!("{} -> {}", word(from), word(to)),
        (None, Some(to)) => word(to).to_owned(),
        (Some(from), None) => format!("was {}", word(from)),
        (None, None) => String::new(),
    }
}

/// Which records moved it.
fn by(moved: &Moved) -> String {
    if moved.records.is_empty() {
        return "; no new record moved it".to_owned();
    }
    let records: Vec<String> = moved.records.iter().map(ToString::to_string).collect();
    format!("; by {}", records.join(" "))
}

/// The same as one object.
#[must_use]
pub fn diff_json(diff: &Diff) -> String {
    calm(&value(diff))
}

pub(crate) fn value(diff: &Diff) -> Value {
    let at = |at: &evenkeel_lens::At| {
        json!({
            "plan": at.plan.to_string(),
            "record": at.seq.0,
            "head": at.head.to_string(),
            "to": at.to.to_string(),
        })
    };
    let lens = |lens: &evenkeel_lens::LensIdentity| json!({ "name": lens.name, "title": lens.title, "hash": lens.hash.to_string() });
    json!({
        "form": FORM,
        "before": at(&diff.before),
        "after": at(&diff.after),
        "lenses": diff.lenses.as_ref().map(|(old, new)| json!({ "before": lens(old), "after": lens(new) })),
        "moved": diff.moved.iter().map(moved_value).collect::<Vec<_>>(),
    })
}

fn moved_value(moved: &Moved) -> Value {
    json!({
        "practice": moved.practice,
        "title": moved.title,
        "further": moved.further,
        "kind": moved.kind.as_str(),
        "subject": moved.subject,
        "owner": moved.owner.as_ref().map(ToString::to_string),
        "from": moved.from.map(|standing| Mark::of(standing).word()),
        "to": moved.to.map(|standing| Mark::of(standing).word()),
        "worse": moved.worse(),
        "records": moved.records.iter().map(|seq| seq.0).collect::<Vec<_>>(),
        "why": moved.why.as_ref().map(ToString::to_string),
    })
}
