//! What stands between two lines of `---` at the beginning of a Markdown file.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, SourceId, Spanned};
use evenkeel_labels::LabelSet;
use evenkeel_model::document::{Declared, Name, ParameterDocument, Reference, RegisterDocument};
use evenkeel_model::{ProcedureKind, RegisterKind, codes, quoted};

use super::parameter::parameters;
use crate::document::names;
use crate::document::register::knowledge::knowledge;
use crate::fields::{Cx, Fields, nearest};
use crate::practice::{self, LensFront};
use crate::yaml::{self, Node};

/// Front matter that is ours.
#[derive(Debug)]
pub(super) enum Front {
    /// Of a runbook or playbook.
    Procedure(Head),
    /// Of a page of knowledge; `None` when it has no name.
    Knowledge(Option<Declared<RegisterDocument>>),
    /// Of a lens or one of its practices.
    Lens(LensFront),
}

/// The front matter of a runbook or playbook.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) kind: ProcedureKind,
    pub(super) name: Option<Name>,
    pub(super) owner: Option<Reference>,
    pub(super) workload: Option<Name>,
    pub(super) labels: LabelSet,
    pub(super) parameters: Vec<ParameterDocument>,
}

/// The kinds of ours.
const KINDS: [(&str, ProcedureKind); 2] = [("Playbook", ProcedureKind::Playbook), ("Runbook", ProcedureKind::Runbook)];

/// A page that somebody keeps true.
const KNOWLEDGE: &str = RegisterKind::Knowledge.as_str();

/// Reads the front matter, if it is ours, and says where the page itself begins.
pub(super) fn front_matter(source: SourceId, text: &str, cx: &mut Cx) -> (Option<Front>, usize) {
    let Some((end, begin)) = borders(text) else { return (None, 0) };
    let written = text.get(..end).unwrap_or("");
    // Of other tools' front matter nothing is said, not even when it is no YAML.
    let kind_line = written.lines().find_map(|line| line.strip_prefix("kind:"));
    let Some(kind_line) = kind_line else { return (None, begin) };
    let mut diags = Vec::new();
    let nodes = yaml::parse(source, written, &mut diags);
    let node = nodes.as_ref().and_then(|nodes| nodes.first());
    let meant = kind_line.split('#').next().unwrap_or("").trim().trim_matches(['"', '\'']);
    let lens = practice::kind(meant);
    let kind = kind(meant);
    if let Some(lens) = lens {
        cx.diags.extend(diags);
        return (node.map(|node| Front::Lens(practice::front_matter(lens, node, source, cx))), begin);
    }
    if kind.is_none() && meant != KNOWLEDGE {
        misspelt(node, cx);
        return (None, begin);
    }
    let unread = diags.iter().any(Diagnostic::blocks);
    cx.diags.extend(diags);
    let front = match (kind, node) {
        (Some(kind), Some(node)) => Some(Front::Procedure(head(node, kind, cx))),
        (Some(kind), None) => unread.then(|| Front::Procedure(nameless(kind))),
        (None, Some(node)) => Some(Front::Knowledge(knowledge(node, cx))),
        (None, None) => unread.then_some(Front::Knowledge(None)),
    };
    (front, begin)
}

/// Where the front matter ends, and where the page begins; `None` when there is none.
fn borders(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = if number == 0 { line.trim_start_matches('\u{feff}') } else { line }.trim_end();
        match (number, bare) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---" | "...") => return Some((at, at + line.len())),
            (_, _) => {}
        }
        at += line.len();
    }
    None
}

fn kind(text: &str) -> Option<ProcedureKind> {
    KINDS.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
}

/// A kind that is nearly one of ours would silently make no procedure.
fn misspelt(node: Option<&Node>, cx: &mut Cx) {
    let named = |node: &&Node| node.get("name").is_some() || node.get("key").is_some();
    let Some(written) = node.filter(named).and_then(|node| node.get("kind")) else { return };
    let Some(text) = written.as_text() else { return };
    let names = KINDS.map(|(name, _)| name).into_iter().chain([KNOWLEDGE]).chain(practice::KINDS);
    let same = names.clone().find(|name| name.eq_ignore_ascii_case(text));
    if let Some(near) = same.or_else(|| nearest(text, names)) {
        let what = match near {
            KNOWLEDGE => "nobody is asked to keep the page true",
            near if practice::KINDS.contains(&near) => "no lens reads the page",
            _ => "the page is no procedure",
        };
        let headline = format!("no kind is called {}, so {what}", quoted(text));
        let diag = Diagnostic::finding(codes::UNKNOWN_KIND, written.span, headline);
        cx.push(diag.help(format!("did you mean `{near}`?")));
    }
}

fn nameless(kind: ProcedureKind) -> Head {
    let labels = LabelSet::default();
    Head { kind, name: None, owner: None, workload: None, labels, parameters: Vec::new() }
}

fn head(node: &Node, kind: ProcedureKind, cx: &mut Cx) -> Head {
    let (what, whose) = match kind {
        ProcedureKind::Runbook => ("the front matter of a runbook", "a runbook"),
        ProcedureKind::Playbook => ("the front matter of a playbook", "a playbook"),
    };
    let Some(mut fields) = Fields::of(node, what, cx) else { return nameless(kind) };
    fields.node("kind");
    let name = names::own_name(&mut fields, whose, cx);
    let owner = fields.text("owner", cx).map(|owner| owner.map(Box::from));
    let workload = fields.text("workload", cx).map(|name| name.map(Arc::from));
    let labels = LabelSet::new(fields.pairs("labels", cx).iter().map(|(key, value)| (key.value.as_str(), value.value)));
    let parameters = parameters(&mut fields, cx);
    fields.finish(cx);
    Head {
        kind,
        name: name.map(|Spanned { value, span }| Spanned::new(value, span)),
        owner,
        workload,
        labels,
        parameters,
    }
}
