//! Configuration text becomes a plan the way it does in the product.

use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};

use crate::ops;

/// The plan of an ops repo that is one file.
///
/// # Errors
/// What keeps it from being one.
pub fn planned(text: &str) -> Result<Plan, String> {
    let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.as_bytes().to_vec() };
    ops::plan_of(load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse))
}
