//! Sends forms as a browser would: the form's own reading, then the engine.

use evenkeel_engine::Answer;
use evenkeel_pages::{Asked, FORMS, Fields, FormRoute, Kept, PAGES, Place, RecordsFound, Said};

use crate::shop::{Shop, written};
use crate::sound::sound;

/// What became of a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Became {
    /// It was done, and the browser goes on to this address.
    Then(String),
    /// It was not taken, or the engine refused: what is said.
    Not(String),
}

fn form(path: &str) -> (&'static FormRoute, Place) {
    let found = FORMS.iter().find_map(|route| Some((route, Place::of(route.path, path, Vec::new())?)));
    found.unwrap_or_else(|| panic!("no form has the path {path}"))
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

impl Shop {
    /// Sends a form.
    pub(crate) fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Became {
        let (route, place) = form(path);
        assert!(self.caller.allows(route.action), "{path} is not theirs to send");
        let kept = Kept::new();
        let (engine, now, caller, standing) = (&self.engine, self.now, &self.caller, &self.standing);
        let asked = Asked { engine, now, caller, place: &place, standing, said: None, kept: &kept, once: "00" };
        match (route.read)(&asked, &fields(pairs)) {
            Err(wrong) => Became::Not(format!("{} {}", wrong.text, wrong.help)),
            Ok(act) => {
                if let Answer::Refused(refusal) = self.handle(act.input) {
                    return Became::Not(refusal.to_string());
                }
                Became::Then(act.then)
            }
        }
    }

    /// The page that a form stands on, after it was not taken.
    pub(crate) fn again(&self, path: &str, pairs: &[(&str, &str)], said: &str) -> String {
        let (route, _) = form(path);
        let shown_on = PAGES.iter().find(|page| page.path == route.page).expect("a page");
        let place = Place::again(route.path, shown_on.path, path).expect("a place");
        let said = Said::wrong(said, "Try again.");
        let shown = self.shown(shown_on, &place, &[], &RecordsFound::default(), Some(&said), fields(pairs).kept());
        let html = written(shown, path);
        sound(&html, &place);
        html
    }
}
