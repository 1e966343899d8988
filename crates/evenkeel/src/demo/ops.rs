//! The demo's ops repo: the shop's own documents, with the ports and times of the play put in.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use storefront::Addresses;

/// Each service is asked so often.
pub(crate) const PROBED_EVERY: Duration = Duration::from_millis(500);
/// The rules are evaluated so often.
pub(crate) const EVALUATED_EVERY: Duration = Duration::from_millis(500);
/// Rules look back so long: six measurements of each series.
const MEASURED_FOR: Duration = Duration::from_secs(3);
/// What the cause of everything else shows by has to last so long.
const HOLDS_FOR: Duration = Duration::from_secs(1);
/// It goes on being there for so long without being seen: a service that is slow to send, or this one started anew, is no
/// repair.
const KEPT_FOR: Duration = Duration::from_secs(3);
/// What follows from it has to last longer, so that it is inhibited by then.
const FOLLOWS_FOR: Duration = Duration::from_secs(3);
/// A service that sent nothing for so long is silent.
const SILENT_AFTER: Duration = Duration::from_secs(10);
/// The rule that sees the cause, and so opens the incident.
pub(crate) const RULE: &str = "CatalogFailing";
/// The objective over what shoppers ask for.
pub(crate) const OBJECTIVE: &str = "shop-availability";
/// What says that its budget burns too fast. The outage stays in its windows for minutes, so it outlasts the play.
pub(crate) const BUDGET_ALERT: &str = "ErrorBudgetBurn";
/// The first notice of a group waits so long for others of the same cause.
pub(crate) const GROUP_WAIT: Duration = Duration::from_secs(1);
/// News about a group that was told already waits so long.
pub(crate) const GROUP_INTERVAL: Duration = Duration::from_secs(2);
/// Who is on call has so long to answer.
pub(crate) const ANSWERED_WITHIN: Duration = Duration::from_secs(3);

/// Name and text of each document.
const DOCUMENTS: [(&str, &str); 9] = [
    ("alertmanager.yml", include_str!("../../../../examples/storefront/ops/alertmanager.yml")),
    ("probes.yml", include_str!("../../../../examples/storefront/ops/probes.yml")),
    ("shop.rules.yml", include_str!("../../../../examples/storefront/ops/shop.rules.yml")),
    ("signals.yml", include_str!("../../../../examples/storefront/ops/signals.yml")),
    ("objectives.yml", include_str!("../../../../examples/storefront/ops/objectives.yml")),
    ("people.yml", include_str!("../../../../examples/storefront/ops/people.yml")),
    ("shop.yml", include_str!("../../../../examples/storefront/ops/shop.yml")),
    ("procedures/start-again.md", include_str!("../../../../examples/storefront/ops/procedures/start-again.md")),
    ("receivers.yml", include_str!("../../../../examples/storefront/ops/receivers.yml")),
];

/// Writes the ops repo into `folder`, which it makes.
pub(crate) fn write(folder: &Path, shop: &Addresses, phones: SocketAddr) -> anyhow::Result<()> {
    for (name, text) in documents(shop, phones)? {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot make `{}`", parent.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

fn documents(shop: &Addresses, phones: SocketAddr) -> anyhow::Result<Vec<(&'static str, String)>> {
    let changes = [
        ("127.0.0.1:9099", phones.to_string()),
        ("127.0.0.1:8101", shop.catalog.to_string()),
        ("127.0.0.1:8102", shop.orders.to_string()),
        ("127.0.0.1:8103", shop.web.to_string()),
        ("\n  interval: 5s", format!("\n  interval: {}ms", PROBED_EVERY.as_millis())),
        ("\n    interval: 15s", format!("\n    interval: {}ms", EVALUATED_EVERY.as_millis())),
        ("[1m]", format!("[{}s]", MEASURED_FOR.as_secs())),
        ("[5m]", format!("[{}s]", MEASURED_FOR.as_secs())),
        ("[10m]", format!("[{}s]", SILENT_AFTER.as_secs())),
        ("        for: 30s", format!("        for: {}s", HOLDS_FOR.as_secs())),
        ("        keep_firing_for: 1m", format!("        keep_firing_for: {}s", KEPT_FOR.as_secs())),
        ("        for: 3m", format!("        for: {}s", FOLLOWS_FOR.as_secs())),
        ("\n  group_wait: 1s", format!("\n  group_wait: {}s", GROUP_WAIT.as_secs())),
        ("\n  group_interval: 5s", format!("\n  group_interval: {}s", GROUP_INTERVAL.as_secs())),
        ("\n      wait: 5m", format!("\n      wait: {}s", ANSWERED_WITHIN.as_secs())),
    ];
    if let Some((original, _)) =
        changes.iter().find(|(original, _)| DOCUMENTS.iter().all(|(_, text)| !text.contains(original)))
    {
        bail!("the shop's ops repo has no `{}` to put the demo's own in", original.trim());
    }
    let fill = |text: &str| changes.iter().fold(text.to_owned(), |text, (original, own)| text.replace(original, own));
    Ok(DOCUMENTS.map(|(name, text)| (name, fill(text))).into())
}

#[cfg(test)]
mod tests {
    use evenkeel_model::Missing;
    use evenkeel_ops_source::{load, read};

    use super::super::folder::Folder;
    use super::*;

    fn at(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    #[test]
    fn the_shops_documents_with_the_demos_ports_resolve_without_a_finding() {
        let folder = Folder::make(None).expect("a folder");
        let shop = Addresses { catalog: at(1), orders: at(2), web: at(3) };
        write(folder.path(), &shop, at(4)).expect("written");
        let loaded = load(&read(folder.path()).expect("read"), Missing::Refuse);
        let said: Vec<_> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.headline.to_string()).collect();
        assert_eq!(said, Vec::<String>::new());
        let plan = loaded.plan.expect("a plan");
        let urls: Vec<_> = plan.probes.iter().map(|probe| probe.url.to_string()).collect();
        assert_eq!(urls, ["http://127.0.0.1:1/healthz", "http://127.0.0.1:2/healthz", "http://127.0.0.1:3/healthz"]);
        assert!(plan.probes.iter().all(|probe| probe.interval.to_std() == PROBED_EVERY));
        let rules: Vec<_> = plan.catalogue.rules.iter().map(|rule| (&*rule.name, rule.holds_for.to_std())).collect();
        assert_eq!(rules.first(), Some(&(RULE, HOLDS_FOR)));
        assert!(rules.iter().skip(1).all(|(_, holds_for)| *holds_for == FOLLOWS_FOR), "{rules:?}");
        assert_eq!(plan.catalogue.standing.signal_contracts.len(), 3);
        let objective = plan.catalogue.objectives.get(OBJECTIVE).expect("an objective");
        assert!(evenkeel_slo::rules(objective).iter().any(|rule| &*rule.name == BUDGET_ALERT));
        let waits = plan.catalogue.policies.get("shop").expect("a policy").steps.iter().map(|step| step.wait.to_std());
        assert_eq!(waits.collect::<Vec<_>>(), [ANSWERED_WITHIN, Duration::from_secs(15 * 60)]);
    }
}
