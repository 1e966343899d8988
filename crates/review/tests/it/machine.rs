//! What programs get: JSON with its published schema, and SARIF.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use evenkeel_review::review_schema;
use serde_json::{Value, json};

use crate::shop::{Shop, worst};

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

fn list<'a>(value: &'a Value, pointer: &str) -> Vec<&'a Value> {
    at(value, pointer).as_array().map(|list| list.iter().collect()).unwrap_or_default()
}

#[test]
fn json_counts_rows_practices_and_aliases() {
    let json = parsed(&Shop::of(12, 4).report().json());
    for (pointer, value) in [
        ("/form", json!(1)),
        ("/rows", json!(67)),
        ("/practices_total", json!(63)),
        ("/aliases", json!(4)),
        ("/record", json!(48_213)),
        ("/lens/name", json!("operational-excellence")),
        ("/window/to", json!("2026-11-20T12:00:00.000Z")),
    ] {
        assert_eq!(at(&json, pointer), &value, "{pointer}");
    }
    let practices = list(&json, "/practices");
    let counted = practices.iter().filter(|practice| at(practice, "/further") == false).count();
    assert_eq!((counted, practices.len() - counted), (63, list(&json, "/practices").len() - 63));
    assert_eq!(at(&json, "/further_total"), &json!(practices.len() - 63));
    let keys: BTreeSet<&str> = practices.iter().filter_map(|practice| at(practice, "/key").as_str()).collect();
    assert_eq!(keys.len(), practices.len());
    for practice in practices {
        for field in ["key", "aliases", "area", "question", "subject", "verdict", "good", "total", "refs", "further"] {
            assert!(practice.get(field).is_some(), "{field}: {practice}");
        }
        let subjects = match at(practice, "/subject").as_str() {
            Some("workload") => 12,
            Some("team") => 4,
            _ => 1,
        };
        assert_eq!(list(practice, "/verdicts").len(), subjects);
    }
}

#[test]
fn what_is_printed_is_what_the_schema_says() {
    let validator = jsonschema::validator_for(&review_schema()).expect("a schema");
    for shop in [Shop::empty(), Shop::small(), Shop::of(5, 2), worst(1)] {
        let json = parsed(&shop.report().json());
        assert_eq!(validator.validate(&json).map_err(|error| error.to_string()), Ok(()));
    }
    let mut json = parsed(&Shop::small().report().json());
    json["practices"][0]["verdict"] = json!("done");
    assert!(!validator.is_valid(&json));
}

/// Every field of an object is described, and every field described as required is there.
#[test]
fn the_schema_describes_every_field() {
    let (schema, example) = (review_schema(), parsed(&Shop::of(12, 4).report().json()));
    let fields = |value: &Value| -> BTreeSet<String> {
        value.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    };
    let attested = list(&example, "/practices").into_iter().flat_map(|practice| list(practice, "/verdicts"));
    let attested = attested.map(|judged| at(judged, "/attested")).find(|attested| attested.is_object());
    for (object, described) in [
        (&example, ""),
        (at(&example, "/lens"), "/properties/lens"),
        (at(&example, "/window"), "/properties/window"),
        (at(&example, "/subjects"), "/properties/subjects"),
        (at(&example, "/subjects/workloads/0"), "/properties/subjects/properties/workloads/items"),
        (at(&example, "/counts"), "/$defs/counts"),
        (at(&example, "/questions/0"), "/$defs/question"),
        (at(&example, "/questions/0/subjects/0"), "/$defs/subject_risk"),
        (at(&example, "/areas/0"), "/$defs/area"),
        (at(&example, "/practices/0"), "/$defs/practice"),
        (at(&example, "/practices/0/verdicts/0"), "/$defs/judged"),
        (attested.expect("somebody signed"), "/$defs/attestation"),
        (at(&example, "/improvements/0"), "/$defs/improvement"),
        (at(&example, "/milestones/0"), "/$defs/milestone"),
    ] {
        let there = fields(object);
        assert_eq!(fields(at(&schema, &format!("{described}/properties"))), there, "{described}");
        let required = list(&schema, &format!("{described}/required"));
        let required: BTreeSet<String> = required.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
        assert_eq!(required, there, "{described}");
    }
}

#[test]
fn the_published_schema_is_the_one_of_this_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/review.schema.json");
    let schema = format!("{:#}\n", review_schema());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &schema).expect("the schema is written");
    }
    let published = fs::read_to_string(path).expect("the schema");
    assert!(published == schema, "docs/schema/review.schema.json is another one; UPDATE_GOLDEN=1 writes it anew");
}

#[test]
fn nothing_that_is_printed_for_programs_steers_a_terminal() {
    let shop = worst(1);
    for text in [shop.report().json(), shop.report().sarif()] {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']));
        assert!(text.contains("\\u001b") && text.contains("\\u202e"), "the names are there as they are");
    }
}

#[test]
fn sarif_has_what_is_contradicted_as_errors_and_the_rest_as_warnings() {
    let shop = Shop::of(12, 4);
    let sarif = parsed(&shop.report().sarif());
    let (run, results) = (at(&sarif, "/runs/0"), list(&sarif, "/runs/0/results"));
    let of = |level: &str| results.iter().filter(|result| at(result, "/level") == level).count();
    let counts = shop.review.counts;
    assert_eq!(of("error") as u64, counts.contradicted);
    assert!(of("warning") as u64 >= counts.stale);
    assert_eq!(of("error") + of("warning"), results.len());
    for result in &results {
        let index = at(result, "/ruleIndex").as_u64().expect("an index");
        assert_eq!(at(run, &format!("/tool/driver/rules/{index}/id")), at(result, "/ruleId"));
        assert!(at(result, "/locations/0/logicalLocations/0/fullyQualifiedName").is_string());
    }
    let prints: BTreeSet<&str> =
        results.iter().filter_map(|result| at(result, "/partialFingerprints/evenkeelVerdict~1v1").as_str()).collect();
    assert_eq!(prints.len(), results.len(), "each result is known by itself");
}

#[test]
fn a_result_stands_where_its_subject_is_declared() {
    let shop = worst(1);
    let sarif = parsed(&shop.report().sarif());
    let places: BTreeSet<String> = list(&sarif, "/runs/0/results")
        .iter()
        .map(|result| at(result, "/locations/0/physicalLocation").to_string())
        .collect();
    let place = json!({
        "artifactLocation": { "uri": "catalog/a%20b%20%C3%BC.yml", "uriBaseId": "%SRCROOT%" },
        "region": { "startLine": 7 },
    });
    assert!(places.contains(&place.to_string()), "{places:?}");
    let texts = list(&sarif, "/runs/0/results")
        .iter()
        .map(|result| at(result, "/message/text").to_string())
        .collect::<String>();
    assert!(!texts.contains(" [e](") && texts.contains("\\\\[e\\\\](https"), "no text of others is a link");
}
