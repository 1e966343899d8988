//! Codes of lenses and their practices.

codes! {
    DUPLICATE_PRACTICE = "duplicate-practice", "two practices of a lens have the same key or alias";
    INVALID_EVIDENCE_QUERY = "invalid-evidence-query", "a block of a practice is no query that evidence can be asked with";
    INVALID_PRACTICE = "invalid-practice", "a lens or a practice says something that no verdict can be made from";
    MISSING_NEXT_STEP = "missing-next-step", "a practice does not say what to do about a verdict that it can get";
    PRACTICE_WITHOUT_LENS = "practice-without-lens", "no page above a practice says of which lens it is";
    UNKNOWN_QUESTION = "unknown-question", "a practice answers a question that its lens does not ask";
}
