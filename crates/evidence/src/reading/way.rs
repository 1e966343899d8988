//! Ways to ask the store: one connection each, with what was rendered for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_evidence_sql::{Render, Rendered, Select};

use super::Asker;

/// More texts are not kept; a lens has far fewer.
const TEXTS_MAX: usize = 4000;

/// By where the query lies, and how it is asked.
type Key = (usize, [bool; 4]);

/// A connection, and what was rendered for it.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) asker: Box<dyn Asker>,
    /// The query is kept too, so that no other comes to lie where it does.
    texts: BTreeMap<Key, (Arc<Select>, Option<Arc<Rendered>>)>,
}

impl Way {
    pub(crate) const fn new(asker: Box<dyn Asker>) -> Self {
        Self { asker, texts: BTreeMap::new() }
    }

    /// Renders a query for it, once.
    pub(crate) fn text(&mut self, select: &Arc<Select>, options: Render) -> Arc<Rendered> {
        let dialect = self.asker.dialect();
        let text = self.kept(select, options, false, |select| Some(select.sql(dialect, options)));
        text.expect("every query can be rendered")
    }

    /// Renders a block for subjects that begin each at their own, once; `None` where that cannot be.
    pub(crate) fn text_since(&mut self, select: &Arc<Select>, options: Render) -> Option<Arc<Rendered>> {
        let dialect = self.asker.dialect();
        self.kept(select, options, true, |select| select.sql_since(dialect, options))
    }

    fn kept(
        &mut self,
        select: &Arc<Select>,
        options: Render,
        since: bool,
        render: impl FnOnce(&Select) -> Option<Rendered>,
    ) -> Option<Arc<Rendered>> {
        let key = (Arc::as_ptr(select).addr(), [options.observed_only, options.subjects, options.latest, since]);
        if let Some((_, rendered)) = self.texts.get(&key) {
            return rendered.clone();
        }
        if self.texts.len() >= TEXTS_MAX {
            self.texts.clear();
        }
        let rendered = render(select).map(Arc::new);
        self.texts.insert(key, (Arc::clone(select), rendered.clone()));
        rendered
    }
}
