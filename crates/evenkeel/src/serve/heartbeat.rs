//! Pings the addresses of heartbeats, but only while accept → commit → notify works.

use std::sync::Arc;
use std::time::Duration;

use evenkeel_alerting::Outcome;
use evenkeel_model::{Heartbeat, Plan};
use evenkeel_notify::Sender;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

use super::desk::Shared;
use super::inbox::Item;
use super::status::Status;

/// The way through inbox, engine and disk may take this long.
const PULSE_FOR: Duration = Duration::from_secs(5);
/// One ping may take this long.
const PING_FOR: Duration = Duration::from_secs(10);
/// A notice that fails for longer than this holds the heartbeat back.
const FAILING_FOR: evenkeel_time::Duration = evenkeel_time::Duration::minutes(2);

/// Runs the heartbeats of whatever plan serves.
pub(crate) async fn run(shared: Arc<Shared>, sender: Sender, mut plans: watch::Receiver<Arc<Plan>>) {
    let mut running = JoinSet::new();
    loop {
        let plan = plans.borrow_and_update().clone();
        running.shutdown().await;
        for heartbeat in plan.heartbeats.iter().cloned() {
            running.spawn(beat(shared.clone(), sender.clone(), heartbeat));
        }
        if plans.changed().await.is_err() {
            return;
        }
    }
}

async fn beat(shared: Arc<Shared>, sender: Sender, heartbeat: Heartbeat) {
    let mut ticks = tokio::time::interval(heartbeat.interval.to_std().max(Duration::from_millis(100)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(reason) = works(&shared).await {
            Status::add(&shared.status.heartbeats_held, 1);
            tracing::error!(heartbeat = %heartbeat.name, reason, "heartbeat held back");
            continue;
        }
        match sender.ping(&heartbeat.url, PING_FOR).await {
            Outcome::Delivered => Status::add(&shared.status.heartbeats, 1),
            Outcome::Failed { reason, .. } => {
                tracing::warn!(heartbeat = %heartbeat.name, reason, "the heartbeat's address did not answer");
            }
        }
    }
}

/// Accept and commit by sending a pulse through, notify by looking for notices that do not get out.
async fn works(shared: &Arc<Shared>) -> Result<(), String> {
    let (reply, answer) = oneshot::channel();
    shared.inbox.put(Item::Pulse(reply));
    match tokio::time::timeout(PULSE_FOR, answer).await {
        Err(_) => return Err(format!("no commit within {} s", PULSE_FOR.as_secs())),
        Ok(Err(_)) => return Err("the engine is stopping".to_owned()),
        Ok(Ok(Err(unavailable))) => return Err(unavailable.to_string()),
        Ok(Ok(Ok(_))) => {}
    }
    let now = super::clock::wall_now();
    let failing = tokio::task::block_in_place(|| {
        let driver = shared.driver();
        let notices = driver.engine().state().alerting.notices();
        notices
            .filter_map(|notice| notice.failing.as_ref().map(|why| (notice, why)))
            .find(|(notice, _)| now - notice.intended_at > FAILING_FOR)
            .map(|(notice, why)| format!("{} to receiver `{}` does not get out: {why}", notice.id, notice.receiver))
    });
    failing.map_or(Ok(()), Err)
}
