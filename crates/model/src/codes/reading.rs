//! Codes of what is wrong with a file before anybody asks what it means.

codes! {
    ALIAS_EXPANSION = "alias-expansion", "aliases make a document larger than 100,000 values, or contain themselves";
    COMPLEX_KEY = "complex-key", "a mapping has a key that is a list or a mapping";
    DUPLICATE_KEY = "duplicate-key", "a mapping has the same key twice";
    DUPLICATE_RULE_GROUP = "duplicate-rule-group", "two groups of a rule file have the same name";
    FILE_TOO_LARGE = "file-too-large", "a file is larger than 4 MiB or has more than 500,000 values";
    INVALID_RULE = "invalid-rule", "a rule is one that Prometheus refuses to load";
    INVALID_RULE_TEST = "invalid-rule-test", "a unit test for rules is one that `promtool` refuses to run";
    INVALID_UTF8 = "invalid-utf8", "a file is not UTF-8 text";
    LINK_OUTSIDE = "link-outside", "a symbolic link leads out of the ops repo and is not followed";
    MERGE_VALUE = "merge-value", "a merge key `<<` is given something that is no mapping";
    NON_PORTABLE_NAME = "non-portable-name", "a metric or label has a name that Prometheus refuses before version 3";
    TOO_DEEP = "too-deep", "values are nested more than 64 deep";
    TOO_MANY_PATTERNS = "too-many-patterns", "a file has more than 10,000 regular expressions";
    UNKNOWN_DOCUMENT = "unknown-document", "a YAML document is of no kind that is read here";
    UNKNOWN_FOREIGN_FIELD = "unknown-foreign-field", "a file of another tool has a field that the tool does not know";
    YAML_SYNTAX = "yaml-syntax", "a text is not YAML";
}
