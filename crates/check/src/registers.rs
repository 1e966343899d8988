//! Registers: goals, needs, obligations, risks, decisions, agreements, and what is known and done again and again.

mod cadence_without_people;
mod entry;
mod expired_exception;
mod expired_request;
mod expired_support_plan;
mod goal_without_kpi;
mod idle_goal;
mod improvement_overdue;
mod lesson_applies_to_nothing;
mod missing_agreement;
mod one_sided_agreement;
mod overdue_review;
mod single_option_decision;
mod skill_held_by_too_few;
mod training_for_nobody;
mod two_operating_models;
mod unclassified_data;
mod unmapped_obligation;
mod unmodelled_workload;
mod untreated_risk;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[
    cadence_without_people::check,
    expired_exception::check,
    expired_request::check,
    expired_support_plan::check,
    goal_without_kpi::check,
    idle_goal::check,
    improvement_overdue::check,
    lesson_applies_to_nothing::check,
    missing_agreement::check,
    one_sided_agreement::check,
    overdue_review::check,
    single_option_decision::check,
    skill_held_by_too_few::check,
    training_for_nobody::check,
    two_operating_models::check,
    unclassified_data::check,
    unmapped_obligation::check,
    unmodelled_workload::check,
    untreated_risk::check,
];
