//! Links that lead nowhere: of Markdown pages, of response plans, of alerts, and of obligations and standards.

use evenkeel_diagnostic::{Code, Diagnostic, Span};
use evenkeel_model::document::{Documents, FieldDocument, Text};
use evenkeel_model::{ProcedureIndex, codes, quoted};

use super::annotation::{alerts, is_template, named};
use super::suggestion::Suggestions;
use super::target::{Lead, Targets};
use crate::Repo;

/// Reports dead links, and those that lead out of the ops repo.
pub(crate) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let mut links = Links { targets: Targets::of(repo), suggestions: Suggestions::default(), diags };
    links.pages(repo);
    let index = ProcedureIndex::new(&repo.catalogue.procedures);
    for plan in &repo.documents.response_plans {
        let what = format!("the procedure of the response plan {}", quoted(&plan.name.value));
        links.extend(plan.spec.procedure.as_ref(), &what, &index, repo);
    }
    for (_, rule) in alerts(repo.documents) {
        let what = format!("the procedure of the alert {}", quoted(&rule.name.value));
        let paths = named(rule).filter(|text| index.find(&text.value, None).is_some() || is_path(&text.value));
        links.extend(paths, &what, &index, repo);
    }
    for (text, what) in sources(repo.documents) {
        let lead = links.targets.lead("", &text.value);
        links.report(&format!("{what}, {},", quoted(&text.value)), text.span, lead);
    }
}

/// Where what is demanded, or how something is done, is written.
pub(super) fn sources(documents: &Documents) -> impl Iterator<Item = (&Text, String)> {
    documents.registers.iter().filter_map(|entry| match entry.spec.fields.get("source")? {
        FieldDocument::Text(text) => {
            Some((text, format!("the source of the {} {}", entry.spec.kind.word(), quoted(&entry.name.value))))
        }
        FieldDocument::Whole(_)
        | FieldDocument::Flag(_)
        | FieldDocument::At(_)
        | FieldDocument::Lasts(_)
        | FieldDocument::Texts(_)
        | FieldDocument::Name(..)
        | FieldDocument::Names(..) => None,
    })
}

struct Links<'a, 'd> {
    targets: Targets<'a>,
    suggestions: Suggestions,
    diags: &'d mut Vec<Diagnostic>,
}

impl<'a> Links<'a, '_> {
    fn pages(&mut self, repo: &Repo<'a>) {
        for page in &repo.documents.pages {
            for link in &page.links {
                let lead = self.targets.lead(&page.path, &link.value);
                self.report(&format!("the link {}", quoted(&link.value)), link.span, lead);
            }
            for label in &page.undefined {
                let headline = format!("the page does not define the link label {}", quoted(&label.value));
                let diag = Diagnostic::finding(codes::DEAD_LINK, label.span, headline);
                let diag = diag.label("shown as text, brackets and all");
                self.diags.push(diag.help(format!("write `[{}]: …` with where it leads", label.value)));
            }
        }
    }

    /// Texts of documents that name a procedure: by its name, a path from the root, or one from the document's file.
    fn extend<'t>(
        &mut self,
        texts: impl IntoIterator<Item = &'t Text>,
        what: &str,
        index: &ProcedureIndex<'_>,
        repo: &Repo<'_>,
    ) {
        for text in texts {
            if text.value.contains("://")
                || is_template(&text.value)
                || index.find(&text.value, None).is_some_and(|found| *found.name == *text.value)
            {
                continue;
            }
            let lead = self.targets.lead("", &text.value);
            let file = repo.documents.files.get(&text.span.source);
            let beside = file.map(|file| self.targets.lead(file, &text.value));
            // Where both fail, what is said is about the path from the root, unless only the other leads to a page.
            let lead = match (lead, beside) {
                (Lead::Fine, _) | (_, Some(Lead::Fine)) => continue,
                (Lead::NoFile(_) | Lead::Outside, Some(anchor @ Lead::NoAnchor(..))) => anchor,
                (Lead::Outside, Some(beside)) => beside,
                (lead, _) => lead,
            };
            if matches!(lead, Lead::NoFile(_)) && !text.value.contains(['/', '.']) {
                self.no_procedure(text, what, repo);
                continue;
            }
            self.report(&format!("{what}, {},", quoted(&text.value)), text.span, lead);
        }
    }

    /// A name, and no path.
    fn no_procedure(&mut self, text: &Text, what: &str, repo: &Repo<'_>) {
        if !repo.is_whole() {
            return;
        }
        let headline = format!("{what}, {}, is neither a procedure nor a file", quoted(&text.value));
        let diag = Diagnostic::finding(codes::DEAD_LINK, text.span, headline);
        let known = repo.catalogue.procedures.keys().map(AsRef::as_ref);
        self.diags.push(match self.suggestions.name(known, &text.value) {
            Some(near) => diag.help(format!("did you mean {}?", quoted(near))),
            None => diag.help("write a procedure's name, a path in the ops repo, or an address"),
        });
    }

    fn report(&mut self, what: &str, span: Span, lead: Lead) {
        let finding = |code: Code, headline: String| Diagnostic::finding(code, span, headline);
        let diag = match lead {
            Lead::Fine => return,
            Lead::Nowhere => {
                let diag = finding(codes::DEAD_LINK, "the link leads nowhere: it has no destination".to_owned());
                diag.help("write where it leads between the parentheses, or make it text")
            }
            Lead::Outside => {
                let diag = finding(codes::LINK_OUTSIDE_REPO, format!("{what} leads out of the ops repo"));
                diag.help("put the file into the ops repo, or link to its address")
            }
            Lead::NoFile(path) => {
                let near = self.suggestions.path(self.targets.paths, &path);
                let diag = finding(codes::DEAD_LINK, format!("{what} leads to a file that is not there"));
                let diag = diag.label(format!("there is no {}", quoted(&path)));
                match near {
                    Some(near) => diag.help(format!("did you mean {}?", quoted(near))),
                    None if path.rsplit('/').next().is_some_and(|name| name.starts_with("www.")) => {
                        diag.help("an address begins with `https://`")
                    }
                    None => diag,
                }
            }
            Lead::NoFolder(path) => {
                let diag = finding(codes::DEAD_LINK, format!("{what} leads to a folder that is not there"));
                let diag = diag.label(format!("{} is a file", quoted(&path)));
                diag.help("remove the `/` at its end")
            }
            Lead::NoAnchor(page, anchor) => {
                let near = self.suggestions.anchor(self.targets.anchors_of(&page), &anchor);
                let diag = finding(codes::DEAD_LINK, format!("{what} leads to a heading that is not there"));
                let diag = diag.label(format!("{} has no {}", quoted(&page), quoted(&format!("#{anchor}"))));
                match near {
                    Some(near) => diag.help(format!("did you mean {}?", quoted(&format!("#{near}")))),
                    None => diag,
                }
            }
        };
        self.diags.push(diag);
    }
}

/// Whether an annotation's text is meant as a path: people also write whole sentences there, and names of wiki pages.
fn is_path(text: &str) -> bool {
    let (path, _) = evenkeel_model::split_link(text);
    let first = path.split('/').next().unwrap_or("");
    let host = path.contains('/') && first.contains('.') && !first.starts_with('.');
    let endings = [".md", ".markdown", ".adoc", ".rst", ".txt", ".html", ".pdf"];
    let file = endings.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain && !host && (file || path.starts_with("./") || path.starts_with("../"))
}
