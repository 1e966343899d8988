//! Codes of registers: goals, needs, obligations, risks, decisions, agreements, and what is known and done.

codes! {
    CADENCE_WITHOUT_PEOPLE = "cadence-without-people", "a cadence says how often, and not by whom";
    EXPIRED_EXCEPTION = "expired-exception", "leave to do otherwise than a standard or an obligation says is over";
    EXPIRED_REQUEST = "expired-request", "a team was to be answered by a day that is over";
    EXPIRED_SUPPORT_PLAN = "expired-support-plan", "help from outside is paid no longer";
    GOAL_WITHOUT_KPI = "goal-without-kpi", "nothing shows whether a goal comes about";
    IDLE_GOAL = "idle-goal", "no workload and no need serves a goal";
    IMPROVEMENT_OVERDUE = "improvement-overdue", "an improvement was to be done by a day that is over";
    LESSON_APPLIES_TO_NOTHING = "lesson-applies-to-nothing", "a lesson applies to no workload and no team";
    MISSING_AGREEMENT = "missing-agreement", "a team's workload fails with another team's, and the two have no agreement";
    ONE_SIDED_AGREEMENT = "one-sided-agreement", "an agreement is one of a team with itself";
    OVERDUE_REVIEW = "overdue-review", "something was to be looked at again by a day that is over";
    SINGLE_OPTION_DECISION = "single-option-decision", "a decision had nothing to choose between";
    SKILL_HELD_BY_TOO_FEW = "skill-held-by-too-few", "fewer people have a skill than should";
    TRAINING_FOR_NOBODY = "training-for-nobody", "nothing says who is to take a training";
    TWO_OPERATING_MODELS = "two-operating-models", "a workload is in two operating models";
    UNCLASSIFIED_DATA = "unclassified-data", "no data class names a workload of tier 1";
    UNMAPPED_OBLIGATION = "unmapped-obligation", "nothing sees to it that an obligation is kept";
    UNMODELLED_WORKLOAD = "unmodelled-workload", "no operating model has a workload of tier 1";
    UNTREATED_RISK = "untreated-risk", "a likely and grave risk is accepted without a decision";
}
