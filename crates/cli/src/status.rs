//! `evenkeel status`: the status page on a terminal, and as files for any web host.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::args::Format;

/// `evenkeel status`
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: StatusVerb,
}

/// What to do with a status page.
#[derive(Debug, Subcommand)]
pub enum StatusVerb {
    /// Print a status page
    Show(StatusShow),
    /// Write the public status pages as files that any web host can serve
    Export(StatusExport),
    /// List who is subscribed, each with the record that holds the address
    Subscribers(StatusSubscribers),
    /// End a subscription, as its subscriber could; then its address can be erased
    End(StatusEnd),
}

/// `evenkeel status show`
#[derive(Debug, Args)]
pub struct StatusShow {
    /// Where the page comes from.
    #[command(flatten)]
    pub from: StatusFrom,
    /// Which page; by default the first public one
    #[arg(value_name = "PAGE")]
    pub page: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `evenkeel status export`
#[derive(Debug, Args)]
pub struct StatusExport {
    /// Where the pages come from.
    #[command(flatten)]
    pub from: StatusFrom,
    /// The folder to write into; made if it is not there
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
}

/// Where a page comes from.
#[derive(Debug, Args)]
pub struct StatusFrom {
    /// Read this data folder, also while its server runs
    #[arg(long, value_name = "DIR", required_unless_present = "from", conflicts_with = "from")]
    pub data: Option<PathBuf>,
    /// Take the documents from this ops repo; by default from the plan that was adopted last
    #[arg(long, value_name = "DIR", requires = "data")]
    pub ops: Option<PathBuf>,
    /// Ask the listener of a status page (`serve --status-listen`)
    #[arg(long, value_name = "URL")]
    pub from: Option<String>,
}

/// `evenkeel status subscribers`
#[derive(Debug, Args)]
pub struct StatusSubscribers {
    /// The data folder
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `evenkeel status end`
#[derive(Debug, Args)]
pub struct StatusEnd {
    /// Which, such as `subscription:17`
    #[arg(value_name = "SUBSCRIPTION")]
    pub subscription: String,
    /// The data folder, whose key shows that you may
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The listener of the status page
    #[arg(long, value_name = "URL")]
    pub from: String,
}
