//! What is done to an expression after it is checked: the helpers are turned into what the
//! interpreter can do, and each turn of a comprehension is made to count.
//!
//! A function's arguments are evaluated, and fail, before it is called. So `first(a, b)` becomes a
//! list in which an argument that fails is null: `@not_strictly_false([a] == [])` is the one form
//! of CEL that turns an error into a value. That evaluates `a` twice, which is why these helpers
//! count as macros in the limit of nesting.

use cel::{
    IdedExpr,
    common::ast::{
        CallExpr, ComprehensionExpr, EntryExpr, Expr, ListExpr, LiteralValue, operators,
    },
};

/// The variable that holds what is left of the budget; no source text can spell it.
pub(super) const BUDGET: &str = "@budget";

/// The tree that is evaluated.
pub(super) fn rewritten(mut tree: IdedExpr) -> IdedExpr {
    rewrite(&mut tree);
    tree
}

fn rewrite(part: &mut IdedExpr) {
    match &mut part.expr {
        Expr::Unspecified | Expr::Ident(_) | Expr::Literal(_) => {}
        Expr::Select(select) => rewrite(&mut select.operand),
        Expr::List(list) => list.elements.iter_mut().for_each(rewrite),
        Expr::Map(map) => map
            .entries
            .iter_mut()
            .for_each(|entry| rewrite_entry(&mut entry.expr)),
        Expr::Struct(record) => {
            record
                .entries
                .iter_mut()
                .for_each(|entry| rewrite_entry(&mut entry.expr));
        }
        Expr::Call(call) => {
            call.target.iter_mut().for_each(|target| rewrite(target));
            call.args.iter_mut().for_each(rewrite);
            rewrite_call(call);
        }
        Expr::Comprehension(comprehension) => {
            rewrite(&mut comprehension.iter_range);
            rewrite(&mut comprehension.accu_init);
            rewrite(&mut comprehension.loop_cond);
            rewrite(&mut comprehension.loop_step);
            rewrite(&mut comprehension.result);
            count_turns(comprehension);
        }
    }
}

fn rewrite_entry(entry: &mut EntryExpr) {
    match entry {
        EntryExpr::StructField(field) => rewrite(&mut field.value),
        EntryExpr::MapEntry(entry) => {
            rewrite(&mut entry.key);
            rewrite(&mut entry.value);
        }
    }
}

fn rewrite_call(call: &mut CallExpr) {
    if call.target.is_some() {
        return;
    }
    match call.func_name.as_str() {
        // `first` where it is not the whole expression, see `plan`.
        "first" | "present" => {
            let elements = std::mem::take(&mut call.args)
                .into_iter()
                .map(or_null)
                .collect();
            call.func_name.insert(0, '@');
            call.args = vec![part(Expr::List(ListExpr::new(elements)))];
        }
        "days_since" => {
            call.func_name.insert(0, '@');
            call.args.push(part(Expr::Ident("now".to_owned())));
        }
        _ => {}
    }
}

/// The argument, or null where evaluating it fails.
fn or_null(argument: IdedExpr) -> IdedExpr {
    let one = part(Expr::List(ListExpr::new(vec![argument.clone()])));
    let none = part(Expr::List(ListExpr::new(Vec::new())));
    let is_empty = invoke(operators::EQUALS, vec![one, none]);
    let failed = invoke(operators::NOT_STRICTLY_FALSE, vec![is_empty]);
    invoke(
        operators::CONDITIONAL,
        vec![failed, part(Expr::Literal(LiteralValue::Null)), argument],
    )
}

/// Takes one from the budget at each turn, at the one place of each macro's form where an error is
/// not absorbed and where the interpreter still recognises the form.
fn count_turns(comprehension: &mut ComprehensionExpr) {
    if let Expr::Call(call) = &mut comprehension.loop_step.expr {
        match (call.func_name.as_str(), call.args.as_mut_slice()) {
            (operators::CONDITIONAL, [guard, ..]) => return counted_condition(guard),
            (
                operators::ADD,
                [
                    _,
                    IdedExpr {
                        expr: Expr::List(list),
                        ..
                    },
                ],
            ) => {
                return list.elements.iter_mut().for_each(counted);
            }
            _ => {}
        }
    }
    counted_condition(&mut comprehension.loop_cond);
}

fn counted_condition(condition: &mut IdedExpr) {
    let truth = |truth: bool| part(Expr::Literal(LiteralValue::Boolean(truth.into())));
    let mut permitted = truth(true);
    counted(&mut permitted);
    let condition_itself = std::mem::take(condition);
    *condition = invoke(
        operators::CONDITIONAL,
        vec![permitted, condition_itself, truth(false)],
    );
}

fn counted(value: &mut IdedExpr) {
    let value_itself = std::mem::take(value);
    *value = invoke(
        "@step",
        vec![part(Expr::Ident(BUDGET.to_owned())), value_itself],
    );
}

fn invoke(function: &str, args: Vec<IdedExpr>) -> IdedExpr {
    part(Expr::Call(CallExpr {
        func_name: function.to_owned(),
        target: None,
        args,
    }))
}

/// A part that stands nowhere in the source: positions are only needed before this step.
fn part(expr: Expr) -> IdedExpr {
    IdedExpr { id: 0, expr }
}
