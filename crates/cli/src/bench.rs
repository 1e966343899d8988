//! `evenkeel bench`: what is to be measured, and on how much.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `evenkeel bench`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BenchArgs {
    /// What is measured; recording, if nothing is said
    #[command(subcommand)]
    pub of: Option<BenchOf>,
    /// So many records
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub records: u64,
}

/// What else than recording is measured.
#[derive(Debug, Subcommand)]
pub enum BenchOf {
    /// Measure how fast this machine projects the record, reviews it in full, and follows a further record
    Review(BenchReview),
    /// Measure how fast this machine shows pages, and keeps those that are open up to date
    Pages(BenchPages),
}

/// `evenkeel bench pages`
#[derive(Debug, Args)]
pub struct BenchPages {
    /// So many open incidents, each of a workload of its own
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub incidents: usize,
    /// So many firing alerts that are no incident
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub alerts: usize,
    /// So many pages are open at once
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub readers: usize,
    /// So many changes, one a second
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub changes: usize,
    /// So many requests of each page
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub requests: usize,
}

/// `evenkeel bench review`
#[derive(Debug, Args)]
pub struct BenchReview {
    /// So many workloads, in teams of twenty
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub workloads: usize,
    /// So many records
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub records: u64,
    /// Keep the record there, or measure the one that was made there before
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}
