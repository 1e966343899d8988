//! Act 6: catalog is started again; the alert resolves, and whoever was told hears so.

use std::time::Instant;

use storefront::Service;

use super::{Answered, Outage, Play, Scene, count, seconds};
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::phones::Notice;
use crate::demo::report::Part;

impl Play {
    /// Starts catalog again and waits until everyone knows.
    pub(super) async fn repair(
        &mut self,
        scene: &mut Scene,
        outage: &Outage,
        answered: &Answered,
    ) -> anyhow::Result<()> {
        self.narrator.line("");
        let began = Instant::now();
        scene.shop.start(Service::Catalog)?;
        let (pid, address) = (scene.shop.pid(Service::Catalog), scene.shop.addresses.catalog);
        self.narrator.step(Tone::Good, &format!("REPAIR    catalog starts again at {address}, pid {pid}"));
        scene.shop.up().await?;
        let up = scene.shoppers.counts();
        let served = async || (scene.shoppers.counts().good > up.good).then_some(());
        self.wait(|| "waiting for a shopper who is served".to_owned(), served).await?;
        self.report.outage = Some(outage.began.elapsed());
        self.report.pass(Part::Repaired);
        let failed = up.failed.saturating_sub(outage.before.failed);
        self.report.shoppers.failed_before = outage.before.failed;
        self.report.shoppers.failed_during_outage = failed;
        let (lasted, requests) = (seconds(outage.began.elapsed()), count(failed, "request"));
        self.narrator.detail(&format!("shoppers are served again; {requests} failed in an outage of {lasted}"));
        self.resolved(scene, began).await?;
        self.told_again(scene, began).await?;
        self.over(scene, began, answered).await?;
        self.budget(scene).await
    }

    async fn resolved(&mut self, scene: &Scene, began: Instant) -> anyhow::Result<()> {
        let gone = async || {
            let alerts = scene.console.alerts().await.ok()?;
            alerts.iter().all(|alert| alert.name != ops::RULE).then_some(())
        };
        self.wait(|| "waiting for Evenkeel to notice".to_owned(), gone).await?;
        let took = began.elapsed();
        self.report.resolve = Some(took);
        self.report.pass(Part::Resolved);
        self.narrator
            .step(Tone::Good, &format!("RESOLVED  after {}: {} sees requests succeed", seconds(took), ops::RULE));
        Ok(())
    }

    async fn told_again(&mut self, scene: &Scene, began: Instant) -> anyhow::Result<()> {
        let interval = ops::GROUP_INTERVAL.as_secs();
        let what = || format!("group_interval {interval} s between two notices of a group");
        let notice = self.wait(what, async || scene.phones.first("catalog", "resolved")).await?;
        let took = notice.at.duration_since(began);
        self.report.notify_resolved = Some(took);
        // Who is told may hear of it before this play looks again.
        self.report.resolve = self.report.resolve.min(Some(took));
        let text = format!("TOLD      after {}: the team's channel hears {}", seconds(took), notice.line());
        self.narrator.step(Tone::Good, &text);
        let settled = async || (scene.console.quiet().await && all_over(&scene.phones.notices())).then_some(());
        self.wait(|| "waiting until the team knows of every recovery".to_owned(), settled).await?;
        self.report.pass(Part::ToldAgain);
        let others = separately(&scene.phones.notices());
        if others.is_empty() && ["orders", "web"].iter().all(|service| notice.says(service, "resolved")) {
            self.narrator.detail("one notice for the group: orders and web, quiet so far, are over too");
        }
        if !others.is_empty() {
            let names = others.join(" and ");
            self.narrator.detail(&format!("{names} were told too: they failed a moment longer than catalog"));
        }
        self.report.rang_separately = others;
        Ok(())
    }
}

/// Whether the last thing the team heard of everything it was told of is that it is over.
fn all_over(notices: &[Notice]) -> bool {
    let rang = notices.iter().flat_map(|notice| &notice.alerts);
    rang.clone().all(|(service, _)| {
        rang.clone().rfind(|(about, _)| about == service).is_some_and(|(_, status)| status == "resolved")
    })
}

/// The services besides catalog that the team was told of.
fn separately(notices: &[Notice]) -> Vec<String> {
    let rang = notices.iter().flat_map(|notice| &notice.alerts);
    let others = rang.filter(|(service, status)| service != "catalog" && status == "firing");
    let mut names: Vec<_> = others.map(|(service, _)| service.clone()).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(alerts: &[(&str, &str)]) -> Notice {
        let alerts = alerts.iter().map(|(service, status)| ((*service).to_owned(), (*status).to_owned())).collect();
        Notice { at: Instant::now(), status: String::new(), alerts }
    }

    #[test]
    fn it_is_over_when_the_last_word_on_each_is_that_it_is() {
        let mut notices = vec![notice(&[("catalog", "firing")])];
        assert!(!all_over(&notices));
        notices.push(notice(&[("catalog", "resolved"), ("web", "firing")]));
        assert!(!all_over(&notices));
        notices.push(notice(&[("web", "resolved")]));
        assert!(all_over(&notices));
        assert_eq!(separately(&notices), ["web"]);
    }
}
