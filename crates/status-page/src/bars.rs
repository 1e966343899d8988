//! The last days of a component as a row of bars, with the same in words.
//!
//! Nearly all bars of all components are alike, so one picture of good days is drawn once, and each component adds what is
//! otherwise: a bar of another height and colour, with its day in words.

use std::fmt::Write as _;

use crate::board::Component;
use crate::outages::Day;
use crate::words::{date, length, share};
use crate::{Condition, Day as Bar};

/// Units: of the picture, a day.
const STEP: usize = 4;
const BAR: usize = 3;
const HEIGHT: usize = 28;
/// So many days with trouble are said one by one where the picture is not seen.
const SPELLED_MAX: usize = 5;

/// One component's row.
#[derive(Debug, Clone)]
pub(crate) struct Bars {
    /// SVG elements that lie over the picture of good days. Ours, but for nothing that is written.
    pub(crate) over: String,
    /// The same in words.
    pub(crate) words: String,
    /// How wide the picture is.
    pub(crate) width: usize,
}

/// The picture of `count` good days: one path.
pub(crate) fn good_days(count: u32) -> String {
    let mut path = String::new();
    for n in 0..usize::try_from(count).unwrap_or(0) {
        path.push_str(&shape(n, 4));
    }
    path
}

/// How wide the picture of so many days is.
pub(crate) fn width(count: u32) -> usize {
    (usize::try_from(count).unwrap_or(0) * STEP).saturating_sub(STEP - BAR)
}

/// The row of a component.
pub(crate) fn bars(component: &Component) -> Bars {
    let mut over = String::new();
    unknown(&component.days, &mut over);
    let trouble = |condition| {
        let days = component.days.iter().enumerate();
        days.filter(move |(_, day)| {
            day.worst.is_some_and(|worst| worst != Condition::Operational && condition == worst)
        })
    };
    let all: String = Condition::ALL.into_iter().flat_map(trouble).map(|(n, _)| shape(n, 0)).collect();
    if !all.is_empty() {
        let _ = write!(over, "<path class=\"clear\" d=\"{all}\"/>");
    }
    for condition in Condition::ALL {
        let mut days = trouble(condition).peekable();
        if days.peek().is_some() {
            let _ = write!(over, "<g class=\"{}\">", condition.as_str());
            days.for_each(|(n, day)| bar(n, day, condition, &mut over));
            over.push_str("</g>");
        }
    }
    let count = u32::try_from(component.days.len()).unwrap_or(u32::MAX);
    Bars { over, words: words(component), width: width(count) }
}

/// One bar, from so far below the top.
fn shape(n: usize, top: usize) -> String {
    format!("M{} {top}h{BAR}v{}h-{BAR}z", n * STEP, HEIGHT - top)
}

/// Nothing is known of the first days: they are covered, all at once.
fn unknown(days: &[Bar], over: &mut String) {
    let count = days.iter().take_while(|day| day.worst.is_none()).count();
    if count > 0 {
        let _ = write!(
            over,
            "<rect class=\"unknown\" width=\"{}\" height=\"{HEIGHT}\"><title>not known</title></rect>",
            count * STEP - (STEP - BAR)
        );
    }
}

/// Worse is higher as well as redder.
fn bar(n: usize, day: &Day, worst: Condition, over: &mut String) {
    let top = match worst {
        Condition::MajorOutage => 0,
        Condition::PartialOutage => 2,
        Condition::Degraded | Condition::Maintenance | Condition::Operational => 4,
    };
    let _ = write!(over, "<path d=\"{}\"><title>{}</title></path>", shape(n, top), said(day, worst));
}

/// `2026-11-20: partial outage, 42 min down`
fn said(day: &Day, worst: Condition) -> String {
    let mut text = format!("{}: {}", date(day.start), worst.word().to_lowercase());
    if day.down_for.0 > 0 {
        let _ = write!(text, ", {} down", length(day.down_for));
    }
    text
}

fn words(component: &Component) -> String {
    let days = component.days.len();
    let known = component.days.iter().filter(|day| day.worst.is_some()).count();
    let mut text = match component.up_ppm {
        Some(ppm) if known == days => format!("Last {days} days: {} up", share(ppm)),
        Some(ppm) => format!("Last {days} days, of which {known} are known: {} up", share(ppm)),
        None => format!("Last {days} days: nothing is known"),
    };
    let trouble: Vec<(&Day, Condition)> = component
        .days
        .iter()
        .rev()
        .filter_map(|day| Some((day, day.worst.filter(|worst| *worst != Condition::Operational)?)))
        .collect();
    for (day, worst) in trouble.iter().take(SPELLED_MAX) {
        let _ = write!(text, "; {}", said(day, *worst));
    }
    if trouble.len() > SPELLED_MAX {
        let _ = write!(text, "; and {} more days with trouble", trouble.len() - SPELLED_MAX);
    }
    text
}
