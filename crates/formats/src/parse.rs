//! One file's text as documents.

use evenkeel_diagnostic::{Diagnostic, SourceId, Span};
use evenkeel_model::document::Documents;

use crate::fields::Cx;
use crate::shape::trap;
use crate::yaml::{self, Node};
use crate::{alertmanager, backstage, calendar, document, foreign, openslo, practice, procedure, prometheus, sloth};

/// What the files read so far say.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Their documents.
    pub documents: Documents,
    /// Faults found while reading.
    pub diagnostics: Vec<Diagnostic>,
    /// Places of everything that is, or may be, secret: passwords, tokens, the addresses of webhooks and heartbeats,
    /// and values that nothing here reads.
    pub secrets: Vec<Span>,
}

/// Of one file no more faults than these are listed.
const DIAGNOSTICS_MAX: usize = 200;

impl Parsed {
    /// Reads one file's text. `path` is relative to the ops repo; its ending says what the file is.
    pub fn read(&mut self, source: SourceId, path: &str, text: &str) {
        let mut cx = Cx::default();
        self.documents.files.insert(source, path.into());
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => {
                let known = self.documents.lens.len();
                procedure::page(source, path, text, &mut self.documents, &mut cx);
                if self.documents.lens.len() > known {
                    cx.diags.iter_mut().for_each(practice::never_blocks);
                }
            }
            Some("ics") => calendar::calendar(source, path, text, &mut self.documents, &mut cx),
            Some(_) | None => self.yaml(source, path, text, &mut cx),
        }
        self.diagnostics.extend(capped(cx.diags));
        self.secrets.extend(cx.secrets);
    }

    fn yaml(&mut self, source: SourceId, path: &str, text: &str, cx: &mut Cx) {
        if !foreign::may_be_prometheus(path, text) {
            return;
        }
        let Some(nodes) = yaml::parse(source, text, &mut cx.diags) else {
            foreign::explain_template(text, cx);
            self.documents.incomplete |= !foreign::is_skeleton(text, cx);
            return;
        };
        let form = cx.diags.split_off(0);
        let whose: Vec<_> = nodes.iter().map(|node| (node, self.document(node, path, text, cx))).collect();
        let of_others = whose.iter().filter(|(_, whose)| *whose != Whose::Read).map(|(node, _)| node.span);
        let of_others: Vec<_> = of_others.collect();
        // How others write their own files is theirs to judge.
        cx.diags.extend(form.into_iter().filter(|diag| !of_others.iter().any(|span| lies_in(diag, *span))));
        // Of several the others are of the same sort, and one word about a file is enough.
        if let Some((first, _)) = whose.iter().find(|(_, whose)| *whose == Whose::Nobodys) {
            foreign::unknown(first, cx);
        }
    }

    /// Notes a file that could not even be read as text. Where that blocks, it may say what is missing elsewhere.
    pub fn unreadable(&mut self, diag: Diagnostic) {
        self.documents.incomplete |= diag.blocks();
        self.diagnostics.push(diag);
    }

    /// Reads a document if it is one that is read.
    fn document(&mut self, node: &Node, path: &str, text: &str, cx: &mut Cx) -> Whose {
        if document::is_ours(node) {
            let before = cx.diags.len();
            document::document(node, text, &mut self.documents, cx);
            trap::report(text, cx);
            self.documents.incomplete |= cx.diags.iter().skip(before).any(Diagnostic::blocks);
        } else if alertmanager::is_config(node) {
            self.documents.alertmanager.extend(alertmanager::config(node, cx));
        } else if prometheus::is_ours(node) {
            prometheus::document(node, path, text, &mut self.documents, cx);
        } else if backstage::is_ours(node) {
            backstage::entity(node, &mut self.documents, cx);
        } else if openslo::is_ours(node) {
            openslo::document(node, path, text, &mut self.documents, cx);
        } else if sloth::is_ours(node) {
            sloth::document(node, path, text, &mut self.documents, cx);
        } else {
            cx.blank(node);
            return if foreign::is_foreign(node) { Whose::Others } else { Whose::Nobodys };
        }
        Whose::Read
    }
}

/// Whose a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// It is read.
    Read,
    /// It says that it is somebody else's.
    Others,
    /// Nobody can tell.
    Nobodys,
}

/// Whether what is wrong lies in a document.
fn lies_in(diag: &Diagnostic, document: Span) -> bool {
    let place = diag.primary.span;
    document.start <= place.start && place.end <= document.end
}

/// Keeps the first faults, errors before findings, so that a flood stays readable and never hides that it blocks.
fn capped(mut diags: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diags.len() > DIAGNOSTICS_MAX {
        diags.sort_by_key(|diag| diag.severity);
        diags.truncate(DIAGNOSTICS_MAX);
    }
    diags
}
