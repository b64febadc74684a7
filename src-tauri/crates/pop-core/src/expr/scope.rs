//! The names an expression can read, each bound to a value.

use std::sync::Arc;

use cel::{
    common::value::{CowVal, Val},
    context::VariableResolver,
};
use serde_json::Value;

use super::convert;

/// Names bound to values, converted once however often they are read.
///
/// A clone shares the values, so a scope for one hit is `scope.clone().with("it", hit)`.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    names: Vec<(Arc<str>, Arc<dyn Val>)>,
}

impl Scope {
    /// A scope in which nothing is bound.
    pub fn new() -> Self {
        Self::default()
    }

    /// This scope with one more name, or another value for a name it has.
    #[must_use]
    pub fn with(mut self, name: &str, value: &Value) -> Self {
        self.bind(name, value);
        self
    }

    /// Binds a name, in place of what it was bound to.
    pub fn bind(&mut self, name: &str, value: &Value) {
        let value: Arc<dyn Val> = Arc::from(convert::from_json(value));
        match self.names.iter_mut().find(|(bound, _)| &**bound == name) {
            Some((_, old)) => *old = value,
            None => self.names.push((Arc::from(name), value)),
        }
    }

    /// Whether the name is bound.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|(bound, _)| &**bound == name)
    }
}

impl VariableResolver for Scope {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let (_, value) = self.names.iter().find(|(bound, _)| &**bound == variable)?;
        Some(CowVal::Borrowed(&**value))
    }
}
