//! What is done again and again in the year: how often, from when until when, how reliably, and how well.

/// Something that is done again and again.
pub(super) struct Routine {
    /// Units: days.
    pub(super) every: u32,
    /// The first day.
    pub(super) first: u32,
    /// The day from which on it is no longer done.
    pub(super) last: u32,
    /// How often of a hundred times it is not skipped.
    pub(super) done: u32,
    /// How often of a hundred times it goes as it should.
    pub(super) well: u32,
    /// What is told then.
    pub(super) right: &'static str,
    /// What is told otherwise.
    pub(super) wrong: &'static str,
}

const ALWAYS: u32 = 400;

const fn routine(every: u32, first: u32, right: &'static str) -> Routine {
    Routine { every, first, last: ALWAYS, done: 100, well: 100, right, wrong: right }
}

impl Routine {
    const fn until(self, last: u32) -> Self {
        Self { last, ..self }
    }

    const fn done(self, done: u32) -> Self {
        Self { done, ..self }
    }

    const fn well(self, well: u32, wrong: &'static str) -> Self {
        Self { well, wrong, ..self }
    }
}

pub(super) const ROUTINES: [Routine; 78] = [
    // Priorities and culture.
    routine(30, 9, "record obligation key=region-# workload=shop obligation=data-in-europe event=complied")
        .well(85, "record obligation key=region-# workload=shop obligation=data-in-europe event=violated"),
    routine(150, 20, "record obligation key=policy-# obligation=change-policy event=read version=7"),
    routine(45, 12, "record risk key=risk-# risk=one-database event=reviewed").done(70),
    routine(60, 30, "record risk key=found-# risk=one-database event=identified from=incident"),
    routine(30, 14, "record kpi key=kpi-# workload=shop kpi=orders-per-hour value=412 target_met=true used_in=review")
        .well(80, "record kpi key=kpi-# workload=shop kpi=orders-per-hour value=380 target_met=false used_in=none"),
    routine(30, 15, "record kpi key=kpi-# workload=shop kpi=carts-left value=31 target_met=true used_in=none"),
    routine(60, 16, "record review key=needs-# workload=shop sort=needs decisions=1").done(70),
    routine(90, 17, "record decision key=priority-# workload=shop about=priority event=taken refs=Need:fast-checkout"),
    routine(11, 5, "record feedback key=ticket-# workload=shop from=support category=fast-checkout need=fast-checkout led_to=change:#"),
    routine(90, 20, "record review key=goals-# sort=goals leadership=true decisions=2 attendees=cleo,ada")
        .well(70, "record review key=goals-# sort=goals decisions=0 attendees=ada"),
    routine(120, 25, "record decision key=region-# workload=shop about=trade-off event=revisited decision=one-region effect=met"),
    routine(40, 21, "record decision key=choice-# about=trade-off event=taken dissent=1 dissent_answered=1")
        .well(60, "record decision key=choice-# about=trade-off event=taken dissent=2 dissent_answered=0"),
    routine(60, 22, "record decision key=managed-# team=shop about=managed-service event=taken options=2").until(120),
    routine(25, 23, "record request key=request-# workload=shop team=platform request=r-# event=decided to_team=shop in_time=true")
        .well(75, "record request key=request-# workload=shop team=platform request=r-# event=decided to_team=shop in_time=false"),
    routine(90, 40, "record review key=staffing-# team=shop sort=staffing decisions=1").done(60),
    routine(45, 41, "record experiment key=experiment-# team=shop hypothesis=\"h #\" outcome=refuted guardrail=true").until(150),
    routine(40, 42, "record training key=training-# person=ada team=shop skill=restoring outcome=passed hours=4")
        .well(60, "record training key=training-# person=bob team=shop skill=restoring outcome=failed cancelled_by_page=true"),
    routine(30, 43, "record announcement key=told-# workload=shop about=change fields_complete=true addressed=40 delivered=40")
        .well(80, "record announcement key=told-# workload=shop about=change fields_complete=false addressed=40 delivered=12"),
    routine(60, 3, "record receipt key=owned-# person=ada of=Team:shop").until(70),
    routine(60, 3, "record receipt key=data-# person=ada of=DataClass:customer-records"),
    routine(30, 6, "record scan key=scrub-# workload=shop sort=telemetry-scrub findings=0")
        .well(75, "record scan key=scrub-# workload=shop sort=telemetry-scrub findings=2"),
    routine(30, 7, "record scan key=inventory-# sort=inventory findings=0")
        .well(80, "record scan key=inventory-# sort=inventory findings=3 corrected_ms=86400000"),
    routine(45, 8, "record scan key=sources-# sort=obligation-sources findings=0"),
    routine(90, 50, "record review key=grants-# team=shop sort=grants decisions=1").done(50),
    // Signals.
    routine(20, 10, "record telemetry key=metrics-# workload=shop signal=metrics present=true fresh=true"),
    routine(20, 11, "record telemetry key=logs-# workload=shop signal=logs present=true fresh=true coverage_percent=97")
        .well(85, "record telemetry key=logs-# workload=shop signal=logs present=true fresh=true coverage_percent=60"),
    routine(20, 12, "record telemetry key=traces-# workload=shop signal=traces present=true fresh=true coverage_percent=92")
        .well(70, "record telemetry key=traces-# workload=shop signal=traces present=true fresh=true coverage_percent=55"),
    routine(20, 13, "record telemetry key=edges-# workload=shop signal=dependency present=true fresh=true coverage_percent=99").until(200),
    routine(25, 13, "record telemetry key=bank-# workload=bank signal=metrics present=true fresh=true").until(180),
    routine(25, 14, "record telemetry key=platform-# workload=shop signal=platform present=true fresh=true"),
    routine(25, 14, "record telemetry key=user-# workload=shop signal=user present=true fresh=true"),
    routine(25, 14, "record telemetry key=sums-# workload=shop signal=transaction present=true fresh=true coverage_percent=99"),
    routine(40, 30, "record telemetry key=baseline-# workload=shop signal=baseline present=true fresh=true").until(240),
    // Changes besides deployments.
    routine(6, 4, "record change key=change-# workload=shop sort=configuration through=pipeline commit=x-# tested=true calendar=open")
        .well(92, "record change key=change-# workload=shop sort=configuration through=manual tested=false calendar=closed"),
    routine(9, 5, "record change key=change-# workload=bank sort=infrastructure through=pipeline commit=x-# tested=true calendar=open"),
    routine(10, 6, "record scan key=baseline-# workload=shop sort=configuration findings=0")
        .well(85, "record scan key=baseline-# workload=shop sort=configuration findings=4"),
    routine(10, 7, "record scan key=drift-# workload=bank sort=drift findings=0"),
    routine(30, 8, "record scan key=tags-# workload=shop sort=tags findings=0").well(60, "record scan key=tags-# workload=shop sort=tags findings=9"),
    routine(30, 9, "record scan key=edges-# workload=shop sort=dependencies findings=0").until(200),
    routine(15, 10, "record patch key=patch-# workload=shop environment=production age_days=5 sla_days=30 outcome=applied in_place=false lower_environment_first=true")
        .well(94, "record patch key=patch-# workload=shop environment=production age_days=50 sla_days=30 outcome=deferred"),
    routine(30, 11, "record push key=push-# workload=shop repository=acme/shop branch=main commit=y-# signed=true protected=true")
        .well(97, "record push key=push-# workload=shop repository=acme/shop branch=main commit=y-# signed=true protected=true forced=true"),
    routine(7, 1, "record observed commit key=ops-# commit=ops-# author=ada signed=true reviewers=bob"),
    // Readiness and drills; what fails is tried again.
    routine(180, 60, "record review key=ready-# workload=shop sort=readiness findings=2 resolved=2"),
    routine(90, 61, "record review key=standards-# sort=standards teams=shop,platform decisions=1").done(60),
    routine(180, 62, "record review key=pre-mortem-# workload=shop sort=pre-mortem attendees=ada,bob findings=4"),
    routine(60, 63, "record drill key=back-# workload=shop sort=rollback outcome=passed restored=true participants=ada,bob hypothesis=\"it comes back\"")
        .well(75, "record drill key=back-# workload=shop sort=rollback outcome=failed restored=false participants=ada,bob"),
    routine(45, 64, "record drill key=day-# workload=shop sort=game-day outcome=passed restored=true hypothesis=\"one may die\" participants=ada,bob")
        .well(65, "record drill key=day-# workload=shop sort=game-day outcome=failed restored=false hypothesis=\"one may die\" participants=ada,bob"),
    routine(45, 71, "record drill key=again-# workload=shop sort=game-day outcome=passed restored=true hypothesis=\"one may die\" participants=ada,bob"),
    routine(120, 65, "record drill key=hand-# workload=shop sort=manual-procedure outcome=passed"),
    routine(20, 66, "record run key=slow-# workload=shop person=bob procedure=shop-slow mode=manual outcome=success"),
    routine(200, 67, "record support-case key=case-# plan=bank outcome=answered drill=true minutes=35"),
    routine(13, 12, "record temporary-environment key=up-# workload=shop environment=pr event=created commit=z-#"),
    routine(13, 13, "record temporary-environment key=down-# workload=shop environment=pr event=destroyed").done(90),
    // What is looked at, and what acts by itself.
    routine(7, 2, "record investigation key=metrics-# workload=shop sort=metrics findings=0").done(85),
    routine(14, 3, "record investigation key=logs-# workload=shop sort=logs findings=1 decisions=1")
        .well(92, "record investigation key=logs-# workload=shop sort=logs findings=1 decisions=0"),
    routine(30, 4, "record investigation key=traces-# workload=shop sort=traces findings=1 decisions=1")
        .well(60, "record investigation key=traces-# workload=shop sort=traces findings=1 decisions=0"),
    routine(20, 5, "record investigation key=odd-# workload=shop sort=anomaly findings=1").well(60, "record investigation key=odd-# workload=shop sort=anomaly findings=0"),
    routine(10, 6, "record automation key=act-# workload=shop automation=restart-shop outcome=success limits=true harm=false")
        .well(95, "record automation key=act-# workload=shop automation=restart-shop outcome=success limits=true harm=true disabled=false"),
    routine(9, 7, "record view key=view-# workload=shop what=shop-on-call audience=operations"),
    routine(30, 8, "record view key=view-# workload=shop what=shop-orders audience=business").until(320),
    routine(60, 9, "record view key=view-# workload=shop what=status audience=customers").until(130),
    routine(80, 10, "record replacement key=web-# workload=shop known_good=true kept=true duration_ms=240000")
        .well(70, "record replacement key=web-# workload=shop known_good=false kept=false duration_ms=9000000"),
    // Reviews of operations, and what becomes better.
    routine(30, 18, "record review key=talk-# team=shop sort=operations cadence=operations-talk teams=shop,platform leadership=true decisions=1 attendees=ada,cleo")
        .done(85),
    routine(30, 19, "record review key=figures-# team=shop sort=metrics cadence=figures teams=shop,platform leadership=true decisions=1 attendees=ada,cleo")
        .well(80, "record review key=figures-# team=shop sort=metrics cadence=figures teams=shop decisions=0 attendees=ada"),
    routine(180, 70, "record review key=kpi-# sort=kpi teams=shop,platform decisions=1"),
    routine(14, 11, "record review key=retro-# team=shop sort=retrospective teams=shop,platform attendees=ada,cleo decisions=1").done(70),
    routine(30, 20, "record announcement key=trend-# about=trend audience=leadership addressed=12 delivered=11")
        .well(90, "record announcement key=trend-# about=trend audience=leadership addressed=12 delivered=0"),
    routine(60, 21, "record review key=checklist-# sort=checklist findings=4 resolved=4").well(60, "record review key=checklist-# sort=checklist findings=4 resolved=1"),
    routine(90, 22, "record review key=drivers-# sort=drivers teams=shop,platform decisions=1"),
    routine(25, 23, "record improvement key=better-# team=shop workload=shop improvement=i-# event=verified effect=met driver=reliability environment=staging")
        .well(80, "record improvement key=better-# team=shop workload=shop improvement=i-# event=done environment=production"),
    routine(12, 24, "record feedback key=said-# team=shop from=run category=restart-shop led_to=commit:#")
        .well(75, "record feedback key=said-# team=shop from=run category=restart-shop"),
    routine(100, 25, "record lesson key=lesson-# team=shop lesson=old-certificate event=applied"),
    routine(14, 26, "record time-spent key=cycle-# team=shop improvement_hours=16 target_hours=16 toil_hours=30 total_hours=160")
        .well(65, "record time-spent key=cycle-# team=shop improvement_hours=4 target_hours=16 toil_hours=90 total_hours=160"),
    routine(14, 27, "record search key=search-# found=true").well(80, "record search key=search-# found=false"),
    routine(50, 28, "record insight key=insight-# insight=i-# event=validated teams=shop,platform").until(260),
    routine(30, 29, "record scan key=chain-# sort=integrity findings=0"),
    // What only a person can say.
    routine(180, 2, "attest cart practice=oe.organization.compliance-requirements person=cleo expires=200d \"none of the laws speaks of baskets\""),
    routine(180, 2, "not-applicable reporting practice=oe.operate.customer-communication-plan person=cleo expires=200d \"no customer sees it\""),
];
