//! A notice about alerts, as it arrives.

use std::time::Instant;

use serde_json::Value;

/// One notice as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) at: Instant,
    /// `firing` or `resolved`.
    pub(crate) status: String,
    /// Service and status of each alert in it.
    pub(crate) alerts: Vec<(String, String)>,
}

impl Notice {
    /// Whether it says that the alert of `service` has this status.
    pub(crate) fn says(&self, service: &str, status: &str) -> bool {
        self.alerts.iter().any(|(about, is)| about == service && is == status)
    }

    /// What it says, for people: `firing: catalog`, and where alerts differ `firing: orders, catalog (resolved)`.
    pub(crate) fn line(&self) -> String {
        let alerts = self.alerts.iter().map(|(service, status)| match *status == self.status {
            true => service.clone(),
            false => format!("{service} ({status})"),
        });
        format!("{}: {}", self.status, alerts.collect::<Vec<_>>().join(", "))
    }

    pub(super) fn read(body: &Value, at: Instant) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let alerts = body.get("alerts")?.as_array()?.iter();
        let alerts = alerts.map(|alert| Some((text(alert.pointer("/labels/service")?)?, text(alert.get("status")?)?)));
        Some(Self { at, status: text(body.get("status")?)?, alerts: alerts.collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_what_its_alerts_say() {
        let body = serde_json::json!({"status": "firing", "alerts": [
            {"status": "resolved", "labels": {"service": "catalog"}},
            {"status": "firing", "labels": {"service": "web"}},
        ]});
        let notice = Notice::read(&body, Instant::now()).expect("a notice");
        assert!(notice.says("catalog", "resolved") && notice.says("web", "firing") && !notice.says("web", "resolved"));
        assert_eq!(notice.line(), "firing: catalog (resolved), web");
        assert_eq!(Notice::read(&Value::Null, Instant::now()), None);
    }
}
