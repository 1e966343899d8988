//! The arguments of `evenkeel token …`.

use clap::{Args, Subcommand, ValueEnum};

use crate::client::{Remote, When, person_name};

/// `evenkeel token …`
#[derive(Debug, Args)]
pub struct TokenArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: TokenVerb,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenVerb {
    /// Make a token; its secret is printed once, alone on standard output, and is nowhere else
    Create(Create),
    /// List tokens: the own one and those made with it, or all for an admin
    List(List),
    /// Let a token and all that were made with it count no more
    Revoke(Revoke),
    /// Print a link that logs a browser in once
    Login,
    /// Say as whom the server sees the token, and what it lets do
    Whoami,
}

/// `evenkeel token create`
#[derive(Debug, Args)]
pub struct Create {
    /// What it is for
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What it lets its bearer do; never more than the token it is made with
    #[arg(long, value_enum)]
    pub role: TokenRole,
    /// The person it speaks for
    #[arg(long, value_name = "NAME", value_parser = person_name)]
    pub person: Option<String>,
    /// The one source whose alerts and events it may send
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// When it ends: `+90d`, `2026-12-31`, RFC 3339
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub expires: Option<When>,
}

/// What a token lets its bearer do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenRole {
    /// Sends alerts and events of one source
    Sender,
    /// Reports facts; never a page, acknowledgement, approval or grant
    Recorder,
    /// Looks
    Viewer,
    /// Looks, and acts on incidents and silences
    Responder,
    /// The same, and changes who is on call, and what goes to customers
    Operator,
    /// Everything, tokens of others too
    Admin,
}

impl TokenRole {
    /// As the server spells it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Recorder => "recorder",
            Self::Viewer => "viewer",
            Self::Responder => "responder",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

/// `evenkeel token list`
#[derive(Debug, Args)]
pub struct List {
    /// Those that are revoked or expired, too
    #[arg(long)]
    pub all: bool,
}

/// `evenkeel token revoke`
#[derive(Debug, Args)]
pub struct Revoke {
    /// Which, as `5` or `token:5`
    #[arg(value_name = "TOKEN")]
    pub token: String,
}
