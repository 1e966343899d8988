//! What happens to code until it is released.

use crate::FactKind;
use crate::kind::{flag, list, text, whole, word};

pub(super) const MERGE: FactKind = FactKind {
    name: "merge",
    table: "merges",
    about: "A change of code was merged.",
    requires: &[],
    fields: &[
        text("repository", "Where, such as `acme/shop`.").required(),
        whole("number", "The number of the pull or merge request.").required(),
        text("commit", "What it became in the branch.").required(),
        text("branch", "Into which branch."),
        text("author", "Who wrote it, by a pseudonym."),
        text("merged_by", "Who merged it, by a pseudonym."),
        list("reviewers", "Who approved it, by pseudonyms."),
        flag("independent_review", "Whether somebody else than its authors approved it."),
        whole("size", "How many lines came or went."),
        whole("files", "How many files it touches."),
        flag("tested", "Whether its checks passed before it was merged."),
    ],
};

pub(super) const PUSH: FactKind = FactKind {
    name: "push",
    table: "pushes",
    about: "Commits arrived in a branch.",
    requires: &[],
    fields: &[
        text("repository", "Where, such as `acme/shop`.").required(),
        text("branch", "In which branch.").required(),
        text("commit", "Where the branch stands now.").required(),
        whole("commits", "How many commits arrived."),
        flag("signed", "Whether every one of them has a good signature."),
        flag("forced", "Whether what stood there before was replaced."),
        flag("protected", "Whether the branch takes changes by review only."),
    ],
};

pub(super) const CODE_REVIEW: FactKind = FactKind {
    name: "code-review",
    table: "code_reviews",
    about: "Somebody looked at a change of code and said what they think of it.",
    requires: &[],
    fields: &[
        text("repository", "Where, such as `acme/shop`.").required(),
        whole("number", "The number of the pull or merge request.").required(),
        text("reviewer", "Who looked, by a pseudonym."),
        word("state", &["approved", "changes-requested", "commented"], "What they said.").required(),
    ],
};

pub(super) const PIPELINE: FactKind = FactKind {
    name: "pipeline",
    table: "pipelines",
    about: "A pipeline ran to its end.",
    requires: &[],
    fields: &[
        text("repository", "Whose pipeline, such as `acme/shop`.").required(),
        text("commit", "What it built.").required(),
        word("outcome", &["success", "failure", "cancelled"], "How it ended.").required(),
        whole("tests", "How many tests it ran."),
        whole("manual_steps", "How many steps waited for a person."),
        whole("duration_ms", "How long it took, in milliseconds."),
    ],
};

pub(super) const RELEASE: FactKind = FactKind {
    name: "release",
    table: "releases",
    about: "A version became available.",
    requires: &[],
    fields: &[
        text("repository", "Of what, such as `acme/shop`.").required(),
        text("version", "Which version.").required(),
        text("commit", "What it was built from."),
        text("digest", "What names the built thing by its content."),
    ],
};

pub(super) const COMMIT: FactKind = FactKind {
    name: "commit",
    table: "commits",
    about: "The ops repo itself was changed.",
    requires: &[],
    fields: &[
        text("commit", "Which commit.").required(),
        text("author", "Who wrote it, by a pseudonym."),
        list("reviewers", "Who else looked at it, by pseudonyms."),
        flag("signed", "Whether it has a good signature."),
        whole("size", "How many lines came or went."),
        whole("files", "How many files it touches."),
    ],
};
