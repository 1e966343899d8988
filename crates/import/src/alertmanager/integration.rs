//! What Alertmanager tells through, and what of it there is here.

/// How a type of integration is carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carried {
    /// Sent as it is, and read by people.
    ToPeople,
    /// Sent as it is; whether people or a machine are at the other end nobody can say.
    ToWhomever,
    /// Not sent here. What helps.
    No(&'static str),
}

/// Every type by its list's name, with what people call it.
const TYPES: [(&str, &str, Carried); 19] = [
    ("webhook_configs", "a webhook", Carried::ToWhomever),
    ("email_configs", "mail", Carried::ToPeople),
    ("slack_configs", "Slack", Carried::ToPeople),
    ("pagerduty_configs", "PagerDuty", Carried::No(PAGING)),
    ("opsgenie_configs", "Opsgenie", Carried::No(PAGING)),
    ("victorops_configs", "VictorOps", Carried::No(PAGING)),
    ("incidentio_configs", "incident.io", Carried::No(PAGING)),
    ("pushover_configs", "Pushover", Carried::No(PHONE)),
    ("telegram_configs", "Telegram", Carried::No(PHONE)),
    ("sns_configs", "SNS", Carried::No("mail, or an HTTP endpoint as a webhook, takes its place")),
    ("discord_configs", "Discord", Carried::No(SLACK_LIKE)),
    ("mattermost_configs", "Mattermost", Carried::No(SLACK_LIKE)),
    ("rocketchat_configs", "Rocket.Chat", Carried::No(SLACK_LIKE)),
    ("msteams_configs", "Microsoft Teams", Carried::No(WEBHOOK)),
    ("msteamsv2_configs", "Microsoft Teams", Carried::No(WEBHOOK)),
    ("webex_configs", "Webex", Carried::No(WEBHOOK)),
    ("wechat_configs", "WeChat", Carried::No(WEBHOOK)),
    ("jira_configs", "Jira", Carried::No(WEBHOOK)),
    ("hipchat_configs", "HipChat", Carried::No("the service has ended: remove it")),
];

const PAGING: &str = "people are paged from here: write who is on call as a Schedule, who is next as an \
                      EscalationPolicy, and give each Person an `ntfy` contact for the phone";
const PHONE: &str = "give each Person an `ntfy` contact, which reaches the phone";
const SLACK_LIKE: &str = "its incoming webhooks take what `slack_configs` sends";
const WEBHOOK: &str = "a webhook to a bridge takes its place";

/// The type of a list in a receiver; `None` for what is no list of integrations.
pub(super) fn type_of(list: &str) -> Option<(&'static str, Carried)> {
    let known = TYPES.iter().find(|(name, ..)| *name == list).map(|(_, what, carried)| (*what, *carried));
    let unknown = list.ends_with("_configs").then_some(("an integration of an unknown type", Carried::No(WEBHOOK)));
    known.or(unknown)
}
