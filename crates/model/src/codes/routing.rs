//! Codes of the ways alerts take.

codes! {
    UNREACHABLE_ROUTE = "unreachable-route", "no alert can come to a route";
}
