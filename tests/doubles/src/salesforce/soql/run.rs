//! What a query finds. Names are judged before rows: a query with an unknown one finds nothing.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::super::fault::Fault;
use super::super::schema::{Field, Kind, Object, Schema};
use super::super::store::{Row, Store, is_same_id, text};
use super::compare::{equal, fits, meets, plain};
use super::parse::{Condition, Item, Operand, Operator, Order, Query};

/// Reads records as one version of the API writes them.
#[derive(Clone, Copy)]
pub(in crate::salesforce) struct Reader<'s> {
    pub(in crate::salesforce) store: &'s Store,
    pub(in crate::salesforce) schema: &'s Schema,
    pub(in crate::salesforce) version: &'s str,
}

/// What `GET /query` answers.
pub(in crate::salesforce) fn found(reader: Reader<'_>, query: &Query) -> Result<Value, Fault> {
    let object = reader.queryable(&query.from)?;
    let rows = reader.select(object, query, |_| true)?;
    let records = if query.is_count {
        vec![]
    } else {
        let records = rows
            .iter()
            .map(|row| reader.record(object, row, &query.items));
        records.collect::<Result<_, _>>()?
    };
    Ok(json!({ "totalSize": rows.len(), "done": true, "records": records }))
}

impl<'s> Reader<'s> {
    pub(in crate::salesforce) fn queryable(self, name: &str) -> Result<&'s Object, Fault> {
        let object = self.schema.object(name);
        let object = object.filter(|object| !object.prefix.is_empty());
        object.ok_or_else(|| Fault::no_object(name))
    }

    /// The rows of an object that are among some and meet the query's conditions, in its order.
    pub(in crate::salesforce) fn select(
        self,
        object: &'s Object,
        query: &Query,
        among: impl Fn(&Row) -> bool,
    ) -> Result<Vec<&'s Row>, Fault> {
        for item in &query.items {
            match item {
                Item::Path(path) => drop(self.field(object, path)?),
                Item::Children(inner) => drop(self.children(object, inner)?),
            }
        }
        for order in &query.order {
            self.field(object, &order.path)?;
        }
        if let Some(filter) = &query.filter {
            self.judge(object, filter)?;
        }
        let mut rows = Vec::new();
        for row in self.store.rows(&object.name).filter(|row| among(row)) {
            let is_meant = match &query.filter {
                Some(filter) => self.meets(object, row, filter)?,
                None => true,
            };
            if is_meant {
                rows.push(row);
            }
        }
        for order in query.order.iter().rev() {
            rows.sort_by(|one, other| self.compare(object, order, one, other));
        }
        let limit = query.limit.unwrap_or(usize::MAX);
        Ok(rows.into_iter().skip(query.offset).take(limit).collect())
    }

    /// One record with the fields that were asked for.
    pub(in crate::salesforce) fn record(
        self,
        object: &'s Object,
        row: &'s Row,
        items: &[Item],
    ) -> Result<Value, Fault> {
        let mut record = self.attributes(&object.name, &text(row, "Id"));
        for item in items {
            match item {
                Item::Path(path) => self.place(&mut record, object, row, path)?,
                Item::Children(inner) => {
                    let (child, name) = self.children(object, inner)?;
                    let id = text(row, "Id");
                    let own = |row: &Row| is_same_id(&text(row, &child.1), &id);
                    let rows = self.select(child.0, inner, own)?;
                    let records = rows
                        .iter()
                        .map(|row| self.record(child.0, row, &inner.items));
                    let records = records.collect::<Result<Vec<_>, _>>()?;
                    let list =
                        json!({ "totalSize": records.len(), "done": true, "records": records });
                    let list = if rows.is_empty() { Value::Null } else { list };
                    record.insert(name, list);
                }
            }
        }
        Ok(Value::Object(record))
    }

    fn attributes(self, object: &str, id: &str) -> Row {
        let url = format!("/services/data/{}/sobjects/{object}/{id}", self.version);
        let mut record = Map::new();
        record.insert("attributes".into(), json!({ "type": object, "url": url }));
        record
    }

    /// Puts the value of a path into a record, as deep as the path is long.
    fn place(
        self,
        record: &mut Row,
        object: &'s Object,
        row: &'s Row,
        path: &[String],
    ) -> Result<(), Fault> {
        let path = own_path(object, path);
        let [name, rest @ ..] = path else {
            return Ok(());
        };
        if rest.is_empty() {
            let field = self.field(object, path)?;
            let value = row.get(&field.name).cloned().unwrap_or(Value::Null);
            record.insert(field.name.clone(), value);
            return Ok(());
        }
        let (field, target) = self.related(object, name)?;
        let Kind::Ref(name, _) = &field.kind else {
            return Ok(());
        };
        let Some((actual, row)) = self.parent(&text(row, &field.name)) else {
            record.insert(name.clone(), Value::Null);
            return Ok(());
        };
        let nested = record
            .entry(name.as_str())
            .or_insert_with(|| Value::Object(self.attributes(&actual.name, &text(row, "Id"))));
        if let Some(nested) = nested.as_object_mut() {
            self.place_in(nested, (target, actual), row, rest)?;
        }
        Ok(())
    }

    /// A record behind a lookup to several kinds shows what they all have.
    fn place_in(
        self,
        nested: &mut Row,
        (target, actual): (&'s Object, &'s Object),
        row: &'s Row,
        rest: &[String],
    ) -> Result<(), Fault> {
        let field = self.field(target, rest)?;
        if target.prefix.is_empty() && field.name == "Type" {
            nested.insert("Type".into(), json!(actual.name));
            return Ok(());
        }
        if target.prefix.is_empty() {
            let value = row.get(&field.name).cloned().unwrap_or(Value::Null);
            nested.insert(field.name.clone(), value);
            return Ok(());
        }
        self.place(nested, target, row, rest)
    }

    /// The record an id names.
    fn parent(self, id: &str) -> Option<(&'s Object, &'s Row)> {
        let object = self.schema.object_of_id(id)?;
        Some((object, self.store.row(&object.name, id)?))
    }

    fn children(
        self,
        object: &'s Object,
        inner: &Query,
    ) -> Result<((&'s Object, String), String), Fault> {
        let child = object.child(&inner.from).ok_or_else(|| {
            let told = format!(
                "Didn't understand relationship '{}' in FROM part of query call. If you are attempting to use a \
                 custom relationship, be sure to append the '__r' after the custom relationship name.",
                inner.from
            );
            Fault::new(400, "INVALID_TYPE", told)
        })?;
        let of = self.queryable(&child.object)?;
        self.select(of, inner, |_| false)?;
        Ok(((of, child.field.clone()), child.name.clone()))
    }

    fn related(self, object: &'s Object, name: &str) -> Result<(&'s Field, &'s Object), Fault> {
        let found = object.relationship(name);
        let found = found.and_then(|(field, target)| Some((field, self.schema.object(target)?)));
        found.ok_or_else(|| {
            let told = format!("Didn't understand relationship '{name}' in field path.");
            Fault::new(400, "INVALID_FIELD", told)
        })
    }

    /// The field at the end of a path.
    pub(in crate::salesforce) fn field(
        self,
        object: &'s Object,
        path: &[String],
    ) -> Result<&'s Field, Fault> {
        match own_path(object, path) {
            [] => Err(Fault::malformed("unexpected token: '.'")),
            [name] => object
                .field(name)
                .ok_or_else(|| Fault::no_column(name, &object.name)),
            [name, rest @ ..] => self.field(self.related(object, name)?.1, rest),
        }
    }

    fn value(self, object: &'s Object, row: &'s Row, path: &[String]) -> Result<&'s Value, Fault> {
        match own_path(object, path) {
            [name, rest @ ..] if !rest.is_empty() => {
                let (field, _) = self.related(object, name)?;
                match self.parent(&text(row, &field.name)) {
                    Some((actual, row)) => self.value(actual, row, rest),
                    None => Ok(&Value::Null),
                }
            }
            path => {
                let field = self.field(object, path)?;
                Ok(row.get(&field.name).unwrap_or(&Value::Null))
            }
        }
    }

    fn compare(self, object: &'s Object, order: &Order, one: &'s Row, other: &'s Row) -> Ordering {
        let key = |row| {
            let value = self.value(object, row, &order.path).unwrap_or(&Value::Null);
            (value.is_null() == order.nulls_last, plain(value))
        };
        let ((one_side, one), (other_side, other)) = (key(one), key(other));
        let by_value = one.cmp(&other);
        let by_value = if order.is_descending {
            by_value.reverse()
        } else {
            by_value
        };
        one_side.cmp(&other_side).then(by_value)
    }

    /// Refuses what cannot be asked of a field.
    fn judge(self, object: &'s Object, condition: &Condition) -> Result<(), Fault> {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().try_for_each(|part| self.judge(object, part))
            }
            Condition::Not(part) => self.judge(object, part),
            Condition::Test(path, operator, operand) => {
                let field = self.field(object, path)?;
                if matches!(field.kind, Kind::Text(length) if length > 4000) {
                    let told =
                        format!("field '{}' can not be filtered in a query call", field.name);
                    return Err(Fault::new(400, "INVALID_FIELD", told));
                }
                match operand {
                    Operand::One(literal) => fits(field, *operator, literal),
                    Operand::Many(literals) => literals
                        .iter()
                        .try_for_each(|literal| fits(field, *operator, literal)),
                    Operand::Rows(query) => {
                        let of = self.queryable(&query.from)?;
                        self.select(of, query, |_| false).map(drop)
                    }
                }
            }
        }
    }

    fn meets(self, object: &'s Object, row: &'s Row, condition: &Condition) -> Result<bool, Fault> {
        Ok(match condition {
            Condition::All(parts) => {
                let all = parts.iter().map(|part| self.meets(object, row, part));
                all.collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .all(|met| met)
            }
            Condition::Any(parts) => {
                let any = parts.iter().map(|part| self.meets(object, row, part));
                any.collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .any(|met| met)
            }
            Condition::Not(part) => !self.meets(object, row, part)?,
            Condition::Test(path, operator, operand) => {
                let kind = &self.field(object, path)?.kind;
                let value = self.value(object, row, path)?;
                let is_in = match operand {
                    Operand::One(literal) => return Ok(meets(kind, value, *operator, literal)),
                    Operand::Many(literals) => literals.iter().any(|one| equal(kind, value, one)),
                    Operand::Rows(query) => self.ids(query)?.iter().any(|id| id == &plain(value)),
                };
                is_in == (*operator == Operator::In)
            }
        })
    }

    /// The values of the one field of an inner query.
    fn ids(self, query: &Query) -> Result<Vec<String>, Fault> {
        let object = self.queryable(&query.from)?;
        let Some(Item::Path(path)) = query.items.first() else {
            return Ok(vec![]);
        };
        let rows = self.select(object, query, |_| true)?;
        let values = rows.into_iter().map(|row| self.value(object, row, path));
        values.map(|value| Ok(plain(value?))).collect()
    }
}

/// A path that starts with the object's own name says it twice.
fn own_path<'p>(object: &Object, path: &'p [String]) -> &'p [String] {
    match path {
        [first, rest @ ..]
            if !rest.is_empty()
                && first.eq_ignore_ascii_case(&object.name)
                && object.relationship(first).is_none() =>
        {
            rest
        }
        _ => path,
    }
}
