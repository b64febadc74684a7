//! The search language of Zendesk, read and run by its documentation ("Zendesk Support search
//! reference").
//!
//! A query is a list of conditions: `key:value`, `key<value`, a word, a `"phrase"`, each perhaps
//! with `-` before it. There is no way to say a quote inside a phrase: the next quote ends it, and
//! what follows are conditions of their own. Conditions on the same key are alternatives, all
//! others must hold. What the vendor does with a quote that is never closed is unverified; here it
//! says nothing and the words behind it are words.

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `:`
    Is,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Whether a `-` stands before it.
    pub negated: bool,
    /// The key, in lower case; none for a word or phrase anywhere.
    pub key: Option<String>,
    /// How it compares.
    pub compare: Compare,
    /// What it compares with.
    pub value: String,
    /// Whether the value stood in quotes.
    pub phrase: bool,
}

/// What is indexed under one key of a record.
pub(super) enum Indexed {
    /// Text, searched by its words.
    Text(Vec<String>),
    /// A value that is equal or not.
    Exact(Vec<String>),
    /// Numbers as people type them, searched by their digits.
    Phones(Vec<String>),
    /// A place in an order: the own one, and the words of the order.
    Rank(&'static [&'static str], String),
    /// A time, compared as text.
    Time(String),
}

/// Takes a query apart.
pub fn read(query: &str) -> Vec<Condition> {
    let mut rest = query.trim_start();
    let mut conditions = Vec::new();
    while !rest.is_empty() {
        let (condition, behind) = one(rest);
        conditions.extend(condition);
        rest = behind.trim_start();
    }
    conditions
}

/// The phrases of a query, in order, or why it cannot be told where they end. For tests that ask
/// whether a value stayed one literal.
pub fn literals(query: &str) -> Result<Vec<String>, String> {
    if !query.matches('"').count().is_multiple_of(2) {
        return Err("a quote is never closed".to_owned());
    }
    let phrases = read(query).into_iter().filter(|condition| condition.phrase);
    Ok(phrases.map(|condition| condition.value).collect())
}

/// Whether a record, known by its keys, is found by a query.
pub(super) fn finds(query: &[Condition], record: &dyn Fn(&str) -> Option<Indexed>) -> bool {
    let holds = |condition: &Condition| holds(condition, record);
    query.iter().all(|condition| {
        if condition.negated {
            return !holds(condition);
        }
        let alternatives = query.iter().filter(|other| {
            !other.negated
                && other.key.is_some()
                && other.key == condition.key
                && other.compare == Compare::Is
        });
        if condition.key.is_some() && condition.compare == Compare::Is {
            alternatives.into_iter().any(holds)
        } else {
            holds(condition)
        }
    })
}

