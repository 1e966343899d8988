//! `kind: Heartbeat` and `kind: ExpectedAlert`: the watcher watched.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::Matchers;
use evenkeel_model::{ExpectedAlert, Heartbeat, codes};
use evenkeel_time::Duration;

use super::metadata::Metadata;
use crate::alertmanager::matchers::parsed;
use crate::fields::{Cx, Fields};
use crate::shape::form::address::web_address;
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

const INTERVAL: Duration = Duration::minutes(1);
const WITHIN: Duration = Duration::minutes(5);
/// Prometheus says again what fires once a minute; one push may be late or lost.
const WITHIN_MIN: Duration = Duration::minutes(2);

pub(super) static HEARTBEAT: Kind = Kind {
    name: "Heartbeat",
    about: "Pings an address while Evenkeel accepts, commits and notifies.",
    spec: &Record {
        what: "`spec`",
        fields: &[
            Field::new("url", Sort::Text(Form::SecretUrl), "The address that is pinged; kept as secrets are.")
                .required(),
            Field::new("interval", Sort::Text(Form::Period), "How often it is pinged.").default("1m"),
        ],
        rules: &[],
    },
};

pub(super) static EXPECTED_ALERT: Kind = Kind {
    name: "ExpectedAlert",
    about: "An alert that must keep coming, such as Prometheus's `Watchdog`.",
    spec: &Record {
        what: "`spec`",
        fields: &[
            Field::new(
                "matchers",
                Sort::List(&Sort::Text(Form::Matcher), Least::One),
                "Which alert it is, in Alertmanager's matchers.",
            )
            .required(),
            Field::new("within", Sort::Text(Form::Period), "How long it may stay away.").default("5m"),
        ],
        rules: &[],
    },
};

/// Reads a heartbeat's `spec`. Its address is all that is needed to keep it alive, so it is blanked.
pub(super) fn heartbeat(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> Option<Heartbeat> {
    let url = spec.secret("url", cx).and_then(|url| web_address("url", url, cx));
    let interval = spec.period("interval", cx).unwrap_or(INTERVAL);
    Some(Heartbeat { name: head.name.value.clone(), url: url?, interval })
}

/// Reads an expected alert's `spec`.
pub(super) fn expected_alert(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> ExpectedAlert {
    let lines = spec.texts("matchers", cx);
    // What is wrong with them was reported.
    let mut silent = Cx::default();
    let matchers = lines.iter().flat_map(|line| parsed(line.value, line.span, &mut silent).0).collect();
    let place = spec.node("within").map(|node| node.span);
    let within = spec.period("within", cx).unwrap_or(WITHIN);
    if let Some(span) = place.filter(|_| within < WITHIN_MIN) {
        let headline = format!("alerts that keep coming may stay away for {within} without anything being wrong");
        let diag = Diagnostic::finding(codes::SHORT_EXPECTATION, span, headline);
        cx.push(diag.help("Prometheus repeats alerts once a minute: write `2m` or more"));
    }
    ExpectedAlert {
        name: head.name.value.clone(),
        matchers: Matchers(matchers),
        within,
        labels: head.labels.clone(),
        annotations: head.annotations.clone(),
    }
}
