//! Act 3: an incident is opened, who is on call is paged, and customers hear of it.

use super::{Outage, Paged, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::report::Part;

impl Play {
    /// Waits until a person's phone rings, and says who it is and why they.
    pub(super) async fn page(&mut self, scene: &Scene, outage: &Outage) -> anyhow::Result<Paged> {
        let ring = async || scene.phones.pages().into_iter().next();
        let page = self.wait(|| "waiting for a phone to ring".to_owned(), ring).await?;
        let took = page.at.saturating_duration_since(outage.began);
        let incident = scene.console.incident(&page.incident).await?;
        let lead = incident.pages.first().is_some_and(|first| first.id == page.id);
        self.report.page = Some(took);
        // Who is told may hear of it before this play looks again.
        self.report.detect = self.report.detect.min(Some(took));
        self.report.check(Part::Paged, lead && incident.status == "open", || {
            format!("{} is {} and its first page is not {}", page.incident, incident.status, page.id)
        });
        let text = format!(
            "PAGED     after {}: {}'s phone rings, [{}] {} ({})",
            seconds(took),
            page.to,
            page.severity,
            page.title,
            page.incident
        );
        let narrator = &mut self.narrator;
        narrator.step(Tone::Bad, &text);
        narrator.about("who suffers", &format!("{}: {}", page.who, page.what));
        narrator.about("how bad", &format!("{}, {}", page.severity, page.severity_reason));
        narrator.about(&format!("why {}", page.to), &page.why());
        self.customers_told(scene, outage, &page.incident).await?;
        Ok(Paged { page, incident })
    }

    async fn customers_told(&mut self, scene: &Scene, outage: &Outage, incident: &str) -> anyhow::Result<()> {
        let first = async || scene.phones.updates().into_iter().next();
        let update = self.wait(|| "waiting for what customers are told".to_owned(), first).await?;
        self.report.update = Some(update.at.saturating_duration_since(outage.began));
        self.report.check(Part::CustomersTold, update.kind == "first" && update.incident == incident, || {
            format!("what customers are told first is `{}` of {}", update.kind, update.incident)
        });
        self.narrator.about("customers", &update.text);
        Ok(())
    }
}
