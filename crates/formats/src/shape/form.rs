//! What a text has to look like, and what is said when it does not.

pub(crate) mod address;
pub(crate) mod moment;
pub(crate) mod name;
pub(crate) mod template;

use evenkeel_diagnostic::{Code, Diagnostic, Span, Spanned};
use evenkeel_model::codes;
use evenkeel_time::Duration;

use super::{Form, trap};
use crate::alertmanager::interval::zone_of;
use crate::alertmanager::matchers::parsed;
use crate::fields::{Cx, nearest};
use crate::yaml::Node;

/// What is shorter pages everybody at once, and is meant to be one step. People need minutes; seconds are for rehearsing.
const PATIENCE_MIN: Duration = Duration::secs(1);

/// Of more words than these only the one that was probably meant is told.
const LISTED_MAX: usize = 8;

/// Reports a text that is not of its form. `node` is the value it was taken from.
pub(super) fn form(text: Spanned<&str>, node: &Node, wanted: Form, name: &str, cx: &mut Cx) {
    match wanted {
        // Names and references are looked up when all documents are known; secrets are tried by whoever reads them.
        Form::Any | Form::Named(_) | Form::Reference(_) | Form::Secret | Form::SecretUrl => {}
        Form::Prose(max) => within(text, name, max, cx),
        Form::Name(what) => {
            name::check(text, what, cx);
            trap::in_name(text, node, cx);
        }
        Form::Number => number(text, name, cx),
        Form::LabelName => name::check_label(text, cx),
        Form::LabelValue => trap::in_label(text, node, name, cx),
        Form::Duration | Form::Period | Form::Patience => duration(text, wanted, name, cx),
        Form::Civil | Form::CivilOrInstant | Form::Instant | Form::DayOrInstant => {
            moment::check(text, wanted, name, cx)
        }
        Form::Zone => drop(zone_of(text, cx)),
        Form::Times | Form::Weekday => moment::check_recurring(text, wanted, cx),
        Form::Word(words) => word(text, words, name, cx),
        Form::Url => drop(address::web_address(name, text, cx)),
        Form::Path => address::check_path(text, cx),
        Form::PathOrUrl => address::check_path_or_url(text, name, cx),
        Form::Template => template::check(text, name, cx),
        Form::Matcher => drop(parsed(text.value, text.span, cx)),
    }
}

/// Reports a text longer than `max` bytes.
pub(super) fn within(text: Spanned<&str>, name: &str, max: usize, cx: &mut Cx) {
    if text.value.len() > max {
        let headline = format!("`{name}` is longer than {} KiB", max / 1024);
        let start = Span { end: text.span.start, ..text.span };
        cx.push(Diagnostic::error(codes::TEXT_TOO_LONG, start, headline).help("shorten it, and link to the rest"));
    }
}

fn number(text: Spanned<&str>, name: &str, cx: &mut Cx) {
    // Words for what is no number, such as `inf`, parse as one too.
    if !text.value.parse().is_ok_and(f64::is_finite) {
        let diag = Diagnostic::error(codes::INVALID_VALUE, text.span, format!("`{name}` is no number"));
        cx.push(diag.help("write a number alone, such as `0.95` or `300`; what it is counted in goes elsewhere"));
    }
}

fn duration(text: Spanned<&str>, wanted: Form, name: &str, cx: &mut Cx) {
    let mut say = |code: Code, headline: String, help: Option<&str>| {
        let diag = Diagnostic::error(code, text.span, headline);
        cx.push(match help {
            Some(help) => diag.help(help),
            None => diag,
        });
    };
    match text.value.parse::<Duration>() {
        Err(_) => {
            let help = "write numbers with units from large to small, such as `30s`, `5m` or `1h30m`";
            say(codes::INVALID_DURATION, format!("`{name}` is not a duration"), Some(help));
        }
        Ok(Duration::ZERO) if wanted == Form::Period => {
            say(codes::ZERO_INTERVAL, format!("`{name}` cannot be zero"), None);
        }
        Ok(short) if wanted == Form::Patience && short < PATIENCE_MIN => {
            let headline = format!("`{name}` has to be at least {PATIENCE_MIN}");
            say(codes::INVALID_VALUE, headline, Some("people need time to find the phone and answer"));
        }
        Ok(_) => {}
    }
}

fn word(text: Spanned<&str>, words: &[&str], name: &str, cx: &mut Cx) {
    if !words.contains(&text.value) {
        let known: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let headline = format!("`{name}` is none of the words that it takes");
        let diag = Diagnostic::error(codes::INVALID_VALUE, text.span, headline);
        let near = nearest(text.value, words.iter().copied()).filter(|_| words.len() > LISTED_MAX);
        cx.push(match near {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag.help(format!("write one of {}", known.join(", "))),
        });
    }
}
