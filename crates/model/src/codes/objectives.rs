//! Codes of service level objectives.

codes! {
    OBJECTIVE_ABOVE_DEPENDENCY = "objective-above-dependency", "an objective promises more than what the workload stands on";
}
