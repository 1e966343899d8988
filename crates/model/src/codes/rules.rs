//! Codes of Prometheus rules, and of the expressions in them.

codes! {
    DUPLICATE_ALERT = "duplicate-alert", "an alert's name is used twice for different conditions, and no label tells them apart";
    DUPLICATE_RULE = "duplicate-rule", "a group has two rules with the same name and nothing that tells their results apart";
    EXPERIMENTAL_PROMQL = "experimental-promql", "an expression uses syntax that Prometheus takes only when told to";
    PROMQL_SYNTAX = "promql-syntax", "an expression is not PromQL";
    PROMQL_TYPE = "promql-type", "an expression is given values of a type that it does not take";
    TEMPLATE_SYNTAX = "template-syntax", "a text of an alert is no template that can be filled in";
    UNKNOWN_FUNCTION = "unknown-function", "an expression calls a function that Prometheus does not have";
    UNKNOWN_LABEL_IN_TEMPLATE = "unknown-label-in-template", "a text of an alert names a label that its expression never gives";
    UNMATCHED_SELECTOR = "unmatched-selector", "a selector can match no series of any rule or signal contract";
    UNREAD_RECORDING_RULE = "unread-recording-rule", "nothing in the ops repo reads what a rule records";
}
