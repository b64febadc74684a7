//! The query-string language that Zammad hands to Elasticsearch, read and run by the
//! documentation of both ("Query string syntax"; "Advanced search" of Zammad).
//!
//! Before it does so Zammad takes every `*` out, also out of quotes, and puts one at the end of a
//! text without any `:` (`app/models/concerns/can_search.rb`, `lib/search_index_backend.rb`). So
//! `\*` leaves a backslash that takes the next character, which may be the closing quote.
//!
//! Every condition must hold unless `OR` says otherwise; `AND` binds closer than `OR`. `\` takes a
//! reserved character for itself. A query that cannot be read is `None`: Zammad then logs the
//! fault and answers an empty list.
//!
//! Elsewhere: ranges (`[a TO b]`), fuzziness (`~`), boosts (`^`) and regular expressions (`/…/`)
//! are parts of the language that nothing here needs; a query with them counts as unreadable.

/// A query, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// All of these hold.
    All(Vec<Query>),
    /// One of these holds.
    Any(Vec<Query>),
    /// This does not hold.
    Not(Box<Query>),
    /// One literal.
    Literal {
        /// The field, or none for every field.
        field: Option<String>,
        /// The value, escapes taken out; `*` and `?` that stand for others are in `pattern`.
        value: String,
        /// Whether it stood in quotes.
        phrase: bool,
        /// Whether it holds a `*` or `?` that stands for other characters.
        pattern: bool,
    },
}

/// Reads a query as Zammad hands it on.
pub fn read(query: &str) -> Option<Query> {
    let mut query = query.trim().replace('*', "");
    if query.is_empty() {
        return None;
    }
    if !query.contains(':') {
        query.push('*');
    }
    let mut reader = Reader {
        rest: query.chars().collect::<Vec<_>>(),
        at: 0,
    };
    let read = reader.any(None)?;
    reader.skip();
    (reader.at == reader.rest.len()).then_some(read)
}

/// The phrases of a query, in order, or why it is none. For tests that ask whether a value stayed
/// one literal.
pub fn literals(query: &str) -> Result<Vec<String>, String> {
    let query = read(query).ok_or("the query cannot be read")?;
    let mut phrases = Vec::new();
    query.collect_phrases(&mut phrases);
    Ok(phrases)
}

