//! The page of a lens.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{LensDocument, QuestionDocument};
use evenkeel_model::{codes, quoted};

use super::word::word;
use crate::practice::{Area, Question};

/// The questions whose words are known, each id once.
pub(super) fn questions(document: &LensDocument, diags: &mut Vec<Diagnostic>) -> Vec<Question> {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    let mut questions = Vec::with_capacity(document.questions.len());
    for question in &document.questions {
        if let Some(first) = known.insert(&question.id.value, question.id.span) {
            let headline = format!("two questions are called {}", quoted(&question.id.value));
            let diag = Diagnostic::error(codes::INVALID_PRACTICE, question.id.span, headline);
            diags.push(diag.related(first, "first here").help("give one of the two another `id`"));
            continue;
        }
        questions.extend(resolved(question, diags));
    }
    questions
}

fn resolved(question: &QuestionDocument, diags: &mut Vec<Diagnostic>) -> Option<Question> {
    let areas = Area::ALL.map(|area| (area.as_str(), area));
    let area = question.area.as_ref().and_then(|area| word(area, "area", &areas, diags));
    let title = question.title.as_ref().unwrap_or(&question.id);
    Some(Question { id: Arc::from(&*question.id.value), title: Arc::from(&*title.value), area: area? })
}
