//! Expressions of a definition: compiled, with their place, their names checked.

use pop_core::expr::{Expr, Scope};
use serde_json::Value;

use crate::file::section::{Section, Spot};
use crate::file::tree::{Place, join};
use crate::language::names::Reach;

/// One compiled expression of a definition.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) expr: Expr,
    paths: Vec<String>,
    pub(crate) place: Place,
}

impl Reading {
    /// Compiles an expression; faults are reported at `key`.
    pub(crate) fn compile(section: &Section<'_>, key: &str, spot: Spot<'_>) -> Option<Self> {
        match Expr::compile(spot.text) {
            Ok(expr) => {
                let paths = expr.paths().map(str::to_owned).collect();
                Some(Self {
                    expr,
                    paths,
                    place: spot.place,
                })
            }
            Err(error) => {
                let found = format!(
                    "{} in {:?} at column {}",
                    error.found, spot.text, error.column
                );
                let key = join(&section.path, key);
                section.faults.add(spot.place, key, found, error.expected);
                None
            }
        }
    }

    /// Compiles an expression whose names must all have a value in `reach`.
    pub(crate) fn within(
        section: &Section<'_>,
        key: &str,
        spot: Spot<'_>,
        reach: &Reach<'_>,
    ) -> Option<Self> {
        let reading = Self::compile(section, key, spot)?;
        reading.check(section, key, spot, reach);
        Some(reading)
    }

    /// Reads the expression at a key, if there is one.
    pub(crate) fn at(section: &Section<'_>, key: &str, reach: &Reach<'_>) -> Option<Self> {
        let spot = section.text(key)?;
        Self::within(section, key, spot, reach)
    }

    pub(crate) fn check(
        &self,
        section: &Section<'_>,
        key: &str,
        spot: Spot<'_>,
        reach: &Reach<'_>,
    ) {
        for path in &self.paths {
            if let Err(expected) = reach.check_path(path) {
                let key = join(&section.path, key);
                section
                    .faults
                    .add(spot.place, key, format!("the name {path}"), expected);
            }
        }
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// The value; missing keys, wrong types and null alike have none.
    pub(crate) fn value(&self, scope: &Scope) -> Option<Value> {
        self.expr.eval(scope).ok().filter(|value| !value.is_null())
    }

    /// Whether the condition holds; one without a value does not.
    pub(crate) fn holds(&self, scope: &Scope) -> bool {
        self.expr
            .eval(scope)
            .is_ok_and(|value| value == Value::Bool(true))
    }
}
