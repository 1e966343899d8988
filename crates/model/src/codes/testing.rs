//! Codes of tests of operations.

codes! {
    FAILED_CASE = "failed-case", "a case of a routing test comes out otherwise than expected";
    UNTESTED_RULE = "untested-rule", "no test covers an alerting rule";
}
