//! Where a status page comes from: a data folder of this machine, or a listener.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use evenkeel_cli::status::StatusFrom;
use evenkeel_engine::{State, Stored};
use evenkeel_journal::Reader;
use evenkeel_model::{Missing, Plan};
use evenkeel_notify::{HttpClient, Method, Request};
use evenkeel_ops_source::{load, read};
use evenkeel_status_page::Board;

use crate::serve::{Rendered, boards, rendered, stored_plan, wall_now};

const ANSWERED_WITHIN: Duration = Duration::from_secs(30);
/// All public pages together are far smaller.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// A page as JSON: the one of that name, else the first public one.
pub(super) fn json(from: &StatusFrom, page: Option<&str>) -> anyhow::Result<String> {
    let Some(url) = &from.from else {
        let (state, plan) = folded(from)?;
        let pages = &plan.catalogue.status_pages;
        let found = match page {
            Some(name) => pages.get(name).with_context(|| format!("no status page is called `{name}`"))?,
            None => pages
                .values()
                .find(|page| page.readers.role().is_none())
                .or_else(|| pages.values().next())
                .context("the ops repo has no status page")?,
        };
        return Ok(evenkeel_status_page::json(&Board::of(&state, &plan, found, wall_now())));
    };
    let url = url.trim_end_matches('/');
    match page {
        None => fetched(&format!("{url}/status.json")),
        Some(name) => {
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let shown = if plain { fetched(&format!("{url}/{name}/status.json")).ok() } else { None };
            // The first page lies at the root.
            let found = shown.map_or_else(|| fetched(&format!("{url}/status.json")), Ok)?;
            let value: serde_json::Value = serde_json::from_str(&found)?;
            let called = value.pointer("/page/name").and_then(serde_json::Value::as_str);
            if called == Some(name) { Ok(found) } else { bail!("no public status page is called `{name}`") }
        }
    }
}

/// The files of all public pages, as other hosts can serve them.
pub(super) fn files(from: &StatusFrom) -> anyhow::Result<Vec<Rendered>> {
    match &from.from {
        Some(url) => {
            let text = fetched(&format!("{}/export.json", url.trim_end_matches('/')))?;
            serde_json::from_str(&text).context("what was answered is no export of a status page")
        }
        None => {
            let (state, plan) = folded(from)?;
            Ok(rendered(&boards(&state, &plan, wall_now()), None, false))
        }
    }
}

/// What is known in a data folder, also while its server runs.
pub(super) fn state(data: &Path) -> anyhow::Result<State> {
    fold(&reader(data)?)
}

fn folded(from: &StatusFrom) -> anyhow::Result<(State, Plan)> {
    let data = from.data.as_deref().context("`--data` or `--from` says where the page comes from")?;
    let reader = reader(data)?;
    let state = fold(&reader)?;
    let written = match &from.ops {
        Some(ops) => load(&read(ops)?, Missing::Allow).plan,
        None => None,
    };
    if let (Some(ops), None) = (&from.ops, &written) {
        tracing::warn!("`{}` cannot be resolved; the plan that was adopted last is taken", ops.display());
    }
    let plan = match written {
        Some(plan) => plan,
        None => stored_plan(&reader, data, state.plan)?.plan.context("the stored plan cannot be resolved")?,
    };
    Ok((state, plan))
}

fn reader(data: &Path) -> anyhow::Result<Reader> {
    let file = data.join("journal.db");
    Reader::open(&file).with_context(|| format!("cannot read the record in `{}`", data.display()))
}

fn fold(reader: &Reader) -> anyhow::Result<State> {
    let mut state = State::default();
    for page in reader.pages(evenkeel_ids::Seq(1)) {
        for stored in page?.records() {
            let stored =
                stored.map_err(|(seq, fault)| anyhow::anyhow!("the row of record {seq} is damaged: {fault}"))?;
            let decoded = stored.decode()?;
            let header = decoded.header.clone();
            state.fold(&decoded.into_record().map_or(Stored::Erased(header), Stored::Record));
        }
    }
    Ok(state)
}

fn fetched(url: &str) -> anyhow::Result<String> {
    let request = Request {
        method: Method::Get,
        url,
        bearer: None,
        body: None,
        headers: &[],
        timeout: ANSWERED_WITHIN,
        body_limit: ANSWER_BYTES_MAX,
    };
    let answer = crate::alone()?.block_on(HttpClient::request(request))?;
    if answer.status != 200 {
        bail!("the status page's listener answered with status {}", answer.status);
    }
    Ok(String::from_utf8(answer.body)?)
}
