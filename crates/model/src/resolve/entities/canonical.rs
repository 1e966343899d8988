//! What an entity is called here. Backstage's names have upper case, `_` and `.`, and count for one kind only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::EntityRef;

/// A name of its own for each entity. The plain one goes to whoever is called so exactly, then by the order of `kinds`;
/// others have their kind before it, and a number behind it where that is taken too.
pub(super) fn assign<'a>(
    entities: impl Iterator<Item = &'a EntityRef>,
    kinds: &[&str],
) -> BTreeMap<EntityRef, Arc<str>> {
    let rank = |id: &EntityRef| kinds.iter().position(|kind| **kind == *id.kind);
    let mut wanting: Vec<(bool, Option<usize>, &EntityRef, String)> = entities
        .map(|id| {
            let plain = id.plain_name();
            (*plain != *id.name, rank(id), id, plain)
        })
        .collect();
    wanting.sort();
    let mut taken: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut assigned = BTreeMap::new();
    for (_, _, id, plain) in wanting {
        let mut name: Arc<str> = Arc::from(plain.as_str());
        let with_kind = format!("{}-{plain}", id.kind);
        while !taken.insert(Arc::clone(&name)) {
            let number = numbers.entry(with_kind.clone()).and_modify(|number| *number += 1).or_insert(1);
            name =
                if *number == 1 { Arc::from(with_kind.as_str()) } else { Arc::from(format!("{with_kind}-{number}")) };
        }
        assigned.insert(id.clone(), name);
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DEFAULT_NAMESPACE;

    fn assigned(refs: &[&str]) -> String {
        let ids: Vec<EntityRef> = refs
            .iter()
            .map(|text| EntityRef::parse(text, "component", DEFAULT_NAMESPACE).expect("a reference"))
            .collect();
        let names = assign(ids.iter(), &["component", "system", "resource"]);
        names.iter().map(|(id, name)| format!("{id}={name}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_are_made_as_ours_are() {
        assert_eq!(
            assigned(&["Order_Service.v2", "shop/cart"]),
            "component:order_service.v2=order-service-v2 component:shop/cart=shop-cart"
        );
        assert_eq!(assigned(&["___", "größe"]), "component:___=entity component:größe=gr--e");
    }

    #[test]
    fn of_several_that_would_have_one_name_the_exact_one_has_it() {
        let all = ["system:orders", "a_b", "component:orders", "a-b", "a.b", "resource:orders"];
        let expected = "component:a-b=a-b component:a.b=component-a-b component:a_b=component-a-b-2 \
            component:orders=orders resource:orders=resource-orders system:orders=system-orders";
        assert_eq!(assigned(&all), expected);
        let mut reversed = all;
        reversed.reverse();
        assert_eq!(assigned(&reversed), expected);
        assert_eq!(assigned(&["system:a-b", "a_b"]), "component:a_b=component-a-b system:a-b=a-b");
    }
}
