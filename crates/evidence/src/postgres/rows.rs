//! Rows to and from PostgreSQL: many at once as one array a column.

use ::postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use ::postgres::{Row, Transaction};
use evenkeel_evidence_sql::{Sort, Table as Declared};

use crate::backend::Version;
use crate::value::Value;

/// A value to be bound.
#[derive(Debug)]
pub(super) struct Bindable<'a>(pub(super) &'a Value);

impl ToSql for Bindable<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut ::postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Whole(number) => number.to_sql(kind, out),
            Value::Text(text) => (&**text).to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::TEXT].contains(kind)
    }

    to_sql_checked!();
}

/// Puts versions into a table.
pub(super) fn insert(
    transaction: &mut Transaction<'_>,
    table: &Declared,
    versions: &[Version],
) -> Result<(), ::postgres::Error> {
    let counted: Vec<&Version> = versions.iter().filter(|version| version.seq_from < version.seq_to).collect();
    let columns: String = table.columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
    let arrays: String = table
        .columns
        .iter()
        .zip(4..)
        .map(|(column, at)| {
            let array = match column.sort {
                Sort::Text => "text",
                Sort::Whole => "bigint",
                Sort::Real => "double precision",
            };
            format!(", ${at}::{array}[]")
        })
        .collect();
    let sql = format!(
        "INSERT INTO \"{}\" (row_id, seq_from, seq_to{columns}) \
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]{arrays})",
        table.name
    );
    let whole = |of: fn(&Version) -> i64| counted.iter().map(|version| of(version)).collect::<Vec<i64>>();
    let (ids, from, to) =
        (whole(|version| version.row_id), whole(|version| version.seq_from), whole(|version| version.seq_to));
    let mut cells: Vec<Array<'_>> = Vec::with_capacity(table.columns.len());
    for (column, at) in table.columns.iter().zip(0..) {
        let values = counted.iter().map(|version| version.values.get(at));
        cells.push(match column.sort {
            Sort::Text => Array::Texts(values.map(|value| Some(&**value?.text()?)).collect()),
            Sort::Whole | Sort::Real => Array::Wholes(values.map(|value| value?.whole()).collect()),
        });
    }
    let mut bound: Vec<&(dyn ToSql + Sync)> = vec![&ids, &from, &to];
    bound.extend(cells.iter().map(|array| match array {
        Array::Texts(texts) => texts as &(dyn ToSql + Sync),
        Array::Wholes(numbers) => numbers as &(dyn ToSql + Sync),
    }));
    transaction.execute(&sql, &bound)?;
    Ok(())
}

enum Array<'a> {
    Texts(Vec<Option<&'a str>>),
    Wholes(Vec<Option<i64>>),
}

/// A row as a version.
pub(super) fn version(table: &Declared, row: &Row) -> Version {
    let value = |(column, at): (&evenkeel_evidence_sql::Column, usize)| match column.sort {
        Sort::Text => Value::from(row.get::<_, Option<&str>>(at)),
        Sort::Whole | Sort::Real => Value::from(row.get::<_, Option<i64>>(at)),
    };
    Version {
        row_id: row.get(0),
        seq_from: row.get(1),
        seq_to: row.get(2),
        values: table.columns.iter().zip(3..).map(value).collect(),
    }
}
