//! A report as SARIF 2.1.0, which code-review tools show inline.
//!
//! Columns are counted in UTF-16 code units, as most of those tools do without asking. A result keeps its fingerprint
//! when its lines move, so that a tool knows it again.

mod fingerprint;
mod place;
mod rules;

use evenkeel_diagnostic::{Diagnostic, Severity};
use serde_json::{Value, json};

use self::fingerprint::Fingerprints;
use self::rules::Rules;
use crate::Report;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths are relative to: the root of what is reviewed.
const ROOT_ID: &str = "%SRCROOT%";

impl Report<'_> {
    /// Everything as one SARIF log with one run.
    #[must_use]
    pub fn sarif(&self) -> Value {
        let allowed = self.allowed.iter().map(|allowed| &allowed.diagnostic);
        let rules = Rules::of(self.diagnostics.iter().chain(allowed));
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "Evenkeel",
                    "semanticVersion": self.version,
                    "rules": rules.json(),
                }},
                "columnKind": "utf16CodeUnits",
                "invocations": [{ "executionSuccessful": true }],
                "results": self.results(&rules),
                "properties": { "at": self.at.to_string(), "plan": self.plan },
            }],
        })
    }

    fn results(&self, rules: &Rules) -> Vec<Value> {
        let mut fingerprints = Fingerprints::default();
        let mut results = Vec::with_capacity(self.diagnostics.len() + self.allowed.len());
        for diagnostic in self.diagnostics {
            results.push(self.result(diagnostic, rules, &mut fingerprints, json!([])));
        }
        for allowed in self.allowed {
            let suppression = json!([{ "kind": "external", "status": "accepted", "justification": allowed.reason }]);
            results.push(self.result(&allowed.diagnostic, rules, &mut fingerprints, suppression));
        }
        results
    }

    fn result(&self, diagnostic: &Diagnostic, rules: &Rules, seen: &mut Fingerprints, suppressions: Value) -> Value {
        let Diagnostic { code, severity, primary, related, .. } = diagnostic;
        let mut location = place::location(self, primary.span);
        if let Some(location) = location.as_object_mut().filter(|_| !primary.message.is_empty()) {
            location.insert("message".to_owned(), json!({ "text": primary.message }));
        }
        let related = related.iter().zip(1..).map(|(label, id)| {
            let mut location = place::location(self, label.span);
            location.as_object_mut().into_iter().for_each(|location| {
                location.insert("id".to_owned(), json!(id));
                location.insert("message".to_owned(), json!({ "text": label.message }));
            });
            location
        });
        json!({
            "ruleId": code,
            "ruleIndex": rules.index(code),
            "level": level(*severity),
            "message": { "text": message(diagnostic) },
            "locations": [location],
            "relatedLocations": related.collect::<Vec<_>>(),
            "partialFingerprints": { "evenkeelFault/v1": seen.of(diagnostic, self.sources) },
            "suppressions": suppressions,
        })
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Finding => "warning",
    }
}

/// Sentences, since a tool shows nothing else beside the line.
fn message(diagnostic: &Diagnostic) -> String {
    let label = Some(diagnostic.primary.message.as_str()).filter(|label| !label.is_empty());
    let said = label.map_or_else(|| diagnostic.headline.clone(), |label| format!("{}: {label}", diagnostic.headline));
    diagnostic.help.as_ref().map_or_else(|| said.clone(), |help| format!("{said}\nHelp: {help}"))
}
