//! Markdown: runbooks, playbooks, and pages beside them.
//!
//! Every file is a page, with its anchors and links. One whose front matter says `kind: Runbook` or `kind: Playbook` is a
//! procedure too, and ours: what is wrong in it is an error. All other front matter belongs to somebody else's tool.

mod address;
mod anchor;
mod expectation;
mod front_matter;
mod html;
mod info;
mod markdown;
mod nesting;
mod parameter;
mod place;
mod secret;
mod step;
mod template;
#[cfg(test)]
mod tests;

use evenkeel_diagnostic::{Diagnostic, SourceId, Span};
use evenkeel_model::codes;
use evenkeel_model::document::{Documents, PageDocument, ProcedureDocument};

use crate::document::register::knowledge::with_page;
use crate::fields::Cx;
use front_matter::{Front, Head};
use markdown::Outline;

pub(crate) use markdown::Block;

/// Reads one Markdown file.
pub(crate) fn page(source: SourceId, path: &str, text: &str, out: &mut Documents, cx: &mut Cx) {
    let before = cx.diags.len();
    let (front, begin) = front_matter::front_matter(source, text, cx);
    let with_blocks = matches!(front, Some(Front::Procedure(_) | Front::Lens(_)));
    let start = Span { source, start: 0, end: 0 };
    let deep = nesting::too_deep(source, text, begin);
    let outline = match deep {
        Some(_) => Outline::default(),
        None => markdown::outline(source, text, begin, with_blocks),
    };
    let whole = deep.is_none();
    if let Some(place) = deep {
        let headline = "quotes or lists are nested more than 100 deep, so the page is not read";
        cx.push(match front {
            Some(_) => Diagnostic::error(codes::TOO_DEEP, place, headline),
            None => Diagnostic::finding(codes::TOO_DEEP, place, headline),
        });
    }
    // What a lens says is no part of the plan.
    let in_plan = matches!(front, Some(Front::Procedure(_) | Front::Knowledge(_)));
    match front {
        Some(Front::Procedure(head)) => {
            out.procedures.extend(whole.then(|| procedure(path, text, begin, head, &outline, cx)).flatten());
        }
        Some(Front::Knowledge(page)) => {
            out.registers.extend(page.map(|page| with_page(page, path, outline.title.clone())));
        }
        Some(Front::Lens(mut front)) => {
            front.take_page(path, text, begin, &outline.blocks, !whole || cx.diags.len() > before);
            front.keep(&mut out.lens);
        }
        None => {}
    }
    if in_plan {
        out.incomplete |= cx.diags.iter().skip(before).any(Diagnostic::blocks);
    }
    secret::blank(&outline.links, cx);
    let Outline { anchors, links, undefined, .. } = outline;
    out.pages.push(PageDocument { path: path.into(), span: start, anchors, links, undefined, whole });
}

fn procedure(
    path: &str,
    text: &str,
    begin: usize,
    head: Head,
    outline: &Outline,
    cx: &mut Cx,
) -> Option<ProcedureDocument> {
    let steps = step::steps(&outline.blocks, cx);
    template::check(&head.parameters, &steps, text.get(begin..).unwrap_or(""), cx);
    Some(ProcedureDocument {
        path: path.into(),
        kind: head.kind,
        name: head.name?,
        owner: head.owner,
        workload: head.workload,
        labels: head.labels,
        title: outline.title.clone(),
        parameters: head.parameters,
        steps,
        text: text.get(begin..).unwrap_or("").trim().into(),
    })
}
