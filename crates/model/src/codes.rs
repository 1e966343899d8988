//! The codes of everything `check` says about an ops repo.

use evenkeel_diagnostic::Code;

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)+) => {
        $(#[doc = $meaning] pub const $name: Code = $code;)+

        /// Every code with its one-line meaning, by code.
        pub const ALL: &[(Code, &str)] = &[$(($code, $meaning)),+];
    };
}

codes! {
    ALIAS_EXPANSION = "alias-expansion", "aliases make a document larger than 100,000 values, or contain themselves";
    COMPLEX_KEY = "complex-key", "a mapping has a key that is a list or a mapping";
    CONFLICTING_FIELDS = "conflicting-fields", "fields are set that exclude each other";
    DUPLICATE_KEY = "duplicate-key", "a mapping has the same key twice";
    DUPLICATE_LABEL = "duplicate-label", "`group_by` names a label twice, or `...` beside others";
    DUPLICATE_NAME = "duplicate-name", "two documents of one kind have the same name";
    DUPLICATE_RECEIVER = "duplicate-receiver", "two receivers have the same name";
    DUPLICATE_TIME_INTERVAL = "duplicate-time-interval", "two time intervals have the same name";
    FILE_TOO_LARGE = "file-too-large", "a file is larger than 4 MiB or has more than 500,000 values";
    INLINE_SECRET = "inline-secret", "a password, token or secret address is written in the ops repo itself";
    INVALID_DURATION = "invalid-duration", "a value is no duration such as `1h30m`";
    INVALID_MATCHER = "invalid-matcher", "a value is no matcher such as `severity=\"page\"`";
    INVALID_NAME = "invalid-name", "a name is not made of lower-case letters, digits and `-`";
    INVALID_TIME_INTERVAL = "invalid-time-interval", "a range of times, days, months or years cannot be";
    INVALID_URL = "invalid-url", "a value is no `http` or `https` address";
    INVALID_UTF8 = "invalid-utf8", "a file is not UTF-8 text";
    INVALID_VALUE = "invalid-value", "a value is of the right type but not one that its field takes";
    LINK_OUTSIDE = "link-outside", "a symbolic link leads out of the ops repo and is not followed";
    MERGE_VALUE = "merge-value", "a merge key `<<` is given something that is no mapping";
    MISSING_FIELD = "missing-field", "a field that has no default is not there";
    MISSING_GLOBAL = "missing-global", "an integration relies on a global setting that is not there";
    NO_ROUTING = "no-routing", "the ops repo has no routing tree, so nobody would be told anything";
    ROOT_ROUTE = "root-route", "the root route has a setting that would let alerts slip past it";
    ROUTING_TOO_LARGE = "routing-too-large", "what routes inherit and their keys take more than 64 MiB";
    SECOND_ALERTMANAGER = "second-alertmanager", "the ops repo has more than one Alertmanager configuration";
    SECOND_ORGANIZATION = "second-organization", "the ops repo has more than one `Organization`";
    SETTING_NOT_USED = "setting-not-used", "a setting of Alertmanager's is accepted and has no effect here";
    SHORT_EXPECTATION = "short-expectation", "an expected alert may stay away for less than two minutes";
    TEMPLATE_IN_ADDRESS = "template-in-address", "an address is a template, so nobody can say where notices go";
    TEMPLATE_NOT_SUPPORTED = "template-not-supported", "a text is a template of its own; the default text is sent";
    TOO_DEEP = "too-deep", "values are nested more than 64 deep";
    TOO_MANY_PATTERNS = "too-many-patterns", "a file has more than 10,000 regular expressions";
    UNKNOWN_API_VERSION = "unknown-api-version", "`apiVersion` is not one that this Evenkeel reads";
    UNKNOWN_DOCUMENT = "unknown-document", "a YAML document is of no kind that is read here";
    UNKNOWN_FIELD = "unknown-field", "a mapping has a field that its kind does not have";
    UNKNOWN_KIND = "unknown-kind", "`kind` is not one that this Evenkeel reads";
    UNKNOWN_RECEIVER = "unknown-receiver", "a receiver is named that is not declared";
    UNKNOWN_TIME_INTERVAL = "unknown-time-interval", "a time interval is named that is not declared";
    UNKNOWN_TIME_ZONE = "unknown-time-zone", "a location is no IANA time zone";
    UNSAFE_PATH = "unsafe-path", "a path is absolute or leads out of its folder";
    UNSUPPORTED_HTTP_OPTION = "unsupported-http-option", "an option of `http_config` or `tls_config` that we do not have";
    UNSUPPORTED_RECEIVER = "unsupported-receiver", "an integration of a type that we do not have";
    UNUSED_RECEIVER = "unused-receiver", "no route leads to a receiver";
    UNUSED_TIME_INTERVAL = "unused-time-interval", "no route names a time interval";
    WRONG_TYPE = "wrong-type", "a value is of another type than its field takes";
    YAML_SYNTAX = "yaml-syntax", "a text is not YAML";
    ZERO_INTERVAL = "zero-interval", "an interval is zero, which would never end or never wait";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_kebab_case_sorted_and_unique() {
        assert!(ALL.is_sorted_by(|a, b| a.0 < b.0));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(ALL.iter().all(|(code, meaning)| code.chars().all(plain) && !meaning.ends_with('.')));
    }
}
