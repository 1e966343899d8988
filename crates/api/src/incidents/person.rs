//! Persons that bodies name.

use std::sync::Arc;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_identity::Identity;
use http::StatusCode;

use crate::Desk;
use crate::app::App;
use crate::refused::Refused;

/// The name in `ada` or `person:ada`.
pub(crate) fn person_name(text: &str) -> Arc<str> {
    text.strip_prefix("person:").unwrap_or(text).into()
}

/// A person whom the plan has.
fn known_person<D: Desk>(app: &App<D>, text: &str) -> Result<Arc<str>, Refused> {
    let name = person_name(text);
    app.desk.look(|engine, _| {
        let people = &engine.plan().catalogue.people;
        if people.contains_key(&name) {
            return Ok(name.clone());
        }
        let near = did_you_mean(&name, people.keys().map(AsRef::as_ref));
        let help =
            near.map_or_else(|| "name a person of the ops repo".to_owned(), |near| format!("did you mean `{near}`?"));
        let message = format!("the ops repo has no person `{name}`");
        Err(Refused::new(StatusCode::BAD_REQUEST, "unknown-person", message).help(help))
    })
}

/// Who acts: the token's person, or whom the body names where the token speaks for nobody in particular.
pub(crate) fn acting<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    named: Option<&str>,
) -> Result<Option<Arc<str>>, Refused> {
    match (&caller.person, named) {
        (own, None) => Ok(own.clone()),
        (None, Some(named)) => known_person(app, named).map(Some),
        (Some(own), Some(named)) if *own == person_name(named) => Ok(Some(own.clone())),
        (Some(own), Some(_)) => {
            let message = format!("this token speaks for person:{own}, and for nobody else");
            let help = "leave `person` out, or use a token that speaks for nobody in particular";
            Err(Refused::new(StatusCode::FORBIDDEN, "other-person", message).help(help))
        }
    }
}
