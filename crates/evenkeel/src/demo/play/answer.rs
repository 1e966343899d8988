//! Act 5, on: the link in the page is opened, which changes nothing, and then its button is pressed.

use std::time::{Duration, Instant};

use super::{Paged, Play, Scene, seconds};
use crate::demo::Answerer;
use crate::demo::console::ShownIncident;
use crate::demo::narrator::Tone;
use crate::demo::report::Part;
use crate::demo::words::words;

/// A person has so long to answer.
const PERSON_WITHIN: Duration = Duration::from_secs(600);
/// So many lines of the page are shown.
const LINES_SHOWN: usize = 4;

impl Play {
    /// Follows the link as a preview does, then as the person does. Returns how many pages had gone out by then.
    pub(super) async fn answer(&mut self, scene: &Scene, paged: &Paged) -> anyhow::Result<usize> {
        self.preview(scene, paged).await?;
        let within = match self.answerer {
            Answerer::Play => {
                scene.console.press(&paged.page.link, "acknowledge").await?;
                super::WITHIN
            }
            Answerer::Person => {
                self.ask_person(scene, paged);
                PERSON_WITHIN
            }
        };
        let incident = self.answered(scene, paged, within).await?;
        let took = paged.page.at.elapsed();
        self.report.acknowledge = Some(took);
        self.judge(&incident, took);
        Ok(scene.phones.pages().len())
    }

    /// Waits until the incident is not open any more; whoever is paged meanwhile can answer too.
    async fn answered(&mut self, scene: &Scene, paged: &Paged, within: Duration) -> anyhow::Result<ShownIncident> {
        let (until, mut known) = (Instant::now() + within, scene.phones.pages().len());
        let what = || format!("waiting for {} to answer", paged.page.to);
        loop {
            let look = async || {
                let incident = scene.console.incident(&paged.page.incident).await.ok()?;
                let answered = (incident.status != "open").then_some(incident);
                (answered.is_some() || scene.phones.pages().len() > known).then_some(answered)
            };
            if let Some(incident) = self.wait_within(until.duration_since(Instant::now()), what, look).await? {
                return Ok(incident);
            }
            for page in scene.phones.pages().split_off(known) {
                known += 1;
                self.narrator.detail(&format!("{}'s phone rings: {}", page.to, page.link));
            }
        }
    }

    fn judge(&mut self, incident: &ShownIncident, took: Duration) {
        let by = incident.acknowledged_by.as_deref().and_then(|by| by.strip_prefix("person:"));
        // Whoever tries it by hand may press another button.
        let resolved = incident.status == "resolved" && self.answerer == Answerer::Person;
        let came = match by {
            Some(by) if incident.status == "acknowledged" => Some(format!("{by} presses Acknowledge, and has it")),
            Some(_) | None => resolved.then(|| "somebody says that it is over".to_owned()),
        };
        self.report.check(Part::Acknowledged, came.is_some(), || {
            format!("the incident is {}, and {} has it", incident.status, by.unwrap_or("nobody"))
        });
        if let Some(came) = came {
            self.narrator.step(Tone::Good, &format!("ANSWERED  after {}: {came}", seconds(took)));
        }
    }

    /// A GET is what messengers and mail scanners do with every link they see.
    async fn preview(&mut self, scene: &Scene, paged: &Paged) -> anyhow::Result<()> {
        let before = scene.console.incident(&paged.page.incident).await?;
        let shown = scene.console.open_link(&paged.page.link).await?;
        let after = scene.console.incident(&paged.page.incident).await?;
        let harmless = standing(&before) == standing(&after) && after.status == "open";
        self.report.check(Part::LinkPreviewHarmless, harmless, || {
            format!("opening the link made an incident that was {} {}", before.status, after.status)
        });
        let narrator = &mut self.narrator;
        narrator.detail("the link in the page is opened, and shows:");
        words(&shown).iter().take(LINES_SHOWN).for_each(|line| narrator.detail(&format!("  | {line}")));
        if harmless {
            narrator.detail("opening it acknowledged nothing: previews do that, only the button acts");
        }
        Ok(())
    }

    fn ask_person(&mut self, scene: &Scene, paged: &Paged) {
        let look = self.look_at(scene, &paged.page.incident);
        let narrator = &mut self.narrator;
        narrator.line("");
        narrator.step(Tone::Bad, "YOUR TURN Open this in a browser, and press Acknowledge:");
        narrator.detail(&paged.page.link);
        let within = PERSON_WITHIN.as_secs() / 60;
        narrator
            .detail(&format!("the play goes on when you have, and waits {within} minutes; the shop is down meanwhile"));
        narrator.detail(&look);
    }
}

/// What an answer would change.
fn standing(incident: &ShownIncident) -> (&str, Option<&str>, Vec<&str>) {
    let pages = incident.pages.iter().map(|page| page.status.as_str()).collect();
    (&incident.status, incident.acknowledged_by.as_deref(), pages)
}
