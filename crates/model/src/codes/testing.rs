//! Codes of tests of operations.

codes! {
    UNTESTED_RULE = "untested-rule", "no test covers an alerting rule";
}
