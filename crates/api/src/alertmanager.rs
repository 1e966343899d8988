//! Alertmanager's API version 2, as its clients of versions 0.25 to 0.28 expect it.
//!
//! Source: Alertmanager, `api/v2/openapi.yaml` and `api/v2/api.go`. Where we differ is in `docs/api.md`.

pub(crate) mod alerts;
mod filter;
pub(crate) mod groups;
pub(crate) mod intake;
mod posted_alert;
mod posted_silence;
pub(crate) mod receivers;
mod shown_alert;
mod silence_id;
pub(crate) mod silences;
pub(crate) mod silencing;
mod snapshot;
pub(crate) mod status;
mod when;

pub use silence_id::shown_silence_id;
