//! Codes of Prometheus rules, and of the expressions in them.

codes! {
    PROMQL_SYNTAX = "promql-syntax", "an expression is not PromQL";
}
