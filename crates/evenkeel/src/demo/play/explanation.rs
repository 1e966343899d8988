//! Act 5, on: who has it, and why each was paged, as anyone can ask at any time.

use super::{Paged, Play, Scene};
use crate::demo::console::ShownPage;
use crate::demo::report::Part;

impl Play {
    /// Asks the server about the incident.
    pub(super) async fn explain(&mut self, scene: &Scene, paged: &Paged) -> anyhow::Result<()> {
        let incident = scene.console.incident(&paged.page.incident).await?;
        let look = self.look_at(scene, &paged.page.incident);
        let narrator = &mut self.narrator;
        narrator.detail("why each was paged, and what came of it:");
        for page in &incident.pages {
            let name = page.to.trim_start_matches("person:");
            let chain = page.because.get(1..).unwrap_or_default().join("; ");
            let came = format!("{chain}: {}, {}", page.contacts.join(", "), page.status);
            narrator.about(&format!("  {name}"), &came);
        }
        narrator.detail(&look);
        let good = incident.pages.len() >= 2 && incident.pages.iter().all(explained);
        self.report.check(Part::PagesExplained, good, || format!("a page lacks a reason: {:?}", incident.pages));
        Ok(())
    }

    /// The command that shows it, while the play goes on.
    pub(super) fn look_at(&self, scene: &Scene, incident: &str) -> String {
        let (program, data, address) = (super::program(), self.folder.join("data"), scene.console.address);
        let number = incident.trim_start_matches("incident:");
        format!("look: {program} incident show {number} --server http://{address} --data {}", data.display())
    }
}

/// Response plan, step, and how that leads to the person.
fn explained(page: &ShownPage) -> bool {
    page.because.len() >= 2 && page.because.iter().any(|why| why.contains("policy"))
}
