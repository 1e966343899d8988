//! Whatever stands in an entity, it is never an error, and no address gets out.

use evenkeel_diagnostic::{Diagnostic, SourceId};

use crate::{Parsed, redact};

/// Each field that is read once, with a value that is as it should be.
const FIELDS: [(&str, &str, &str); 30] = [
    ("", "apiVersion", "backstage.io/v1alpha1"),
    ("", "kind", "KIND"),
    ("metadata", "name", "orders"),
    ("metadata", "namespace", "shop"),
    ("metadata", "title", "Orders"),
    ("metadata", "description", "Takes orders"),
    ("metadata", "labels", "{ a: b, evenkeel.dev/tier: '1' }"),
    ("metadata", "annotations", "{ a: b, evenkeel.dev/escalation: night }"),
    ("metadata", "tags", "[go]"),
    ("metadata", "links", "[{ url: 'https://example.com', title: a }]"),
    ("spec", "type", "service"),
    ("spec", "lifecycle", "production"),
    ("spec", "owner", "payments"),
    ("spec", "system", "shop"),
    ("spec", "domain", "commerce"),
    ("spec", "subdomainOf", "commerce"),
    ("spec", "subcomponentOf", "shop"),
    ("spec", "dependsOn", "['component:a']"),
    ("spec", "dependencyOf", "['component:b']"),
    ("spec", "providesApis", "[a]"),
    ("spec", "consumesApis", "[b]"),
    ("spec", "parent", "all"),
    ("spec", "children", "[]"),
    ("spec", "members", "[ada]"),
    ("spec", "memberOf", "[payments]"),
    ("spec", "target", "./a.yaml"),
    ("spec", "targets", "['https://example.com/a.yaml']"),
    ("spec", "definition", "{ $text: ./a.yaml }"),
    ("spec", "profile", "{ displayName: Ada, email: PRIVATE@example.com, picture: 'https://PRIVATE' }"),
    ("spec", "presence", "{ x: PRIVATE }"),
];
/// What may stand in place of any of them.
const ODD: [&str; 14] = [
    "~",
    "''",
    "7",
    "true",
    "1.5",
    "[]",
    "{}",
    "[PRIVATE, [PRIVATE], {a: PRIVATE}, ~, 3]",
    "{ a: { b: PRIVATE }, c: [PRIVATE] }",
    "{ $text: PRIVATE }",
    "'a:b:c/d/e'",
    "':'",
    "'${{ values.x }}'",
    "'größe und 👍'",
];

fn entity(kind: &str, changed: usize, value: &str) -> String {
    let mut text = String::new();
    let mut place = "";
    for (number, (within, name, good)) in FIELDS.into_iter().enumerate() {
        if within != place {
            text.push_str(&format!("{within}:\n"));
            place = within;
        }
        let indent = if within.is_empty() { "" } else { "  " };
        let value = if number == changed { value } else { good };
        text.push_str(&format!("{indent}{name}: {}\n", value.replace("KIND", kind)));
    }
    text
}

fn read(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    parsed.read(SourceId(0), "catalog-info.yaml", text);
    parsed
}

#[test]
fn nothing_in_an_entity_is_an_error_and_nothing_private_gets_out() {
    let mut findings = 0;
    for kind in
        ["Component", "System", "Domain", "API", "Resource", "Group", "User", "Location", "Template", "component"]
    {
        // The API version decides whether it is an entity at all.
        for changed in 1..FIELDS.len() {
            for odd in ODD {
                let text = entity(kind, changed, odd);
                let parsed = read(&text);
                assert!(!parsed.diagnostics.iter().any(Diagnostic::blocks), "{:?}\n{text}", parsed.diagnostics);
                assert!(!parsed.documents.incomplete);
                findings += parsed.diagnostics.len();
                let shown = parsed.diagnostics.iter().all(|diag| !diag.headline.contains("PRIVATE@"));
                let profile = redact(&text, &parsed.secrets);
                assert!(shown && !profile.contains("PRIVATE@") && !profile.contains("x: PRIVATE"), "{profile}");
            }
        }
    }
    assert!(findings > 1000, "{findings}");
}

#[test]
fn every_kind_is_read_whole() {
    for kind in ["Component", "System", "Domain", "API", "Resource", "Group", "User", "Location"] {
        let parsed = read(&entity(kind, usize::MAX, ""));
        assert_eq!((parsed.diagnostics.len(), parsed.documents.entities.len()), (0, 1), "{:?}", parsed.diagnostics);
    }
    let parsed = read(&entity("Template", usize::MAX, ""));
    assert_eq!((parsed.diagnostics.len(), parsed.documents.entities.len()), (0, 0));
}
