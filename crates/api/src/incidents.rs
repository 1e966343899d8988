//! `/api/v1/incidents`: what is wrong, who has it, and what people do about it.

mod act;
mod alerts;
mod detail;
mod list;
mod pages;
mod person;
mod posted;
mod shown;
mod surroundings;

pub(crate) use act::{Act, act, open};
pub(crate) use alerts::IncidentAlert;
pub(crate) use detail::{ShownDetail, show};
pub(crate) use list::list;
pub(crate) use pages::{ShownContact, ShownPage, ShownProgress};
pub(crate) use person::{acting, person_name};
pub(crate) use shown::{ShownAcknowledged, ShownIncident};
pub(crate) use surroundings::{ShownDependency, ShownImpact, ShownRelated};
