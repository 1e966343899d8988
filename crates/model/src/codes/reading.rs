//! Codes of what is wrong with a file before anybody asks what it means.

codes! {
    ALIAS_EXPANSION = "alias-expansion", "aliases make a document larger than 100,000 values, or contain themselves";
    BAD_IGNORE_PATTERN = "bad-ignore-pattern", "a line of `.evenkeelignore` is no pattern";
    BROKEN_LINK = "broken-link", "a symbolic link leads nowhere";
    COMPLEX_KEY = "complex-key", "a mapping has a key that is a list or a mapping";
    DUPLICATE_KEY = "duplicate-key", "a mapping has the same key twice";
    DUPLICATE_RULE_GROUP = "duplicate-rule-group", "two groups of a rule file have the same name";
    FILE_TOO_LARGE = "file-too-large", "a file is larger than 4 MiB or has more than 500,000 values";
    FOLDERS_TOO_DEEP = "folders-too-deep", "a folder is more than 100 folders deep and is not read";
    INVALID_RULE = "invalid-rule", "a rule is one that Prometheus refuses to load";
    INVALID_RULE_TEST = "invalid-rule-test", "a unit test for rules is one that `promtool` refuses to run";
    INVALID_UTF8 = "invalid-utf8", "a file is not UTF-8 text";
    LARGE_FILE_POINTER = "large-file-pointer", "a file is a pointer of Git LFS, and its content is elsewhere";
    LINK_OUTSIDE = "link-outside", "a symbolic link leads out of the ops repo and is not followed";
    MERGE_VALUE = "merge-value", "a merge key `<<` is given something that is no mapping";
    NON_PORTABLE_NAME = "non-portable-name", "a metric or label has a name that Prometheus refuses before version 3";
    NOT_A_FILE = "not-a-file", "a pipe, a socket or a device stands where a file is read";
    SUBMODULE_NOT_READ = "submodule-not-read", "a git submodule is in the ops repo, and what it holds is not read";
    TOO_DEEP = "too-deep", "values are nested more than 64 deep";
    TOO_MANY_PATTERNS = "too-many-patterns", "a file has more than 10,000 regular expressions";
    UNKNOWN_DOCUMENT = "unknown-document", "a YAML document is of no kind that is read here";
    UNKNOWN_FOREIGN_FIELD = "unknown-foreign-field", "a file of another tool has a field that the tool does not know";
    UNREADABLE_FILE = "unreadable-file", "a file or folder cannot be read";
    YAML_SYNTAX = "yaml-syntax", "a text is not YAML";
    YAML_TRAP = "yaml-trap", "a plain value is text here and something else to many readers of YAML";
}
