//! Act 5: nobody answers, so the next person is paged.

use super::{Paged, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::report::Part;

impl Play {
    /// Waits until somebody else's phone rings.
    pub(super) async fn escalate(&mut self, scene: &Scene, first: &Paged) -> anyhow::Result<Paged> {
        let asked = &first.page;
        let what = || format!("{} has {} s to answer, and does not", asked.to, ops::ANSWERED_WITHIN.as_secs());
        let next = async || scene.phones.pages().into_iter().find(|page| page.to != asked.to);
        let page = self.wait(what, next).await?;
        let incident = scene.console.incident(&page.incident).await?;
        // When they were written: how long each was on its way says nothing about the wait.
        let opened = |id: &str| incident.pages.iter().find(|shown| shown.id == id).map(|shown| shown.opened_at);
        let took = opened(&page.id).zip(opened(&asked.id)).map(|(second, first)| (second - first).to_std());
        let took = took.unwrap_or_default();
        self.report.escalate = Some(took);
        let good = page.incident == asked.incident && took >= ops::ANSWERED_WITHIN;
        self.report.check(Part::SecondPaged, good, || {
            format!("{} was paged for {} {} after the first page", page.to, page.incident, seconds(took))
        });
        self.narrator.line("");
        let text = format!("PAGED     {} does not answer; after {} {}'s phone rings", asked.to, seconds(took), page.to);
        self.narrator.step(Tone::Bad, &text);
        self.narrator.about(&format!("why {}", page.to), &page.why());
        Ok(Paged { page, incident })
    }
}
