//! Codes of workloads, what they stand on, and who owns what.

codes! {
    CONTRADICTING_OWNER = "contradicting-owner", "a document of ours and a Backstage entity name different owners";
    DUPLICATE_ENTITY = "duplicate-entity", "two Backstage entities have the same kind, namespace and name";
    GROUP_CYCLE = "group-cycle", "groups of Backstage are each other's parents";
    INVALID_ENTITY = "invalid-entity", "an entity is not what Backstage takes";
    TIER_INVERSION = "tier-inversion", "a workload fails with one that is two tiers less important, or more";
    UNKNOWN_ENTITY = "unknown-entity", "an entity refers to one that is not there";
    UNREACHABLE_OWNER = "unreachable-owner", "who owns something cannot be reached";
}
