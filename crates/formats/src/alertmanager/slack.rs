//! `slack_configs`.

use evenkeel_model::document::{SlackDocument, TransportDocument};

use super::secret::secret_url;
use super::text::text;
use crate::fields::{Cx, Fields};

/// Alertmanager's default colour is no named template.
const COLOR: &str = r#"{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}"#;

const NOT_USED: [&str; 15] = [
    "short_fields",
    "footer",
    "fields",
    "callback_id",
    "thumb_url",
    "image_url",
    "link_names",
    "mrkdwn_in",
    "actions",
    "app_token",
    "app_token_file",
    "app_url",
    "timeout",
    "message_text",
    "update_message",
];

/// Reads what is Slack's own.
pub(super) fn slack(fields: &mut Fields<'_>, cx: &mut Cx) -> TransportDocument {
    let url = secret_url(fields, ["api_url", "api_url_file"], true, cx).map(|url| url.value);
    fields.not_used(&NOT_USED, cx);
    let mut text = |name, default| text(fields, name, default, cx).filter(|text| !text.is_empty());
    TransportDocument::Slack(Box::new(SlackDocument {
        url,
        channel: text("channel", ""),
        username: text("username", r#"{{ template "slack.default.username" . }}"#),
        color: text("color", COLOR),
        title: text("title", r#"{{ template "slack.default.title" . }}"#),
        title_link: text("title_link", r#"{{ template "slack.default.titlelink" . }}"#),
        text: text("text", r#"{{ template "slack.default.text" . }}"#),
        fallback: text("fallback", r#"{{ template "slack.default.fallback" . }}"#),
        pretext: text("pretext", r#"{{ template "slack.default.pretext" . }}"#),
        icon_emoji: text("icon_emoji", r#"{{ template "slack.default.iconemoji" . }}"#),
        icon_url: text("icon_url", r#"{{ template "slack.default.iconurl" . }}"#),
    }))
}
