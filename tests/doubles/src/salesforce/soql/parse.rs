//! SOQL, as much of it as look-ups use: SELECT with paths and sub-selects, WHERE, ORDER BY, LIMIT.
//! Left out and refused as malformed: GROUP BY, aggregates but `COUNT()`, TYPEOF, named dates.

use super::super::fault::Fault;
use super::lex::{Token, tokens};

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) struct Query {
    pub(in crate::salesforce) items: Vec<Item>,
    pub(in crate::salesforce) is_count: bool,
    pub(in crate::salesforce) from: String,
    pub(in crate::salesforce) filter: Option<Condition>,
    pub(in crate::salesforce) order: Vec<Order>,
    pub(in crate::salesforce) limit: Option<usize>,
    pub(in crate::salesforce) offset: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) enum Item {
    Path(Vec<String>),
    Children(Query),
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) struct Order {
    pub(in crate::salesforce) path: Vec<String>,
    pub(in crate::salesforce) is_descending: bool,
    pub(in crate::salesforce) nulls_last: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Test(Vec<String>, Operator, Operand),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Operator {
    Equal,
    Unequal,
    Less,
    Greater,
    AtMost,
    AtLeast,
    Like,
    In,
    NotIn,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) enum Operand {
    One(Literal),
    Many(Vec<Literal>),
    Rows(Box<Query>),
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) enum Literal {
    Text(String),
    /// A number, date or time, as it is written.
    Bare(String),
    Bool(bool),
    Null,
}

/// Reads a whole query.
pub(in crate::salesforce) fn query(text: &str) -> Result<Query, Fault> {
    let mut parser = Parser::of(text)?;
    let query = parser.query()?;
    parser.end()?;
    Ok(query)
}

pub(in crate::salesforce) struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    pub(in crate::salesforce) fn of(text: &str) -> Result<Self, Fault> {
        Ok(Self {
            tokens: tokens(text)?,
            at: 0,
        })
    }

    fn query(&mut self) -> Result<Query, Fault> {
        self.keyword("SELECT")?;
        let (items, is_count) = self.items()?;
        self.keyword("FROM")?;
        let from = self.name()?;
        let rest = self.tail()?;
        Ok(Query {
            items,
            is_count,
            from,
            ..rest
        })
    }

    /// WHERE, ORDER BY, LIMIT and OFFSET; the same in SOSL's RETURNING.
    pub(in crate::salesforce) fn tail(&mut self) -> Result<Query, Fault> {
        let filter = if self.takes("WHERE") {
            Some(self.any()?)
        } else {
            None
        };
        let order = if self.takes("ORDER") {
            self.keyword("BY")?;
            self.orders()?
        } else {
            vec![]
        };
        let limit = if self.takes("LIMIT") {
            Some(self.count()?)
        } else {
            None
        };
        let offset = if self.takes("OFFSET") {
            self.count()?
        } else {
            0
        };
        Ok(Query {
            items: vec![],
            is_count: false,
            from: String::new(),
            filter,
            order,
            limit,
            offset,
        })
    }

    fn items(&mut self) -> Result<(Vec<Item>, bool), Fault> {
        let mut items = Vec::new();
        loop {
            if self.sign("(") {
                items.push(Item::Children(self.query()?));
                self.closing()?;
            } else {
                let name = self.name()?;
                let is_call = self.sign("(");
                if is_call && name.eq_ignore_ascii_case("COUNT") && self.sign(")") {
                    return Ok((vec![], true));
                }
                if is_call && name.eq_ignore_ascii_case("toLabel") {
                    items.push(Item::Path(path(&self.name()?)));
                    self.closing()?;
                } else if is_call {
                    return Err(self.unexpected());
                } else {
                    items.push(Item::Path(path(&name)));
                }
            }
            if !self.sign(",") {
                return Ok((items, false));
            }
        }
    }

    fn orders(&mut self) -> Result<Vec<Order>, Fault> {
        let mut orders = Vec::new();
        loop {
            let path = path(&self.name()?);
            let is_descending = self.takes("DESC");
            let _ = is_descending || self.takes("ASC");
            let mut nulls_last = false;
            if self.takes("NULLS") {
                nulls_last = self.takes("LAST");
                if !nulls_last {
                    self.keyword("FIRST")?;
                }
            }
            orders.push(Order {
                path,
                is_descending,
                nulls_last,
            });
            if !self.sign(",") {
                return Ok(orders);
            }
        }
    }

    /// Conditions joined by one kind of word: where the other kind follows, the query should have
    /// ended, because AND and OR do not mix without parentheses.
    fn any(&mut self) -> Result<Condition, Fault> {
        let mut parts = vec![self.one()?];
        let is_all = self.peeks("AND");
        while self.takes(if is_all { "AND" } else { "OR" }) {
            parts.push(self.one()?);
        }
        Ok(match (parts.len(), is_all) {
            (1, _) => parts.remove(0),
            (_, true) => Condition::All(parts),
            (_, false) => Condition::Any(parts),
        })
    }

    fn one(&mut self) -> Result<Condition, Fault> {
        if self.takes("NOT") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.sign("(") {
            let inner = self.any()?;
            self.closing()?;
            return Ok(inner);
        }
        let path = path(&self.name()?);
        let operator = self.operator()?;
        let operand = if matches!(operator, Operator::In | Operator::NotIn) {
            self.list()?
        } else {
            Operand::One(self.literal()?)
        };
        Ok(Condition::Test(path, operator, operand))
    }

    fn operator(&mut self) -> Result<Operator, Fault> {
        const SIGNS: [(&str, Operator); 7] = [
            ("=", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<>", Operator::Unequal),
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        if let Some((_, operator)) = SIGNS.into_iter().find(|(sign, _)| self.sign(sign)) {
            return Ok(operator);
        }
        if self.takes("LIKE") {
            return Ok(Operator::Like);
        }
        if self.takes("IN") {
            return Ok(Operator::In);
        }
        self.keyword("NOT")?;
        self.keyword("IN")?;
        Ok(Operator::NotIn)
    }

    fn list(&mut self) -> Result<Operand, Fault> {
        if !self.sign("(") {
            return Err(self.unexpected());
        }
        if self.peeks("SELECT") {
            let query = self.query()?;
            self.closing()?;
            return Ok(Operand::Rows(Box::new(query)));
        }
        let mut literals = vec![self.literal()?];
        while self.sign(",") {
            literals.push(self.literal()?);
        }
        self.closing()?;
        Ok(Operand::Many(literals))
    }

    fn literal(&mut self) -> Result<Literal, Fault> {
        let literal = match self.tokens.get(self.at) {
            Some(Token::Text(text)) => Literal::Text(text.clone()),
            Some(Token::Bare(text)) => Literal::Bare(text.clone()),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("null") => Literal::Null,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("true") => Literal::Bool(true),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("false") => Literal::Bool(false),
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(literal)
    }

    fn count(&mut self) -> Result<usize, Fault> {
        let number = match self.tokens.get(self.at) {
            Some(Token::Bare(text)) => text.parse().ok(),
            _ => None,
        };
        let number = number.ok_or_else(|| self.unexpected())?;
        self.at += 1;
        Ok(number)
    }

    pub(in crate::salesforce) fn name(&mut self) -> Result<String, Fault> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else {
            return Err(self.unexpected());
        };
        let word = word.clone();
        self.at += 1;
        Ok(word)
    }

    pub(in crate::salesforce) fn sign(&mut self, sign: &str) -> bool {
        let is_next = matches!(self.tokens.get(self.at), Some(Token::Sign(next)) if *next == sign);
        self.at += usize::from(is_next);
        is_next
    }

    pub(in crate::salesforce) fn closing(&mut self) -> Result<(), Fault> {
        let is_closed = self.sign(")");
        if is_closed {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn peeks(&self, keyword: &str) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    pub(in crate::salesforce) fn takes(&mut self, keyword: &str) -> bool {
        let is_next = self.peeks(keyword);
        self.at += usize::from(is_next);
        is_next
    }

    pub(in crate::salesforce) fn keyword(&mut self, keyword: &str) -> Result<(), Fault> {
        let is_next = self.takes(keyword);
        if is_next {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(in crate::salesforce) fn end(&self) -> Result<(), Fault> {
        let is_over = self.at == self.tokens.len();
        if is_over {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn unexpected(&self) -> Fault {
        let told = match self.tokens.get(self.at) {
            None => "unexpected token: '<EOF>'".to_owned(),
            Some(Token::Word(text) | Token::Bare(text) | Token::Text(text)) => {
                format!("unexpected token: '{text}'")
            }
            Some(Token::Sign(sign)) => format!("unexpected token: '{sign}'"),
        };
        Fault::malformed(told)
    }
}

fn path(name: &str) -> Vec<String> {
    name.split('.').map(str::to_owned).collect()
}
