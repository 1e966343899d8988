//! The arguments of `evenkeel query`.

use clap::{Args, ValueEnum};
use evenkeel_time::{UnknownZone, Zone};

use crate::place::Place;

/// `evenkeel query`
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// One SELECT over the tables of evidence, such as `SELECT id, severity FROM incidents`
    #[arg(value_name = "SQL")]
    pub sql: String,
    /// Where the record is.
    #[command(flatten)]
    pub place: Place,
    /// So many rows at most
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t = QueryFormat::Table)]
    pub format: QueryFormat,
    /// In tables, show times as times and lengths as lengths, not as milliseconds
    #[arg(long)]
    pub times: bool,
    /// The zone in which times are shown; by default this machine's
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub zone: Option<Zone>,
    /// The same as `--zone UTC`
    #[arg(long, conflicts_with = "zone")]
    pub utc: bool,
}

/// How rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QueryFormat {
    /// Aligned columns, for people
    Table,
    /// One JSON object with the names of the columns and the rows
    Json,
    /// Comma-separated values with a line of names; NULL is nothing, an empty text is `""`
    Csv,
}

impl QueryArgs {
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
