//! How bad it is, case by case.

use evenkeel_model::{Dependency, Environment, Impact};
use evenkeel_time::Duration;

use super::*;

/// `checkout` (tier 1) stands hard on `orders` (tier 3), `reports` (tier 1) softly on `orders`, `orders` hard on
/// `database` (tier 4), and `database` on `checkout`, which makes a circle.
fn catalogue() -> Catalogue {
    let workload = |name: &str, tier, below: &[(&str, bool)]| {
        let depends_on =
            below.iter().map(|(name, hard)| Dependency { workload: Arc::from(*name), hard: *hard }).collect();
        let environments = [("production", true), ("staging", false)]
            .map(|(name, production)| Environment { name: name.into(), production })
            .into();
        let workload = Workload {
            name: name.into(),
            owner: None,
            tier,
            impact: Impact::default(),
            components: Vec::new(),
            depends_on,
            environments,
            priority: None,
            labels: Default::default(),
        };
        (Arc::from(name), workload)
    };
    let workloads = BTreeMap::from([
        workload("checkout", 1, &[("orders", true)]),
        workload("reports", 1, &[("orders", false)]),
        workload("orders", 3, &[("database", true)]),
        workload("database", 4, &[("checkout", false)]),
        workload("wiki", 4, &[]),
        workload("intranet", 3, &[("wiki", false)]),
    ]);
    Catalogue { workloads, ..Catalogue::default() }
}

fn check(workload: Option<&str>, impact: Hit, environment: Option<&str>, expect: &str) {
    let plan = ResponsePlan {
        name: "plan".into(),
        owner: None,
        receivers: Vec::new(),
        workload: workload.map(Arc::from),
        environment: environment.map(Arc::from),
        escalation: None,
        impact,
        procedure: None,
        customer_visible: None,
        communication: None,
        reopen_within: Duration::hours(1),
    };
    let (severity, reason) = severity(&catalogue(), &plan);
    assert_eq!(format!("{severity}: {reason}"), expect);
}

#[test]
fn the_own_tier_counts_and_a_lighter_hit_counts_less() {
    check(Some("checkout"), Hit::Outage, None, "sev1: workload checkout is tier 1; impact outage");
    check(Some("checkout"), Hit::Degraded, None, "sev2: workload checkout is tier 1; impact degraded");
    check(Some("checkout"), Hit::Minor, None, "sev3: workload checkout is tier 1; impact minor");
    check(Some("checkout"), Hit::None, None, "sev5: workload checkout is tier 1; impact none");
    check(Some("intranet"), Hit::Minor, None, "sev5: workload intranet is tier 3; impact minor");
}

#[test]
fn what_stands_on_it_counts_directly_or_not() {
    check(Some("orders"), Hit::Outage, None, "sev1: workload checkout, tier 1, stands on it; impact outage");
    check(Some("database"), Hit::Degraded, None, "sev2: workload checkout, tier 1, stands on it; impact degraded");
    check(Some("wiki"), Hit::Outage, None, "sev4: workload wiki is tier 4; impact outage");
}

#[test]
fn outside_production_nothing_is_worse_than_sev4() {
    let expect = "sev4: workload checkout is tier 1; impact outage; staging is not production";
    check(Some("checkout"), Hit::Outage, Some("staging"), expect);
    check(Some("checkout"), Hit::Outage, Some("production"), "sev1: workload checkout is tier 1; impact outage");
    check(Some("checkout"), Hit::None, Some("staging"), "sev5: workload checkout is tier 1; impact none");
}

#[test]
fn without_a_workload_the_impact_alone_counts() {
    check(None, Hit::Outage, None, "sev2: no workload is named; impact outage");
    check(None, Hit::None, None, "sev5: no workload is named; impact none");
    check(Some("gone"), Hit::Minor, None, "sev4: no workload is named; impact minor");
}

#[test]
fn circles_end_and_the_hardest_way_counts() {
    let found = dependants(&catalogue(), &Arc::from("orders"));
    let found: Vec<_> = found.iter().map(|(name, hard)| (name.as_ref(), *hard)).collect();
    assert_eq!(found, [("checkout", true), ("database", false), ("reports", false)]);
}

#[test]
fn what_a_workload_stands_on_is_all_that_it_is_a_dependant_of() {
    let mut catalogue = catalogue();
    let checkout = catalogue.workloads.get_mut("checkout").expect("a workload");
    checkout.depends_on.push(Dependency { workload: "bank".into(), hard: true });
    let names: Vec<&Arc<str>> = catalogue.workloads.keys().collect();
    for (of, other) in names.iter().flat_map(|of| names.iter().map(move |other| (*of, *other))) {
        let stands = dependencies(&catalogue, of).contains(other);
        let expected = if of == other {
            ["checkout", "orders", "database"].contains(&&**of)
        } else {
            dependants(&catalogue, other).contains_key(of)
        };
        assert_eq!(stands, expected, "{of} on {other}");
    }
    assert!(dependencies(&catalogue, "orders").contains(&Arc::from("bank")), "also what is in no file");
}
