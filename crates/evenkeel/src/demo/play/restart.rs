//! Act 3: the server itself is stopped and started while the alert is open.

use std::time::{Duration, Instant};

use super::{Outage, Play, Scene, seconds};
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::report::Part;
use crate::serve::Server;

/// News about the group would be told after the group's interval at the latest; a little longer is proof enough.
const LISTENED_FOR: Duration = ops::GROUP_INTERVAL.saturating_add(Duration::from_millis(500));

impl Play {
    /// Restarts the server on the same folders and waits whether the phone rings again.
    pub(super) async fn restart(&mut self, scene: &Scene, outage: &Outage) -> anyhow::Result<()> {
        let rang = scene.phone.notices().len();
        self.narrator.line("");
        self.narrator.step(Tone::Plain, "RESTART   Evenkeel itself stops and starts while the alert is open");
        let down_since = Instant::now();
        self.stop_server().await?;
        self.server = Some(Server::start(self.serve_options(scene.console.address)).await?);
        let again = async || scene.console.alert_of("catalog").await;
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
        self.listen(scene, rang).await?;
        self.listed_once(scene);
        Ok(())
    }

    async fn listen(&mut self, scene: &Scene, rang: usize) -> anyhow::Result<()> {
        let until = Instant::now() + LISTENED_FOR;
        let over = async || (Instant::now() >= until).then_some(());
        self.wait(|| "listening whether the phone rings a second time".to_owned(), over).await?;
        let more = scene.phone.notices().split_off(rang);
        if more.is_empty() {
            let text =
                format!("told once: the phone stays quiet for {}, longer than group_interval", seconds(LISTENED_FOR));
            self.narrator.detail(&text);
        }
        self.report.check(Part::NotToldTwice, more.is_empty(), || {
            let lines: Vec<_> = more.iter().map(super::super::phone::Notice::line).collect();
            format!("the phone rang again: {}", lines.join("; "))
        });
        Ok(())
    }

    fn listed_once(&mut self, scene: &Scene) {
        let others: Vec<_> = scene
            .phone
            .notices()
            .iter()
            .flat_map(|notice| notice.alerts.clone())
            .filter(|(service, status)| service != "catalog" && status == "firing")
            .map(|(service, _)| service)
            .collect();
        self.report.check(Part::OnlyTheCauseRang, others.is_empty(), || {
            format!("the phone rang for {} during the outage of catalog", others.join(" and "))
        });
    }
}
