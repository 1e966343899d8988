//! Documents made from the declarations: whatever they allow, and no more.

#![expect(clippy::indexing_slicing, reason = "rules name fields that are there")]

use evenkeel_formats::shape::{Form, Kind, Least, Record, Rule, Sort};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

pub(super) fn document(kind: &'static Kind) -> BoxedStrategy<Value> {
    let name = kind.name;
    let head = (text(Form::Name("a document")), option(text(Form::Reference(&["team", "person"]))), labels());
    (head, record(kind.spec))
        .prop_map(move |((own, owner, labels), spec)| {
            let mut metadata = json!({ "name": own, "labels": labels });
            if let (Some(owner), Value::Object(fields)) = (owner, &mut metadata) {
                fields.insert("owner".to_owned(), owner);
            }
            json!({ "apiVersion": "evenkeel/v1", "kind": name, "metadata": metadata, "spec": spec })
        })
        .boxed()
}

fn option(of: BoxedStrategy<Value>) -> BoxedStrategy<Option<Value>> {
    proptest::option::of(of).boxed()
}

fn labels() -> BoxedStrategy<Value> {
    sort(Sort::Map(Form::LabelName, &Sort::Text(Form::LabelValue)))
}

fn record(record: &'static Record) -> BoxedStrategy<Value> {
    let fields: Vec<_> = record.fields.iter().map(|field| (sort(field.sort), any::<bool>())).collect();
    (fields, any::<prop::sample::Index>())
        .prop_map(move |(values, choice)| {
            let mut kept: Vec<bool> =
                values.iter().zip(record.fields).map(|((_, keep), field)| *keep || field.required).collect();
            record.rules.iter().for_each(|rule| obey(rule, record, choice, &mut kept));
            let all = record.fields.iter().zip(values).zip(kept);
            let entries = all.filter(|(_, keep)| *keep).map(|((field, (value, _)), _)| (field.name.to_owned(), value));
            Value::Object(entries.collect::<Map<_, _>>())
        })
        .boxed()
}

/// Keeps what a rule wants, and no more than it wants.
fn obey(rule: &Rule, record: &Record, choice: prop::sample::Index, kept: &mut [bool]) {
    let at = |name: &str| record.fields.iter().position(|field| field.name == name).expect("rules name fields");
    match rule {
        Rule::Some(names) => {
            if !names.iter().any(|name| kept[at(name)]) {
                kept[at(names[0])] = true;
            }
        }
        Rule::One(names, _) => {
            names.iter().for_each(|name| kept[at(name)] = false);
            kept[at(names[choice.index(names.len())])] = true;
        }
        Rule::NotBoth(one, other) => {
            if kept[at(one)] {
                kept[at(other)] = false;
            }
        }
        Rule::Needs(field, also) => {
            if kept[at(field)] {
                kept[at(also)] = true;
            }
        }
    }
}

fn sort(of: Sort) -> BoxedStrategy<Value> {
    match of {
        Sort::Text(form) => text(form),
        Sort::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Sort::Whole(min, max) => (min..=max).prop_map(Value::from).boxed(),
        Sort::List(of, least) => list(sort(*of), least),
        Sort::OneOrMany(form, least) => prop_oneof![text(form), list(text(form), least)].boxed(),
        Sort::Map(key, of) => map(key, *of),
        Sort::Record(nested) => record(nested),
        Sort::Either(form, nested) => prop_oneof![text(form), record(nested)].boxed(),
        Sort::Group(form, ..) => prop_oneof![text(form), list(text(form), Least::One)].boxed(),
        Sort::Foreign("email_configs") => Just(json!({ "to": "a@example.com" })).boxed(),
        Sort::Foreign("slack_configs") => Just(json!({ "api_url_file": "/etc/slack" })).boxed(),
        Sort::Foreign(_) => Just(json!({ "url": "https://example.com/" })).boxed(),
    }
}

fn list(of: BoxedStrategy<Value>, least: Least) -> BoxedStrategy<Value> {
    let from = usize::from(least == Least::One);
    proptest::collection::vec(of, from..3).prop_map(Value::from).boxed()
}

fn map(key: Form, of: Sort) -> BoxedStrategy<Value> {
    let entries = proptest::collection::vec((text(key), sort(of)), 0..3);
    let named = |(key, value): (Value, Value)| Some((key.as_str()?.to_owned(), value));
    entries.prop_map(move |entries| entries.into_iter().filter_map(named).collect::<Map<_, _>>().into()).boxed()
}

fn text(form: Form) -> BoxedStrategy<Value> {
    let texts: &[&str] = match form {
        Form::Any | Form::Prose(_) | Form::Named(_) | Form::LabelValue | Form::Secret => {
            &["team", "a b", "ünï", "1.10", "no"]
        }
        Form::Name(_) => &["a", "orders", "a-1", "007", "no"],
        Form::Reference(kinds) => return select(kinds).prop_map(|kind| json!(format!("{kind}:ada"))).boxed(),
        Form::Number => &["0.95", "300", "-1.5e3", "+.5", "7."],
        Form::LabelName => &["a", "_b1", "severity"],
        Form::Duration => &["0", "0s", "5m", "1h30m", "500ms", "1y2w3d4h5m6s7ms"],
        Form::Period => &["1ms", "5m", "1h30m", "0h1s", "010s"],
        Form::Patience => &["1s", "5m", "1000ms", "0s1500ms", "1h0m"],
        Form::Civil => &["2026-01-05T09:00", "2026-02-28T23:59:00"],
        Form::CivilOrInstant => &["2026-01-05T09:00", "2026-01-05T09:00:30.5Z", "2026-01-05T09:00:00-05:30"],
        Form::Instant => &["2026-01-05T09:00:00Z", "2026-12-24T03:00:00+01:00"],
        Form::DayOrInstant => &["2027-01-31", "2026-01-05T09:00:00Z"],
        Form::Zone => &["UTC", "Europe/Berlin"],
        Form::Times => &["09:00-17:00", "22:00 - 07:00", "00:00-24:00"],
        Form::Weekday => &["monday", "Saturday:sunday", "friday:monday"],
        Form::Word(words) => return select(words).prop_map(Value::from).boxed(),
        Form::Url => &["https://a", "http://a.example.com:80/x?y#z", "HTTP://[::1]:9/", "https://u:p@a/x"],
        Form::SecretUrl => &["https://a/b", "http://10.0.0.1"],
        Form::Path => &["a", "a/b.jsonl", ".hidden/..a"],
        Form::PathOrUrl => &["runbooks/a.md", "https://wiki.example.com/a"],
        Form::Template => &["text", "{{ incident.title }}"],
        Form::Matcher => &["alertname=\"A\"", "a=~\"b.*\""],
    };
    let numbers: &[i64] = match form {
        Form::Any | Form::Prose(_) | Form::Named(_) | Form::Name(_) | Form::LabelValue | Form::Path => &[7],
        Form::Number => &[-3, 0, 300],
        Form::Duration => &[0],
        Form::Reference(_)
        | Form::LabelName
        | Form::Period
        | Form::Patience
        | Form::Civil
        | Form::CivilOrInstant
        | Form::Instant
        | Form::DayOrInstant
        | Form::Zone
        | Form::Times
        | Form::Weekday
        | Form::Word(_)
        | Form::Url
        | Form::SecretUrl
        | Form::Secret
        | Form::PathOrUrl
        | Form::Template
        | Form::Matcher => &[],
    };
    let all: Vec<Value> = texts.iter().map(|text| json!(text)).chain(numbers.iter().map(|one| json!(one))).collect();
    select(all).boxed()
}
