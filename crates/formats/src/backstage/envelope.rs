//! `metadata`, which every entity has.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{EntityDocument, EntityKind, Text};
use evenkeel_model::{DEFAULT_NAMESPACE, EntityRef, codes, quoted};

use super::lenient::Lenient;
use crate::fields::Cx;

/// Longer names are refused by Backstage.
const NAME_BYTES_MAX: usize = 63;
/// The tier of a workload, as a label or an annotation.
const TIER: &str = "evenkeel.dev/tier";
/// The escalation policy of a group, as an annotation or a label.
const ESCALATION: &str = "evenkeel.dev/escalation";
/// From what the organisation lives from to what it can do without for days.
const TIERS: std::ops::RangeInclusive<u8> = 1..=4;

/// Reads it; `None` when there is no name. `spec` is filled in later.
pub(super) fn metadata(mut fields: Lenient<'_>, kind: EntityKind, cx: &mut Cx) -> Option<EntityDocument> {
    let name = fields.text("name", cx)?;
    let namespace = fields.text("namespace", cx);
    checked(name, namespace, cx);
    let labels: Vec<(Text, Text)> = owned(fields.pairs("labels", cx));
    let annotations: Vec<(Text, Text)> = owned(fields.pairs("annotations", cx));
    let said = |key: &str| {
        let pair = annotations.iter().chain(&labels).find(|(name, _)| *name.value == *key);
        pair.map(|(_, value)| value.clone())
    };
    let (tier, escalation) = (said(TIER), said(ESCALATION));
    let links = fields.list("links", cx).iter().filter_map(|node| link(node, cx)).collect();
    let space = namespace.map_or(DEFAULT_NAMESPACE, |namespace| namespace.value);
    let entity = EntityDocument {
        kind,
        id: EntityRef::new(kind.as_str(), space, name.value),
        span: name.span,
        name: name.map(Box::from),
        namespace: namespace.map(|namespace| namespace.map(Box::from)),
        title: fields.text("title", cx).map(|title| title.map(Box::from)),
        description: fields.text("description", cx).map(|text| text.map(Box::from)),
        labels,
        annotations,
        tags: fields.texts("tags", cx).into_iter().map(|tag| tag.map(Box::from)).collect(),
        links,
        sort: None,
        lifecycle: None,
        owner: None,
        part_of: Vec::new(),
        depends_on: Vec::new(),
        dependency_of: Vec::new(),
        provides: Vec::new(),
        members: Vec::new(),
        children: Vec::new(),
        display_name: None,
        email: None,
        elsewhere: Vec::new(),
        tier: tier.and_then(|tier| self::tier(&tier, cx)),
        escalation: escalation.map(|policy| policy.map(Into::into)),
    };
    fields.leave(cx);
    Some(entity)
}

fn owned(pairs: Vec<(&Spanned<String>, Spanned<&str>)>) -> Vec<(Text, Text)> {
    let text = |key: &Spanned<String>| Spanned::new(key.value.as_str().into(), key.span);
    pairs.into_iter().map(|(key, value)| (text(key), value.map(Box::from))).collect()
}

fn link(node: &crate::yaml::Node, cx: &mut Cx) -> Option<Text> {
    let mut fields = Lenient::of(node, "link")?;
    let url = fields.text("url", cx).map(|url| url.map(Box::from));
    fields.skip(&["title", "icon", "type"]);
    fields.leave(cx);
    url
}

fn tier(written: &Text, cx: &mut Cx) -> Option<Spanned<u8>> {
    let tier = written.value.parse().ok().filter(|tier| TIERS.contains(tier));
    if tier.is_none() {
        let headline = format!("{} is no tier", quoted(&written.value));
        let diag = Diagnostic::finding(codes::INVALID_ENTITY, written.span, headline);
        cx.push(
            diag.help("write `\"1\"` for what the organisation lives from, up to `\"4\"` for what it can do without"),
        );
    }
    tier.map(|tier| Spanned::new(tier, written.span))
}

/// Reports names that Backstage refuses.
fn checked(name: Spanned<&str>, namespace: Option<Spanned<&str>>, cx: &mut Cx) {
    if !is_name(name.value) {
        let headline = format!("{} is no name that Backstage takes", quoted(name.value));
        let help = "names are made of letters, digits, `-`, `_` and `.`, up to 63, with a letter or digit at both ends";
        cx.push(Diagnostic::finding(codes::INVALID_ENTITY, name.span, headline).help(help));
    }
    if let Some(wrong) = namespace.filter(|namespace| !is_namespace(namespace.value)) {
        let headline = format!("{} is no namespace that Backstage takes", quoted(wrong.value));
        let help = "namespaces are made of lower-case letters, digits and `-`, up to 63, with none of `-` at an end";
        cx.push(Diagnostic::finding(codes::INVALID_ENTITY, wrong.span, headline).help(help));
    }
}

/// Source: Backstage, `catalog-model`, `KubernetesValidatorFunctions.isValidObjectName`.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric();
    text.len() <= NAME_BYTES_MAX
        && text.starts_with(plain)
        && text.ends_with(plain)
        && text.chars().all(|c| plain(c) || matches!(c, '-' | '_' | '.'))
}

/// Source: Backstage, `catalog-model`, `CommonValidatorFunctions.isValidDnsLabel`.
fn is_namespace(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= NAME_BYTES_MAX
        && text.starts_with(plain)
        && text.ends_with(plain)
        && text.chars().all(|c| plain(c) || c == '-')
}
