//! `$filter` and `$orderby`: words, grammar. What a filter means is in `run`.

use super::fault::Fault;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    /// A path, an operator, a literal.
    Compare(Vec<String>, String, Literal),
    /// A text function, a path, a text.
    Text(String, Vec<String>, String),
    /// A path that has one of these values.
    In(Vec<String>, Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    Text(String),
    Guid(String),
    Number(String),
    Time(String),
    Bool(bool),
    Null,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

const FUNCTIONS: [&str; 3] = ["contains", "startswith", "endswith"];
const OPERATORS: [&str; 6] = ["eq", "ne", "gt", "ge", "lt", "le"];

/// Reads a whole filter.
pub(super) fn filter(text: &str) -> Result<Filter, Fault> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        text,
    };
    let filter = parser.any()?;
    if parser.at == parser.tokens.len() {
        return Ok(filter);
    }
    Err(parser.unexpected())
}

/// The texts that a filter holds as literals, in order, or why it is no filter. For tests that ask
/// whether a value stayed one literal.
pub fn literals(text: &str) -> Result<Vec<String>, String> {
    let told = |fault: Fault| fault.message().to_owned();
    filter(text).map_err(told)?;
    let texts = tokens(text)
        .map_err(told)?
        .into_iter()
        .filter_map(|token| match token {
            Token::Text(text) => Some(text),
            Token::Word(_) | Token::Sign(_) => None,
        });
    Ok(texts.collect())
}

/// Whether a text has the form of a GUID.
pub(super) fn is_guid(text: &str) -> bool {
    let parts = text.split('-').map(str::len).collect::<Vec<_>>();
    let is_hex = text
        .chars()
        .all(|sign| sign.is_ascii_hexdigit() || sign == '-');
    is_hex && parts == [8, 4, 4, 4, 12]
}

fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = if first == '\'' {
            let (quoted, after) = quoted(rest, text)?;
            found.push(Token::Text(quoted));
            after
        } else if "(),=[]".contains(first) {
            found.push(Token::Sign(first));
            rest.get(1..).unwrap_or_default()
        } else {
            let is_part = |sign: char| sign.is_alphanumeric() || "_./:-+@".contains(sign);
            let end = rest.find(|sign| !is_part(sign)).unwrap_or(rest.len());
            if end == 0 {
                let at = text.len() - rest.len();
                return Err(Fault::syntax(format!(
                    "Syntax error at position {at} in '{text}'."
                )));
            }
            let (word, after) = rest.split_at(end);
            found.push(Token::Word(word.to_owned()));
            after
        };
        rest = after.trim_start();
    }
    Ok(found)
}

/// A text between apostrophes; two of them are one that means itself.
fn quoted<'t>(rest: &'t str, whole: &str) -> Result<(String, &'t str), Fault> {
    let mut text = String::new();
    let mut signs = rest.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        let is_double = sign == '\'' && signs.next_if(|(_, next)| *next == '\'').is_some();
        if sign == '\'' && !is_double {
            return Ok((text, rest.get(at + 1..).unwrap_or_default()));
        }
        text.push(sign);
    }
    let at = whole.len();
    let told = format!("There is an unterminated string literal at position {at} in '{whole}'.");
    Err(Fault::syntax(told))
}

struct Parser<'t> {
    tokens: Vec<Token>,
    at: usize,
    text: &'t str,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Filter, Fault> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Filter::Any(parts)
        })
    }

    fn all(&mut self) -> Result<Filter, Fault> {
        let mut parts = vec![self.one()?];
        while self.takes("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Filter::All(parts)
        })
    }

    fn one(&mut self) -> Result<Filter, Fault> {
        if self.takes("not") {
            return Ok(Filter::Not(Box::new(self.one()?)));
        }
        if self.sign('(') {
            let inner = self.any()?;
            self.needs(')')?;
            return Ok(inner);
        }
        let word = self.word()?;
        if FUNCTIONS.contains(&word.as_str()) {
            self.needs('(')?;
            let path = path(&self.word()?);
            self.needs(',')?;
            let text = self.quoted()?;
            self.needs(')')?;
            return Ok(Filter::Text(word, path, text));
        }
        if word == "Microsoft.Dynamics.CRM.In" {
            return self.one_of();
        }
        let operator = self.word()?;
        if !OPERATORS.contains(&operator.as_str()) {
            self.at -= 1;
            return Err(self.unexpected());
        }
        Ok(Filter::Compare(path(&word), operator, self.literal()?))
    }

    /// `(PropertyName='…',PropertyValues=['…','…'])`
    fn one_of(&mut self) -> Result<Filter, Fault> {
        self.needs('(')?;
        self.named("PropertyName")?;
        let path = path(&self.quoted()?);
        self.needs(',')?;
        self.named("PropertyValues")?;
        self.needs('[')?;
        let mut values = vec![self.quoted()?];
        while self.sign(',') {
            values.push(self.quoted()?);
        }
        self.needs(']')?;
        self.needs(')')?;
        Ok(Filter::In(path, values))
    }

    fn named(&mut self, name: &str) -> Result<(), Fault> {
        if !self.takes(name) {
            return Err(self.unexpected());
        }
        self.needs('=')
    }

    fn literal(&mut self) -> Result<Literal, Fault> {
        let literal = match self.tokens.get(self.at) {
            Some(Token::Text(text)) => Literal::Text(text.clone()),
            Some(Token::Word(word)) => match word.as_str() {
                "null" => Literal::Null,
                "true" | "false" => Literal::Bool(word == "true"),
                _ if is_guid(word) => Literal::Guid(word.to_lowercase()),
                _ if word.parse::<f64>().is_ok() => Literal::Number(word.clone()),
                _ if word.starts_with(|sign: char| sign.is_ascii_digit()) => {
                    Literal::Time(word.clone())
                }
                _ => return Err(Fault::no_property(word, "crmbaseentity")),
            },
            Some(Token::Sign(_)) | None => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(literal)
    }

    fn word(&mut self) -> Result<String, Fault> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else {
            return Err(self.unexpected());
        };
        let word = word.clone();
        self.at += 1;
        Ok(word)
    }

    fn quoted(&mut self) -> Result<String, Fault> {
        let Some(Token::Text(text)) = self.tokens.get(self.at) else {
            return Err(self.unexpected());
        };
        let text = text.clone();
        self.at += 1;
        Ok(text)
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = matches!(self.tokens.get(self.at), Some(Token::Word(next)) if next == word);
        self.at += usize::from(is_next);
        is_next
    }

    fn sign(&mut self, sign: char) -> bool {
        let is_next = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(is_next);
        is_next
    }

    fn needs(&mut self, sign: char) -> Result<(), Fault> {
        let is_next = self.sign(sign);
        if is_next {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn unexpected(&self) -> Fault {
        Fault::syntax(format!(
            "Syntax error at position {} in '{}'.",
            self.at, self.text
        ))
    }
}

fn path(text: &str) -> Vec<String> {
    text.split('/').map(str::to_owned).collect()
}
