//! Dates and times of a calendar, in their zones.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::{codes, quoted};
use evenkeel_time::{Duration, Timestamp, WallTime, Zone};

use super::line::Line;
use super::{finding, zones};
use crate::fields::Cx;

/// A date, or a date and time.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) wall: WallTime,
    pub(super) zone: Zone,
    /// A day without a time.
    pub(super) is_day: bool,
}

impl Moment {
    pub(super) fn instant(&self) -> Timestamp {
        self.zone.instant_of_wall(self.wall)
    }
}

/// The zones of one calendar.
#[derive(Debug)]
pub(super) struct Clock {
    /// What the calendar's own zones are called elsewhere, by `TZID`.
    aliases: BTreeMap<String, String>,
    /// `None`: no zone has that name.
    known: BTreeMap<String, Option<Zone>>,
    default: Option<Zone>,
    floating_said: bool,
}

impl Clock {
    pub(super) fn new(aliases: Vec<(String, String)>) -> Self {
        let aliases = aliases.into_iter().collect();
        Self { aliases, known: BTreeMap::new(), default: None, floating_said: false }
    }

    /// Times without a zone are in this one.
    pub(super) fn default_to(&mut self, line: &Line, cx: &mut Cx) {
        self.default = self.zone(line.value.text.trim(), line.value.span, cx);
    }

    /// Reads the value of a line such as `DTSTART`.
    pub(super) fn moment(&mut self, line: &Line, cx: &mut Cx) -> Option<Moment> {
        self.each(line, cx).pop()
    }

    /// Reads a list of such values.
    pub(super) fn each(&mut self, line: &Line, cx: &mut Cx) -> Vec<Moment> {
        let zone = line.parameter("TZID").map(|(id, place)| self.zone(id, place, cx).unwrap_or(Zone::UTC));
        let (mut found, mut at) = (Vec::new(), 0);
        for text in line.value.text.split(',') {
            let place = at..at + text.len();
            at += text.len() + 1;
            // Of a period only the beginning is asked for.
            let begin = text.split('/').next().unwrap_or("").trim();
            let (local, utc) = begin.strip_suffix(['Z', 'z']).map_or((begin, false), |local| (local, true));
            let Some(wall) = WallTime::parse_basic(local) else {
                let headline = format!("`{}` is no date or time: {}", line.name, quoted(text));
                let help = "write `20261224`, `20261224T180000Z`, or `20261224T180000` with a `TZID`";
                cx.push(finding(line.value.place(place), headline).help(help));
                continue;
            };
            let is_day = !local.contains('T');
            let zone = if utc { Some(Zone::UTC) } else { zone.clone() };
            let zone = zone.unwrap_or_else(|| self.floating(line, is_day, cx));
            found.push(Moment { wall, zone, is_day });
        }
        found
    }

    /// The zone of what names none.
    fn floating(&mut self, line: &Line, is_day: bool, cx: &mut Cx) -> Zone {
        if let Some(zone) = &self.default {
            return zone.clone();
        }
        if !is_day && !self.floating_said {
            self.floating_said = true;
            let headline = format!("the time in `{}` names no zone and is read as UTC", line.name);
            let diag = Diagnostic::finding(codes::FLOATING_TIME, line.value.span, headline);
            let help =
                "write `;TZID=Europe/Berlin` before the `:`, or `Z` at the end, or `X-WR-TIMEZONE` for the calendar";
            cx.push(diag.help(help));
        }
        Zone::UTC
    }

    /// The zone of that name; says once of each that is none.
    fn zone(&mut self, id: &str, place: Span, cx: &mut Cx) -> Option<Zone> {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let found = zones::known(id).or_else(|| self.aliases.get(id).and_then(|alias| zones::known(alias)));
        if found.is_none() {
            let headline = format!("no time zone is called {}, so its times are read as UTC", quoted(id));
            let diag = Diagnostic::finding(codes::UNKNOWN_TIME_ZONE, place, headline);
            cx.push(diag.help("use a name of the IANA database, such as `Europe/Berlin`"));
        }
        self.known.insert(id.to_owned(), found.clone());
        found
    }
}

/// Reads `P1DT2H30M`, `PT15M` or `P2W`. Source: RFC 5545, section 3.3.6.
pub(super) fn length(text: &str) -> Option<Duration> {
    let unsigned = text.trim().strip_prefix('+').unwrap_or(text.trim());
    let (sign, rest) = unsigned.strip_prefix('-').map_or((1, unsigned), |rest| (-1, rest));
    let rest = rest.strip_prefix(['P', 'p'])?;
    let (mut total, mut digits, mut in_time, mut any) = (0i64, String::new(), false, false);
    for c in rest.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let unit = match (c.to_ascii_uppercase(), in_time) {
            ('T', false) if digits.is_empty() => {
                in_time = true;
                continue;
            }
            ('W', false) => Duration::hours(7 * 24),
            ('D', false) => Duration::hours(24),
            ('H', true) => Duration::hours(1),
            ('M', true) => Duration::minutes(1),
            ('S', true) => Duration::secs(1),
            _ => return None,
        };
        total = digits.parse::<i64>().ok()?.checked_mul(unit.0)?.checked_add(total)?;
        digits.clear();
        any = true;
    }
    (any && digits.is_empty()).then_some(Duration(sign * total))
}
