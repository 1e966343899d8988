//! `kind: Probe`.

use evenkeel_labels::LabelSet;
use evenkeel_model::{Probe, ProbeExpect};
use evenkeel_time::Duration;

use super::metadata::{Metadata, TEXTS, labels_of};
use crate::fields::{Cx, Fields};
use crate::shape::form::address::address;
use crate::shape::{Field, Form, Kind, Record, Sort};

const INTERVAL: Duration = Duration::secs(30);
const TIMEOUT: Duration = Duration::secs(5);
const STATUS: u16 = 200;

pub(super) static KIND: Kind =
    Kind { name: "Probe", about: "Asks an address and raises an alert when the answer is bad.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("url", Sort::Text(Form::Url), "The address that is asked.").required(),
        Field::new("interval", Sort::Text(Form::Period), "How often it is asked.").default("30s"),
        Field::new("timeout", Sort::Text(Form::Period), "How long an answer is waited for.").default("5s"),
        Field::new("failures", Sort::Whole(1, 1000), "So many bad answers in a row raise the alert.").default("1"),
        Field::new("expect", Sort::Record(&EXPECT), "What makes an answer good."),
        Field::new("annotations", TEXTS, "Annotations of the alert, beside those of `metadata`."),
    ],
    rules: &[],
};

static EXPECT: Record = Record {
    what: "`expect`",
    fields: &[
        Field::new("status", Sort::Whole(100, 599), "The status of a good answer.").default("200"),
        Field::new("body", Sort::Text(Form::Any), "A text that a good answer has in it."),
        Field::new("latency", Sort::Text(Form::Period), "The longest time to the whole of a good answer."),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn probe(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> Option<Probe> {
    let url = spec.text("url", cx).and_then(address);
    let interval = spec.period("interval", cx).unwrap_or(INTERVAL);
    let timeout = spec.period("timeout", cx).unwrap_or(TIMEOUT);
    let expect = expect(spec, cx);
    let failures = spec.number("failures").and_then(|failures| u32::try_from(failures).ok()).unwrap_or(1);
    let own = labels_of(spec, "annotations", cx);
    let annotations = LabelSet::new(head.annotations.iter().chain(own.iter()));
    let (name, labels) = (head.name.value.clone(), head.labels.clone());
    Some(Probe { name, labels, annotations, url: url?, interval, timeout, expect, failures })
}

fn expect(spec: &mut Fields<'_>, cx: &mut Cx) -> ProbeExpect {
    let Some(mut fields) = spec.record("expect") else {
        return ProbeExpect { status: STATUS, body: None, latency: None };
    };
    let status = fields.number("status").and_then(|status| u16::try_from(status).ok());
    let body = fields.text("body", cx).map(|body| body.value.into());
    let latency = fields.period("latency", cx);
    ProbeExpect { status: status.unwrap_or(STATUS), body, latency }
}
