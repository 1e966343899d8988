//! Configuration text becomes a plan the way it does in the product.

use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};

/// The plan of an ops repo that is one file.
pub fn planned(text: &str) -> Result<Plan, String> {
    let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.as_bytes().to_vec() };
    let loaded = load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse);
    loaded.plan.ok_or_else(|| {
        let blocking = loaded.diagnostics.iter().filter(|diag| diag.blocks());
        blocking.map(|diag| format!("{}: {}", diag.code, diag.headline)).collect::<Vec<_>>().join("; ")
    })
}
