//! The search: filters in JSON, no language. Groups are alternatives, the filters of a group must
//! all hold.

use serde_json::{Value, json};

use super::reads::{body, strings};
use super::records::{Portal, Record};
use super::refusals;
use super::schema::{ENUMERATIONS, Kind};
use crate::call::{Answer, Call};

const GROUPS: usize = 5;
const FILTERS_OF_A_GROUP: usize = 6;
const FILTERS: usize = 18;
const LIMIT: u64 = 200;
const REACH: u64 = 10_000;
const BODY: usize = 3000;

const OPERATORS: &[&str] = &[
    "EQ",
    "NEQ",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "BETWEEN",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
    "CONTAINS_TOKEN",
    "NOT_CONTAINS_TOKEN",
];

pub(super) fn search(portal: &Portal, call: &Call, kind: &Kind) -> Answer {
    let asked = match checked(call, kind) {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    let groups = groups_of(&asked);
    let words = asked["query"].as_str().unwrap_or_default().to_lowercase();
    let mut hits: Vec<&Record> = portal
        .of(kind)
        .filter(|record| !portal.unindexed.contains(&record.id))
        .filter(|record| words.is_empty() || holds_words(record, &words))
        .filter(|record| {
            let mut groups = groups.iter();
            groups.len() == 0
                || groups.any(|group| group.iter().all(|filter| holds(portal, record, filter)))
        })
        .collect();
    sort(&mut hits, &asked["sorts"]);
    let number = |value: &Value, usual: u64| {
        let text = value.as_str().and_then(|text| text.parse().ok());
        value.as_u64().or(text).unwrap_or(usual)
    };
    let limit = number(&asked["limit"], 10);
    let after = number(&asked["after"], 0);
    if limit > LIMIT || after + limit > REACH {
        return refusals::invalid(&format!(
            "The limit is {LIMIT} results a page, and {REACH} in all can be paged through"
        ));
    }
    let properties = strings(&asked["properties"]);
    let skipped = usize::try_from(after).unwrap_or(usize::MAX);
    let taken = usize::try_from(limit).unwrap_or(usize::MAX);
    let page = hits.iter().skip(skipped).take(taken);
    let results: Vec<Value> = page
        .map(|record| portal.told(record, &properties))
        .collect();
    let mut told = json!({"total": hits.len(), "results": results});
    if skipped.saturating_add(results.len()) < hits.len() {
        told["paging"] = json!({"next": {"after": (after + limit).to_string()}});
    }
    Answer::json(200, &told)
}

fn groups_of(asked: &Value) -> Vec<Vec<Value>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let groups = list(&asked["filterGroups"]);
    let mut groups: Vec<Vec<Value>> = groups.iter().map(|group| list(&group["filters"])).collect();
    let bare = list(&asked["filters"]);
    if !bare.is_empty() {
        groups.push(bare);
    }
    groups
}

fn checked(call: &Call, kind: &Kind) -> Result<Value, Answer> {
    let asked = body(call)?;
    if call.body.len() > BODY {
        let message = format!("The request body is longer than {BODY} characters");
        return Err(refusals::invalid(&message));
    }
    let groups = groups_of(&asked);
    let of_a_group = groups.iter().map(Vec::len).max().unwrap_or_default();
    let all: usize = groups.iter().map(Vec::len).sum();
    if groups.len() > GROUPS || of_a_group > FILTERS_OF_A_GROUP || all > FILTERS {
        return Err(refusals::invalid(&format!(
            "There was a problem with the request: at most {GROUPS} filterGroups with \
             {FILTERS_OF_A_GROUP} filters each and {FILTERS} filters in all"
        )));
    }
    for filter in groups.iter().flatten() {
        check_filter(filter, kind)?;
    }
    let sorts = asked["sorts"].as_array().map(Vec::len).unwrap_or_default();
    if sorts > 1 {
        return Err(refusals::invalid(
            "There was a problem with the request: one sort at most",
        ));
    }
    Ok(asked)
}

fn check_filter(filter: &Value, kind: &Kind) -> Result<(), Answer> {
    let (Some(property), Some(operator)) =
        (filter["propertyName"].as_str(), filter["operator"].as_str())
    else {
        return Err(refusals::invalid(
            "Invalid input JSON on line 1, column 1: Cannot build Filter, some of required \
             attributes are not set [propertyName, operator]",
        ));
    };
    let tie = property
        .strip_prefix("associations.")
        .is_some_and(|to| Kind::of(to).is_some());
    if !tie && !kind.knows(property) {
        let told = format!("Property \"{property}\" does not exist");
        return Err(refusals::invalid_values(&[(
            property.to_owned(),
            "PROPERTY_DOESNT_EXIST",
            told,
        )]));
    }
    if !OPERATORS.contains(&operator) {
        let message = format!(
            "Invalid input JSON on line 1, column 1: Cannot deserialize value of type \
             `OperatorEnum` from String \"{operator}\""
        );
        return Err(refusals::invalid(&message));
    }
    let has = |member: &str| !filter[member].is_null();
    let (needs, complete) = match operator {
        "IN" | "NOT_IN" => ("values", filter["values"].is_array() && !has("value")),
        "BETWEEN" => ("value and highValue", has("value") && has("highValue")),
        "HAS_PROPERTY" | "NOT_HAS_PROPERTY" => ("no value", !has("value") && !has("values")),
        _ => ("value", has("value") && !has("values")),
    };
    if complete {
        return Ok(());
    }
    let message = format!("operator {operator} on {property} takes {needs}");
    Err(refusals::invalid(&message))
}

