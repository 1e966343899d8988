//! The pages that people look at: state → HTML, complete without scripts.
//!
//! ```text
//! path, query ─▶ Place ─▶ PageRoute ─▶ collect (under the engine's lock) ─▶ view ─▶ HTML
//! path, fields ─▶ Place ─▶ FormRoute ─▶ Act (an input, and where to go on) or Wrong (the page again, all that was typed kept)
//! ```
//!
//! Nothing here knows HTTP, a clock, a file or a socket: who asks, when, and for what are arguments; what comes back is
//! a page as text. The tables [`PAGES`] and [`FORMS`] hold what there is, each row with the action that decides who may.
//! A page is one module with a view of its own (owned values, collected in one go) and one template.

mod about;
mod alert_page;
mod alert_told;
mod alerts_asked;
mod alerts_line;
mod alerts_page;
mod alerts_sieve;
mod alerts_text;
mod alerts_window;
mod asked;
mod calendar;
mod calendar_wall;
mod clock;
mod evidence;
mod files;
mod findings;
mod form;
mod frame;
mod graph;
mod groups;
mod groups_one;
mod history;
mod incident;
mod incident_line;
mod incident_named;
mod incident_standing;
mod incidents;
mod link;
mod mark;
mod markdown;
mod oncall;
mod oncall_acts;
mod oncall_cover;
mod oncall_gap;
mod oncall_load;
mod oncall_schedule;
mod oncall_turn;
mod overview;
mod overview_changes;
mod people_load;
mod person;
mod place;
mod plan_change;
mod plan_lines;
mod plan_page;
mod plans_found;
mod plans_page;
mod problems;
mod procedure;
mod procedures;
mod record_links;
mod record_page;
mod records;
mod records_page;
mod records_verified;
mod records_verify_page;
mod review;
mod review_attest;
mod review_improvements;
mod review_matrix;
mod review_practice;
mod review_refs;
mod review_subject;
mod route;
mod said;
mod search;
mod shown;
mod silence_acts;
mod silence_form;
mod silence_page;
mod silence_preview;
mod silence_wanted;
mod silences;
mod small;
mod status;
mod teams;
mod teams_on_call;
mod teams_one;
mod view;
mod workload;
mod workloads;
mod workloads_pager;

pub use asked::{Asked, Kept, Standing};
pub use clock::{Clock, Moment};
pub use evidence::{Ask, Cell, Rows};
pub use files::{File, ICON, file};
pub use form::{Act, FORMS, Fields, FormRoute, Wrong};
pub use frame::{Frame, Section};
pub use place::Place;
pub use plans_found::{FileChange, PlanChange, PlanCommitted, PlanFound, PlanOutcome, PlansAsked, PlansFound};
pub use records::{RecordFound, RecordsAsked, RecordsFound};
pub use records_verified::{VERIFIED_AT_ONCE_MAX, Verified, VerifyAsked, VerifyFault};
pub use route::{PAGES, PageRoute, Show};
pub use said::{Said, Tone};
pub use shown::Shown;
pub use small::{Offer, Small};
