//! What programs get: JSON, SARIF, GitHub's workflow commands.

use std::fs;
use std::path::Path;

use evenkeel_check::Allowed;
use evenkeel_diagnostic::{Diagnostic, Source, SourceId, Sources, Span};
use evenkeel_report::{Report, report_schema};
use evenkeel_time::Timestamp;
use serde_json::{Value, json};

use crate::cases::updating;

/// One error with everything, one finding over lines, one that is allowed.
struct Example {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    allowed: Vec<Allowed>,
}

impl Example {
    fn new(before: &str) -> Self {
        let mut sources = Sources::default();
        let text = format!("{before}a: 😀 pagr\nb:\n  c\nd: old\n");
        let source = sources.add(Source::new("a dir/läden,1.yml", &*text));
        let place = |part: &str| place(source, &text, part);
        let error = Diagnostic::error("unknown-receiver", place("pagr"), "no receiver `pagr`: 100%, really")
            .label("not declared")
            .related(place("b:"), "near")
            .help("did you mean `pager`?");
        let finding = Diagnostic::finding("no-owner", place("b:\n  c"), "nobody owns `b`");
        let known = Diagnostic::finding("no-owner", place("old"), "nobody owns `old`");
        let until: Timestamp = "2027-01-01T00:00:00Z".parse().expect("an instant");
        let (allowance, reason) = ("legacy".into(), "switched off soon".into());
        let allowed = vec![Allowed { diagnostic: known, allowance, place: place("d"), reason, until }];
        Self { sources, diagnostics: vec![finding, error], allowed }
    }

    fn report(&self) -> Report<'_> {
        let at = "2026-11-20T12:00:00Z".parse().expect("an instant");
        let (diagnostics, allowed, sources) = (&*self.diagnostics, &*self.allowed, &self.sources);
        Report { diagnostics, allowed, sources, root: "ops/", at, plan: Some("abc123"), version: "1.2.3" }
    }
}

fn place(source: SourceId, text: &str, part: &str) -> Span {
    let start = text.rfind(part).expect("the part is there");
    let at = |offset: usize| u32::try_from(offset).expect("a small file");
    Span { source, start: at(start), end: at(start + part.len()) }
}

fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    static NOTHING: Value = Value::Null;
    value.pointer(pointer).unwrap_or(&NOTHING)
}

#[test]
fn json_has_everything_and_says_its_form() {
    let json = Example::new("").report().json();
    assert_eq!(at(&json, "/counts"), &json!({ "errors": 1, "findings": 1, "allowed": 1 }));
    for (pointer, value) in [
        ("/form", json!(1)),
        ("/version", json!("1.2.3")),
        ("/at", json!("2026-11-20T12:00:00.000Z")),
        ("/plan", json!("abc123")),
        ("/root", json!("ops/")),
        ("/diagnostics/1/code", json!("unknown-receiver")),
        ("/diagnostics/1/primary/file", json!("a dir/läden,1.yml")),
        ("/diagnostics/1/primary/column", json!(6)),
        ("/diagnostics/0/primary/end_line", json!(3)),
        ("/allowed/0/allowance", json!("legacy")),
        ("/allowed/0/reason", json!("switched off soon")),
        ("/allowed/0/diagnostic/headline", json!("nobody owns `old`")),
        ("/allowed/0/place/line", json!(4)),
    ] {
        assert_eq!(at(&json, pointer), &value, "{pointer}");
    }
}

