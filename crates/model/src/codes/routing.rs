//! Codes of the ways alerts take.

codes! {
    ALWAYS_MUTED_ROUTE = "always-muted-route", "the time intervals of a route leave no time at which anybody is told";
    IDLE_INHIBITION = "idle-inhibition", "an inhibition rule can never inhibit anything";
    NO_SEVERITY_RULE = "no-severity-rule", "a response plan names no workload to compute an incident's severity from";
    UNKNOWN_ALERT_IN_ROUTE = "unknown-alert-in-route", "a route waits for an alert that no rule raises";
    UNREACHABLE_ROUTE = "unreachable-route", "no alert can come to a route";
    UNROUTED_ALERT = "unrouted-alert", "no route but the root's takes an alert";
}
