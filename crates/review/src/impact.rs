//! What a changed lens would do to the verdicts of what is operated, for people and for programs.

use evenkeel_lens::{Impact, Moved};
use serde_json::{Value, json};

use crate::diff::{step, value};
use crate::json::calm;
use crate::number::{counted, size};
use crate::printable::line;
use crate::text::{Pen, Style, Tone};
use crate::why::why;

/// So many subjects are shown.
const SUBJECTS_MAX: usize = 25;

/// Who would be judged otherwise, with owner: what most hangs on first.
#[must_use]
pub fn impact_text(impact: &Impact, style: Style) -> String {
    let mut pen = Pen::new(style);
    lens(impact, &mut pen);
    let subjects = subjects(&impact.diff.moved);
    if subjects.is_empty() {
        pen.wrapped("", "  ", &format!("none of {} would be judged otherwise", counted(impact.subjects, "subject")));
        return pen.done();
    }
    let worse = impact.diff.moved.iter().filter(|moved| moved.worse() == Some(true)).count();
    let text = format!(
        "{} of {} would have {} that {} another one; {} worse",
        size(subjects.len()),
        counted(impact.subjects, "subject"),
        counted(impact.diff.moved.len(), "verdict"),
        if impact.diff.moved.len() == 1 { "is" } else { "are" },
        size(worse)
    );
    pen.wrapped("", "  ", &text);
    let shown = if pen.style().all { subjects.len() } else { SUBJECTS_MAX };
    for moved in subjects.iter().take(shown) {
        subject(moved, &mut pen);
    }
    if subjects.len() > shown {
        let text = pen.quiet(&format!("and {} more; --all shows all", size(subjects.len() - shown)));
        pen.raw(&format!("\n{text}\n"));
    }
    pen.done()
}

fn lens(impact: &Impact, pen: &mut Pen) {
    let parts = [("judged otherwise", &impact.changed), ("added", &impact.added), ("removed", &impact.removed)];
    if parts.iter().all(|(_, keys)| keys.is_empty()) {
        pen.raw("the lens judges as before\n");
    }
    for (what, keys) in parts.into_iter().filter(|(_, keys)| !keys.is_empty()) {
        let keys: Vec<String> = keys.iter().map(|key| line(key)).collect();
        pen.wrapped("", "  ", &format!("practices {what}: {}", keys.join(", ")));
    }
}

/// What moved, subject by subject, in the order given.
fn subjects(moved: &[Moved]) -> Vec<&[Moved]> {
    moved.chunk_by(|a, b| a.kind == b.kind && a.subject == b.subject).collect()
}

fn subject(moved: &[Moved], pen: &mut Pen) {
    let Some(first) = moved.first() else { return };
    let name = pen.heading(&line(&first.subject));
    let owner = first.owner.as_ref().map_or_else(|| "nobody named".to_owned(), ToString::to_string);
    let owner = pen.quiet(&format!("{}, {}", first.kind, line(&owner)));
    pen.raw(&format!("\n{name}  {owner}\n"));
    for one in moved {
        let tone = match one.worse() {
            Some(true) => Tone::Bad,
            Some(false) => Tone::Good,
            None => Tone::Plain,
        };
        let title = line(&one.title);
        let further = if one.further { " (further)" } else { "" };
        let step = pen.toned(tone, &step(one));
        pen.raw(&format!("  {title}{further}: {step}\n"));
        if let Some(reason) = &one.why {
            pen.wrapped("    ", "    ", &line(&why(reason)));
        }
    }
}

/// The same as one object.
#[must_use]
pub fn impact_json(impact: &Impact) -> String {
    let mut whole = value(&impact.diff);
    let about = [
        ("added", json!(impact.added)),
        ("removed", json!(impact.removed)),
        ("changed", json!(impact.changed)),
        ("subjects", Value::from(impact.subjects)),
    ];
    if let Some(fields) = whole.as_object_mut() {
        fields.extend(about.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    calm(&whole)
}
