//! Encoded queries. A condition on a field that there is not, or that the reader may not see, is
//! left out without a word, as the platform does unless it is told otherwise.

use super::store::{Reader, Row};

/// How a condition joins the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// `^`
    And,
    /// `^OR`
    Or,
    /// `^NQ`
    New,
}

/// One condition of an encoded query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// How it joins the one before it.
    pub join: Join,
    /// The field, perhaps behind references.
    pub field: String,
    /// The operator.
    pub operator: &'static str,
    /// What it compares with, `^^` undone.
    pub value: String,
}

/// The order of the rows: a field, and whether it goes down.
pub(super) type Order = (String, bool);

/// Longer words first, so that none hides behind its beginning.
const OPERATORS: [&str; 18] = [
    "ISNOTEMPTY",
    "STARTSWITH",
    "NOT LIKE",
    "ENDSWITH",
    "CONTAINS",
    "NOTLIKE",
    "ISEMPTY",
    "BETWEEN",
    "NOT IN",
    "NOTIN",
    "LIKE",
    "IN",
    "!=",
    "<=",
    ">=",
    "=",
    "<",
    ">",
];

/// Takes an encoded query apart; a part that is no condition is left out.
pub fn conditions(query: &str) -> Vec<Condition> {
    parsed(query).0
}

pub(super) fn parsed(query: &str) -> (Vec<Condition>, Vec<Order>) {
    let (mut conditions, mut orders) = (Vec::new(), Vec::new());
    for part in parts(query) {
        if let Some(field) = part.strip_prefix("ORDERBYDESC") {
            orders.push((field.to_owned(), true));
        } else if let Some(field) = part.strip_prefix("ORDERBY") {
            orders.push((field.to_owned(), false));
        } else if let Some(rest) = part.strip_prefix("NQ") {
            conditions.extend(condition(Join::New, rest));
        } else if let Some(rest) = part.strip_prefix("OR") {
            conditions.extend(condition(Join::Or, rest));
        } else {
            conditions.extend(condition(Join::And, &part));
        }
    }
    (conditions, orders)
}

/// Parts between single carets; two carets are one that means itself.
fn parts(query: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut signs = query.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign == '^' && signs.next_if_eq(&'^').is_none() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(sign);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn condition(join: Join, text: &str) -> Option<Condition> {
    let is_name =
        |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "_.".contains(sign);
    let end = text.find(|sign| !is_name(sign)).unwrap_or(text.len());
    let (field, rest) = text.split_at(end);
    let operator = OPERATORS
        .into_iter()
        .find(|operator| rest.starts_with(operator))?;
    Some(Condition {
        join,
        field: field.to_owned(),
        operator,
        value: rest.get(operator.len()..)?.to_owned(),
    })
}

/// The rows a query means: `None` where it means none because of a field that there is not.
pub(super) struct Filter {
    groups: Vec<Vec<Vec<Condition>>>,
    is_none: bool,
}

impl Filter {
    /// Leaves out what cannot be asked; with `strict` it then means no rows at all.
    pub(super) fn new(
        reader: Reader<'_>,
        table: &str,
        conditions: Vec<Condition>,
        strict: bool,
    ) -> Self {
        let mut groups: Vec<Vec<Vec<Condition>>> = vec![vec![]];
        let mut is_none = false;
        for condition in conditions {
            if condition.join == Join::New {
                groups.push(vec![]);
            }
            if reader.kind(table, &condition.field).is_none() {
                is_none = is_none || strict;
                continue;
            }
            let Some(group) = groups.last_mut() else {
                continue;
            };
            match group.last_mut().filter(|_| condition.join == Join::Or) {
                Some(alternatives) => alternatives.push(condition),
                None => group.push(vec![condition]),
            }
        }
        Self { groups, is_none }
    }

    pub(super) fn means(&self, reader: Reader<'_>, row: &Row) -> bool {
        let one = |condition: &Condition| meets(&reader.raw(row, &condition.field), condition);
        let all = |group: &Vec<Vec<Condition>>| {
            let mut all = group.iter();
            all.all(|alternatives| alternatives.iter().any(one))
        };
        !self.is_none && self.groups.iter().any(all)
    }
}

fn meets(own: &str, condition: &Condition) -> bool {
    let own = own.to_lowercase();
    let value = condition.value.to_lowercase();
    let is_in = || value.split(',').any(|value| value == own);
    match condition.operator {
        "=" => own == value,
        "!=" => own != value,
        "IN" => is_in(),
        "NOT IN" | "NOTIN" => !is_in(),
        "LIKE" | "CONTAINS" => own.contains(&value),
        "NOT LIKE" | "NOTLIKE" => !own.contains(&value),
        "STARTSWITH" => own.starts_with(&value),
        "ENDSWITH" => own.ends_with(&value),
        "ISEMPTY" => own.is_empty(),
        "ISNOTEMPTY" => !own.is_empty(),
        "BETWEEN" => value
            .split_once('@')
            .is_some_and(|(from, to)| *from <= *own && *own <= *to),
        "<" => own < value,
        ">" => own > value,
        "<=" => own <= value,
        _ => own >= value,
    }
}
