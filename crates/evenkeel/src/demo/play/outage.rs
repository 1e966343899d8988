//! Act 2: catalog is killed; Evenkeel notices, and tells the team.

use std::time::Instant;

use anyhow::bail;
use storefront::Service;

use super::{Outage, Play, Scene, count, seconds};
use crate::demo::console::ShownAlert;
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::report::Part;

impl Play {
    /// Kills catalog with SIGKILL and waits until its alert is open.
    pub(super) async fn break_catalog(&mut self, scene: &mut Scene) -> anyhow::Result<Outage> {
        let pid = scene.shop.pid(Service::Catalog);
        let before = scene.shoppers.counts();
        self.narrator.line("");
        self.narrator.step(Tone::Bad, &format!("BREAK     kill -9 {pid}: catalog is gone and had no chance to say so"));
        let began = Instant::now();
        if !scene.shop.kill(Service::Catalog).await? {
            bail!("catalog did not die of SIGKILL");
        }
        self.report.pass(Part::Broken);
        let what = || format!("waiting for Evenkeel to notice; {} shoppers failed", scene.failed_since(before.failed));
        let alert = self.wait(what, async || scene.console.alert(ops::RULE).await).await?;
        let took = began.elapsed();
        self.report.detect = Some(took);
        self.report.pass(Part::Noticed);
        let text = format!("NOTICED   after {}: the rule {} fires, {}", seconds(took), alert.name, alert.summary);
        self.narrator.step(Tone::Bad, &text);
        let (address, token) = (scene.console.address, scene.console.token_file.display());
        self.narrator
            .detail(&format!("look: curl -H \"Authorization: Bearer $(cat {token})\" http://{address}/api/v2/alerts"));
        Ok(Outage { began, before, fingerprint: alert.fingerprint, starts_at: alert.starts_at })
    }

    /// Waits until the team is told, and says of what and of what not.
    pub(super) async fn tell(&mut self, scene: &Scene, outage: &Outage) -> anyhow::Result<()> {
        let what = || {
            let (wait, failed) = (ops::GROUP_WAIT.as_secs(), scene.failed_since(outage.before.failed));
            format!("group_wait {wait} s gathers related alerts; {failed} shoppers failed")
        };
        let notice = self.wait(what, async || scene.phones.first("catalog", "firing")).await?;
        let took = notice.at.duration_since(outage.began);
        self.report.notify = Some(took);
        // Who is told may hear of it before this play looks again.
        self.report.detect = self.report.detect.min(Some(took));
        if notice.status != "firing" {
            bail!("the notice about catalog has the status `{}`", notice.status);
        }
        self.report.pass(Part::Told);
        self.narrator
            .step(Tone::Bad, &format!("TOLD      after {}: the team's channel hears {}", seconds(took), notice.line()));
        let alerts = scene.console.alerts().await?;
        let others = alerts.iter().filter(|alert| alert.fingerprint != outage.fingerprint);
        let mut lines: Vec<_> = others.map(|alert| quiet_because(alert, &outage.fingerprint)).collect();
        // The budget may have two: one that is urgent, and one that is not.
        lines.sort();
        lines.dedup();
        lines.iter().for_each(|line| self.narrator.detail(line));
        let failed = count(scene.failed_since(outage.before.failed), "request");
        let why = scene.shoppers.last_failure().unwrap_or_default();
        self.narrator.detail(&format!("shoppers: {failed} failed so far; the last: {why}"));
        Ok(())
    }
}

impl Scene {
    /// How many shoppers failed beyond so many.
    pub(super) fn failed_since(&self, before: u64) -> u64 {
        self.shoppers.counts().failed.saturating_sub(before)
    }
}

/// What the server says about an alert that another makes needless.
fn quiet_because(alert: &ShownAlert, cause: &str) -> String {
    let ShownAlert { name, service, state, .. } = alert;
    match alert.inhibited_by.iter().any(|by| by == cause) {
        true => format!("{name} of {service} as well: inhibited by {}", ops::RULE),
        false => format!("{name} of {service} as well, and is {state}"),
    }
}
