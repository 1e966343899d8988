//! Any text is read or refused; what is read prints, and reads back as the same.

use evenkeel_promql::{OutputLabels, check_types, experimental, parse, selectors};
use proptest::prelude::*;

use crate::expression::expression;

/// Everything there is to do with a text.
fn exercise(text: &str) {
    match parse(text) {
        Ok(expr) => {
            let printed = expr.to_string();
            let again = parse(&printed);
            assert!(again.as_ref() == Ok(&expr), "{text:?} is printed as {printed:?}");
            assert_eq!(again.map(|expr| expr.to_string()), Ok(printed));
            for fault in check_types(&expr) {
                assert!(text.get(fault.range.clone()).is_some(), "{text:?}: {fault:?}");
            }
            for found in selectors(&expr) {
                assert!(text.get(found.selector.range.clone()).is_some_and(|part| !part.is_empty()), "{text:?}");
            }
            let _ = (OutputLabels::of(&expr), experimental(&expr));
        }
        Err(fault) => {
            assert!(text.get(fault.range.clone()).is_some(), "{text:?}: {fault:?}");
            assert!(!fault.message.contains('\n') && !fault.message.ends_with('.'), "{fault:?}");
        }
    }
}

/// Pieces of the language, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("up"),
        Just("sum"),
        Just("by"),
        Just("("),
        Just(")"),
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just("5m"),
        Just(":"),
        Just(","),
        Just("-"),
        Just("+"),
        Just("^"),
        Just("=="),
        Just("and"),
        Just("or"),
        Just("bool"),
        Just("on"),
        Just("group_left"),
        Just("offset"),
        Just("@"),
        Just("start"),
        Just("job"),
        Just("="),
        Just("=~"),
        Just("\"x\""),
        Just("1"),
        Just("rate"),
        Just("fill"),
        Just("anchored"),
        Just("step"),
        Just("</"),
        Just("NaN"),
        Just("0x1f"),
        Just("#"),
        Just("\n"),
        Just("topk"),
        Just("'é'"),
        Just("`"),
        Just("a:b"),
        Just("max_of"),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        exercise(&text);
    }

    #[test]
    fn any_pieces_are_read_or_refused(text in pieces()) {
        exercise(&text);
    }

    #[test]
    fn what_is_read_prints_and_reads_back(text in expression()) {
        prop_assert!(parse(&text).is_ok(), "{text}");
        exercise(&text);
    }

    #[test]
    fn a_slip_in_an_expression_is_read_or_refused(text in expression(), at in any::<prop::sample::Index>(), put in "\\PC{0,2}", cut in 0_usize..3) {
        let places: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
        let start = *at.get(&places);
        let end = places.iter().copied().filter(|place| *place >= start).nth(cut).unwrap_or(text.len());
        exercise(&format!("{}{put}{}", &text[..start], &text[end..]));
    }
}
