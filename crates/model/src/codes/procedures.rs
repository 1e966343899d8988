//! Codes of runbooks, playbooks, and of links.

codes! {
    DEAD_LINK = "dead-link", "a link leads to a file or a heading that is not there";
}
