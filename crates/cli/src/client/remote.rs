//! The options of every command that asks a server.

use std::path::PathBuf;

use clap::Args;
use evenkeel_time::{UnknownZone, Zone};

use crate::args::Format;

/// Which server, with which token, and how to print.
#[derive(Debug, Clone, Args)]
pub struct Remote {
    /// The server's address; unless given that in EVENKEEL_SERVER, else http://127.0.0.1:7070
    #[arg(long, value_name = "URL", global = true, help_heading = "Server")]
    pub server: Option<String>,
    /// A file that holds the token to show; unless given the one that EVENKEEL_TOKEN_FILE names
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "data", help_heading = "Server")]
    pub token_file: Option<PathBuf>,
    /// The data folder of a server on this machine, to show its owner's token
    #[arg(long, value_name = "DIR", global = true, help_heading = "Server")]
    pub data: Option<PathBuf>,
    /// Show the token even where it leaves this machine without TLS
    #[arg(long, global = true, help_heading = "Server")]
    pub insecure_http: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text, global = true, help_heading = "Output")]
    pub format: Format,
    /// The zone in which times are shown, and read where they name none; by default this machine's
    #[arg(long, value_name = "ZONE", global = true, value_parser = zone, help_heading = "Output")]
    pub zone: Option<Zone>,
    /// The same as `--zone UTC`
    #[arg(long, global = true, conflicts_with = "zone", help_heading = "Output")]
    pub utc: bool,
}

impl Remote {
    /// The zone of times, where this machine's is the usual one.
    #[must_use]
    pub fn zone_or(&self, local: impl FnOnce() -> Zone) -> Zone {
        match (&self.zone, self.utc) {
            (_, true) => Zone::UTC,
            (Some(zone), false) => zone.clone(),
            (None, false) => local(),
        }
    }
}

fn zone(name: &str) -> Result<Zone, UnknownZone> {
    Zone::named(name)
}
