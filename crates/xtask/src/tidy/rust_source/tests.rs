use super::*;

#[track_caller]
fn check_code(text: &str, expect: &str) {
    assert_eq!(code_only(text), expect);
}

#[test]
fn comments_are_blank() {
    check_code("a // b\nc", "a     \nc");
    check_code("a /* b /* c */ d\n */ e", "a               \n    e");
}

#[test]
fn text_is_blank() {
    check_code(r#"a "b \" // c" d"#, "a             d");
    check_code(r##"a r#"b " c"# d"##, "a            d");
    check_code(r#"f(b"x", br"y\", "z")"#, "f(b   ,       ,    )");
    check_code(r"c'\'' 'x' '{' é", "c             é");
}

#[test]
fn lifetimes_and_raw_names_are_code() {
    check_code("fn f<'a>(r#type: &'a str)", "fn f<'a>(r#type: &'a str)");
    check_code("for\"x\"", "for   ");
}

#[test]
fn production_ends_where_the_tests_begin() {
    assert_eq!(production_lines("a\nb\n#[cfg(test)]\nmod tests {\n    c\n}\n"), 2);
    assert_eq!(production_lines("a\n#[cfg(test)]\n#[expect(x, reason = \"y\")]\nmod tests {\n}\n"), 1);
    assert_eq!(production_lines("a\n#[cfg(test)]\nfn only_for_tests() {}\nb\n"), 4);
    assert_eq!(production_lines("a\n// #[cfg(test)]\n// mod tests {\nb"), 4);
}

#[test]
fn items_under_test_are_blank() {
    let code = "a;\n#[cfg(test)]\nuse b;\n#[cfg(test)]\nfn c(d: [u8; 2]) {\n    e;\n}\nf\n";
    assert_eq!(without_tests(code).split_whitespace().collect::<Vec<_>>(), ["a;", "f"]);
    assert_eq!(without_tests(code).lines().count(), code.lines().count());
    assert_eq!(without_tests("#[cfg(all(test, unix))]\nmod x {}\ny").trim(), "y");
}

#[test]
fn words_stand_alone() {
    assert!(finds_word("use std::io;", "std::io"));
    assert!(!finds_word("use std::iot;", "std::io"));
    assert!(!finds_word("MyInstant::now()", "Instant::now"));
}

#[test]
fn files_of_tests_are_known_by_their_path() {
    assert!(is_test("crates/x/src/a/tests.rs") && is_test("crates/x/tests/a.rs"));
    assert!(!is_test("crates/x/src/contests.rs"));
}
