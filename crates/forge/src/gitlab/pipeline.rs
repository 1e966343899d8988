//! `pipeline`: how a pipeline went, and how many of its jobs somebody had to start.

use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant};

/// Jobs of a large pipeline that are looked at.
const JOBS_MAX: usize = 10_000;

pub(super) fn ran(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let pipeline = payload.at("/object_attributes");
    let outcome = match pipeline.text("/status") {
        Some("success") => "success",
        Some("failed") => "failure",
        Some("canceled") => "cancelled",
        Some(_) | None => return Told::nothing("a pipeline in this state is not used"),
    };
    let Some(id) = pipeline.whole("/id") else { return Told::nothing("the pipeline has no id") };
    let started = |job: &Payload<'_>| job.flag("/manual") == Some(true) && job.text("/started_at").is_some();
    let jobs =
        payload.at("/builds").0.is_array().then(|| payload.list("/builds").take(JOBS_MAX).filter(started).count());
    Told::one(
        place
            .of_repository(
                "pipeline",
                &format!("/pipeline:{id}"),
                pipeline.text("/finished_at").and_then(instant::read),
            )
            .text("commit", pipeline.text("/sha").and_then(commit::hash))
            .text("outcome", Some(outcome))
            .whole("manual_steps", jobs.and_then(|jobs| i64::try_from(jobs).ok()))
            .whole("duration_ms", pipeline.whole("/duration").map(|seconds| seconds.saturating_mul(1000))),
    )
}
