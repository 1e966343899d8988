//! Memory for request bodies, bounded over all requests together.

use tokio::sync::{Semaphore, SemaphorePermit};

const UNIT_BYTES: usize = 1024;

/// Memory for request bodies.
#[derive(Debug)]
pub(crate) struct Room {
    units: Semaphore,
}

/// What one body takes of the room; given back on drop.
#[derive(Debug)]
pub(crate) struct Share<'a> {
    room: &'a Room,
    held: Option<SemaphorePermit<'a>>,
}

impl Room {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { units: Semaphore::new((bytes / UNIT_BYTES).min(Semaphore::MAX_PERMITS)) }
    }

    pub(crate) fn share(&self) -> Share<'_> {
        Share { room: self, held: None }
    }
}

impl Share<'_> {
    /// Grows to hold `bytes`; false when there is no room. Never waits, so that bodies cannot block each other.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> bool {
        let held = self.held.as_ref().map_or(0, SemaphorePermit::num_permits);
        let Some(more) = bytes.div_ceil(UNIT_BYTES).checked_sub(held).filter(|more| *more > 0) else { return true };
        let Some(permit) = u32::try_from(more).ok().and_then(|more| self.room.units.try_acquire_many(more).ok()) else {
            return false;
        };
        match &mut self.held {
            Some(held) => held.merge(permit),
            None => self.held = Some(permit),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_take_room_and_give_it_back() {
        let room = Room::new(4096);
        let mut first = room.share();
        assert!(first.grow_to(1) && first.grow_to(3000) && first.grow_to(2000));
        let mut second = room.share();
        assert!(!second.grow_to(2000) && second.grow_to(1024));
        drop(first);
        assert!(second.grow_to(4096));
    }
}
