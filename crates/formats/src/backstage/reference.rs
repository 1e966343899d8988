//! References to entities: `[kind:][namespace/]name`, the rest filled in as the field has it.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::EntityReference;
use evenkeel_model::{EntityRef, codes, quoted};

use super::lenient::Lenient;
use crate::fields::Cx;

/// Reads references out of the fields of one entity.
#[derive(Debug)]
pub(super) struct References<'a> {
    /// The namespace of the entity itself.
    pub(super) namespace: &'a str,
}

impl References<'_> {
    /// A field with one reference. `kind` is what it means when it says none; empty: it has to say one.
    pub(super) fn one(
        &self,
        fields: &mut Lenient<'_>,
        name: &'static str,
        kind: &str,
        cx: &mut Cx,
    ) -> Option<EntityReference> {
        let text = fields.text(name, cx)?;
        self.read(text, kind, cx)
    }

    /// A field with a list of references.
    pub(super) fn many(
        &self,
        fields: &mut Lenient<'_>,
        name: &'static str,
        kind: &str,
        cx: &mut Cx,
    ) -> Vec<EntityReference> {
        let texts = fields.texts(name, cx);
        texts.into_iter().filter_map(|text| self.read(text, kind, cx)).collect()
    }

    fn read(&self, text: Spanned<&str>, kind: &str, cx: &mut Cx) -> Option<EntityReference> {
        // What the scaffolder fills in is no reference yet.
        if text.value.contains("{{") {
            return None;
        }
        let Some(read) = EntityRef::parse(text.value, kind, self.namespace) else {
            let headline = format!("{} is no reference to an entity", quoted(text.value));
            let help = "write `[kind:][namespace/]name`, such as `group:default/payments`";
            cx.push(Diagnostic::finding(codes::INVALID_ENTITY, text.span, headline).help(help));
            return None;
        };
        if read.kind.is_empty() {
            let headline = format!("{} does not say of which kind it is", quoted(text.value));
            let help = format!(
                "write `component:{0}` or `resource:{0}`; here Backstage takes no kind for granted",
                text.value
            );
            cx.push(Diagnostic::finding(codes::INVALID_ENTITY, text.span, headline).help(help));
        }
        Some(Spanned::new(read, text.span))
    }
}
