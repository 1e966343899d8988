//! Documents that have everything that can be declared, in YAML's flow style.

use crate::shape::{Field, Form, Record, Rule, Sort};

/// Mappings in which each field is there at least once, each of its ways to be written too.
pub(super) fn record(record: &'static Record) -> Vec<String> {
    let groups: Vec<Vec<&str>> = record.rules.iter().filter_map(exclusive).collect();
    let chosen: Vec<&str> = groups.iter().filter_map(|group| group.first().copied()).collect();
    let mut all = Vec::new();
    let widest = record.fields.iter().map(|field| values(field.sort).len()).max().unwrap_or(1);
    (0..widest).for_each(|turn| all.push(written(record, &groups, &chosen, turn)));
    for group in &groups {
        for name in group {
            let mut chosen: Vec<&str> = chosen.iter().copied().filter(|other| !group.contains(other)).collect();
            chosen.push(name);
            let ways =
                record.fields.iter().find(|field| field.name == *name).map_or(1, |field| values(field.sort).len());
            (0..ways).for_each(|turn| all.push(written(record, &groups, &chosen, turn)));
        }
    }
    all
}

fn exclusive(rule: &Rule) -> Option<Vec<&'static str>> {
    match rule {
        Rule::One(names, _) => Some(names.to_vec()),
        Rule::NotBoth(one, other) => Some(vec![one, other]),
        Rule::Some(_) | Rule::Needs(..) => None,
    }
}

fn written(record: &Record, groups: &[Vec<&str>], chosen: &[&str], turn: usize) -> String {
    let is_in =
        |field: &&Field| chosen.contains(&field.name) || !groups.iter().any(|group| group.contains(&field.name));
    let fields = record.fields.iter().filter(is_in).map(|field| {
        let ways = values(field.sort);
        let value = &ways[turn % ways.len()];
        let is_end = matches!(field.name, "end" | "ends" | "until");
        format!("{}: {}", field.name, if is_end { value.replace("01-05", "01-06") } else { value.clone() })
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
}

fn values(sort: Sort) -> Vec<String> {
    match sort {
        Sort::Text(form) => vec![text(form)],
        Sort::Bool => vec!["true".to_owned()],
        Sort::Whole(min, _) => vec![min.to_string()],
        Sort::List(of, _) => vec![format!("[{}]", values(*of).join(", "))],
        Sort::OneOrMany(form, _) => vec![format!("[{}]", text(form)), text(form)],
        Sort::Map(key, of) => values(*of).iter().map(|value| format!("{{{}: {value}}}", text(key))).collect(),
        Sort::Record(nested) => record(nested),
        Sort::Either(form, nested) => [vec![text(form)], record(nested)].concat(),
        Sort::Group(form, ..) => vec![text(form), format!("[{}]", text(form))],
        Sort::Foreign("email_configs") => vec!["{to: a@example.com}".to_owned()],
        Sort::Foreign("slack_configs") => vec!["{api_url_file: a}".to_owned()],
        Sort::Foreign(_) => vec!["{url: 'https://example.com'}".to_owned()],
    }
}

fn text(form: Form) -> String {
    let text = match form {
        Form::Any | Form::Prose(_) | Form::Named(_) | Form::Secret | Form::Template | Form::LabelValue => "text",
        Form::Name(_) => "a-name",
        Form::Reference(kinds) => return format!("{}:a", kinds[0]),
        Form::Number => "0.95",
        Form::LabelName => "label",
        Form::Duration | Form::Period | Form::Patience => "1h",
        Form::Civil | Form::CivilOrInstant => "'2026-01-05T09:00'",
        Form::Instant | Form::DayOrInstant => "'2026-01-05T09:00:00Z'",
        Form::Zone => "Europe/Berlin",
        Form::Times => "'09:00-17:00'",
        Form::Weekday => "'monday:friday'",
        Form::Word(words) => words[0],
        Form::Url | Form::SecretUrl => "'https://example.com/a'",
        Form::Path | Form::PathOrUrl => "a/b.md",
        Form::Matcher => "'alertname=\"A\"'",
    };
    text.to_owned()
}
