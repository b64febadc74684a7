//! The names that have a value at one moment, for templates and for expressions alike.

use std::sync::Arc;

use pop_core::expr::Scope;
use serde_json::{Map, Value};

/// Names bound to values. A clone shares them.
#[derive(Clone, Default)]
pub(crate) struct Names {
    values: Vec<(&'static str, Arc<Value>)>,
    scope: Scope,
}

impl Names {
    /// Binds a name, in place of what it was bound to.
    pub(crate) fn bind(&mut self, name: &'static str, value: Value) {
        self.scope.bind(name, &value);
        let value = Arc::new(value);
        match self.values.iter_mut().find(|(bound, _)| *bound == name) {
            Some((_, old)) => *old = value,
            None => self.values.push((name, value)),
        }
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.bind(name, value);
        self
    }

    /// Binds a member of an object, and leaves its other members.
    pub(crate) fn bind_member(&mut self, name: &'static str, member: &str, value: Value) {
        let mut object = match self.root(name) {
            Some(Value::Object(object)) => object.clone(),
            Some(_) | None => Map::new(),
        };
        object.insert(member.to_owned(), value);
        self.bind(name, Value::Object(object));
    }

    fn root(&self, name: &str) -> Option<&Value> {
        self.values
            .iter()
            .find(|(bound, _)| *bound == name)
            .map(|(_, value)| value.as_ref())
    }

    /// The value of a dotted name; null and the empty text are no value.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        let root = self.root(parts.next()?)?;
        let value = parts.try_fold(root, |value, part| value.get(part))?;
        let is_empty = value.is_null() || value.as_str() == Some("");
        (!is_empty).then_some(value)
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }
}