fn one(text: &str) -> (Option<Condition>, &str) {
    let (negated, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let key_end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let (key, behind) = text.split_at(key_end);
    let operators = [
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("<", Compare::Below),
        (">", Compare::Above),
        (":", Compare::Is),
    ];
    let operator = operators
        .into_iter()
        .find_map(|(sign, compare)| Some((behind.strip_prefix(sign)?, compare)));
    let (key, compare, text) = match operator {
        Some((behind, compare)) if !key.is_empty() => {
            (Some(key.to_ascii_lowercase()), compare, behind)
        }
        _ => (None, Compare::Is, text),
    };
    let (value, phrase, behind) = value(text);
    let condition = Condition {
        negated,
        key,
        compare,
        value: value.to_owned(),
        phrase,
    };
    let says_something = condition.key.is_some() || !words(&condition.value).is_empty();
    (says_something.then_some(condition), behind)
}

fn value(text: &str) -> (&str, bool, &str) {
    if let Some(inside) = text.strip_prefix('"') {
        return match inside.split_once('"') {
            Some((phrase, behind)) => (phrase, true, behind),
            None => ("", false, inside),
        };
    }
    let end = text
        .find(|c: char| c.is_whitespace() || c == '"')
        .unwrap_or(text.len());
    let (value, behind) = text.split_at(end);
    (value, false, behind)
}

fn holds(condition: &Condition, record: &dyn Fn(&str) -> Option<Indexed>) -> bool {
    let Some(key) = &condition.key else {
        return record("").is_some_and(|indexed| compares(condition, &indexed));
    };
    record(key).is_some_and(|indexed| compares(condition, &indexed))
}

fn compares(condition: &Condition, indexed: &Indexed) -> bool {
    let value = condition.value.as_str();
    if value == "none" && !condition.phrase {
        return match indexed {
            Indexed::Text(all) | Indexed::Exact(all) | Indexed::Phones(all) => all.is_empty(),
            Indexed::Rank(_, own) | Indexed::Time(own) => own.is_empty(),
        };
    }
    match indexed {
        Indexed::Text(texts) => texts.iter().any(|text| text_holds(condition, text)),
        Indexed::Exact(all) => all.iter().any(|own| own.eq_ignore_ascii_case(value)),
        Indexed::Phones(numbers) => numbers.iter().any(|number| phone_holds(value, number)),
        Indexed::Rank(order, own) => {
            let place = |word: &str| order.iter().position(|it| it.eq_ignore_ascii_case(word));
            let both = place(own).zip(place(value));
            both.is_some_and(|(own, asked)| ordered(condition.compare, own.cmp(&asked)))
        }
        Indexed::Time(own) => ordered(condition.compare, own.as_str().cmp(value)),
    }
}

fn ordered(compare: Compare, order: std::cmp::Ordering) -> bool {
    match compare {
        Compare::Is => order.is_eq(),
        Compare::Below => order.is_lt(),
        Compare::AtMost => order.is_le(),
        Compare::Above => order.is_gt(),
        Compare::AtLeast => order.is_ge(),
    }
}

/// A phrase is these words in this order; without quotes each word may go on, and `*` stands for
/// anything at either end.
fn text_holds(condition: &Condition, text: &str) -> bool {
    let own = words(text);
    let asked = words(&condition.value);
    if condition.phrase {
        return !asked.is_empty() && own.windows(asked.len()).any(|window| *window == *asked);
    }
    if condition.value == "*" {
        return !own.is_empty();
    }
    if let Some(tail) = condition.value.strip_prefix('*') {
        return text.to_lowercase().ends_with(&tail.to_lowercase());
    }
    asked
        .iter()
        .all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
}

/// `*4155550100` finds every way to write the number; anything else is all of its digits. An
/// extension is a word of its own (unverified).
fn phone_holds(value: &str, number: &str) -> bool {
    let number = number
        .split(['x', 'X', ';', '#'])
        .next()
        .unwrap_or_default();
    let own = digits(number);
    let asked = digits(value);
    if value == "*" {
        return !own.is_empty();
    }
    let from_the_end = value.starts_with('*');
    !asked.is_empty() && (own == asked || (from_the_end && own.ends_with(&asked)))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(key: &str) -> Option<Indexed> {
        Some(match key {
            "" | "name" => Indexed::Text(vec!["Ann O'Neil".into()]),
            "email" => Indexed::Text(vec!["ann.o'neil@example.com".into()]),
            "phone" => Indexed::Phones(vec!["415.555.0199 x12".into()]),
            "role" => Indexed::Exact(vec!["end-user".into()]),
            "status" => Indexed::Rank(&["new", "open", "solved"], "open".into()),
            "tags" => Indexed::Exact(vec![]),
            _ => return None,
        })
    }

    fn found(query: &str) -> bool {
        finds(&read(query), &user)
    }

    #[test]
    fn a_quoted_value_is_one_condition_with_that_value() {
        let conditions = read(r#"role:end-user email:"ann.o'neil@example.com""#);
        assert_eq!(conditions.len(), 2, "{conditions:?}");
        assert_eq!(conditions[1].key.as_deref(), Some("email"));
        assert_eq!(conditions[1].value, "ann.o'neil@example.com");
        assert!(conditions[1].phrase);
    }

    #[test]
    fn a_quote_inside_a_phrase_ends_it_and_what_follows_are_conditions() {
        let hostile = r#"email:"x" email:"ann.o'neil@example.com""#;
        assert_eq!(read(hostile).len(), 2, "there is no escape for a quote");
        assert!(
            found(hostile),
            "alternatives of one key: somebody else is found"
        );
        assert!(!found(r#"email:"x""#), "while x itself finds nobody");
    }

    #[test]
    fn a_quote_that_is_never_closed_leaves_words() {
        let values: Vec<_> = read(r#"email:"x and more"#)
            .into_iter()
            .map(|condition| (condition.key, condition.value))
            .collect();
        assert_eq!(values[0], (Some("email".into()), String::new()));
        assert_eq!(values.len(), 4, "{values:?}");
    }

    #[test]
    fn a_number_is_found_by_its_end_however_it_was_typed() {
        assert!(found("role:end-user phone:*4155550199"));
        assert!(found("phone:4155550199"), "exactly these digits");
        assert!(
            !found("phone:+14155550199"),
            "the stored one has no country code"
        );
        assert!(!found("role:agent phone:*4155550199"));
    }

    #[test]
    fn words_negation_order_and_absence_are_told_apart() {
        assert!(found("ann"), "a word anywhere");
        assert!(found("an"), "words match from their start");
        assert!(!found("eil"), "and only from there");
        assert!(!found("-ann"));
        assert!(found("status<solved"));
        assert!(!found("status<open"));
        assert!(found("tags:none"));
        assert!(!found("colour:blue"), "what is not indexed finds nobody");
    }
}
