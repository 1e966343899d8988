//! Answers out of options, and of a person where there is one.

use std::io::{IsTerminal, stdin, stdout};

use evenkeel_cli::args::{Format, Init};
use evenkeel_import::{Answers, Field, Guess, Interview};

use super::terminal;

/// What came of asking.
pub(super) enum Asked {
    Answers(Answers),
    /// Why there are none.
    Refused(String),
}

/// Takes what options say, and asks for the rest on a terminal.
pub(super) fn answers(args: &Init, guess: Guess) -> anyhow::Result<Asked> {
    let mut interview = Interview::new(guess);
    for (option, field, given) in options(args) {
        let Some(given) = given else { continue };
        if let Err(why) = interview.give(field, given) {
            return Ok(Asked::Refused(format!("`{option}` takes {why}")));
        }
    }
    let by_hand = !args.yes && args.format == Format::Text && stdin().is_terminal() && stdout().is_terminal();
    if by_hand && !terminal::ask(&mut interview, &mut stdin().lock(), &mut stdout().lock())? {
        return Ok(Asked::Refused("not all was answered".to_owned()));
    }
    Ok(Asked::Answers(interview.answers()))
}

fn options(args: &Init) -> [(&'static str, Field, Option<&str>); 11] {
    [
        ("--person", Field::Person, args.person.as_deref()),
        ("--email", Field::Email, args.email.as_deref()),
        ("--smarthost", Field::Smarthost, args.smarthost.as_deref()),
        ("--ntfy", Field::Ntfy, args.ntfy.as_deref()),
        ("--webhook", Field::Webhook, args.webhook.as_deref()),
        ("--slack-url-file", Field::SlackUrlFile, args.slack_url_file.as_deref()),
        ("--time-zone", Field::TimeZone, args.time_zone.as_deref()),
        ("--team", Field::Team, args.team.as_deref()),
        ("--workload", Field::Workload, args.workload.as_deref()),
        ("--tier", Field::Tier, args.tier.as_deref()),
        ("--sufferers", Field::Sufferers, args.sufferers.as_deref()),
    ]
}
