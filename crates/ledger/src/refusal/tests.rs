//! A report's refusal stands for its first fault, and says how many there are.

use super::*;

#[test]
fn several_faults_are_told_by_the_first_and_counted() {
    let unknown = |name: &str| FactRefusal::UnknownTeam { name: name.into(), near: None };
    let refusal = |names: &[&str]| {
        LedgerRefusal::Facts(names.iter().map(|name| FactRefused { place: 0, why: unknown(name) }).collect())
    };
    assert_eq!(refusal(&["a"]).to_string(), "no team named `a`");
    assert_eq!(refusal(&["a", "b", "c"]).to_string(), "no team named `a`, and 2 more faults");
    assert_eq!((refusal(&["a"]).code(), refusal(&["a"]).again_at()), ("unknown-team", None));
    assert_eq!(&*refusal(&["a"]).help(), "name a `kind: Team` document of the ops repo");
    assert_eq!((refusal(&[]).code(), &*refusal(&[]).help()), ("invalid-fact", ""));
    assert_eq!((FactRefusal::Invalid(vec![]).code(), FactRefusal::Invalid(vec![]).field()), ("invalid-fact", ""));
}
