//! One record of every kind, with every field filled.

mod people;
mod review;
mod rules;
mod subscription;

use evenkeel_ids::{AlertId, GroupId, NoticeId, PlanHash, Seq, SilenceId};
use evenkeel_labels::{LabelSet, MatchOp, Matcher, Matchers};
use evenkeel_record::{
    Actor, AlertChanged, AlertFired, AlertRegrouped, AlertResolved, Body, BodyErased, ClockJumped, GroupCleared,
    GroupOpened, GroupRebound, LastResortTold, NoticeDelivered, NoticeFailed, NoticeFailing, NoticeIntended, Origin,
    PlanAdopted, PlanCommit, PlanRefused, Record, ResolveCause, SilenceExpired, SilenceSet, Started, Stopped, Target,
};
use evenkeel_time::{Duration, Timestamp};

const START: Timestamp = Timestamp(1_795_000_000_000);
const PLAN: PlanHash = PlanHash([0xa7; 32]);

pub(crate) fn records() -> Vec<Record> {
    let record = |(n, body): (i64, Body)| Record {
        seq: Seq(u64::try_from(n).expect("counted from 1")),
        at: Timestamp(START.0 + n * 1000),
        actor: if n % 2 == 0 { Actor::system() } else { Actor("token:söze".into()) },
        origin: [Origin::Observed, Origin::Reported, Origin::Imported]
            .into_iter()
            .cycle()
            .nth(usize::try_from(n).expect("small"))
            .expect("a cycle"),
        plan: if n == 1 { PlanHash::NONE } else { PLAN },
        body,
    };
    (1..).zip(bodies()).map(record).collect()
}

fn bodies() -> Vec<Body> {
    let people =
        [people::incidents(), people::pages(), people::access(), review::bodies(), subscription::bodies()].concat();
    [system(), alerts(), groups(), notices(), silences(), people, rules::bodies()].concat()
}

fn system() -> Vec<Body> {
    vec![
        Body::Started(Started {
            version: "0.1.0".into(),
            down_for: Duration::minutes(3),
            clock_behind: Duration::millis(250),
        }),
        Body::Stopped(Stopped { reason: "SIGTERM".into() }),
        Body::ClockJumped(ClockJumped { by: Duration::secs(-90) }),
        Body::PlanAdopted(PlanAdopted {
            plan: PLAN,
            before: Some(PlanHash([0x11; 32])),
            commit: Some(PlanCommit {
                id: "9fceb02d0ae598e95dc970b74767f19372d61af8".into(),
                author: "Ada S\u{f6}ze <ada@example.com>".into(),
                summary: "shop: two people are on call at night".into(),
            }),
            findings: 4,
            orphans: vec!["group:7: receiver `dba` is gone: told to the last resort".into()],
        }),
        Body::PlanRefused(PlanRefused {
            errors: vec!["alerts.yaml:14:15: unknown-receiver: no receiver named `pagr-dba`".into()],
        }),
        Body::LastResortTold(LastResortTold {
            receiver: "everyone".into(),
            reason: "the disk is full".into(),
            sent_at: Timestamp(START.0 + 60_000),
            delivered: true,
        }),
        Body::BodyErased(BodyErased { erased: Seq(2), reason: "asked for by the person, case 17".into() }),
    ]
}

fn alerts() -> Vec<Body> {
    let alert = AlertId(Seq(8));
    let annotations = LabelSet::new([("summary", "\"quoted\" <b>\u{e9}\u{1f525}</b>\nsecond line")]);
    vec![
        Body::AlertFired(AlertFired {
            again: Some(AlertId(Seq(3))),
            labels: LabelSet::new([("alertname", "DiskFull"), ("instance", "db-1:9100")]),
            annotations: annotations.clone(),
            starts_at: START,
            generator_url: "http://prometheus/graph?g0.expr=up".into(),
            groups: vec![GroupId(Seq(13)), GroupId(Seq(14))],
            lease_until: Timestamp(START.0 + 300_000),
        }),
        Body::AlertChanged(AlertChanged {
            alert,
            annotations,
            starts_at: Timestamp(-62_135_596_800_000),
            generator_url: "http://prometheus/alerts".into(),
        }),
        Body::AlertResolved(AlertResolved { alert, ends_at: START, cause: ResolveCause::Told }),
        Body::AlertResolved(AlertResolved { alert, ends_at: START, cause: ResolveCause::Expired }),
        Body::AlertRegrouped(AlertRegrouped { alert, groups: vec![GroupId(Seq(13))] }),
    ]
}

fn groups() -> Vec<Body> {
    let group = GroupId(Seq(13));
    let targets = || [Target { integration: "webhook[0]".into(), send_resolved: true }].into();
    vec![
        Body::GroupOpened(GroupOpened {
            route: "{}/{severity=\"page\"}".into(),
            labels: LabelSet::new([("alertname", "DiskFull")]),
            receiver: "dba".into(),
            targets: targets(),
            group_interval: Duration::minutes(5),
            repeat_interval: Duration::hours(4),
            flush_at: Timestamp(START.0 + 30_000),
        }),
        Body::GroupRebound(GroupRebound {
            group,
            receiver: "dba-night".into(),
            targets: targets(),
            group_interval: Duration::minutes(1),
            repeat_interval: Duration::hours(12),
        }),
        Body::GroupCleared(GroupCleared { group, alerts: vec![AlertId(Seq(8)), AlertId(Seq(3))] }),
    ]
}

fn notices() -> Vec<Body> {
    let notice = NoticeId(Seq(16));
    vec![
        Body::NoticeIntended(NoticeIntended {
            group: GroupId(Seq(13)),
            receiver: "dba".into(),
            integration: "webhook[0]".into(),
            firing: vec![AlertId(Seq(8))],
            resolved: vec![AlertId(Seq(3))],
            not_after: Timestamp(START.0 + 900_000),
            next_flush_at: Timestamp(START.0 + 330_000),
        }),
        Body::NoticeFailing(NoticeFailing { notice, reason: "connection refused".into() }),
        Body::NoticeDelivered(NoticeDelivered { notice, attempts: 3 }),
        Body::NoticeFailed(NoticeFailed { notice, attempts: 9, reason: "410 Gone".into(), perhaps_arrived: true }),
    ]
}

fn silences() -> Vec<Body> {
    let matcher = |name: &str, op, value: &str| Matcher::new(name, op, value).expect("a matcher");
    let matchers = vec![
        matcher("alertname", MatchOp::Equal, "DiskFull"),
        matcher("instance", MatchOp::Regex, "db-.*"),
        matcher("env", MatchOp::NotEqual, "test"),
        matcher("team", MatchOp::NotRegex, "a|b"),
    ];
    vec![
        Body::SilenceSet(SilenceSet {
            changes: Some(SilenceId(Seq(2))),
            matchers: Matchers(matchers),
            starts_at: START,
            ends_at: Timestamp(START.0 + 3_600_000),
            created_by: "ada".into(),
            comment: "disk is being changed".into(),
        }),
        Body::SilenceExpired(SilenceExpired { silence: SilenceId(Seq(20)) }),
    ]
}
