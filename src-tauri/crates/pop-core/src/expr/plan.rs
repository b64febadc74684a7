//! What needs no interpreter: a path such as `body.visitor.email`, which is most of what is read,
//! and `first` of several, of which those after the first that has a value are not read at all.
//!
//! A path is looked up as the interpreter does it, and whatever is out of the ordinary is left to
//! it, so that a value and the reason why there is none are the same either way.

use std::cell::OnceCell;
use std::sync::Arc;

use cel::{
    Context, ExecutionError, IdedExpr,
    common::{
        ast::Expr,
        types::{CelMap, CelMapKey},
        value::CowVal,
    },
    context::VariableResolver,
};

use super::{Scope, convert, functions, limits, rewrite};

/// How an expression gets its value.
pub(super) enum Plan {
    /// A name and the members below it, and the same for the interpreter.
    Path(String, Vec<CelMapKey<'static>>, IdedExpr),
    /// The first of several that has a value.
    First(Vec<Plan>),
    /// Whatever else there is.
    Tree(IdedExpr),
}

/// The interpreter of one evaluation, made when it is first needed: all parts share one budget.
pub(super) struct Interpreter<'s> {
    scope: &'s Scope,
    context: OnceCell<Context<'s, 's>>,
}

impl<'s> Interpreter<'s> {
    pub(super) fn of(scope: &'s Scope) -> Self {
        Self {
            scope,
            context: OnceCell::new(),
        }
    }

    fn context(&self) -> &Context<'s, 's> {
        self.context.get_or_init(|| {
            let mut context = Context::with_env(Arc::clone(functions::language()));
            context.set_variable_resolver(self.scope);
            context.add_variable_as_val(rewrite::BUDGET, functions::budget(limits::STEPS));
            context
        })
    }
}

impl Plan {
    /// The plan of an expression that was checked.
    pub(super) fn of(mut tree: IdedExpr) -> Self {
        let mut names = Vec::new();
        if let Some(root) = path(&tree, &mut names) {
            let root = root.to_owned();
            return Self::Path(root, names, tree);
        }
        if let Expr::Call(call) = &mut tree.expr
            && call.target.is_none()
            && call.func_name == "first"
        {
            let arguments = std::mem::take(&mut call.args);
            return Self::First(arguments.into_iter().map(Self::of).collect());
        }
        Self::Tree(rewrite::rewritten(tree))
    }

    pub(super) fn value<'e, 's>(
        &'e self,
        interpreter: &'e Interpreter<'s>,
    ) -> Result<CowVal<'e, 's>, ExecutionError> {
        match self {
            Self::Path(root, names, tree) => match walk(interpreter.scope, root, names)? {
                Some(value) => Ok(value),
                None => cel::Value::resolve_val(tree, interpreter.context()),
            },
            Self::First(plans) => plans
                .iter()
                .find_map(|plan| functions::that_holds(plan.value(interpreter).ok()?))
                .ok_or_else(functions::nothing),
            Self::Tree(tree) => cel::Value::resolve_val(tree, interpreter.context()),
        }
    }
}

/// The name that a path begins with; those of the members below it are added to `names`.
fn path<'t>(tree: &'t IdedExpr, names: &mut Vec<CelMapKey<'static>>) -> Option<&'t str> {
    if let Expr::Ident(name) = &tree.expr {
        return Some(name);
    }
    let Expr::Select(select) = &tree.expr else {
        return None;
    };
    if select.test {
        return None;
    }
    let root = path(&select.operand, names)?;
    names.push(CelMapKey::from(select.field.clone()));
    Some(root)
}

/// The value at a path, as far as it leads through objects; `None` is the interpreter's to answer.
fn walk<'s>(
    scope: &'s Scope,
    root: &str,
    names: &[CelMapKey<'static>],
) -> Result<Option<CowVal<'s, 's>>, ExecutionError> {
    let Some(CowVal::Borrowed(mut value)) = scope.resolve(root) else {
        return Ok(None);
    };
    for name in names {
        let Some(map) = value.downcast_ref::<CelMap>() else {
            return Ok(None);
        };
        let Some(member) = map.get(name) else {
            return Err(ExecutionError::NoSuchKey(Arc::new(convert::key_text(name))));
        };
        value = member.as_ref();
    }
    Ok(Some(CowVal::Borrowed(value)))
}
