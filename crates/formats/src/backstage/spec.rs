//! `spec`, by kind.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::{EntityDocument, EntityKind, Text};
use evenkeel_model::{Secret, codes, quoted};

use super::lenient::Lenient;
use super::reference::References;
use crate::fields::Cx;

/// Reads it into the entity.
pub(super) fn entity(
    mut entity: EntityDocument,
    fields: Option<Lenient<'_>>,
    span: Span,
    cx: &mut Cx,
) -> EntityDocument {
    entity.span = span;
    let required = required(entity.kind);
    let missing: Vec<&str> =
        required.iter().copied().filter(|name| fields.as_ref().is_none_or(|fields| !fields.has(name))).collect();
    let Some(mut fields) = fields else {
        lacks(&entity, &missing, cx);
        return entity;
    };
    let namespace = entity.id.namespace.clone();
    let to = References { namespace: &namespace };
    entity.sort = owned(fields.text("type", cx));
    entity.lifecycle = owned(fields.text("lifecycle", cx));
    entity.owner = to.one(&mut fields, "owner", "group", cx);
    match entity.kind {
        EntityKind::Component | EntityKind::Resource | EntityKind::Api | EntityKind::System | EntityKind::Domain => {
            operated(&mut entity, &mut fields, &to, cx);
        }
        EntityKind::Group => {
            entity.part_of.extend(to.one(&mut fields, "parent", "group", cx));
            entity.children = to.many(&mut fields, "children", "group", cx);
            entity.members = to.many(&mut fields, "members", "user", cx);
            profile(&mut entity, &mut fields, cx);
        }
        EntityKind::User => {
            entity.members = to.many(&mut fields, "memberOf", "group", cx);
            profile(&mut entity, &mut fields, cx);
        }
        EntityKind::Location => entity.elsewhere = elsewhere(&mut fields, cx),
    }
    lacks(&entity, &missing, cx);
    fields.leave(cx);
    entity
}

fn operated(entity: &mut EntityDocument, fields: &mut Lenient<'_>, to: &References<'_>, cx: &mut Cx) {
    for (name, kind) in
        [("subcomponentOf", "component"), ("system", "system"), ("domain", "domain"), ("subdomainOf", "domain")]
    {
        entity.part_of.extend(to.one(fields, name, kind, cx));
    }
    entity.depends_on = to.many(fields, "dependsOn", "", cx);
    entity.depends_on.extend(to.many(fields, "consumesApis", "api", cx));
    entity.dependency_of = to.many(fields, "dependencyOf", "", cx);
    entity.provides = to.many(fields, "providesApis", "api", cx);
}

/// Who somebody is and where they are reached is personal.
fn profile(entity: &mut EntityDocument, fields: &mut Lenient<'_>, cx: &mut Cx) {
    let Some(mut profile) = fields.mapping("profile", cx) else { return };
    entity.display_name = profile.secret("displayName", cx).map(|name| Secret::new(name.value));
    entity.email = profile.secret("email", cx).map(|address| address.map(Secret::new));
    profile.leave(cx);
}

/// Targets that are addresses: what is there is not in the ops repo.
fn elsewhere(fields: &mut Lenient<'_>, cx: &mut Cx) -> Vec<Text> {
    let one = fields.text("target", cx);
    let many = fields.texts("targets", cx);
    let targets = one.into_iter().chain(many).filter(|target| target.value.contains("://"));
    targets.map(|target| target.map(Box::from)).collect()
}

fn owned(text: Option<Spanned<&str>>) -> Option<Text> {
    text.map(|text| text.map(Box::from))
}

/// What Backstage's schema demands, of what is read here.
const fn required(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Component | EntityKind::Api => &["type", "lifecycle", "owner"],
        EntityKind::Resource => &["type", "owner"],
        EntityKind::System | EntityKind::Domain => &["owner"],
        EntityKind::Group => &["type", "children"],
        EntityKind::User | EntityKind::Location => &[],
    }
}

fn lacks(entity: &EntityDocument, missing: &[&str], cx: &mut Cx) {
    if missing.is_empty() {
        return;
    }
    let fields = missing.iter().map(|name| format!("`spec.{name}`")).collect::<Vec<_>>().join(" and ");
    let (kind, name) = (entity.kind.word(), quoted(&entity.name.value));
    let headline = format!("the {kind} {name} lacks {fields}, which Backstage requires");
    let help = if missing.contains(&"owner") {
        "write `owner:` with the group that answers for it, such as `group:default/payments`"
    } else {
        "Backstage leaves an entity without them out of its catalogue"
    };
    cx.push(Diagnostic::finding(codes::INVALID_ENTITY, entity.name.span, headline).help(help));
}
