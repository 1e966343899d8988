//! Whether an answer is one, and why not.

use evenkeel_time::Zone;

use super::Field;
use crate::alertmanager::mailboxes;

/// Texts for people are as long in documents, in bytes.
const TEXT_BYTES_MAX: usize = 1024;
/// The policy of last resort has this name, and a team's policy has the team's.
const TAKEN: &str = "last-resort";

/// The answer as it is kept.
pub(super) fn read(field: Field, text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("something has to be written here".to_owned());
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(format!("at most {TEXT_BYTES_MAX} bytes, and this has {}", text.len()));
    }
    if text.contains(|c: char| c.is_control()) {
        return Err("one line, without tabs and other control characters".to_owned());
    }
    match field {
        Field::Person | Field::Sufferers => Ok(text.to_owned()),
        Field::Team | Field::Workload => name(text),
        Field::PagedBy => one_of(text, &["mail", "ntfy", "webhook", "slack", "file"]),
        Field::Tier => one_of(text, &["1", "2", "3", "4"]),
        Field::Email => email(text),
        Field::Smarthost => smarthost(text),
        Field::Ntfy | Field::Webhook => address(text),
        Field::SlackUrlFile => path(text),
        Field::TimeZone => zone(text),
    }
}

fn name(text: &str) -> Result<String, String> {
    if crate::names::slug(text) == TAKEN {
        return Err(format!("`{TAKEN}` is what the last policy of all is called"));
    }
    Ok(text.to_owned())
}

fn one_of(text: &str, known: &[&str]) -> Result<String, String> {
    let found = known.iter().find(|known| known.eq_ignore_ascii_case(text));
    found.map(|found| (*found).to_owned()).ok_or_else(|| format!("one of {}", known.join(", ")))
}

fn email(text: &str) -> Result<String, String> {
    match mailboxes(text).as_slice() {
        [Some(found)] if found.full_name.is_none() && found.address == text => Ok(text.to_owned()),
        _ => Err("one address, such as ada@example.com".to_owned()),
    }
}

fn smarthost(text: &str) -> Result<String, String> {
    let good = |(host, port): (&str, &str)| {
        !host.is_empty()
            && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]_".contains(c))
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    let reason = || "a host and a port, such as mail.example.com:587".to_owned();
    text.rsplit_once(':').filter(|parts| good(*parts)).map(|_| text.to_owned()).ok_or_else(reason)
}

fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let authority = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).filter(|authority| !authority.is_empty());
    let Some(authority) = authority.filter(|_| !text.contains(char::is_whitespace)) else {
        return Err("an address that begins with https:// or http://".to_owned());
    };
    if authority.contains('@') {
        return Err("an address without a user or a password in it".to_owned());
    }
    Ok(text.to_owned())
}

fn path(text: &str) -> Result<String, String> {
    if text.starts_with('/') { Ok(text.to_owned()) } else { Err("a path that begins with /".to_owned()) }
}

fn zone(text: &str) -> Result<String, String> {
    let zone = Zone::named(text).map_err(|_| "the name of a time zone, such as Europe/Berlin or UTC".to_owned())?;
    Ok(zone.name().to_owned())
}
