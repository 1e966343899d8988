//! Act 4: the server itself is stopped and started while the alert is open and nobody has answered.

use std::time::{Duration, Instant};

use super::{Outage, Paged, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::report::Part;
use crate::serve::Server;

/// News about the group would be told after the group's interval at the latest; a little longer is proof enough.
const LISTENED_FOR: Duration = ops::GROUP_INTERVAL.saturating_add(Duration::from_millis(500));

impl Play {
    /// Restarts the server on the same folders and waits whether anybody is told or asked again.
    pub(super) async fn restart(&mut self, scene: &Scene, outage: &Outage, paged: &Paged) -> anyhow::Result<()> {
        let told = scene.phones.notices().len();
        self.narrator.line("");
        self.narrator.step(Tone::Plain, "RESTART   Evenkeel itself stops and starts while nobody has answered");
        let down_since = Instant::now();
        self.stop_server().await?;
        self.server = Some(Server::start(self.serve_options(scene.console.address, scene.otlp)).await?);
        let again = async || scene.console.alert(ops::RULE).await;
        let alert = self.wait(|| "looking for the alert after the restart".to_owned(), again).await?;
        let same = alert.fingerprint == outage.fingerprint && alert.starts_at == outage.starts_at;
        self.report.check(Part::RestartKeptAlert, same, || {
            format!("the alert started at {} before the restart and at {} after it", outage.starts_at, alert.starts_at)
        });
        if same {
            let text =
                format!("back after {}: the same alert, open since {}", seconds(down_since.elapsed()), alert.starts_at);
            self.narrator.detail(&text);
        }
        self.same_incident(scene, paged).await?;
        self.listen(scene, told).await?;
        self.listed_once(scene);
        self.asked_once(scene, paged);
        Ok(())
    }

    async fn same_incident(&mut self, scene: &Scene, paged: &Paged) -> anyhow::Result<()> {
        let (id, before) = (paged.page.incident.as_str(), &paged.incident);
        let after = scene.console.incident(id).await?;
        let same_page = after.pages.first().is_some_and(|page| page.id == paged.page.id && page.status == "open");
        let same = same_page && after.status == "open" && after.opened_at == before.opened_at;
        self.report.check(Part::RestartKeptIncident, same, || {
            format!("{id} was {before:?} before the restart and is {after:?} after it")
        });
        if same {
            self.narrator.detail(&format!("{id} and the page to {} are as they were", paged.page.to));
        }
        Ok(())
    }

    /// A page that arrived is not sent again because of a restart.
    fn asked_once(&mut self, scene: &Scene, paged: &Paged) {
        let times = scene.phones.pages().iter().filter(|page| page.to == paged.page.to).count();
        self.report.check(Part::NotPagedTwice, times == 1, || {
            format!("{}'s phone rang {times} times for one page", paged.page.to)
        });
    }

    async fn listen(&mut self, scene: &Scene, told: usize) -> anyhow::Result<()> {
        let until = Instant::now() + LISTENED_FOR;
        let over = async || (Instant::now() >= until).then_some(());
        self.wait(|| "listening whether anybody is told a second time".to_owned(), over).await?;
        let more = scene.phones.notices().split_off(told);
        if more.is_empty() {
            let text =
                format!("told once: the channel stays quiet for {}, longer than group_interval", seconds(LISTENED_FOR));
            self.narrator.detail(&text);
        }
        self.report.check(Part::NotToldTwice, more.is_empty(), || {
            let lines: Vec<_> = more.iter().map(crate::demo::phones::Notice::line).collect();
            format!("the team was told again: {}", lines.join("; "))
        });
        Ok(())
    }

    fn listed_once(&mut self, scene: &Scene) {
        let others: Vec<_> = scene
            .phones
            .notices()
            .iter()
            .flat_map(|notice| notice.alerts.clone())
            .filter(|(service, status)| service != "catalog" && status == "firing")
            .map(|(service, _)| service)
            .collect();
        self.report.check(Part::OnlyTheCauseRang, others.is_empty(), || {
            format!("the team was told of {} during the outage of catalog", others.join(" and "))
        });
    }
}
