//! The tables of pages and forms.

use std::collections::BTreeSet;

use evenkeel_pages::{FORMS, PAGES};

#[test]
fn each_page_and_each_form_stands_once_and_forms_stand_on_pages() {
    let pages: BTreeSet<_> = PAGES.iter().map(|page| page.path).collect();
    assert_eq!(pages.len(), PAGES.len());
    let forms: BTreeSet<_> = FORMS.iter().map(|form| form.path).collect();
    assert_eq!(forms.len(), FORMS.len());
    for form in FORMS {
        assert!(pages.contains(form.page), "{} stands on no page", form.path);
        let named = |path: &'static str| path.split('/').filter(|part| part.starts_with('{')).collect::<Vec<_>>();
        assert!(named(form.page).iter().all(|name| named(form.path).contains(name)), "{}", form.path);
    }
}
