//! Codes of tests of operations.

codes! {
    FAILED_CASE = "failed-case", "a case of a routing test comes out otherwise than expected";
    UNKNOWN_ALERT_IN_TEST = "unknown-alert-in-test", "a test names an alert that none of its rule files has";
    UNKNOWN_NAME_IN_TEST = "unknown-name-in-test", "a routing test expects somebody or something that is not declared";
    UNKNOWN_RULE_FILE = "unknown-rule-file", "a test names a rule file that is not there";
    UNTESTED_RESPONSE_PLAN = "untested-response-plan", "no routing test expects a response plan";
    UNTESTED_RULE = "untested-rule", "no test covers an alerting rule";
}
