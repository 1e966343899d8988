//! Codes of what an import finds; the others are those of the ops repo.

use evenkeel_diagnostic::Code;

/// Something has a counterpart that is not quite the same.
pub const APPROXIMATED: Code = "approximated";
/// An escalation plan leads back to itself.
pub const ESCALATION_CYCLE: Code = "escalation-cycle";
/// A text is not JSON.
pub const JSON_SYNTAX: Code = "json-syntax";
/// A text has nothing that an import takes.
pub const NOTHING_TO_IMPORT: Code = "nothing-to-import";
/// Something has no counterpart.
pub const NOT_CARRIED_OVER: Code = "not-carried-over";
/// A contact is named that the text does not have.
pub const UNKNOWN_CONTACT: Code = "unknown-contact";
/// A contact channel is named that the text does not have.
pub const UNKNOWN_CHANNEL: Code = "unknown-channel";
/// A rotation is named that the text does not have.
pub const UNKNOWN_ROTATION: Code = "unknown-rotation";

/// All, with what they mean, by code.
pub const ALL: [(Code, &str); 8] = [
    (APPROXIMATED, "something has a counterpart that is not quite the same"),
    (ESCALATION_CYCLE, "an escalation plan leads back to itself"),
    (JSON_SYNTAX, "a text is not JSON"),
    (NOT_CARRIED_OVER, "something has no counterpart"),
    (NOTHING_TO_IMPORT, "a text has nothing that an import takes"),
    (UNKNOWN_CHANNEL, "a contact channel is named that the text does not have"),
    (UNKNOWN_CONTACT, "a contact is named that the text does not have"),
    (UNKNOWN_ROTATION, "a rotation is named that the text does not have"),
];
