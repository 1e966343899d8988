//! `evenkeel status show|export|subscribers|end`.

mod files;
mod source;

use std::io::{Write, stderr, stdout};
use std::time::Duration;

use anyhow::{Context, bail};
use evenkeel_cli::args::Format;
use evenkeel_cli::exit::Exit;
use evenkeel_cli::status::{StatusArgs, StatusEnd, StatusExport, StatusShow, StatusSubscribers, StatusVerb};
use evenkeel_identity::{Link, Purpose, sign};
use evenkeel_ids::SubscriptionId;
use evenkeel_notify::{HttpClient, Method, Request};
use serde_json::json;

use crate::serve::{read_link_key, wall_now};

/// A link that is used at once.
const LINK_FOR: evenkeel_time::Duration = evenkeel_time::Duration::minutes(5);
/// The listener answers from memory.
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);

pub(crate) fn run(args: &StatusArgs) -> anyhow::Result<Exit> {
    match &args.verb {
        StatusVerb::Show(args) => show(args),
        StatusVerb::Export(args) => export(args),
        StatusVerb::Subscribers(args) => subscribers(args),
        StatusVerb::End(args) => end(args),
    }
}

fn show(args: &StatusShow) -> anyhow::Result<Exit> {
    let json = source::json(&args.from, args.page.as_deref())?;
    match args.format {
        Format::Json => write!(stdout(), "{json}")?,
        Format::Text => {
            let text = evenkeel_status_page::text(&json).context("what was answered is no status page")?;
            write!(stdout(), "{text}")?;
        }
    }
    Ok(Exit::Good)
}

fn export(args: &StatusExport) -> anyhow::Result<Exit> {
    let all = source::files(&args.from)?;
    if all.is_empty() {
        bail!("no status page is public; write a `StatusPage` with `readers: public` into the ops repo");
    }
    let written = files::write(&args.to, &all)?;
    writeln!(stderr(), "{written} of {} files in `{}` are new", all.len(), args.to.display())?;
    Ok(Exit::Good)
}

fn subscribers(args: &StatusSubscribers) -> anyhow::Result<Exit> {
    let state = source::state(&args.data)?;
    let all = state.subscription.subscriptions();
    let mut out = stdout().lock();
    match args.format {
        Format::Text => {
            for one in all {
                let stands = if one.confirmed_at.is_some() { "confirmed" } else { "asked" };
                let (page, channel) = (&one.page, one.channel.as_str());
                writeln!(out, "{}\t{page}\t{channel}\t{stands}\t{}\t{}", one.id, one.asked_at, one.address)?;
            }
        }
        Format::Json => {
            let all = all.map(|one| {
                json!({
                    "id": one.id.to_string(),
                    "record": one.id.seq().0,
                    "page": one.page,
                    "channel": one.channel.as_str(),
                    "address": one.address,
                    "asked_at": one.asked_at.to_string(),
                    "confirmed_at": one.confirmed_at.map(|at| at.to_string()),
                })
            });
            writeln!(out, "{:#}", serde_json::Value::from_iter(all))?;
        }
    }
    Ok(Exit::Good)
}

/// The same that the link in every message does, by a link made here.
fn end(args: &StatusEnd) -> anyhow::Result<Exit> {
    let subscription: SubscriptionId = args.subscription.parse()?;
    let key = read_link_key(&args.data)?;
    let link = sign(&key, &Link { purpose: Purpose::Unsubscribe { subscription }, expires_at: wall_now() + LINK_FOR });
    let url = format!("{}/unsubscribe/{link}", args.from.trim_end_matches('/'));
    let request = Request {
        method: Method::Post,
        url: &url,
        bearer: None,
        body: None,
        headers: &[],
        timeout: ANSWERED_WITHIN,
        body_limit: 64 * 1024,
    };
    let answer = crate::alone()?.block_on(HttpClient::request(request))?;
    if answer.status != 200 {
        bail!(
            "the status page's listener answered with status {}; is the data folder that of its server?",
            answer.status
        );
    }
    writeln!(
        stdout(),
        "{subscription} is ended; to erase its address, stop the server and run `evenkeel journal erase {} --data {} \
         --reason …`",
        subscription.seq().0,
        args.data.display()
    )?;
    Ok(Exit::Good)
}
