//! Any order of adding, taking and finishing: each key is held once, and nothing is lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::{PageId, Seq, UpdateId};
use evenkeel_model::{FileReceiver, Integration, Transport};
use proptest::prelude::*;

use super::*;
use crate::content::Content;
use crate::example;

#[derive(Debug, Clone)]
enum Step {
    /// The message of that number, as a page or as an update, to that address.
    Add {
        number: u64,
        update: bool,
        address: u8,
    },
    Take,
    /// The one taken longest ago, or a later one.
    Finish {
        place: usize,
        delivered: bool,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let add =
        (0..4_u64, any::<bool>(), 0..3_u8).prop_map(|(number, update, address)| Step::Add { number, update, address });
    let finish = (0..4_usize, any::<bool>()).prop_map(|(place, delivered)| Step::Finish { place, delivered });
    prop::collection::vec(prop_oneof![3 => add, 2 => Just(Step::Take), 2 => finish], 0..120)
}

fn delivery(number: u64, update: bool, address: u8) -> Delivery {
    let address: Arc<str> = format!("a/{address}").into();
    let content = if update {
        let mut message = example::update();
        (message.update, message.address) = (UpdateId(Seq(number)), address);
        Content::Update(message)
    } else {
        let mut message = example::page();
        (message.page, message.contact) = (PageId(Seq(number)), address);
        Content::page(message, None)
    };
    let transport = Transport::File(FileReceiver { path: "x".into() });
    let integration = Arc::new(Integration { name: "file[0]".into(), send_resolved: true, transport });
    Delivery { integration, content, deadline: std::time::Duration::from_secs(1) }
}

proptest! {
    #[test]
    fn each_key_is_held_once_and_none_is_lost(steps in steps(), per_lane in 1..4_usize, others_max in 1..4_usize) {
        let queue = Queue::new(per_lane, others_max);
        let mut held: BTreeMap<MessageId, bool> = BTreeMap::new();
        let mut taken: Vec<Taken> = Vec::new();
        for step in steps {
            match step {
                Step::Add { number, update, address } => {
                    let delivery = delivery(number, update, address);
                    let id = delivery.content.id();
                    let expect = if held.contains_key(&id) { Submitted::AlreadyOpen } else { Submitted::Queued };
                    prop_assert_eq!(queue.add(delivery), expect);
                    held.entry(id).or_insert(false);
                }
                Step::Take => if let Some(next) = queue.take() {
                    prop_assert_eq!(held.insert(next.delivery.content.id(), true), Some(false), "queued, and only once");
                    taken.push(next);
                    let others = taken.iter().filter(|taken| !taken.delivery.content.lane().holds_pages()).count();
                    prop_assert!(others <= others_max, "the rest is for pages");
                },
                Step::Finish { place, delivered } if place < taken.len() => {
                    let done = taken.remove(place);
                    let failed = Outcome::Failed { reason: String::new(), retry: Retry::Yes };
                    let left = queue.finish(&done, &if delivered { Outcome::Delivered } else { failed });
                    prop_assert_eq!(held.remove(&done.delivery.content.id()), Some(true));
                    prop_assert_eq!(left, held.len());
                }
                Step::Finish { .. } => {}
            }
            prop_assert_eq!(queue.open(), held.len());
        }
        // Whatever is left comes out, each once.
        loop {
            while let Some(next) = queue.take() {
                prop_assert_eq!(held.insert(next.delivery.content.id(), true), Some(false));
                taken.push(next);
            }
            let Some(done) = taken.pop() else { break };
            queue.finish(&done, &Outcome::Delivered);
            held.remove(&done.delivery.content.id());
        }
        prop_assert_eq!(held, BTreeMap::new());
        prop_assert_eq!(queue.open(), 0);
    }
}
