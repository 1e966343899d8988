//! The arguments of `evenkeel record`.

use std::path::PathBuf;

use clap::Args;

use crate::client::{Remote, When, person_name, team_name, workload_name};

/// `evenkeel record`
#[derive(Debug, Args)]
#[command(after_help = "Said again with the same key, it is the same thing: the last word counts. \
                        Without a key, the same thing at the same time is one.")]
pub struct RecordArgs {
    /// What sort of thing happened, such as `deployment`; `--kinds` lists them
    #[arg(value_name = "KIND", required_unless_present_any = ["kinds", "path"])]
    pub kind: Option<String>,
    /// What there is to say of it: `outcome=succeeded`; a list is `teams=shop,web`
    #[arg(value_name = "FIELD=VALUE", value_parser = field)]
    pub fields: Vec<(String, String)>,
    /// What makes it one thing among others, such as the number it has where it happened
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// When it happened [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<When>,
    /// The workload it is about
    #[arg(long, value_name = "NAME", value_parser = workload_name)]
    pub workload: Option<String>,
    /// The team it is about
    #[arg(long, value_name = "NAME", value_parser = team_name)]
    pub team: Option<String>,
    /// The person it is about
    #[arg(long, value_name = "NAME", value_parser = person_name)]
    pub person: Option<String>,
    /// Facts as JSON, one or a list, each with its `kind` unless KIND says it; `-` is standard input
    #[arg(
        long = "file",
        value_name = "FILE",
        conflicts_with_all = ["fields", "key", "at", "workload", "team", "person"],
    )]
    pub path: Option<PathBuf>,
    /// List the kinds
    #[arg(long, conflicts_with_all = ["kind", "path", "fields_of"])]
    pub kinds: bool,
    /// List the fields of KIND
    #[arg(long = "fields", requires = "kind", conflicts_with = "path")]
    pub fields_of: bool,
    /// What the file holds.
    #[arg(skip)]
    pub file: Option<RecordFile>,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What a file holds, read by whoever may read files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// Its text.
    pub text: String,
}

fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        Some(_) | None => Err("not a field and its value, such as `outcome=succeeded`".to_owned()),
    }
}
