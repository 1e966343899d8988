//! Codes of workloads, what they stand on, and who owns what.

codes! {
    TIER_INVERSION = "tier-inversion", "a workload stands on one of a lower tier";
}
