//! `/api/v1/incidents`: what is wrong, who has it, and what people do about it.

mod act;
mod alerts;
pub(crate) mod declared;
mod detail;
mod list;
mod pages;
mod person;
mod posted;
mod shown;
mod surroundings;

pub(crate) use act::{Act, act, open};
pub(crate) use alerts::{IncidentAlert, firing_alert};
pub(crate) use detail::{ShownDetail, present, show};
pub(crate) use list::list;
pub(crate) use pages::{ShownContact, ShownPage, ShownProgress};
pub(crate) use person::{acting, person_name};
pub(crate) use shown::{ShownAcknowledged, ShownIncident};
pub(crate) use surroundings::{ShownDependency, ShownImpact, ShownRelated};
