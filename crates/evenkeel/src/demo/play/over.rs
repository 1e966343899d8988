//! Act 6, on: the incident is over, customers hear so, and nobody was asked any more.

use std::time::Instant;

use super::{Answered, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::report::Part;

impl Play {
    /// Waits until incident and customers know.
    pub(super) async fn over(&mut self, scene: &Scene, began: Instant, answered: &Answered) -> anyhow::Result<()> {
        let of = answered.incident.as_str();
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
        let pages = scene.phones.pages().split_off(answered.asked);
        self.report.check(Part::NobodyElseAsked, pages.is_empty(), || {
            let names: Vec<_> = pages.iter().map(|page| format!("{} ({})", page.to, page.id)).collect();
            format!("after the answer there were asked: {}", names.join(", "))
        });
        Ok(())
    }
}