#[test]
fn sarif_has_places_rules_and_what_is_allowed() {
    let sarif = Example::new("").report().sarif();
    assert_eq!(at(&sarif, "/version"), "2.1.0");
    let run = at(&sarif, "/runs/0");
    let rules: Vec<&Value> = at(run, "/tool/driver/rules").as_array().expect("rules").iter().collect();
    let ids: Vec<&Value> = rules.iter().map(|rule| at(rule, "/id")).collect();
    assert_eq!(ids, ["no-owner", "unknown-receiver"]);
    for (pointer, value) in [
        ("/columnKind", json!("utf16CodeUnits")),
        ("/invocations/0/executionSuccessful", json!(true)),
        ("/results/1/ruleId", json!("unknown-receiver")),
        ("/results/1/ruleIndex", json!(1)),
        ("/results/1/level", json!("error")),
        ("/results/0/level", json!("warning")),
        (
            "/results/1/message/text",
            json!("no receiver `pagr`: 100%, really: not declared\nHelp: did you mean `pager`?"),
        ),
        ("/results/1/locations/0/physicalLocation/artifactLocation/uri", json!("ops/a%20dir/l%C3%A4den%2C1.yml")),
        ("/results/1/locations/0/physicalLocation/region/startColumn", json!(7)),
        ("/results/1/locations/0/physicalLocation/region/endColumn", json!(11)),
        ("/results/1/relatedLocations/0/id", json!(1)),
        ("/results/1/relatedLocations/0/message/text", json!("near")),
        ("/results/0/suppressions", json!([])),
        ("/results/2/suppressions/0/kind", json!("external")),
        ("/results/2/suppressions/0/justification", json!("switched off soon")),
    ] {
        assert_eq!(at(run, pointer), &value, "{pointer}");
    }
}

#[test]
fn a_result_is_known_again_when_its_lines_move_and_told_from_its_like() {
    let prints = |example: &Example| -> Vec<Value> {
        let sarif = example.report().sarif();
        let results = at(&sarif, "/runs/0/results").as_array().expect("results");
        results.iter().map(|result| at(result, "/partialFingerprints/evenkeelFault~1v1").clone()).collect()
    };
    assert_eq!(prints(&Example::new("")), prints(&Example::new("# one\n# two\n")));
    let mut twice = Example::new("");
    twice.diagnostics.push(twice.diagnostics[0].clone());
    let mut all = prints(&twice);
    all.sort_by_key(Value::to_string);
    all.dedup();
    assert_eq!(all.len(), 4);
}

#[test]
fn github_gets_a_line_each_with_its_escapes() {
    let said = Example::new("").report().github();
    let expected = "\
::error file=ops/a dir/läden%2C1.yml,line=1,endLine=1,col=6,endColumn=10,title=unknown-receiver\
::no receiver `pagr`: 100%25, really%0Anot declared%0Ahelp: did you mean `pager`?
::warning file=ops/a dir/läden%2C1.yml,line=2,endLine=3,title=no-owner::nobody owns `b`
";
    assert_eq!(said, expected);
}

#[test]
fn the_published_schema_is_the_one_of_this_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/check.schema.json");
    let schema = format!("{:#}\n", report_schema());
    if updating() {
        fs::write(&path, &schema).expect("the schema is written");
    }
    let published = fs::read_to_string(path).expect("the schema");
    assert!(published == schema, "docs/schema/check.schema.json is another one; UPDATE_PAGES=1 writes it anew");
}

/// Every field of an object is described, and every field described as required is there.
#[test]
fn the_schema_describes_every_field() {
    let (schema, example) = (report_schema(), Example::new("").report().json());
    let fields = |value: &Value| -> Vec<String> { value.as_object().expect("an object").keys().cloned().collect() };
    for (object, described) in [
        ("", ""),
        ("/counts", "/properties/counts"),
        ("/diagnostics/0", "/$defs/diagnostic"),
        ("/diagnostics/1/primary", "/$defs/label"),
        ("/diagnostics/1/related/0", "/$defs/label"),
        ("/allowed/0", "/$defs/allowed"),
    ] {
        let there = fields(at(&example, object));
        assert_eq!(fields(at(&schema, &format!("{described}/properties"))), there, "{object}");
        let required = at(&schema, &format!("{described}/required")).as_array().expect("a list");
        let mut required: Vec<&str> = required.iter().filter_map(Value::as_str).collect();
        required.sort_unstable();
        assert_eq!(required, there, "{object}");
    }
}

#[test]
fn what_is_printed_is_what_the_schema_says() {
    let validator = jsonschema::validator_for(&report_schema()).expect("a schema");
    let example = Example::new("");
    let mut json = example.report().json();
    assert_eq!(validator.validate(&json).map_err(|error| error.to_string()), Ok(()));
    let nothing = Report { diagnostics: &[], allowed: &[], plan: None, ..example.report() };
    assert!(validator.is_valid(&nothing.json()));
    json["diagnostics"][0]["severity"] = json!("warning");
    assert!(!validator.is_valid(&json));
}