impl Query {
    fn collect_phrases(self, phrases: &mut Vec<String>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.collect_phrases(phrases);
                }
            }
            Self::Not(part) => part.collect_phrases(phrases),
            Self::Literal { value, phrase, .. } => phrases.extend(phrase.then_some(value)),
        }
    }

    /// Whether a record is found; `texts` gives what is indexed of a field, or everything.
    pub(super) fn finds(&self, texts: &dyn Fn(Option<&str>) -> Vec<String>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.finds(texts)),
            Self::Any(parts) => parts.iter().any(|part| part.finds(texts)),
            Self::Not(part) => !part.finds(texts),
            Self::Literal {
                field,
                value,
                phrase,
                pattern,
            } => {
                let whole = field.as_deref().and_then(|it| it.strip_suffix(".keyword"));
                let name = whole.or(field.as_deref());
                let kind = Kind {
                    whole: whole.is_some(),
                    phrase: *phrase,
                    pattern: *pattern,
                };
                texts(name).iter().any(|text| kind.matches(value, text))
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Kind {
    whole: bool,
    phrase: bool,
    pattern: bool,
}

impl Kind {
    fn matches(self, value: &str, text: &str) -> bool {
        if self.whole {
            return if self.pattern {
                like(value, text)
            } else {
                value == text
            };
        }
        let own = words(text);
        if self.pattern {
            let value = value.to_lowercase();
            return own.iter().any(|word| like(&value, word));
        }
        let asked = words(value);
        if self.phrase {
            return !asked.is_empty() && own.windows(asked.len()).any(|window| *window == *asked);
        }
        !asked.is_empty() && asked.iter().all(|word| own.contains(word))
    }
}

/// Cuts a text as the standard analyzer does: between letters an apostrophe or a dot, between
/// digits a dot or a comma does not end a word, anything else that is no letter or digit does.
fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let inside = |at: usize| {
        let before = at.checked_sub(1).and_then(|it| chars.get(it));
        let (Some(before), Some(own), Some(after)) = (before, chars.get(at), chars.get(at + 1))
        else {
            return false;
        };
        let letters = before.is_alphabetic() && after.is_alphabetic() && "'.:".contains(*own);
        let digits = before.is_numeric() && after.is_numeric() && ".,;'".contains(*own);
        letters || digits
    };
    let mut words = vec![String::new()];
    for (at, own) in chars.iter().enumerate() {
        if own.is_alphanumeric() || *own == '_' || inside(at) {
            if let Some(word) = words.last_mut() {
                word.extend(own.to_lowercase());
            }
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn like(pattern: &str, text: &str) -> bool {
    let mut pattern = pattern.chars();
    match pattern.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = pattern.as_str();
            let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            starts
                .into_iter()
                .any(|at| like(rest, text.get(at..).unwrap_or_default()))
        }
        Some(asked) => {
            let mut own = text.chars();
            own.next().is_some_and(|own| asked == '?' || own == asked)
                && like(pattern.as_str(), own.as_str())
        }
    }
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn any(&mut self, field: Option<&str>) -> Option<Query> {
        let mut parts = vec![self.all(field)?];
        while self.word("OR") || self.sign("||") {
            parts.push(self.all(field)?);
        }
        Some(one_or(parts, Query::Any))
    }

    fn all(&mut self, field: Option<&str>) -> Option<Query> {
        let mut parts = vec![self.not(field)?];
        loop {
            let joined = self.word("AND") || self.sign("&&");
            self.skip();
            let ends = matches!(self.peek(), None | Some(')'));
            if !joined && (ends || self.sees("OR") || self.sees_sign("||")) {
                return Some(one_or(parts, Query::All));
            }
            parts.push(self.not(field)?);
        }
    }

    fn not(&mut self, field: Option<&str>) -> Option<Query> {
        if self.word("NOT") || self.sign("!") || self.sign("-") {
            return Some(Query::Not(Box::new(self.not(field)?)));
        }
        self.sign("+");
        self.clause(field)
    }

    fn clause(&mut self, field: Option<&str>) -> Option<Query> {
        self.skip();
        if self.sign("(") {
            let inner = self.any(field)?;
            return self.sign(")").then_some(inner);
        }
        if self.sign("\"") {
            let value = self.phrase()?;
            return Some(Query::Literal {
                field: field.map(str::to_owned),
                value,
                phrase: true,
                pattern: false,
            });
        }
        let (value, pattern) = self.term()?;
        if self.peek() == Some(':') && field.is_none() {
            self.at += 1;
            return self.clause(Some(&value));
        }
        Some(Query::Literal {
            field: field.map(str::to_owned),
            value,
            phrase: false,
            pattern,
        })
    }

    fn phrase(&mut self) -> Option<String> {
        let mut value = String::new();
        loop {
            match self.next()? {
                '"' => return Some(value),
                '\\' => value.push(self.next()?),
                other => value.push(other),
            }
        }
    }

    fn term(&mut self) -> Option<(String, bool)> {
        let mut value = String::new();
        let mut pattern = false;
        while let Some(own) = self.peek() {
            match own {
                _ if own.is_whitespace() => break,
                '(' | ')' | ':' | '"' => break,
                '[' | ']' | '{' | '}' | '^' | '~' | '/' | '<' | '>' | '=' => return None,
                '!' | '&' | '|' if value.is_empty() => return None,
                '\\' => {
                    self.at += 1;
                    value.push(self.next()?);
                    continue;
                }
                '*' | '?' => pattern = true,
                _ => {}
            }
            value.push(own);
            self.at += 1;
        }
        (!value.is_empty()).then_some((value, pattern))
    }

    fn word(&mut self, word: &str) -> bool {
        self.skip();
        let sees = self.sees(word);
        if sees {
            self.at += word.len();
        }
        sees
    }

    fn sees(&self, word: &str) -> bool {
        let behind = self.rest.get(self.at + word.len());
        let ends = behind.is_none_or(|it| it.is_whitespace() || "()\"".contains(*it));
        ends && self.sees_sign(word)
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.skip();
        let sees = self.sees_sign(sign);
        if sees {
            self.at += sign.len();
        }
        sees
    }

    fn sees_sign(&self, sign: &str) -> bool {
        let ahead = self.rest.get(self.at..).unwrap_or_default();
        sign.chars()
            .enumerate()
            .all(|(at, own)| ahead.get(at) == Some(&own))
    }

    fn skip(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += 1;
        next
    }
}

fn one_or(mut parts: Vec<Query>, many: fn(Vec<Query>) -> Query) -> Query {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> bool {
        let texts = |field: Option<&str>| -> Vec<String> {
            let all = [
                ("email", "ann.o'neil@example.com"),
                ("firstname", "Ann"),
                ("phone", "+1 415-555-0100"),
                ("mobile", "415.555.0199 x12"),
            ];
            let asked = all
                .iter()
                .filter(|(name, _)| field.is_none_or(|it| it == *name));
            asked.map(|(_, text)| (*text).to_owned()).collect()
        };
        read(query).is_some_and(|query| query.finds(&texts))
    }

    #[test]
    fn a_quoted_value_is_one_literal_whatever_stands_in_it() {
        let query = read(r#"email:"x\" OR email:\"ann""#).expect("it can be read");
        let Query::Literal {
            field,
            value,
            phrase,
            ..
        } = query
        else {
            panic!("one literal, not {query:?}");
        };
        assert_eq!((field.as_deref(), phrase), (Some("email"), true));
        assert_eq!(value, r#"x" OR email:"ann"#);
    }

    #[test]
    fn a_star_is_taken_out_of_quotes_too_and_its_escape_is_left_behind() {
        assert!(found(r#"firstname:"ann*""#));
        assert_eq!(
            read(r#"firstname:"ann\*""#),
            None,
            "the quote is never closed"
        );
    }

    #[test]
    fn an_unescaped_quote_lets_the_value_out() {
        assert!(found(r#"email:"x" OR firstname:"ann""#), "somebody else");
        assert!(!found(r#"email:"x\" OR firstname:\"ann""#));
    }

    #[test]
    fn what_cannot_be_read_is_no_query() {
        for broken in [
            "",
            "email:\"x",
            "(email:x",
            "email:",
            "email:x)",
            "a:[1 TO",
            "f:a AND",
            "a:/x/",
        ] {
            assert_eq!(read(broken), None, "{broken}");
        }
        assert!(read("email:x").is_some());
    }

    #[test]
    fn a_number_with_gaps_is_found_by_its_words_and_without_by_all_of_it() {
        assert!(found(r#"phone:"415 555 0100""#));
        assert!(found(r#"phone:"(415) 555-0100""#));
        assert!(found(r#"phone:"+1 415-555-0100""#));
        assert!(!found(r#"phone:"4155550100""#));
        assert!(
            !found(r#"mobile:"415 555 0199""#),
            "dots between digits keep it one word"
        );
        assert!(found(r#"mobile:"415.555.0199""#));
        assert!(!found("mobile:*0199"), "a star is taken out");
        assert!(found(
            r#"(phone:"nope" OR mobile:("nope" OR "415.555.0199"))"#
        ));
    }

    #[test]
    fn every_word_is_required_and_brackets_and_negation_hold() {
        assert!(found("firstname:ann AND email:\"ann.o'neil@example.com\""));
        assert!(!found("firstname:ann email:bob"));
        assert!(!found("firstname:ann -phone:415"));
        assert!(found("firstname:ann NOT phone:999"));
        assert!(found("an"), "a simple query gets a star");
        assert!(found("email.keyword:\"ann.o'neil@example.com\""));
        assert!(
            !found("email.keyword:\"Ann.o'neil@example.com\""),
            "as it stands"
        );
    }
}
