//! Codes of what an import finds; the others are those of the ops repo.

use evenkeel_diagnostic::Code;

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)+) => {
        $(#[doc = $meaning] pub const $name: Code = $code;)+

        /// Every code with its one-line meaning, by code.
        pub const ALL: &[(Code, &str)] = &[$(($code, $meaning)),+];
    };
}

codes! {
    ABSENT_CHANNEL = "absent-channel", "a contact channel is named and not there";
    ABSENT_CONTACT = "absent-contact", "a contact is named and not there";
    ABSENT_ROTATION = "absent-rotation", "a rotation is named and not there";
    APPROXIMATED = "approximated", "something has a counterpart that is not quite the same";
    ESCALATION_CYCLE = "escalation-cycle", "an escalation plan leads back to itself";
    JSON_SYNTAX = "json-syntax", "a text is not JSON";
    NOT_CARRIED_OVER = "not-carried-over", "something has no counterpart";
    NOTHING_TO_IMPORT = "nothing-to-import", "a text has nothing that an import takes";
}
