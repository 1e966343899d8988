//! Patterns that stand for every kind of record of a domain, for the matches of the other domains.
//!
//! A match that lists its own kinds and names the others by these is still closed: a new kind is added here, and every
//! reader of its own domain is found.

/// Every kind of record about the program, its clock, its plans and its records, as a pattern of [`Body`](crate::Body).
#[macro_export]
macro_rules! system_bodies {
    () => {
        $crate::Body::Started(_)
            | $crate::Body::Stopped(_)
            | $crate::Body::ClockJumped(_)
            | $crate::Body::PlanAdopted(_)
            | $crate::Body::PlanRefused(_)
            | $crate::Body::LastResortTold(_)
            | $crate::Body::BodyErased(_)
    };
}

/// Every kind of record about alerts, groups, notices and silences, as a pattern of [`Body`](crate::Body).
#[macro_export]
macro_rules! alerting_bodies {
    () => {
        $crate::Body::AlertFired(_)
            | $crate::Body::AlertChanged(_)
            | $crate::Body::AlertResolved(_)
            | $crate::Body::AlertRegrouped(_)
            | $crate::Body::GroupOpened(_)
            | $crate::Body::GroupRebound(_)
            | $crate::Body::GroupCleared(_)
            | $crate::Body::NoticeIntended(_)
            | $crate::Body::NoticeFailing(_)
            | $crate::Body::NoticeDelivered(_)
            | $crate::Body::NoticeFailed(_)
            | $crate::Body::SilenceSet(_)
            | $crate::Body::SilenceExpired(_)
            | $crate::Body::RuleAlertsChanged(_)
    };
}

/// Every kind of record about incidents, problems, pages and updates, as a pattern of [`Body`](crate::Body).
#[macro_export]
macro_rules! incident_bodies {
    () => {
        $crate::Body::IncidentOpened(_)
            | $crate::Body::IncidentJoined(_)
            | $crate::Body::IncidentRerouted(_)
            | $crate::Body::IncidentEscalated(_)
            | $crate::Body::IncidentUnroutable(_)
            | $crate::Body::IncidentPaused(_)
            | $crate::Body::IncidentResumed(_)
            | $crate::Body::IncidentAcknowledged(_)
            | $crate::Body::AcknowledgementExpired(_)
            | $crate::Body::IncidentAssigned(_)
            | $crate::Body::IncidentSeveritySet(_)
            | $crate::Body::IncidentVisibilitySet(_)
            | $crate::Body::IncidentNoted(_)
            | $crate::Body::IncidentMerged(_)
            | $crate::Body::IncidentResolved(_)
            | $crate::Body::IncidentReopened(_)
            | $crate::Body::IncidentClosed(_)
            | $crate::Body::ProblemOpened(_)
            | $crate::Body::ProblemLinked(_)
            | $crate::Body::ProblemResolved(_)
            | $crate::Body::PageOpened(_)
            | $crate::Body::MessageIntended(_)
            | $crate::Body::MessageFailing(_)
            | $crate::Body::MessageDelivered(_)
            | $crate::Body::MessageFailed(_)
            | $crate::Body::PageFailed(_)
            | $crate::Body::PageExpired(_)
            | $crate::Body::UpdateDrafted(_)
            | $crate::Body::UpdateApproved(_)
            | $crate::Body::UpdateWithdrawn(_)
    };
}

/// Every kind of record about tokens, overrides of schedules and subscriptions, as a pattern of [`Body`](crate::Body).
#[macro_export]
macro_rules! access_bodies {
    () => {
        $crate::Body::TokenCreated(_)
            | $crate::Body::TokenRevoked(_)
            | $crate::Body::OverrideSet(_)
            | $crate::Body::OverrideRemoved(_)
            | $crate::Body::SubscriptionAsked(_)
            | $crate::Body::SubscriptionConfirmed(_)
            | $crate::Body::SubscriptionEnded(_)
            | $crate::Body::SubscribersTold(_)
    };
}

/// Every kind of record about what is told, declared and signed for reviews, as a pattern of [`Body`](crate::Body).
#[macro_export]
macro_rules! review_bodies {
    () => {
        $crate::Body::FactReported(_)
            | $crate::Body::Attested(_)
            | $crate::Body::AttestationWithdrawn(_)
            | $crate::Body::ImprovementOpened(_)
            | $crate::Body::ImprovementClosed(_)
            | $crate::Body::ImprovementReopened(_)
            | $crate::Body::ImprovementDropped(_)
            | $crate::Body::MilestoneSet(_)
            | $crate::Body::DocumentsDeclared(_)
            | $crate::Body::FindingsFound(_)
    };
}
