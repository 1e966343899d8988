//! A rule's occurrences as instants.

use std::collections::BTreeSet;

use super::walls::Walls;
use super::{DAY_SECONDS, Recurrence, Until, WallTime};
use crate::{Timestamp, Zone};

/// The instants at which something recurs, in order, each once.
#[derive(Debug, Clone)]
pub struct Occurrences<'a> {
    zone: &'a Zone,
    until: Option<Until>,
    walls: Walls,
    /// The next time on the wall clock that is not given out yet.
    ahead: Option<WallTime>,
    /// Times that the clocks left out, as what they showed instead: later ones of the rule may come before them.
    moved: BTreeSet<WallTime>,
    last: Option<Timestamp>,
    over: bool,
}

impl<'a> Occurrences<'a> {
    pub(super) fn new(rule: &Recurrence, start: WallTime, zone: &'a Zone, budget: u32) -> Self {
        let walls = Walls::new(rule, start, budget);
        Self { zone, until: rule.until, walls, ahead: None, moved: BTreeSet::new(), last: None, over: false }
    }

    /// Whether the search ended because its budget was spent: there may be more. Known once nothing comes any more.
    #[must_use]
    pub fn gave_up(&self) -> bool {
        self.walls.gave_up && !self.over
    }

    /// What the wall clock shows at the next occurrence.
    fn wall(&mut self) -> Option<WallTime> {
        loop {
            self.ahead = self.ahead.or_else(|| self.walls.next());
            let first = self.moved.first().copied();
            let Some(ahead) = self.ahead.filter(|ahead| first.is_none_or(|first| *ahead < first)) else {
                return self.moved.pop_first();
            };
            self.ahead = None;
            let shown = WallTime(self.zone.wall(self.zone.instant_of_wall(ahead).0).div_euclid(1000));
            if shown <= ahead {
                return Some(ahead);
            }
            self.moved.insert(shown);
        }
    }

    fn is_over(&self, wall: WallTime, at: Timestamp) -> bool {
        match self.until {
            None => false,
            Some(Until::At(until)) => at > until,
            Some(Until::Wall(until)) => wall > until,
            Some(Until::Day(day)) => wall.0.div_euclid(DAY_SECONDS) > day,
        }
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Timestamp;

    fn next(&mut self) -> Option<Timestamp> {
        while !self.over {
            let wall = self.wall()?;
            let at = self.zone.instant_of_wall(wall);
            self.over = self.is_over(wall, at);
            if !self.over && self.last.is_none_or(|last| last < at) {
                self.last = Some(at);
                return Some(at);
            }
        }
        None
    }
}
