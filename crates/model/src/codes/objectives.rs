//! Codes of service level objectives.

codes! {
    INVALID_SLO = "invalid-slo", "something in a document of OpenSLO is not as OpenSLO has it";
    INVERTED_BURN_RATE = "inverted-burn-rate", "an alert fires while the error budget burns slowly, and not when it burns fast";
    OBJECTIVE_ABOVE_DEPENDENCY = "objective-above-dependency", "an objective promises more than what the workload stands on";
    UNKNOWN_SLO_REFERENCE = "unknown-slo-reference", "an objective or an alert policy names a document of OpenSLO that is not there";
}
