//! Codes of allowances.

codes! {
    EXPIRED_ALLOWANCE = "expired-allowance", "an allowance's time is over";
    UNKNOWN_CODE = "unknown-code", "an allowance names a code that does not exist";
    UNUSED_ALLOWANCE = "unused-allowance", "nothing is found that an allowance allows";
}
