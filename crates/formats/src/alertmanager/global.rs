//! `global`.

use evenkeel_model::document::Global;

use super::{email::smtp, http::http, secret::secret_url};
use crate::fields::{Cx, Fields};

/// Keys of receivers that we do not have; such a receiver is reported where it stands.
const OTHERS: [&str; 24] = [
    "pagerduty_url",
    "opsgenie_api_url",
    "opsgenie_api_key",
    "opsgenie_api_key_file",
    "wechat_api_url",
    "wechat_api_secret",
    "wechat_api_secret_file",
    "wechat_api_corp_id",
    "victorops_api_url",
    "victorops_api_key",
    "victorops_api_key_file",
    "telegram_api_url",
    "telegram_bot_token",
    "telegram_bot_token_file",
    "webex_api_url",
    "rocketchat_api_url",
    "rocketchat_token",
    "rocketchat_token_file",
    "rocketchat_token_id",
    "rocketchat_token_id_file",
    "jira_api_url",
    "mattermost_webhook_url",
    "mattermost_webhook_url_file",
    "hipchat_api_url",
];

/// Reads `global`.
pub(super) fn global(fields: &mut Fields<'_>, cx: &mut Cx) -> Global {
    let Some(mut fields) = fields.mapping("global", "`global`", cx) else { return Global::default() };
    let resolve_timeout = fields.period("resolve_timeout", cx);
    let slack_url = secret_url(&mut fields, ["slack_api_url", "slack_api_url_file"], true, cx).map(|url| url.value);
    let smtp = smtp(&mut fields, cx);
    let http = http(&mut fields, cx).unwrap_or_default();
    fields.not_used(&["slack_app_token", "slack_app_token_file", "slack_app_url"], cx);
    fields.ignored(&OTHERS, cx);
    fields.finish(cx);
    Global { resolve_timeout, slack_url, smtp, http }
}
