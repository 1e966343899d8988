//! Act 5: nobody answers, so the next person is paged.

use std::time::Duration;

use super::{Paged, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::report::Part;

/// Pages are measured where they arrive, and the first may have been on its way for as long as this.
const ON_ITS_WAY: Duration = Duration::from_millis(500);

impl Play {
    /// Waits until somebody else's phone rings.
    pub(super) async fn escalate(&mut self, scene: &Scene, first: &Paged) -> anyhow::Result<Paged> {
        let asked = &first.page;
        let what = || format!("{} has {} s to answer, and does not", asked.to, ops::ANSWERED_WITHIN.as_secs());
        let next = async || scene.phones.pages().into_iter().find(|page| page.to != asked.to);
        let page = self.wait(what, next).await?;
        let took = page.at.saturating_duration_since(asked.at);
        self.report.escalate = Some(took);
        let good = page.incident == asked.incident && took + ON_ITS_WAY >= ops::ANSWERED_WITHIN;
        self.report.check(Part::SecondPaged, good, || {
            format!("{} was paged for {} {} after the first page", page.to, page.incident, seconds(took))
        });
        self.narrator.line("");
        let text = format!("PAGED     {} does not answer; after {} {}'s phone rings", asked.to, seconds(took), page.to);
        self.narrator.step(Tone::Bad, &text);
        self.narrator.about(&format!("why {}", page.to), &page.why());
        let incident = scene.console.incident(&page.incident).await?;
        Ok(Paged { page, incident })
    }
}
