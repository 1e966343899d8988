//! Which plans were adopted and refused, for the faces, and how one differs from the one before.
//!
//! The evidence knows which records say so; what they say stands in the journal, and so do the files of each plan. Secrets
//! of earlier plans are not kept: plans are compared with a stand-in in the place of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use evenkeel_api::NotConsulted;
use evenkeel_ids::{PlanHash, Seq};
use evenkeel_journal::Reader;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{RedactedFile, load_without_secrets};
use evenkeel_pages::{
    Ask, FileChange, PlanChange, PlanCommitted, PlanFound, PlanOutcome, PlansAsked, PlansFound, Rows,
};
use evenkeel_plan_diff::difference;
use evenkeel_record::{Body, Header, PlanAdopted};
use evenkeel_time::Timestamp;

use super::consult;
use super::plan_store::stored_files;

/// Reads what is asked for, on a thread that may wait for the disk. `head` is the last record there is now.
pub(crate) async fn read(data: PathBuf, asked: PlansAsked, head: Seq) -> Result<PlansFound, NotConsulted> {
    let found = tokio::task::spawn_blocking(move || {
        let rows = consult::rows(&data, &asks(&asked), head)?;
        found(&data, &asked, &rows).map_err(|error| NotConsulted::Failed(format!("{error:#}")))
    });
    found.await.unwrap_or_else(|_| Err(NotConsulted::Failed("reading plans ended by a bug".to_owned())))
}

/// The numbers of the records, of adoptions and of refusals.
fn asks(asked: &PlansAsked) -> Vec<Ask> {
    let before = asked.before.map_or(i64::MAX, |seq| i64::try_from(seq.0).unwrap_or(i64::MAX));
    let rows = u32::try_from(asked.limit.saturating_add(1)).unwrap_or(u32::MAX);
    // Only what is a hash gets into the question.
    let hash = asked.hash.as_ref().map(|text| text.parse().unwrap_or(PlanHash::NONE));
    let of = hash.map_or_else(String::new, |hash| format!(" AND id = '{hash}'"));
    let adopted = format!("SELECT record FROM plans WHERE record < {before}{of} ORDER BY record DESC LIMIT {rows}");
    let refused = format!("SELECT record FROM plan_refusals WHERE record < {before} ORDER BY record DESC LIMIT {rows}");
    let asks = [Some(adopted), asked.hash.is_none().then_some(refused)];
    asks.into_iter().flatten().map(|sql| Ask { sql, rows }).collect()
}

fn found(data: &Path, asked: &PlansAsked, rows: &[Rows]) -> anyhow::Result<PlansFound> {
    let numbers = rows.iter().flat_map(|rows| &rows.rows).filter_map(|row| row.first()?.whole());
    let mut numbers: Vec<u64> = numbers.filter_map(|number| u64::try_from(number).ok()).collect();
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    let more = numbers.len() > asked.limit;
    numbers.truncate(asked.limit);
    let reader = Reader::open(&data.join("journal.db"))?;
    let plans: Vec<PlanFound> =
        numbers.into_iter().map(|number| plan(&reader, Seq(number))).collect::<anyhow::Result<_>>()?;
    let change = match plans.first() {
        Some(newest) if asked.hash.is_some() => change(&reader, newest)?,
        _ => None,
    };
    Ok(PlansFound { plans, more, change })
}

fn plan(reader: &Reader, seq: Seq) -> anyhow::Result<PlanFound> {
    let sealed = reader.record(seq)?.with_context(|| format!("there is no record {seq}"))?;
    let (header, _) = Header::decode(&sealed.header)?;
    let body = sealed.body.as_ref().map(|(_, bytes)| Body::decode(&header.kind, header.version, bytes)).transpose()?;
    let (outcome, commit) = match body {
        Some(Body::PlanAdopted(body)) => adopted(body),
        Some(Body::PlanRefused(body)) => {
            (PlanOutcome::Refused(body.errors.iter().map(ToString::to_string).collect()), None)
        }
        _ => (PlanOutcome::Erased, None),
    };
    Ok(PlanFound { seq, at: header.at, outcome, commit })
}

fn adopted(body: PlanAdopted) -> (PlanOutcome, Option<PlanCommitted>) {
    let commit = body.commit.map(|commit| PlanCommitted {
        id: commit.id.into(),
        author: commit.author.into(),
        summary: commit.summary.into(),
    });
    let outcome = PlanOutcome::Adopted {
        plan: body.plan.to_string(),
        before: body.before.map(|before| before.to_string()),
        findings: u64::from(body.findings),
        orphans: body.orphans.iter().map(ToString::to_string).collect(),
    };
    (outcome, commit)
}

