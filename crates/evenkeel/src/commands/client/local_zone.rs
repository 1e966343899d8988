//! The zone of this machine, by its name: what is known of zones comes with the program.

use std::path::Path;

use evenkeel_time::Zone;

/// `TZ`, else what `/etc/localtime` points to, else `/etc/timezone`, else UTC. Times are always shown with the name.
pub(crate) fn read(variable: Option<&str>) -> Zone {
    let zone = match variable {
        Some(variable) => named(variable),
        None => from_link(Path::new("/etc/localtime")).or_else(|| from_text(Path::new("/etc/timezone"))),
    };
    zone.unwrap_or(Zone::UTC)
}

/// A name, also behind a colon or at the end of a path of the zone database.
fn named(text: &str) -> Option<Zone> {
    let text = text.trim().trim_start_matches(':');
    let name = text.split_once("zoneinfo/").map_or(text, |(_, name)| name);
    Zone::named(name).ok()
}

fn from_link(path: &Path) -> Option<Zone> {
    named(std::fs::read_link(path).ok()?.to_str()?)
}

fn from_text(path: &Path) -> Option<Zone> {
    named(&std::fs::read_to_string(path).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_found_by_its_name() {
        for text in ["Europe/Berlin", ":Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin", " Europe/Berlin\n"] {
            assert_eq!(named(text).map(|zone| zone.name().to_owned()), Some("Europe/Berlin".to_owned()), "{text}");
        }
        assert_eq!(read(Some("CET-1CEST")), Zone::UTC);
    }

    #[test]
    fn a_link_into_the_zone_database_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("localtime");
        std::os::unix::fs::symlink("../usr/share/zoneinfo/Asia/Kolkata", &link).expect("a link");
        assert_eq!(from_link(&link).map(|zone| zone.name().to_owned()), Some("Asia/Kolkata".to_owned()));
        assert_eq!(from_link(&folder.path().join("none")), None);
    }
}
