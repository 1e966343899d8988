//! One practice: what it is, how it is judged, and the verdict for each subject with its evidence.

use std::cmp::Reverse;
use std::sync::Arc;

use askama::Template;
use evenkeel_lens::{Judged, PracticeReview, SubjectKind};
use evenkeel_review::{Mark, Report, SYMBOLS, Stretch, counted, day, found, length, line, prose, why};

use crate::incident_named::{Named, TITLE_MAX, cut};
use crate::markdown::{Markdown, Within};
use crate::review::words::{AsOf, Bar, Verdict, attest, query, refs, shown, subject, take_up};
use crate::workloads_pager::{Pager, stretch};
use crate::{Asked, Frame, Place, Section, Shown};

/// So many subjects on a page.
const PER_PAGE: usize = 15;
const RECORDS_MAX: usize = 5;
/// A statement is shown so far. Units: characters.
const STATEMENT_MAX: usize = 300;

#[derive(Debug, Template)]
#[template(path = "review_practice.html", whitespace = "minimize")]
struct OnePractice {
    frame: Frame,
    as_of: AsOf,
    symbols: &'static str,
    title: String,
    key: String,
    aliases: String,
    question: Named,
    whom: String,
    window: String,
    sample: String,
    risk: &'static str,
    further: bool,
    attestation: Vec<Stretch>,
    prose: Markdown,
    bar: Bar,
    verdicts: Vec<(Verdict, u64, String, bool)>,
    rows: Vec<Row>,
    pager: Pager,
}

/// The verdict for one subject.
#[derive(Debug)]
struct Row {
    subject: Named,
    tier: String,
    verdict: Verdict,
    found: String,
    last: String,
    fresh: String,
    why: String,
    records: Vec<Named>,
    statement: String,
    next: Vec<Stretch>,
    taken: Option<String>,
    take_up: Option<String>,
    attest: Option<String>,
}

pub(crate) fn frame(asked: &Asked<'_>) -> Frame {
    asked.frame(Section::Review, format!("Practice {}", cut(asked.place.named("key"), TITLE_MAX)))
}

pub(crate) fn show(frame: Frame, place: &Place, report: &Report<'_>) -> Shown {
    let (review, key) = (report.review, place.named("key"));
    let Some(of) = review.practice(key) else {
        return Shown::not_there(
            format!("No practice is called `{}`.", shown(key)),
            "The lens may have changed; the review lists the practices that are judged.",
        );
    };
    let wanted = place.last("verdict").unwrap_or_default();
    let tiers = review.subjects.tiers(of.subject_kind);
    let verdicts = of.verdicts.iter().zip(tiers).enumerate();
    // The worst first, then what most hangs on.
    let order: Vec<(Reverse<Mark>, u8, usize)> = verdicts
        .map(|(at, (judged, tier))| (Reverse(Mark::judged(judged)), tier, at))
        .filter(|(mark, ..)| wanted.is_empty() || mark.0.slug() == wanted)
        .collect();
    let (range, pager) = Pager::of(place, order.len(), PER_PAGE);
    let rows = stretch(order, range)
        .into_iter()
        .filter_map(|(_, tier, at)| of.verdicts.get(at).map(|judged| row(&frame, report, of, judged, tier)));
    let rows = rows.collect();
    let question = review.questions.iter().find(|one| one.id == of.question);
    let title = question.map_or(&*of.question, |question| &question.title);
    Shown::page(OnePractice {
        as_of: AsOf::of(&frame, review),
        symbols: SYMBOLS,
        title: shown(&of.title),
        key: shown(&of.key),
        aliases: shown(&of.aliases.iter().map(|alias| &**alias).collect::<Vec<_>>().join(", ")),
        question: Named {
            name: shown(&format!("{} {title}", of.question)),
            href: Some(format!(
                "{}review/matrix{}",
                frame.root,
                query(&[("kind", of.subject_kind.as_str()), ("question", &of.question)])
            )),
        },
        whom: of.subject_kind.to_string(),
        window: length(of.window),
        sample: counted(usize::try_from(of.sample).unwrap_or(usize::MAX), "occasion"),
        risk: of.risk.as_str(),
        further: of.further,
        attestation: of.attestation.as_deref().map(|text| prose(&cut(&line(text), STATEMENT_MAX))).unwrap_or_default(),
        prose: Markdown {
            text: Arc::clone(&of.prose),
            title: of.title.to_string(),
            root: frame.root.clone(),
            within: Within::Alone,
        },
        bar: Bar::of(&of.counts),
        verdicts: verdicts_of(place, of, wanted),
        rows,
        pager,
        frame,
    })
}

/// Each verdict that there is, with how many have it and the way to those alone.
fn verdicts_of(place: &Place, of: &PracticeReview, wanted: &str) -> Vec<(Verdict, u64, String, bool)> {
    let all = evenkeel_review::tally(&of.counts).into_iter().rev();
    all.map(|(mark, count)| {
        let here = mark.slug() == wanted;
        (Verdict::of(mark), count, place.with("verdict", if here { "" } else { mark.slug() }), here)
    })
    .collect()
}

fn row(frame: &Frame, report: &Report<'_>, of: &PracticeReview, judged: &Judged, tier: u8) -> Row {
    let taken = report.taken(&of.key, &judged.subject);
    let owner = report.review.subjects.owner(of.subject_kind, &judged.subject);
    let owner = owner.map_or_else(String::new, |owner| owner.to_string());
    let open = frame.may_respond && taken.is_none() && !judged.verdict.settled();
    let step = judged.next.as_deref().unwrap_or(&of.title);
    Row {
        subject: subject(frame, of.subject_kind, &judged.subject),
        tier: if of.subject_kind == SubjectKind::Organization { String::new() } else { format!("tier {tier}") },
        verdict: Verdict::judged(judged),
        found: found(judged.good, judged.total),
        last: judged.last_at.map_or_else(String::new, day),
        fresh: judged.fresh_until.map_or_else(String::new, day),
        why: cut(&line(&why(&judged.why)), STATEMENT_MAX),
        records: refs(frame, &judged.refs, RECORDS_MAX),
        statement: statement(judged),
        next: judged.next.as_deref().map(|next| prose(&shown(next))).unwrap_or_default(),
        taken: taken.map(|taken| format!("taken up by {} as {}", shown(&taken.owner.to_string()), taken.id)),
        take_up: open.then(|| take_up(frame, report, &of.key, &judged.subject, &owner, &shown(step))),
        attest: (frame.may_respond && of.attestation.is_some() && judged.attested.is_none())
            .then(|| attest(frame, &of.key, &judged.subject)),
    }
}

fn statement(judged: &Judged) -> String {
    let Some(attested) = judged.attested.as_deref() else { return String::new() };
    let said = attested.statement.as_deref();
    let said = said.map_or_else(
        || "a statement that was erased".to_owned(),
        |text| format!("“{}”", cut(&line(text), STATEMENT_MAX)),
    );
    format!("{said} signed by {} until {}", shown(&attested.person), day(attested.expires_at))
}
