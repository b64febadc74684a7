//! Query options, and rows as they are written out: chosen columns, related rows, annotations.

use serde_json::{Value, json};

use super::fault::Fault;
use super::filter::{Filter, filter};
use super::run::{judge, kind, meets, plain, target, value};
use super::schema::{Entity, Kind};
use super::store::{Row, Store, TABLE_OF, etag, text};
use crate::call::Call;

const MOST_EXPANDED: usize = 15;
const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
const LOOKUP_NAME: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

#[derive(Default)]
pub(super) struct Options {
    select: Option<Vec<String>>,
    filter: Option<Filter>,
    expand: Vec<(String, Options)>,
    order: Vec<(Vec<String>, bool)>,
    top: Option<usize>,
    pub(super) is_counted: bool,
}

impl Options {
    pub(super) fn of(call: &Call) -> Result<Self, Fault> {
        let pairs = call.query_pairs();
        let members = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        Self::read(members)
    }

    fn read<'m>(members: impl Iterator<Item = (&'m str, &'m str)>) -> Result<Self, Fault> {
        let mut options = Self::default();
        let number = |text: &str| {
            let told = format!("Invalid value '{text}' for $top query option found.");
            text.parse::<usize>().map_err(|_| Fault::syntax(told))
        };
        for (name, text) in members {
            match name {
                "$select" => {
                    options.select =
                        Some(text.split(',').map(|name| name.trim().to_owned()).collect());
                }
                "$filter" => options.filter = Some(filter(text)?),
                "$top" => options.top = Some(number(text)?),
                "$count" => options.is_counted = text == "true",
                "$orderby" => {
                    options.order = split(text, ',')
                        .into_iter()
                        .map(ordered)
                        .collect::<Result<_, _>>()?;
                }
                "$expand" => {
                    options.expand = split(text, ',')
                        .into_iter()
                        .map(expanded)
                        .collect::<Result<_, _>>()?;
                }
                _ if name.starts_with('$') => {
                    let told = format!("The query parameter {name} is not supported");
                    return Err(Fault::new(400, "0x80060888", told));
                }
                _ => {}
            }
        }
        if options.expand.len() > MOST_EXPANDED {
            let told = "The number of $expand options exceeds the limit of 15";
            return Err(Fault::new(400, "0x80060888", told));
        }
        Ok(options)
    }

    /// Refuses what a table does not have.
    pub(super) fn judge(&self, store: &Store, entity: &Entity) -> Result<(), Fault> {
        for name in self.select.iter().flatten() {
            kind(store, entity, std::slice::from_ref(name))?;
        }
        for (path, _) in &self.order {
            kind(store, entity, path)?;
        }
        if let Some(filter) = &self.filter {
            judge(store, entity, filter)?;
        }
        for (name, options) in &self.expand {
            let related = related(store, entity, name)?;
            options.judge(store, related)?;
        }
        Ok(())
    }

    /// The rows among some that are meant, in order; how many they are before they are cut off.
    pub(super) fn chosen<'s>(
        &self,
        store: &'s Store,
        entity: &'s Entity,
        among: impl Fn(&Row) -> bool,
    ) -> (Vec<&'s Row>, usize) {
        let is_meant = |row: &&Row| {
            let filter = self.filter.as_ref();
            among(row) && filter.is_none_or(|filter| meets(store, entity, row, filter))
        };
        let mut rows = store.rows(entity).filter(is_meant).collect::<Vec<_>>();
        for (path, is_down) in self.order.iter().rev() {
            rows.sort_by_key(|row| plain(value(store, entity, row, path)));
            if *is_down {
                rows.reverse();
            }
        }
        let total = rows.len();
        rows.truncate(self.top.unwrap_or(usize::MAX));
        (rows, total)
    }

    /// The columns that are asked for.
    fn names(&self, entity: &Entity) -> Vec<String> {
        let Some(select) = &self.select else {
            let columns = entity.columns.iter().map(|column| column.name.clone());
            let lookups = entity.lookups.iter().map(super::schema::Lookup::value_name);
            return columns.chain(lookups).collect();
        };
        let mut names = select.clone();
        if !names.iter().any(|name| name == entity.key) {
            names.push(entity.key.to_owned());
        }
        names
    }

    /// What stands behind `$metadata#` for these columns.
    pub(super) fn context(&self, entity: &Entity) -> String {
        let columns = self
            .select
            .as_ref()
            .map(|select| format!("({})", select.join(",")));
        format!("{}{}", entity.set, columns.unwrap_or_default())
    }

    /// One row as it is written out.
    pub(super) fn record(
        &self,
        store: &Store,
        entity: &Entity,
        row: &Row,
        notes: Notes,
    ) -> Result<Value, Fault> {
        let mut record = Row::new();
        record.insert("@odata.etag".into(), json!(etag(row)));
        for name in self.names(entity) {
            let value = row.get(&name).cloned().unwrap_or(Value::Null);
            let table = text(row, &format!("{name}{TABLE_OF}"));
            if notes.formatted
                && let Some(label) = label(store, entity, row, &name)
            {
                record.insert(format!("{name}@{FORMATTED}"), json!(label));
            }
            if notes.tables && !table.is_empty() {
                record.insert(format!("{name}@{LOOKUP_NAME}"), json!(table));
            }
            record.insert(name, value);
        }
        for (name, options) in &self.expand {
            let inner = if let Some(collection) = entity.collection(name) {
                let related = related(store, entity, name)?;
                let lookup = format!("_{}_value", collection.lookup);
                let (rows, _) = options.chosen(store, related, |other| {
                    text(other, &lookup) == text(row, entity.key)
                });
                let rows = rows
                    .into_iter()
                    .map(|row| options.record(store, related, row, notes));
                Value::Array(rows.collect::<Result<_, _>>()?)
            } else {
                match target(store, entity, row, name) {
                    Some((entity, row)) => options.record(store, entity, row, notes)?,
                    None => Value::Null,
                }
            };
            record.insert(name.clone(), inner);
        }
        Ok(Value::Object(record))
    }
}

