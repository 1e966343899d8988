//! What is said about addresses at which nothing is, or of which nobody knows.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::{codes, quoted};

use crate::Answer;
use crate::address::{asked, shown};

/// Of an address that stands in many places no more are shown than these.
const PLACES_MAX: usize = 3;

/// One finding for each address that is dead or silent, at the first place where it stands.
#[must_use]
pub fn findings(addresses: &[Spanned<Box<str>>], answers: &BTreeMap<Box<str>, Answer>) -> Vec<Diagnostic> {
    let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for address in addresses {
        places.entry(asked(&address.value)).or_default().push(address.span);
    }
    let found = places.into_iter().filter_map(|(address, spans)| finding(address, &spans, answers.get(address)?));
    let mut found: Vec<Diagnostic> = found.collect();
    found.sort_by_key(|diag| (diag.primary.span.source, diag.primary.span.start));
    found
}

fn finding(address: &str, places: &[Span], answer: &Answer) -> Option<Diagnostic> {
    let (first, others) = places.split_first()?;
    let shown = quoted(&shown(address));
    let diag = match answer {
        Answer::Fine | Answer::NotAsked(_) => return None,
        Answer::Dead(status) => {
            let diag = Diagnostic::finding(codes::DEAD_ADDRESS, *first, format!("nothing is at {shown} any more"));
            let diag = diag.label(format!("status {status}"));
            diag.help("link to where it went, or write down here what it said")
        }
        Answer::Unreachable(why) => {
            let headline = format!("whether anything is at {shown} could not be found out");
            Diagnostic::finding(codes::UNREACHABLE_ADDRESS, *first, headline).label(why.clone())
        }
    };
    let also = others.iter().take(PLACES_MAX);
    Some(also.fold(diag, |diag, place| diag.related(*place, "here as well")))
}
