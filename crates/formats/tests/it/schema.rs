//! What the exported JSON Schema says and what is enforced is one thing.
//!
//! Documents are made from the declarations, then damaged, and given to both. Where reading is stricter by nature, that
//! is listed here with the reason.

mod damage;
mod generate;

use std::fs;
use std::path::Path;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_formats::kinds;
use evenkeel_formats::shape::{Kind, json_schema};
use evenkeel_model::Missing;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use crate::load::load;

/// What only reading knows, with the reason. A code that is structural elsewhere has a part of its headline.
const STRICTER: &[(&str, &str, &str)] = &[
    ("invalid-time", "ends before it starts", "compares two values"),
    ("invalid-template", "", "has to be filled in to be tried"),
    ("invalid-matcher", "", "is a language of its own"),
    ("unknown-time-zone", "", "is looked up in the time-zone database"),
    ("duplicate-name", "", "compares names"),
    ("unknown-", "", "names are looked up in other documents"),
    ("no-last-resort", "", "is about the whole repo"),
    ("missing-global", "", "is about Alertmanager's `global`"),
    ("second-organization", "", "is about the whole repo"),
    ("unreachable-person", "", "is about the whole repo"),
];
/// Codes that begin like those of names, and are about the document itself.
const STRUCTURAL: [&str; 3] = ["unknown-field", "unknown-kind", "unknown-api-version"];

const ROUTING: &str = "route: {receiver: team}\nreceivers: [{name: team}]\n";

fn errors(document: &Value) -> Vec<Diagnostic> {
    let file = |path: &str, text: String| (path.to_owned(), text.into_bytes());
    let files = [file("alertmanager.yml", ROUTING.to_owned()), file("own.yml", document.to_string())];
    load(&files, Missing::Refuse).diagnostics.into_iter().filter(Diagnostic::blocks).collect()
}

fn is_stricter(diag: &Diagnostic) -> bool {
    let listed = |(code, headline, _): &(&str, &str, &str)| {
        let same = if code.ends_with('-') { diag.code.starts_with(code) } else { diag.code == *code };
        same && diag.headline.contains(headline)
    };
    !STRUCTURAL.contains(&diag.code) && STRICTER.iter().any(listed)
}

fn validator(kind: Option<&str>) -> Validator {
    let schema = json_schema(kind).expect("the kind is known");
    jsonschema::validator_for(&serde_json::from_str(&schema).expect("it is JSON")).expect("it is a schema")
}

struct Schemas {
    all: Validator,
    each: Vec<(&'static Kind, Validator)>,
}

impl Schemas {
    fn new() -> Self {
        let each = kinds().iter().map(|kind| (*kind, validator(Some(kind.name)))).collect();
        Self { all: validator(None), each }
    }

    /// Whether reading and both schemas are of one mind.
    fn compare(&self, kind: &str, document: &Value) -> Result<(), TestCaseError> {
        let own = self.each.iter().find(|(known, _)| known.name == kind).expect("every kind has a schema");
        let errors = errors(document);
        for schema in [&own.1, &self.all] {
            let refused: Vec<String> = schema.iter_errors(document).map(|error| error.to_string()).collect();
            let told: Vec<&Diagnostic> = errors.iter().filter(|diag| !is_stricter(diag)).collect();
            if refused.is_empty() {
                prop_assert!(told.is_empty(), "the schema takes what reading does not: {document}\n{told:?}");
            } else {
                prop_assert!(!errors.is_empty(), "reading takes what the schema does not: {document}\n{refused:?}");
            }
        }
        Ok(())
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases: 64, max_shrink_iters: 4_000, ..ProptestConfig::default() }
}

#[test]
fn what_is_declared_is_taken_by_both() {
    let schemas = Schemas::new();
    for kind in kinds() {
        let outcome = proptest::test_runner::TestRunner::new(config()).run(&generate::document(kind), |document| {
            schemas.compare(kind.name, &document)?;
            let refused: Vec<_> = errors(&document).into_iter().filter(|diag| !is_stricter(diag)).collect();
            prop_assert!(refused.is_empty(), "{document}\n{refused:?}");
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{}: {error}", kind.name));
    }
}

#[test]
fn what_is_damaged_is_refused_by_both_or_by_neither() {
    let schemas = Schemas::new();
    for kind in kinds() {
        let damaged = (generate::document(kind), damage::damages());
        let config = ProptestConfig { cases: 400, ..config() };
        let outcome = proptest::test_runner::TestRunner::new(config).run(&damaged, |(mut document, damages)| {
            damages.iter().for_each(|damage| damage.apply(&mut document));
            schemas.compare(kind.name, &document)
        });
        outcome.unwrap_or_else(|error| panic!("{}: {error}", kind.name));
    }
}

#[test]
fn the_schema_in_the_docs_is_the_one_exported() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/evenkeel.schema.json");
    let schema = json_schema(None).expect("the schema of all kinds");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(&path, &schema).expect("the schema can be written");
    }
    assert!(fs::read_to_string(&path).is_ok_and(|written| written == schema), "run with UPDATE_SCHEMA=1");
}
