//! CEL behind one small interface: how definitions, mappings and rules read values.
//!
//! An [`Expr`] is compiled once, when its file is loaded, and every fault that can be seen then is
//! a fault of loading: grammar, size, unknown functions, macros nested too deep. Evaluating it
//! afterwards gives a value or [`NoValue`], and nothing else: no panic, no loop without end (the
//! interpreter has no fuel, so every turn of a comprehension is counted against
//! [`limits::STEPS`]). What a missing value means (an absent key, a condition that is not true, a
//! fault) is the caller's to say.
//!
//! An expression is written by whoever writes the definition, and that person is trusted not to
//! blow memory up on purpose (`"a".replace("", x)` in a row); the data it reads is not trusted.

mod check;
mod convert;
mod functions;
mod plan;
mod rewrite;
mod scope;

use std::collections::BTreeSet;

use cel::{ExecutionError, common::ast::SourceInfo};
use serde_json::Value;

use plan::{Interpreter, Plan};
pub use scope::Scope;

/// The bounds of an expression, checked at load or counted while it runs.
pub mod limits {
    /// Characters of one expression.
    pub const CHARACTERS: usize = 2_000;
    /// Macros (`map`, `filter`, `all`, `exists`, `first`, `present`, …) inside each other.
    pub const NESTED_MACROS: usize = 2;
    /// Parts inside each other; a long chain of `+` counts one per part.
    pub const DEPTH: usize = 48;
    /// Turns of all comprehensions of one evaluation together.
    pub const STEPS: u32 = 100_000;
}

/// A compiled expression.
pub struct Expr {
    plan: Plan,
    source: String,
    paths: BTreeSet<String>,
}

impl Expr {
    /// Compiles an expression; everything that can be known to be wrong is said here.
    pub fn compile(source: &str) -> Result<Self, ExprError> {
        let length = source.chars().count();
        if length > limits::CHARACTERS {
            return Err(ExprError {
                line: 1,
                column: limits::CHARACTERS + 1,
                found: format!("{length} characters"),
                expected: format!("at most {}", limits::CHARACTERS),
            });
        }
        check::before_parsing(source)?;
        let (tree, places) = functions::language()
            .parser()
            .max_recursion_depth(check::PARSER_DEPTH)
            .parse_with_source_info(source)
            .map_err(|errors| ExprError::from_parser(&errors))?;
        let paths = check::checked(&tree, &places)?;
        Ok(Self {
            plan: Plan::of(tree),
            source: source.to_owned(),
            paths,
        })
    }

    /// The variables the expression reads, each once, in alphabetical order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .paths
            .iter()
            .filter_map(|path| path.split('.').next())
            .collect();
        names.dedup();
        names
    }

    /// What the expression reads, as far as it can be seen: `step.hits.body` where it says so.
    ///
    /// A part that is computed ends the path: `table.priority[it.Priority]` reads
    /// `table.priority` and `it.Priority`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// The text the expression was compiled from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The value of the expression with these names bound.
    pub fn eval(&self, scope: &Scope) -> Result<Value, NoValue> {
        let interpreter = Interpreter::of(scope);
        let value = self.plan.value(&interpreter);
        convert::to_json(value.map_err(|error| self.no_value(&error))?.as_ref())
    }

    /// The value as a condition: anything but a boolean is a wrong type.
    pub fn eval_bool(&self, scope: &Scope) -> Result<bool, NoValue> {
        let value = self.eval(scope)?;
        value
            .as_bool()
            .ok_or_else(|| wrong_type("true or false", &value))
    }

    /// The value as a list: anything else is a wrong type.
    pub fn eval_list(&self, scope: &Scope) -> Result<Vec<Value>, NoValue> {
        let value = self.eval(scope)?;
        if let Value::Array(items) = value {
            return Ok(items);
        }
        Err(wrong_type("a list", &value))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "not our enum, and it may grow"
    )]
    fn no_value(&self, error: &ExecutionError) -> NoValue {
        match error {
            ExecutionError::NoSuchKey(key) if self.source.contains(key.as_str()) => {
                NoValue::MissingKey(key.to_string())
            }
            ExecutionError::NoSuchKey(_) | ExecutionError::IndexOutOfBounds(_) => {
                NoValue::MissingKey("(computed)".to_owned())
            }
            ExecutionError::UndeclaredReference(name) => NoValue::UnknownName(name.to_string()),
            ExecutionError::FunctionError { function, .. } if function == functions::NOTHING => {
                NoValue::Absent
            }
            ExecutionError::FunctionError { function, .. } if function == functions::EXHAUSTED => {
                NoValue::TooMuchWork
            }
            ExecutionError::FunctionError { function, .. } => NoValue::Failed(function.clone()),
            ExecutionError::NoSuchOverload(overload) => NoValue::WrongType(overload.to_string()),
            ExecutionError::DivisionByZero(_)
            | ExecutionError::RemainderByZero(_)
            | ExecutionError::Overflow(..) => NoValue::Failed("arithmetic".to_owned()),
            _ => NoValue::WrongType("a value of another type was needed".to_owned()),
        }
    }
}

impl std::fmt::Debug for Expr {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Expr").field(&self.source).finish()
    }
}

fn wrong_type(wanted: &str, found: &Value) -> NoValue {
    NoValue::WrongType(format!("expected {wanted}, found {}", convert::kind(found)))
}

/// Why an expression has no value here. Never holds data: only words of the expression itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    /// A key that the expression names is not there; `(computed)` where the key is data.
    #[error("no `{0}` in the answer")]
    MissingKey(String),
    /// A name that nothing is bound to.
    #[error("nothing is called `{0}` here")]
    UnknownName(String),
    /// An empty optional, or a `first` of nothing.
    #[error("there is no value")]
    Absent,
    /// A value of another type than the expression needs.
    #[error("{0}")]
    WrongType(String),
    /// A function refused what it was given: a text that is no number, a division by zero.
    #[error("`{0}` does not work on this value")]
    Failed(String),
    /// More turns than [`limits::STEPS`].
    #[error("the lists are too long for this expression")]
    TooMuchWork,
}

/// A fault of an expression, seen when its file is loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: found {found}, expected {expected}")]
pub struct ExprError {
    /// Line within the expression, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What stands there.
    pub found: String,
    /// What could have stood there.
    pub expected: String,
}

impl ExprError {
    fn from_parser(errors: &cel::ParseErrors) -> Self {
        let Some(error) = errors.errors.first() else {
            return Self::at((1, 1), "an unreadable expression", "a CEL expression");
        };
        let message = error.msg.trim_start_matches("Syntax error: ");
        let (found, expected) = message.split_once(" expecting ").unwrap_or((message, ""));
        let expected = if expected.is_empty() || expected.len() > 60 {
            "a CEL expression"
        } else {
            expected
        };
        Self::at(error.pos, found, expected)
    }

    fn at(position: (isize, isize), found: &str, expected: &str) -> Self {
        let from_one = |number: isize| usize::try_from(number).unwrap_or(1).max(1);
        Self {
            line: from_one(position.0),
            column: from_one(position.1),
            found: found.to_owned(),
            expected: expected.to_owned(),
        }
    }

    fn at_part(places: &SourceInfo, part: u64, found: &str, expected: &str) -> Self {
        let start = places
            .offset_for(part)
            .map_or(0, |(start, _)| start as usize);
        let before: String = places.source.chars().take(start).collect();
        let line = before.matches('\n').count() + 1;
        let column = before
            .chars()
            .rev()
            .take_while(|sign| *sign != '\n')
            .count()
            + 1;
        Self {
            line,
            column,
            found: found.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
