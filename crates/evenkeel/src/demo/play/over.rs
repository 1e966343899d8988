//! Act 6, on: the incident is over, customers hear so, and nobody was asked any more.

use std::time::Instant;

use super::{Paged, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::report::Part;

impl Play {
    /// Waits until incident and customers know.
    pub(super) async fn over(&mut self, scene: &Scene, began: Instant, paged: &Paged) -> anyhow::Result<()> {
        let of = paged.page.incident.as_str();
        let resolved = async || {
            let incident = scene.console.incident(of).await.ok()?;
            (incident.status == "resolved").then_some(())
        };
        self.wait(|| "waiting until the incident is resolved".to_owned(), resolved).await?;
        self.report.pass(Part::IncidentResolved);
        let recovery = async || {
            let mut updates = scene.phones.updates().into_iter();
            updates.find(|update| update.incident == of && update.kind == "recovery")
        };
        let update = self.wait(|| "waiting for what customers are told".to_owned(), recovery).await?;
        let took = update.at.saturating_duration_since(began);
        self.report.recovery_update = Some(took);
        self.report.pass(Part::CustomersToldAgain);
        let text = format!("OVER      {of} is resolved; after {} customers hear so", seconds(took));
        self.narrator.step(Tone::Good, &text);
        self.narrator.about("customers", &update.text);
        self.nobody_else_asked(scene, paged);
        Ok(())
    }

    /// Each person was asked once, and nobody after the answer.
    fn nobody_else_asked(&mut self, scene: &Scene, paged: &Paged) {
        let pages = scene.phones.pages();
        let asked: Vec<_> = pages.iter().filter(|page| page.incident == paged.page.incident).collect();
        let good = asked.len() == 2 && asked.last().is_some_and(|last| last.id == paged.page.id);
        self.report.check(Part::NobodyElseAsked, good, || {
            let names: Vec<_> = asked.iter().map(|page| format!("{} ({})", page.to, page.id)).collect();
            format!("asked were {}", names.join(", "))
        });
    }
}
