//! A review as SARIF 2.1.0: what is contradicted as errors, what is stale, or unknown and of high risk, as warnings.
//!
//! A result stands at the place where the ops repo declares its subject, where that is known. It keeps its fingerprint
//! while practice and subject are the same, so that a tool sees it come and go.

use evenkeel_lens::{Judged, PracticeReview, Risk, Verdict};
use serde_json::{Value, json};

use crate::fingerprint::fingerprint;
use crate::json::calm;
use crate::mark::Mark;
use crate::why::why;
use crate::{Place, Report};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths are relative to: the root of what is reviewed.
const ROOT_ID: &str = "%SRCROOT%";

impl Report<'_> {
    /// Everything as one SARIF log with one run.
    #[must_use]
    pub fn sarif(&self) -> String {
        let practices: Vec<&PracticeReview> =
            self.review.practices.iter().map(|practice| &**practice).filter(|practice| has_result(practice)).collect();
        let rules: Vec<Value> = practices.iter().map(|practice| rule(practice)).collect();
        let results: Vec<Value> =
            practices.iter().zip(0..).flat_map(|(practice, index)| self.results(practice, index)).collect();
        let at = &self.review.at;
        calm(&json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "Evenkeel review", "semanticVersion": self.version, "rules": rules }},
                "columnKind": "utf16CodeUnits",
                "invocations": [{ "executionSuccessful": true }],
                "results": results,
                "properties": {
                    "plan": at.plan.to_string(),
                    "record": at.seq.0,
                    "head": at.head.to_string(),
                    "lens": self.review.lens.hash.to_string(),
                    "to": at.to.to_string(),
                },
            }],
        }))
    }

    fn results(&self, practice: &PracticeReview, index: usize) -> Vec<Value> {
        let found = practice.verdicts.iter().filter_map(|judged| Some((judged, level(practice, judged)?)));
        found
            .map(|(judged, level)| {
                json!({
                    "ruleId": practice.key,
                    "ruleIndex": index,
                    "level": level,
                    "message": { "text": message(practice, judged) },
                    "locations": [self.location(practice, judged)],
                    "partialFingerprints": {
                        "evenkeelVerdict/v1": fingerprint(&practice.key, practice.subject_kind, &judged.subject),
                    },
                    "properties": {
                        "verdict": Mark::judged(judged).word(),
                        "good": judged.good,
                        "total": judged.total,
                        "refs": judged.refs.iter().map(|seq| seq.0).collect::<Vec<_>>(),
                    },
                })
            })
            .collect()
    }

    fn location(&self, practice: &PracticeReview, judged: &Judged) -> Value {
        let name = format!("{}:{}", practice.subject_kind, judged.subject);
        let place = self.places.get(name.as_str());
        let physical = match place {
            Some(Place { path, line }) => json!({
                "artifactLocation": { "uri": uri(path), "uriBaseId": ROOT_ID },
                "region": { "startLine": line },
            }),
            // Some tools pass over a result without any place.
            None => json!({ "artifactLocation": { "uri": ".", "uriBaseId": ROOT_ID } }),
        };
        json!({
            "physicalLocation": physical,
            "logicalLocations": [{ "name": judged.subject, "fullyQualifiedName": name, "kind": "resource" }],
        })
    }
}

fn has_result(practice: &PracticeReview) -> bool {
    practice.verdicts.iter().any(|judged| level(practice, judged).is_some())
}

fn level(practice: &PracticeReview, judged: &Judged) -> Option<&'static str> {
    match judged.verdict {
        Verdict::Contradicted if practice.further => Some("warning"),
        Verdict::Contradicted => Some("error"),
        Verdict::Stale if !practice.further => Some("warning"),
        Verdict::Unknown if practice.risk == Risk::High && !practice.further => Some("warning"),
        Verdict::NotApplicable
        | Verdict::Practised
        | Verdict::Attested
        | Verdict::Stale
        | Verdict::Declared
        | Verdict::Unknown
        | Verdict::NoMechanism => None,
    }
}

fn rule(practice: &PracticeReview) -> Value {
    json!({
        "id": practice.key,
        "name": practice.title,
        "shortDescription": { "text": plain(&practice.title) },
        "help": { "text": plain(&format!("evenkeel review --practice {} shows the facts.", practice.key)) },
        "properties": { "tags": practice.aliases, "question": practice.question, "risk": practice.risk.as_str() },
    })
}

/// Sentences, since a tool shows nothing else beside the line.
fn message(practice: &PracticeReview, judged: &Judged) -> String {
    let mut message =
        format!("{}, {}: {}: {}", judged.subject, practice.title, Mark::judged(judged).word(), why(&judged.why));
    let records: Vec<String> = judged.refs.iter().map(ToString::to_string).collect();
    if !records.is_empty() {
        message = format!("{message}\nRecords: {}", records.join(" "));
    }
    if let Some(next) = &judged.next {
        message = format!("{message}\nNext: {next}");
    }
    plain(&message)
}

/// Text in which nothing is a link or a place to fill in.
///
/// Source: SARIF 2.1.0, sections 3.11.5 and 3.11.6.
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]").replace('{', "{{").replace('}', "}}")
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
