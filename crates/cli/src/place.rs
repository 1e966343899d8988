//! Where the record is that a command looks into: a data folder of this machine, or a server.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::args::Format;
use crate::client::Remote;

/// A data folder, which is read without a server, or a server.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Ask this server; unless given, and without `--data`, that in EVENKEEL_SERVER, else http://127.0.0.1:7070
    #[arg(long, value_name = "URL", global = true, help_heading = "Record")]
    pub server: Option<String>,
    /// Read this data folder, also while its server runs; with `--server`, show its owner's token
    #[arg(long, value_name = "DIR", global = true, help_heading = "Record")]
    pub data: Option<PathBuf>,
    /// A file that holds the token to show; unless given the one that EVENKEEL_TOKEN_FILE names
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "data", help_heading = "Record")]
    pub token_file: Option<PathBuf>,
    /// Show the token even where it leaves this machine without TLS
    #[arg(long, global = true, help_heading = "Record")]
    pub insecure_http: bool,
}

impl Place {
    /// The data folder to read, when no server is to be asked.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.data.as_deref().filter(|_| self.server.is_none())
    }

    /// How to reach the server, when one is to be asked.
    #[must_use]
    pub fn remote(&self) -> Option<Remote> {
        let Self { server, data, token_file, insecure_http } = self.clone();
        let asked = self.folder().is_none();
        let (format, zone) = (Format::Text, None);
        asked.then_some(Remote { server, token_file, data, insecure_http, format, zone, utc: true })
    }
}
