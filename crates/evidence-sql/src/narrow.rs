//! A block that is asked for some subjects only reads what is theirs, and little else.
//!
//! That only some values of a column are wanted is carried from what the block returns down to the tables: through
//! queries with names, through groups that are formed by that column, and across joins to whatever is tied to it. Rows
//! that are left out on the way are those that nothing wanted can come of; where that cannot be seen, all are read. So
//! what is returned for the subjects stays the same, and the engine's indexes serve it.

mod since;

use std::collections::BTreeSet;

use since::{say_begin, says_from};

use crate::tree::{Core, Cte, Expr, From, Function, Item, Join, Kind, Node, Op, Output, Query, Relation, Union};

/// The same query, which may leave out rows of others than the subjects.
pub(crate) fn narrowed(query: &Query, subject: &str) -> Query {
    let mut names = BTreeSet::new();
    let subject = query.columns.iter().position(|column| column.name == subject);
    match subject.filter(|_| unique(query, &mut names)) {
        Some(at) => pushed(query, at, &Wanted::Subjects, &[]).map_or_else(|| query.clone(), pruned),
        None => query.clone(),
    }
}

/// The same query for subjects that begin each at their own; `None` where it needs to know `$from` where nothing says
/// whose it is.
pub(crate) fn since(query: &Query, subject: &str) -> Option<Query> {
    let mut names = BTreeSet::new();
    let at = query.columns.iter().position(|column| column.name == subject)?;
    let narrow = unique(query, &mut names).then(|| pushed(query, at, &Wanted::Since, &[]))?.map(pruned)?;
    (!says_from(&narrow)).then_some(narrow)
}

/// Without the queries with names that nothing looks at any more.
fn pruned(mut query: Query) -> Query {
    while let Some(at) = query.with.iter().rposition(|cte| query.mentions(&cte.name) == 0) {
        query.with.remove(at);
    }
    query
}

/// Whether no name of a query stands for two.
fn unique(query: &Query, names: &mut BTreeSet<String>) -> bool {
    let mut all = query.with.iter().all(|cte| names.insert(cte.name.clone()) && unique(&cte.query, names));
    for from in query.cores().flat_map(|core| &core.from) {
        if let Relation::Query(inner) = &from.relation {
            all &= unique(inner, names);
        }
    }
    all
}

/// A source that reads more tables is not read a second time to find out which values are wanted.
const TABLES_MAX: usize = 2;

/// How many tables a query reads, each as often as it does.
fn tables(query: &Query) -> usize {
    let mut count = query.with.iter().map(|cte| tables(&cte.query)).sum();
    for from in query.cores().flat_map(|core| &core.from) {
        count += match &from.relation {
            Relation::Query(query) => tables(query),
            Relation::Table(_) | Relation::Cte(_) => 1,
        };
    }
    query.walk(&mut |expr| {
        if let Node::InQuery { query, .. } | Node::Exists { query, .. } | Node::Scalar(query) = &expr.node {
            count += tables(query);
        }
        true
    });
    count
}

/// Which values of a column are wanted.
#[derive(Debug, Clone)]
enum Wanted {
    /// The names of the subjects.
    Subjects,
    /// The same, of subjects that begin each at their own.
    Since,
    /// What this query returns in its only column.
    Of(Box<Query>),
}

impl Wanted {
    /// That a value is one of them.
    fn holds(&self, value: &Expr) -> Expr {
        let expr = Box::new(value.clone());
        Expr::condition(match self {
            Self::Subjects | Self::Since => Node::Among(expr),
            Self::Of(query) => Node::InQuery { expr, query: query.clone(), negated: false },
        })
    }
}

/// The query with only wanted values in one of its columns, as far as that goes; `None` where all of it is needed.
fn pushed(query: &Query, at: usize, wanted: &Wanted, around: &[&Cte]) -> Option<Query> {
    // Which rows come first depends on all of them.
    if query.limit.is_some() || query.offset.is_some() {
        return None;
    }
    let visible: Vec<&Cte> = around.iter().copied().chain(&query.with).collect();
    let mut narrow = parted(query, at);
    let cores = std::iter::once(&mut narrow.first).chain(narrow.rest.iter_mut().map(|union| &mut union.core));
    for core in cores {
        restrict(core, at, wanted, &visible);
    }
    Some(narrow)
}

/// The same query, where each select whose column is the first that is known of two becomes one for either case: then
/// both can be looked up.
fn parted(query: &Query, at: usize) -> Query {
    let mut cores = Vec::new();
    let all = query.rest.iter().map(|union| (union.all, &union.core));
    for (all, core) in std::iter::once((true, &query.first)).chain(all) {
        match either(core, at) {
            Some(parts) => cores.extend(parts.map(|core| Union { all, core })),
            None => cores.push(Union { all, core: core.clone() }),
        }
    }
    let first = cores.remove(0).core;
    Query { first, rest: cores, ..query.clone() }
}

