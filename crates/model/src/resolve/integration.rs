//! Integrations: what is left out comes from `global`, and what we do not have is refused or left out.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};

use super::Missing;
use crate::document::{EmailDocument, Global, HttpDocument, IntegrationDocument, SlackDocument, TransportDocument};
use crate::{EmailReceiver, HttpOptions, Integration, SlackReceiver, Transport, codes, quoted};

/// What integrations take where they say nothing.
pub(super) struct Defaults<'a> {
    global: &'a Global,
    missing: Missing,
    /// Options that are reported already: those of `global` count for many.
    reported: BTreeSet<Span>,
}

impl<'a> Defaults<'a> {
    pub(super) fn new(global: &'a Global, missing: Missing) -> Self {
        Self { global, missing, reported: BTreeSet::new() }
    }

    /// Whether a mail needs nothing but an address.
    pub(super) fn mails(&self) -> bool {
        let smtp = &self.global.smtp;
        smtp.smarthost.is_some() && smtp.from.is_some() && smtp.unsupported.is_empty()
    }

    /// Reports what we do not have as the policy wants it.
    fn refuse(&self, diag: Diagnostic, diags: &mut Vec<Diagnostic>) {
        diags.push(match self.missing {
            Missing::Refuse => diag,
            Missing::Allow => {
                Diagnostic { severity: evenkeel_diagnostic::Severity::Finding, ..diag }.help("it is left out")
            }
        });
    }

    /// Whether all options are ones we have; reports each other once.
    fn has_all(&mut self, options: &[Spanned<Box<str>>], diags: &mut Vec<Diagnostic>) -> bool {
        for option in options.iter().filter(|option| !self.reported.contains(&option.span)) {
            let headline = format!("the option `{}` is not supported", option.value);
            let diag = Diagnostic::error(codes::UNSUPPORTED_HTTP_OPTION, option.span, headline);
            let help = "remove it, or start with `--allow-missing-receivers` to do without what relies on it";
            self.refuse(diag.help(help), diags);
        }
        self.reported.extend(options.iter().map(|option| option.span));
        options.is_empty()
    }
}

/// Resolves one integration; `None` when it is left out or at fault.
pub(super) fn integration(
    document: IntegrationDocument,
    receiver: &str,
    defaults: &mut Defaults<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Option<Integration> {
    let IntegrationDocument { name, span, send_resolved, http, transport } = document;
    let start = Span { end: span.start, ..span };
    let transport = match transport {
        TransportDocument::Faulty => return None,
        TransportDocument::Unsupported(kind) => {
            // Several of a type are one fault.
            if !defaults.reported.insert(span) {
                return None;
            }
            let headline = format!("the receiver {} wants `{kind}`, which is not supported", quoted(receiver));
            let diag = Diagnostic::error(codes::UNSUPPORTED_RECEIVER, span, headline);
            let help = "use a webhook, Slack, or e-mail, or start with `--allow-missing-receivers` to do without it";
            defaults.refuse(diag.help(help), diags);
            return None;
        }
        TransportDocument::File(file) => Transport::File(file),
        TransportDocument::Ntfy(mut ntfy) => {
            // The global credentials are those of another server's.
            ntfy.http = HttpOptions { auth: None, ..http_options(http, defaults, diags)? };
            Transport::Ntfy(ntfy)
        }
        TransportDocument::Webhook(mut webhook) => {
            webhook.http = http_options(http, defaults, diags)?;
            Transport::Webhook(webhook)
        }
        TransportDocument::Slack(slack) => {
            let http = http_options(http, defaults, diags)?;
            Transport::Slack(with_url(*slack, http, start, defaults.global, diags)?)
        }
        TransportDocument::Email(email) => {
            let has_all = defaults.has_all(&email.unsupported, diags);
            let inherits = email.tls.is_none();
            if !has_all || (inherits && !defaults.has_all(&defaults.global.smtp.unsupported, diags)) {
                return None;
            }
            Transport::Email(with_server(*email, start, &defaults.global.smtp, diags)?)
        }
    };
    Some(Integration { name, send_resolved, transport })
}

fn http_options(
    own: Option<HttpDocument>,
    defaults: &mut Defaults<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Option<HttpOptions> {
    let http = own.unwrap_or_else(|| defaults.global.http.clone());
    defaults.has_all(&http.unsupported, diags).then_some(http.options)
}

fn with_url(
    slack: SlackDocument,
    http: HttpOptions,
    start: Span,
    global: &Global,
    diags: &mut Vec<Diagnostic>,
) -> Option<SlackReceiver> {
    let Some(url) = slack.url.or_else(|| global.slack_url.clone()) else {
        lacks(
            start,
            "Slack has no `api_url` here and no global `slack_api_url`",
            "set one of `api_url_file` and the global `slack_api_url_file`",
            diags,
        );
        return None;
    };
    Some(SlackReceiver {
        url,
        channel: slack.channel,
        username: slack.username,
        color: slack.color,
        title: slack.title,
        title_link: slack.title_link,
        text: slack.text,
        fallback: slack.fallback,
        pretext: slack.pretext,
        icon_emoji: slack.icon_emoji,
        icon_url: slack.icon_url,
        http,
    })
}

fn with_server(
    email: EmailDocument,
    start: Span,
    smtp: &EmailDocument,
    diags: &mut Vec<Diagnostic>,
) -> Option<EmailReceiver> {
    let smarthost = email.smarthost.or_else(|| smtp.smarthost.clone());
    if smarthost.is_none() {
        lacks(
            start,
            "e-mail has no `smarthost` here and no global `smtp_smarthost`",
            "set `smtp_smarthost: host:port` in `global`",
            diags,
        );
    }
    let from = email.from.or_else(|| smtp.from.clone());
    if from.is_none() {
        lacks(start, "e-mail has no `from` here and no global `smtp_from`", "set `smtp_from` in `global`", diags);
    }
    let (smarthost, port) = smarthost?;
    Some(EmailReceiver {
        to: email.to?,
        from: from?,
        smarthost,
        port,
        hello: email.hello.or_else(|| smtp.hello.clone()),
        auth_username: email.auth_username.or_else(|| smtp.auth_username.clone()),
        auth_password: email.auth_password.or_else(|| smtp.auth_password.clone()),
        require_tls: email.require_tls.or(smtp.require_tls).unwrap_or(true),
        tls: email.tls.or_else(|| smtp.tls.clone()).unwrap_or_default(),
        headers: email.headers,
        text: email.text,
        html: email.html,
    })
}

fn lacks(place: Span, headline: &str, help: &str, diags: &mut Vec<Diagnostic>) {
    diags.push(Diagnostic::error(codes::MISSING_GLOBAL, place, headline).help(help));
}
