//! Codes of runbooks, playbooks, and of links.

codes! {
    ALERT_WITHOUT_PROCEDURE = "alert-without-procedure", "an alert says nothing about what helps, and leads to no response plan that does";
    DEAD_ADDRESS = "dead-address", "nothing is at an address any more";
    DEAD_LINK = "dead-link", "a link leads to a file or a heading that is not there";
    EMPTY_STEP = "empty-step", "a step has nothing to run";
    INVALID_EXPECTATION = "invalid-expectation", "what a step expects cannot be compared with an outcome";
    INVALID_REQUEST = "invalid-request", "an `http` step does not begin with a method and an address";
    LINK_OUTSIDE_REPO = "link-outside-repo", "a link leads out of the ops repo, where nobody checks it";
    ORPHAN_PROCEDURE = "orphan-procedure", "nothing leads to a runbook or playbook";
    UNCLOSED_STEP = "unclosed-step", "the block of a step has no fence at its end";
    UNKNOWN_ATTRIBUTE = "unknown-attribute", "a step has an attribute that steps do not take";
    UNKNOWN_PARAMETER = "unknown-parameter", "a step uses a parameter that its procedure does not declare";
    UNKNOWN_STEP_LANGUAGE = "unknown-step-language", "a step is in no language that steps can be written in";
    UNREACHABLE_ADDRESS = "unreachable-address", "an address could not be asked, so nobody knows whether anything is there";
    UNUSED_PARAMETER = "unused-parameter", "a parameter is declared and nowhere used";
}