/// Which annotations a request asks for.
#[derive(Clone, Copy, Default)]
pub(super) struct Notes {
    formatted: bool,
    tables: bool,
}

impl Notes {
    pub(super) fn of(call: &Call) -> Self {
        let prefer = call.header("prefer").unwrap_or_default();
        let asked = prefer
            .split_once("odata.include-annotations=")
            .map(|(_, asked)| asked);
        let asked = asked.unwrap_or_default().trim_start_matches('"');
        let asked = asked.split('"').next().unwrap_or_default();
        let has = |name: &str| {
            asked
                .split(',')
                .any(|it| it.trim() == name || it.trim() == "*")
        };
        Self {
            formatted: has(FORMATTED),
            tables: has(LOOKUP_NAME),
        }
    }
}

/// The table behind a navigation, to one row or to many.
fn related<'s>(store: &'s Store, entity: &Entity, name: &str) -> Result<&'s Entity, Fault> {
    let many = entity
        .collection(name)
        .map(|collection| collection.entity.as_str());
    let one = entity.navigation(name).map(|(_, table)| table);
    let found = many.or(one).and_then(|table| store.entity(table));
    found.ok_or_else(|| Fault::no_property(name, entity.name))
}

/// What a person is shown in place of a value.
fn label(store: &Store, entity: &Entity, row: &Row, name: &str) -> Option<String> {
    let value = row.get(name).filter(|value| !value.is_null())?;
    if entity.lookup_by_value(name).is_some() {
        let table = store.entity(text(row, &format!("{name}{TABLE_OF}")))?;
        return Some(text(store.row(table, value.as_str()?)?, table.title).to_owned());
    }
    match &entity.column(name)?.kind {
        Kind::Option(options) => {
            let mut options = options.iter();
            let (_, label) = options.find(|(number, _)| value.as_i64() == Some(*number))?;
            Some(label.clone())
        }
        Kind::Bool(no, yes) => Some(if value.as_bool()? {
            yes.clone()
        } else {
            no.clone()
        }),
        Kind::Time => {
            let (date, time) = value.as_str()?.split_once('T')?;
            let mut parts = date.split('-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            Some(format!("{month}/{day}/{year} {}", time.get(..5)?))
        }
        Kind::Int => Some(value.to_string()),
        Kind::Text(_) | Kind::Guid => None,
    }
}

/// Parts between a sign that stands outside brackets and quotes.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut is_quoted) = (Vec::new(), 0, 0_usize, false);
    for (at, next) in text.char_indices() {
        match next {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            _ if next == sign && depth == 0 && !is_quoted => {
                parts.extend(text.get(start..at));
                start = at + next.len_utf8();
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

fn ordered(text: &str) -> Result<(Vec<String>, bool), Fault> {
    let mut words = text.split_whitespace();
    let path = words
        .next()
        .unwrap_or_default()
        .split('/')
        .map(str::to_owned)
        .collect();
    match (words.next(), words.next()) {
        (None | Some("asc"), None) => Ok((path, false)),
        (Some("desc"), None) => Ok((path, true)),
        _ => Err(Fault::syntax(format!("Syntax error in $orderby '{text}'."))),
    }
}

/// `navigation($select=…;$filter=…)`
fn expanded(text: &str) -> Result<(String, Options), Fault> {
    let Some((name, inner)) = text.split_once('(') else {
        return Ok((text.to_owned(), Options::default()));
    };
    let wrong = || {
        Fault::syntax(format!(
            "Term '{text}' is not valid in a $select or $expand expression."
        ))
    };
    let inner = inner.strip_suffix(')').ok_or_else(wrong)?;
    let members = split(inner, ';')
        .into_iter()
        .map(|member| member.split_once('=').ok_or_else(wrong));
    let members = members.collect::<Result<Vec<_>, _>>()?;
    Ok((name.to_owned(), Options::read(members.into_iter())?))
}
