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
    DEPENDENCY_CYCLE = "dependency-cycle", "workloads stand on each other in a circle of hard dependencies";
    DUPLICATE_KEY = "duplicate-key", "a mapping has the same key twice";
    DUPLICATE_LABEL = "duplicate-label", "`group_by` names a label twice, or `...` beside others";
    DUPLICATE_NAME = "duplicate-name", "two documents of one kind, or two entries of one list, have the same name";
    DUPLICATE_RECEIVER = "duplicate-receiver", "two receivers have the same name";
    DUPLICATE_TIME_INTERVAL = "duplicate-time-interval", "two time intervals have the same name";
    EMPTY_TEAM = "empty-team", "a team may be paged and has no members";
    FILE_TOO_LARGE = "file-too-large", "a file is larger than 4 MiB or has more than 500,000 values";
    INLINE_SECRET = "inline-secret", "a password, token or secret address is written in the ops repo itself";
    INVALID_DURATION = "invalid-duration", "a value is no duration such as `1h30m`";
    INVALID_MATCHER = "invalid-matcher", "a value is no matcher such as `severity=\"page\"`";
    INVALID_NAME = "invalid-name", "a name is not made of lower-case letters, digits and `-`";
    INVALID_REFERENCE = "invalid-reference", "a value is no reference of the right kind, such as `person:ada`";
    INVALID_TEMPLATE = "invalid-template", "the text of an update is no template in Jinja, or cannot be filled in";
    INVALID_TIME = "invalid-time", "a value is no date and time, or the end is not after the beginning";
    INVALID_TIME_INTERVAL = "invalid-time-interval", "a range of times, days, months or years cannot be";
    INVALID_URL = "invalid-url", "a value is no `http` or `https` address";
    INVALID_UTF8 = "invalid-utf8", "a file is not UTF-8 text";
    INVALID_VALUE = "invalid-value", "a value is of the right type but not one that its field takes";
    LAST_RESORT_WITHOUT_PEOPLE = "last-resort-without-people", "the policy of last resort pages receivers only";
    LINK_OUTSIDE = "link-outside", "a symbolic link leads out of the ops repo and is not followed";
    MERGE_VALUE = "merge-value", "a merge key `<<` is given something that is no mapping";
    MISSING_FIELD = "missing-field", "a field that has no default is not there";
    MISSING_GLOBAL = "missing-global", "an integration relies on a global setting that is not there";
    NAMED_TWICE = "named-twice", "a list names the same one twice";
    NO_ESCALATION = "no-escalation", "a response plan pages nobody but the last resort";
    NO_LAST_RESORT = "no-last-resort", "there is a response plan and no policy of last resort";
    NO_OWNER = "no-owner", "nobody owns a workload or a response plan";
    NO_PROCEDURE = "no-procedure", "a response plan does not say what helps";
    NO_ROUTING = "no-routing", "the ops repo has no routing tree, so nobody would be told anything";
    ROOT_ROUTE = "root-route", "the root route has a setting that would let alerts slip past it";
    ROUTING_TOO_LARGE = "routing-too-large", "what routes inherit and their keys take more than 64 MiB";
    SECOND_ALERTMANAGER = "second-alertmanager", "the ops repo has more than one Alertmanager configuration";
    SECOND_ORGANIZATION = "second-organization", "the ops repo has more than one `Organization`";
    SECOND_RESPONSE_PLAN = "second-response-plan", "a receiver is attached to two response plans";
    SETTING_NOT_USED = "setting-not-used", "a setting of Alertmanager's is accepted and has no effect here";
    SHORT_EXPECTATION = "short-expectation", "an expected alert may stay away for less than two minutes";
    SILENT_RECEIVER = "silent-receiver", "a policy or an audience relies on a receiver that sends nothing";
    TEMPLATE_IN_ADDRESS = "template-in-address", "an address is a template, so nobody can say where notices go";
    TEMPLATE_NOT_SUPPORTED = "template-not-supported", "a text is a template of its own; the default text is sent";
    TEXT_TOO_LONG = "text-too-long", "a text is longer than its readers can use";
    TOO_DEEP = "too-deep", "values are nested more than 64 deep";
    TOO_MANY_PATTERNS = "too-many-patterns", "a file has more than 10,000 regular expressions";
    UNKNOWN_API_VERSION = "unknown-api-version", "`apiVersion` is not one that this Evenkeel reads";
    UNKNOWN_COMMUNICATION = "unknown-communication", "a communication plan is named that is not declared";
    UNKNOWN_CONTACT = "unknown-contact", "a contact is named that the person does not have";
    UNKNOWN_DOCUMENT = "unknown-document", "a YAML document is of no kind that is read here";
    UNKNOWN_ENVIRONMENT = "unknown-environment", "an environment is named that the workload does not have";
    UNKNOWN_FIELD = "unknown-field", "a mapping has a field that its kind does not have";
    UNKNOWN_KIND = "unknown-kind", "`kind` is not one that this Evenkeel reads";
    UNKNOWN_PERSON = "unknown-person", "a person is named who is not declared";
    UNKNOWN_POLICY = "unknown-policy", "an escalation policy is named that is not declared";
    UNKNOWN_PRIORITY = "unknown-priority", "a priority is named that the organisation does not have";
    UNKNOWN_RECEIVER = "unknown-receiver", "a receiver is named that is not declared";
    UNKNOWN_SCHEDULE = "unknown-schedule", "a schedule is named that is not declared";
    UNKNOWN_TEAM = "unknown-team", "a team is named that is not declared";
    UNKNOWN_TIME_INTERVAL = "unknown-time-interval", "a time interval is named that is not declared";
    UNKNOWN_TIME_ZONE = "unknown-time-zone", "a location is no IANA time zone";
    UNKNOWN_WORKLOAD = "unknown-workload", "a workload is named that is not declared";
    UNREACHABLE_PERSON = "unreachable-person", "a person may be paged and has no contact";
    UNSAFE_PATH = "unsafe-path", "a path is absolute or leads out of its folder";
    UNSUPPORTED_HTTP_OPTION = "unsupported-http-option", "an option of `http_config` or `tls_config` that we do not have";
    UNSUPPORTED_RECEIVER = "unsupported-receiver", "an integration of a type that we do not have";
    UNUSED_COMMUNICATION = "unused-communication", "no response plan names a communication plan";
    UNUSED_CONTACT = "unused-contact", "a person has rules and none of them names a contact";
    UNUSED_POLICY = "unused-policy", "nothing escalates by a policy";
    UNUSED_RECEIVER = "unused-receiver", "no route leads to a receiver";
    UNUSED_RESPONSE_PLAN = "unused-response-plan", "no route leads to the receivers of a response plan";
    UNUSED_SCHEDULE = "unused-schedule", "no policy pages who is on call in a schedule";
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