/// A select for the rows where the first of two values is known, and one for the others.
fn either(core: &Core, at: usize) -> Option<[Core; 2]> {
    let returned = &core.items.get(at)?.expr;
    let Node::Call { function: Function::Coalesce, arguments } = &returned.node else { return None };
    let [first, second] = arguments.as_slice() else { return None };
    let columns = Place::of(first).is_some() && Place::of(second).is_some();
    let alone = !core.grouped && !core.distinct && goes_through(core, returned) && !core.items.iter().any(has_window);
    (columns && alone).then(|| {
        [(first, true), (second, false)].map(|(value, known)| {
            let mut part = core.clone();
            let is = Node::IsNull { expr: Box::new(first.clone()), negated: known };
            part.filter = Some(and(part.filter.take(), Expr::condition(is)));
            if let Some(item) = part.items.get_mut(at) {
                item.expr = value.clone();
            }
            part
        })
    })
}

fn has_window(item: &Item) -> bool {
    let mut found = false;
    item.expr.walk(&mut |part| {
        found |= matches!(part.node, Node::Window { .. });
        true
    });
    found
}

fn restrict(core: &mut Core, at: usize, wanted: &Wanted, visible: &[&Cte]) {
    let Some(returned) = core.items.get(at).map(|item| item.expr.clone()) else { return };
    if !goes_through(core, &returned) {
        return;
    }
    if matches!(wanted, Wanted::Since) {
        say_begin(core, &returned);
    }
    if let Some(place) = Place::of(&returned) {
        Tied::new(core, visible).carry(place, wanted.clone());
    }
    let filter = core.filter.take();
    core.filter = Some(and(filter, wanted.holds(&returned)));
}

/// Whether rows of a select can be left out by the value of one of its items, without another row becoming another.
fn goes_through(core: &Core, returned: &Expr) -> bool {
    let (mut plain, mut columns) = (true, false);
    returned.walk(&mut |part| {
        match &part.node {
            Node::Column { alias, .. } => {
                columns = true;
                plain &= core.from.iter().any(|from| from.alias == *alias);
            }
            Node::Aggregate { .. }
            | Node::Window { .. }
            | Node::Scalar(_)
            | Node::Exists { .. }
            | Node::InQuery { .. } => {
                plain = false;
            }
            _ => {}
        }
        true
    });
    let grouped = !core.grouped || core.group_by.contains(returned);
    let mut windows = true;
    for item in &core.items {
        item.expr.walk(&mut |part| {
            if let Node::Window { partition_by, .. } = &part.node {
                windows &= partition_by.contains(returned);
            }
            true
        });
    }
    plain && columns && grouped && windows
}

fn and(filter: Option<Expr>, more: Expr) -> Expr {
    match filter {
        Some(filter) => {
            let (left, right) = (Box::new(filter), Box::new(more));
            Expr::condition(Node::Binary { op: Op::And, left, right })
        }
        None => more,
    }
}

/// That a column of a source equals one of another, so that the first's rows are of no use where the other has no such
/// value.
#[derive(Debug, Clone)]
struct Tie {
    of: Place,
    to: Place,
}

/// A column of a source.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    alias: String,
    column: Expr,
}

/// Carries what is wanted of one source of a select to the others.
struct Tied<'a> {
    core: &'a mut Core,
    visible: &'a [&'a Cte],
    ties: Vec<Tie>,
    /// Of whom it is known what is wanted, in the order in which that was found.
    known: Vec<(Place, Wanted)>,
}

impl Place {
    /// Where a value comes from, where it is a column as it stands.
    fn of(value: &Expr) -> Option<Self> {
        let Node::Column { alias, .. } = &value.node else { return None };
        Some(Self { alias: alias.clone(), column: value.clone() })
    }
}

