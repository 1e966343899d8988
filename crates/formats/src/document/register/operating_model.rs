//! `kind: OperatingModel`.

use super::named;
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

/// The ways in which engineering and operating, of application and platform, are divided among teams.
///
/// All four apart; or those who build it run it, with standards set by the platform, the same with a provider who
/// operates the platform, or with teams that may set their own.
/// Source: AWS, Operational Excellence Pillar of 2020, "Operating Model 2 by 2 Representations".
const MODELS: [&str; 4] =
    ["fully-separated", "central-governance", "central-governance-with-provider", "decentral-governance"];

pub(super) static KIND: Kind = Kind {
    name: "OperatingModel",
    about: "Who engineers and who operates some workloads, application and platform.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "workloads",
            Sort::OneOrMany(Form::Named("workload"), Least::One),
            "The workloads that are operated so.",
        )
        .required(),
        Field::new("model", Sort::Text(Form::Word(&MODELS)), "How the four parts are divided.").required(),
        Field::new("applicationEngineering", named("team"), "The team that builds the application.").required(),
        Field::new(
            "applicationOperations",
            named("team"),
            "The team that deploys the application and is paged for it.",
        )
        .required(),
        Field::new("platformEngineering", named("team"), "The team that builds what it runs on.").required(),
        Field::new("platformOperations", named("team"), "The team that keeps what it runs on going.").required(),
    ],
    rules: &[],
};
