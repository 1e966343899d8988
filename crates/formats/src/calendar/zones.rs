//! Names of zones as calendars write them.

use evenkeel_time::Zone;

/// What Windows and Outlook call the zones that are met most. Source: Unicode CLDR, `windowsZones.xml`.
const WINDOWS: [(&str, &str); 38] = [
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Argentina Standard Time", "America/Buenos_Aires"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Canada Central Standard Time", "America/Regina"),
    ("Central America Standard Time", "America/Guatemala"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Central Standard Time", "America/Chicago"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("China Standard Time", "Asia/Shanghai"),
    ("E. Africa Standard Time", "Africa/Nairobi"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Eastern Standard Time", "America/New_York"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("GMT Standard Time", "Europe/London"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("India Standard Time", "Asia/Calcutta"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Mountain Standard Time", "America/Denver"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("SA Pacific Standard Time", "America/Bogota"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("W. Europe Standard Time", "Europe/Berlin"),
];

/// The zone of a `TZID`: an IANA name, one with a path before it, as libical writes, or one of Windows'.
pub(super) fn known(id: &str) -> Option<Zone> {
    let named = |name: &str| Zone::named(name).ok();
    let windows = WINDOWS.iter().find(|(name, _)| *name == id).map(|(_, name)| *name);
    let utc = matches!(id, "UTC" | "GMT" | "Etc/UTC" | "Z" | "Coordinated Universal Time");
    let tails = id.match_indices('/').filter_map(|(at, _)| id.get(at + 1..));
    utc.then_some(Zone::UTC)
        .or_else(|| named(id))
        .or_else(|| windows.and_then(named))
        .or_else(|| tails.take(8).find_map(named))
}
