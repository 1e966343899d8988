//! Codes of allowances.

codes! {
    ALLOWED_ERROR = "allowed-error", "an allowance is for errors, which cannot be allowed";
    EXPIRED_ALLOWANCE = "expired-allowance", "an allowance's time is over";
    TOO_MANY_ALLOWANCES = "too-many-allowances", "there are so many allowances for one code that not all are looked at";
    UNKNOWN_CODE = "unknown-code", "an allowance names a code that does not exist";
    UNUSED_ALLOWANCE = "unused-allowance", "nothing is found that an allowance allows";
}
