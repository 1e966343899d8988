//! `kind: StatusPage` and `kind: Maintenance` as parsed.

use evenkeel_diagnostic::Spanned;
use evenkeel_time::Timestamp;

use super::Name;
use crate::Readers;

/// `kind: StatusPage`.
#[derive(Debug, Clone)]
pub struct StatusPageDocument {
    /// `title`.
    pub title: Box<str>,
    /// `description`.
    pub description: Box<str>,
    /// `audience`: that of communication plans.
    pub audience: Name,
    /// `components`, in the order of the file.
    pub components: Vec<PageComponentDocument>,
    /// `history`, in days.
    pub history_days: u32,
    /// `support`.
    pub support: Option<Box<str>>,
    /// `readers`.
    pub readers: Readers,
    /// `mail`: receivers.
    pub mail: Vec<Name>,
}

/// One of `components`.
#[derive(Debug, Clone)]
pub struct PageComponentDocument {
    /// Unique in the page.
    pub name: Name,
    /// `title`; the name unless written.
    pub title: Box<str>,
    /// `description`.
    pub description: Box<str>,
    /// `group`.
    pub group: Option<Box<str>>,
    /// `workloads`.
    pub workloads: Vec<Name>,
}

/// `kind: Maintenance`.
#[derive(Debug, Clone)]
pub struct MaintenanceDocument {
    /// `title`.
    pub title: Box<str>,
    /// `text`.
    pub text: Box<str>,
    /// `starts`.
    pub starts: Spanned<Timestamp>,
    /// `ends`; after `starts`.
    pub ends: Spanned<Timestamp>,
    /// `workloads`.
    pub workloads: Vec<Name>,
    /// `audiences`.
    pub audiences: Vec<Name>,
}