impl<'a> Tied<'a> {
    fn new(core: &'a mut Core, visible: &'a [&'a Cte]) -> Self {
        let mut ties = Vec::new();
        for condition in core.filter.iter().flat_map(Expr::conjuncts) {
            ties.extend(tie(core, condition).into_iter().flat_map(|tie| [reversed(&tie), tie]));
        }
        for from in &core.from {
            for condition in from.on.iter().flat_map(Expr::conjuncts) {
                let found = tie(core, condition).into_iter().flat_map(|tie| [reversed(&tie), tie]);
                // What stands before a left join is there with nothing tied to it, too.
                ties.extend(found.filter(|tie| from.join != Join::Left || tie.of.alias == from.alias));
            }
        }
        Self { core, visible, ties, known: Vec::new() }
    }

    fn carry(mut self, place: Place, wanted: Wanted) {
        self.know(place, wanted);
        let mut next = 0;
        while let Some((place, wanted)) = self.known.get(next).cloned() {
            next += 1;
            let mut ties: Vec<Tie> = self.ties.iter().filter(|tie| tie.to.alias == place.alias).cloned().collect();
            // What equals the column itself has the same values, and those are known without looking.
            ties.sort_by_key(|tie| tie.to != place);
            for Tie { of, to } in ties {
                if self.known.iter().any(|(known, _)| known.alias == of.alias) {
                    continue;
                }
                let same = (to == place).then(|| wanted.clone());
                if let Some(wanted) = same.or_else(|| self.values(&place, &wanted, &to.column)) {
                    self.know(of, wanted);
                }
            }
        }
        self.narrow_lists();
    }

    /// Notes what is wanted of a source, and reads no more of it.
    fn know(&mut self, place: Place, wanted: Wanted) {
        let Node::Column { alias, name, .. } = &place.column.node else { return };
        let Some(from) = self.core.from.iter_mut().find(|from| from.alias == *alias) else { return };
        let query = match &from.relation {
            Relation::Table(_) => None,
            Relation::Query(query) => Some(&**query),
            Relation::Cte(name) => self.visible.iter().find(|cte| cte.name == *name).map(|cte| &cte.query),
        };
        let at = query.and_then(|query| query.columns.iter().position(|column| column.name == *name));
        if let Some(narrow) = query.zip(at).and_then(|(query, at)| pushed(query, at, &wanted, self.visible)) {
            from.relation = Relation::Query(Box::new(narrow));
        }
        self.known.push((place, wanted));
    }

    /// The values that a column of a source has in the rows that are wanted of it.
    fn values(&self, place: &Place, wanted: &Wanted, column: &Expr) -> Option<Wanted> {
        let from = self.core.from.iter().find(|from| from.alias == place.alias)?;
        if matches!(&from.relation, Relation::Query(query) if tables(query) > TABLES_MAX) {
            return None;
        }
        let own = self.core.filter.iter().flat_map(Expr::conjuncts).filter(|condition| is_of(condition, &place.alias));
        let filter = own.cloned().fold(wanted.holds(&place.column), |filter, more| and(Some(filter), more));
        let name = "value".to_owned();
        let Kind::Of(sort) = column.kind else { return None };
        let source = From { join: Join::First, on: None, ..from.clone() };
        let first = Core {
            distinct: false,
            items: vec![Item { name: name.clone(), expr: column.clone() }],
            from: vec![source],
            filter: Some(filter),
            group_by: Vec::new(),
            having: None,
            grouped: false,
        };
        let columns = vec![Output { name, sort, words: &[] }];
        let (with, rest, order_by) = (Vec::new(), Vec::new(), Vec::new());
        Some(Wanted::Of(Box::new(Query { with, first, rest, order_by, limit: None, offset: None, columns })))
    }

    /// A list that something wanted is looked up in need not have others.
    fn narrow_lists(&mut self) {
        let Some(mut filter) = self.core.filter.take() else { return };
        let wanted = |column: &Expr| {
            let own = Place::of(column)?;
            let (place, wanted) = self.known.iter().find(|(place, _)| place.alias == own.alias)?;
            if *place == own { Some(wanted.clone()) } else { self.values(place, wanted, column) }
        };
        narrow_lists(&mut filter, &wanted, self.visible);
        self.core.filter = Some(filter);
    }
}

fn narrow_lists(filter: &mut Expr, wanted: &impl Fn(&Expr) -> Option<Wanted>, visible: &[&Cte]) {
    match &mut filter.node {
        Node::Binary { op: Op::And, left, right } => {
            narrow_lists(left, wanted, visible);
            narrow_lists(right, wanted, visible);
        }
        Node::InQuery { expr, query, negated: false } => {
            if let Some(narrow) = wanted(expr).and_then(|wanted| pushed(query, 0, &wanted, visible)) {
                **query = narrow;
            }
        }
        _ => {}
    }
}

fn tie(core: &Core, condition: &Expr) -> Option<Tie> {
    let (left, right) = condition.equal()?;
    let own = |place: &Place| core.from.iter().any(|from| from.alias == place.alias);
    let (of, to) = (Place::of(left).filter(own)?, Place::of(right).filter(own)?);
    (of.alias != to.alias).then_some(Tie { of, to })
}

fn reversed(tie: &Tie) -> Tie {
    Tie { of: tie.to.clone(), to: tie.of.clone() }
}

/// Whether all columns of a condition are one source's, and it asks nothing else.
fn is_of(condition: &Expr, alias: &str) -> bool {
    let mut own = true;
    condition.walk(&mut |part| {
        match &part.node {
            Node::Column { alias: of, .. } => own &= of == alias,
            Node::Scalar(_) | Node::Exists { .. } | Node::InQuery { .. } | Node::Among(_) => own = false,
            _ => {}
        }
        true
    });
    own
}