fn holds(portal: &Portal, record: &Record, filter: &Value) -> bool {
    let property = filter["propertyName"].as_str().unwrap_or_default();
    let operator = filter["operator"].as_str().unwrap_or_default();
    let value = text(&filter["value"]);
    let values: Vec<String> = filter["values"]
        .as_array()
        .into_iter()
        .flatten()
        .map(text)
        .collect();
    if let Some(to) = property.strip_prefix("associations.").and_then(Kind::of) {
        let tied: Vec<String> = portal
            .tied(record, to)
            .iter()
            .map(|tie| tie.to.1.to_string())
            .collect();
        return match operator {
            "EQ" => tied.contains(&value),
            "NEQ" => !tied.contains(&value),
            "IN" => values.iter().any(|value| tied.contains(value)),
            "NOT_IN" => !values.iter().any(|value| tied.contains(value)),
            "HAS_PROPERTY" => !tied.is_empty(),
            _ => tied.is_empty(),
        };
    }
    let Some(own) = record.get(property) else {
        return matches!(
            operator,
            "NEQ" | "NOT_IN" | "NOT_HAS_PROPERTY" | "NOT_CONTAINS_TOKEN"
        );
    };
    let exact = ENUMERATIONS.contains(&property);
    let same = |value: &str| {
        if exact {
            own == value
        } else {
            own.to_lowercase() == value.to_lowercase()
        }
    };
    // A list on a text takes small letters.
    let listed = || {
        let own = if exact {
            own.to_owned()
        } else {
            own.to_lowercase()
        };
        values.contains(&own)
    };
    match operator {
        "EQ" => same(&value),
        "NEQ" => !same(&value),
        "IN" => listed(),
        "NOT_IN" => !listed(),
        "HAS_PROPERTY" => true,
        "CONTAINS_TOKEN" => holds_token(own, &value),
        "NOT_CONTAINS_TOKEN" => !holds_token(own, &value),
        "LT" => order(own, &value).is_lt(),
        "LTE" => order(own, &value).is_le(),
        "GT" => order(own, &value).is_gt(),
        "GTE" => order(own, &value).is_ge(),
        "BETWEEN" => order(own, &value).is_ge() && order(own, &text(&filter["highValue"])).is_le(),
        _ => false,
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn order(own: &str, value: &str) -> std::cmp::Ordering {
    match (own.parse::<f64>(), value.parse::<f64>()) {
        (Ok(own), Ok(value)) => own.total_cmp(&value),
        _ => own.cmp(value),
    }
}

/// Tokens are cut at white space and at the marks between entries; `*` stands for anything.
fn holds_token(own: &str, value: &str) -> bool {
    let own = own.to_lowercase();
    let value = value.to_lowercase();
    let tokens = || {
        own.split(|c: char| c.is_whitespace() || ";,".contains(c))
            .chain([own.as_str()])
    };
    let mut asked = value.split_whitespace();
    !value.is_empty() && asked.all(|asked| tokens().any(|token| like(asked, token)))
}

fn like(pattern: &str, text: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(rest) = text.strip_prefix(head) else {
        return false;
    };
    let starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    starts
        .into_iter()
        .any(|at| rest.get(at..).is_some_and(|rest| like(tail, rest)))
}

fn holds_words(record: &Record, words: &str) -> bool {
    let usual = [
        "firstname",
        "lastname",
        "email",
        "phone",
        "company",
        "name",
        "domain",
        "subject",
    ];
    let own = usual
        .iter()
        .filter_map(|name| record.get(name))
        .collect::<Vec<_>>()
        .join(" ");
    let own = own.to_lowercase();
    words.split_whitespace().all(|word| own.contains(word))
}

/// By one property, as an object or as its name with `-` before it; else by creation.
fn sort(hits: &mut [&Record], sorts: &Value) {
    let sort = sorts.get(0).cloned().unwrap_or_default();
    let name = text(sort.get("propertyName").unwrap_or(&sort));
    let descending = sort["direction"] == "DESCENDING" || name.starts_with('-');
    let name = name.trim_start_matches('-');
    let name = if sort.is_null() { "createdate" } else { name };
    hits.sort_by(|one, other| {
        let (one, other) = (one.get(name), other.get(name));
        order(one.unwrap_or_default(), other.unwrap_or_default())
    });
    if descending {
        hits.reverse();
    }
}