fn change(reader: &Reader, newest: &PlanFound) -> anyhow::Result<Option<PlanChange>> {
    let PlanOutcome::Adopted { plan, before: Some(before), .. } = &newest.outcome else { return Ok(None) };
    let files = |hash: &str| -> anyhow::Result<Option<Vec<RedactedFile>>> {
        reader.get_plan(hash.parse()?)?.map(|bytes| stored_files(&bytes)).transpose()
    };
    let (Some(before), Some(after)) = (files(before)?, files(plan)?) else { return Ok(None) };
    Ok(Some(PlanChange { difference: compared(&before, &after, newest.at), files: changed(&before, &after) }))
}

fn compared(
    before: &[RedactedFile],
    after: &[RedactedFile],
    at: Timestamp,
) -> Result<evenkeel_plan_diff::Difference, String> {
    let plan = |files: &[RedactedFile], which: &str| -> Result<Plan, String> {
        let plan = load_without_secrets(files, Missing::Allow).plan;
        plan.ok_or_else(|| format!("this version of Evenkeel cannot resolve {which} from what is kept of it"))
    };
    Ok(difference(&plan(before, "the plan before")?, &plan(after, "this plan")?, at))
}

/// The files that differ, by path.
fn changed(before: &[RedactedFile], after: &[RedactedFile]) -> Vec<FileChange> {
    let texts = |files: &[RedactedFile]| -> BTreeMap<String, String> {
        files.iter().map(|file| (file.path.clone(), file.text.clone())).collect()
    };
    let (mut before, mut after) = (texts(before), texts(after));
    let paths: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let changes = paths.into_iter().map(|path| {
        let (before, after) = (before.remove(&path), after.remove(&path));
        FileChange { path, before, after }
    });
    changes.filter(|change| change.before != change.after).collect()
}

#[cfg(test)]
mod tests {
    use evenkeel_journal::{Journal, OsSalts, seal};
    use evenkeel_pages::Cell;
    use evenkeel_record::{Actor, Origin, PlanCommit, PlanRefused, Record};

    use super::*;

    const BEFORE: &str = "[{\"path\": \"alertmanager.yml\", \"text\": \"route: { receiver: hook }\\nreceivers:\\n  - name: hook\\n    webhook_configs: [{ url: <secret> }]\\n\"}]";

    #[test]
    fn a_plan_is_compared_with_the_one_before_without_secrets() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(folder.path()).expect("a journal");
        let (first, second) = (PlanHash([1; 32]), PlanHash([2; 32]));
        journal.put_plan(first, BEFORE.as_bytes()).expect("kept");
        journal.put_plan(second, BEFORE.replace("hook }", "hook, repeat_interval: 2h }").as_bytes()).expect("kept");
        let commit = PlanCommit { id: "c0ffee".into(), author: "Ada <ada@example.com>".into(), summary: "Less".into() };
        let adopted = |plan, before| {
            let commit = Some(commit.clone());
            Body::PlanAdopted(PlanAdopted { plan, before, commit, findings: 3, orphans: vec!["group:4".into()] })
        };
        let refused = Body::PlanRefused(PlanRefused { errors: vec!["a.yml:1:1: bad".into()] });
        let records: Vec<Record> = (1..)
            .zip([adopted(first, None), refused, adopted(second, Some(first))])
            .map(|(number, body)| {
                let (actor, origin) = (Actor::system(), Origin::Observed);
                Record { seq: Seq(number), at: Timestamp(0), actor, origin, plan: first, body }
            })
            .collect();
        journal.commit(&seal(journal.head(), &records, &mut OsSalts::default())).expect("committed");

        let row = |number| Rows { rows: vec![vec![Cell::Whole(number)]], ..Rows::default() };
        let all = PlansAsked { limit: 2, ..PlansAsked::default() };
        let listed = found(folder.path(), &all, &[row(1), row(3), row(2)]).expect("found");
        let numbers: Vec<u64> = listed.plans.iter().map(|plan| plan.seq.0).collect();
        assert_eq!((numbers.as_slice(), listed.more), ([3, 2].as_slice(), true));
        assert_eq!(listed.plans[1].outcome, PlanOutcome::Refused(vec!["a.yml:1:1: bad".to_owned()]));

        let one = PlansAsked { hash: Some(second.to_string()), limit: 5, ..PlansAsked::default() };
        let shown = found(folder.path(), &one, &[row(3)]).expect("found").change.expect("a change");
        let difference = shown.difference.expect("both resolve");
        assert_eq!(difference.objects[0].fields[0].after.as_deref(), Some("2h"));
        assert_eq!(shown.files.len(), 1);
    }

    #[test]
    fn only_a_hash_gets_into_a_question() {
        let asked = |hash: &str| asks(&PlansAsked { hash: Some(hash.to_owned()), limit: 1, ..PlansAsked::default() });
        assert!(asked(&"ab".repeat(32))[0].sql.contains("id = 'abab"));
        assert!(asked("' OR 1=1")[0].sql.contains(&format!("id = '{}'", PlanHash::NONE)));
    }
}
