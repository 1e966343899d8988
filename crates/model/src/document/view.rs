//! `kind: View` as parsed.

use evenkeel_diagnostic::Spanned;
use evenkeel_record::Role;

use super::Name;
use crate::{ViewDetail, ViewPart};

/// `kind: View`.
#[derive(Debug, Clone)]
pub struct ViewDocument {
    /// `title`.
    pub title: Box<str>,
    /// `roles`.
    pub roles: Vec<Spanned<Role>>,
    /// `teams`.
    pub teams: Vec<Name>,
    /// `people`.
    pub people: Vec<Name>,
    /// `workloads.tiers`.
    pub tiers: Vec<u8>,
    /// `workloads.teams`.
    pub workloads_of: Vec<Name>,
    /// `workloads.own`.
    pub own: bool,
    /// `parts`; empty: all.
    pub parts: Vec<Spanned<ViewPart>>,
    /// `detail`.
    pub detail: ViewDetail,
}
