use evenkeel_model::{Hit, ResponsePlan, Team};
use evenkeel_time::Duration;

use super::*;
use crate::planned::{plan, policy};

fn with(own: Option<&str>, teams: Option<&str>, last: Option<&str>) -> Plan {
    let mut plan = plan();
    for name in ["own", "teams", "last"] {
        plan.catalogue.policies.insert(name.into(), policy(name));
    }
    let response = ResponsePlan {
        name: "orders-down".into(),
        owner: None,
        receivers: vec![],
        workload: None,
        environment: None,
        escalation: own.map(Into::into),
        impact: Hit::Outage,
        procedure: None,
        customer_visible: None,
        communication: None,
        reopen_within: Duration::ZERO,
    };
    plan.catalogue.response_plans.insert("orders-down".into(), response);
    let team = Team { name: "payments".into(), members: vec![], escalation: teams.map(Into::into) };
    plan.catalogue.teams.insert("payments".into(), team);
    plan.last_resort.policy = last.map(Into::into);
    plan
}

#[test]
fn the_nearest_that_names_a_policy_counts() {
    let team = DocumentRef::Team("payments".into());
    let ada = DocumentRef::Person("ada".into());
    let all = with(Some("own"), Some("teams"), Some("last"));
    let without_own = with(None, Some("teams"), Some("last"));
    for (plan, owner, wanted) in [
        (&all, Some(&team), Some(("own", false, "response plan orders-down"))),
        (&without_own, Some(&team), Some(("teams", false, "team payments"))),
        (&without_own, Some(&ada), Some(("last", true, "the organisation's last resort"))),
        (&without_own, None, Some(("last", true, "the organisation's last resort"))),
        (
            &with(Some("gone"), Some("gone"), Some("last")),
            Some(&team),
            Some(("last", true, "the organisation's last resort")),
        ),
        (&with(None, None, None), Some(&team), None),
        (&with(None, None, Some("gone")), Some(&team), None),
    ] {
        let found = policy_for(plan, "orders-down", owner);
        let found = found.as_ref().map(|found| (&*found.policy.name, found.last_resort, &*found.because));
        assert_eq!(found, wanted);
    }
    let gone = policy_for(&all, "gone", Some(&team)).expect("the team's");
    assert_eq!(&*gone.policy.name, "teams", "of a response plan that is gone the team's counts");
}
