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
