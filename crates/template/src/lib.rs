//! Jinja templates from the ops repo: checked when read, filled in when used.
//!
//! They reach nothing but the values they are given: no files, no other templates, and only so many steps.

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// A template may take so many steps; a loop that wants more is stopped.
const FUEL: u64 = 100_000;
/// No text comes out longer than this; the rest is cut off.
const TEXT_BYTES_MAX: usize = 16 << 10;

/// What is wrong with a template, or with filling it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// In the template, from 1; `None` when it cannot be told.
    pub line: Option<usize>,
    /// For people, without the place.
    pub reason: String,
}

impl std::fmt::Display for TemplateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for TemplateError {}

/// Whether the text is a template at all.
///
/// # Errors
/// [`TemplateError`] with the line of the first fault.
pub fn check(template: &str) -> Result<(), TemplateError> {
    environment().template_from_str(template).map(drop).map_err(read)
}

/// Fills a template in. A value that is not there is empty, since a text that is sent with a gap is better than none.
///
/// # Errors
/// [`TemplateError`] when it is no template, or does what cannot be done.
pub fn render<V: Serialize>(template: &str, values: V) -> Result<String, TemplateError> {
    let environment = environment();
    let mut text = environment
        .template_from_str(template)
        .and_then(|template| template.render(Value::from(Serde(values))))
        .map_err(read)?;
    text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    Ok(text)
}

fn environment<'a>() -> Environment<'a> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn read(error: minijinja::Error) -> TemplateError {
    let reason =
        error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    TemplateError { line: error.line(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_and_missing_ones_are_empty() {
        let values = serde_json::json!({ "incident": { "title": "orders <stuck>" } });
        assert_eq!(render("{{ incident.title }}{{ note.text }}!", &values), Ok("orders <stuck>!".to_owned()));
    }

    #[test]
    fn faults_say_their_line() {
        let error = check("one\n{% if %}").expect_err("no condition");
        assert_eq!(error.line, Some(2));
        assert!(check("{{ incident.id }}").is_ok());
    }

    #[test]
    fn loops_and_texts_without_end_are_stopped() {
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(render(endless, ()).is_err());
        let long = "{% for a in range(9999) %}äää{% endfor %}";
        assert!(render(long, ()).expect("long").len() <= TEXT_BYTES_MAX);
    }

    #[test]
    fn nothing_outside_is_reached() {
        assert!(render("{% include 'etc' %}", ()).is_err());
        assert!(render("{% extends 'x' %}", ()).is_err());
    }
}
