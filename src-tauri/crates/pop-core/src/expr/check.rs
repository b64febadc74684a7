//! What is checked of an expression when it is loaded, beside its grammar: how deep it is, that it
//! calls only functions there are, and what it reads.

use std::collections::BTreeSet;

use cel::{
    IdedExpr,
    common::ast::{
        CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, SourceInfo, operators,
    },
};

use super::{
    ExprError,
    functions::{GLOBALS, LIBRARIES, MEMBERS, Signature, TYPES},
    limits,
};

/// How deep the parser may go; it needs a few levels for each bracket.
pub(super) const PARSER_DEPTH: u16 = 64;
/// Brackets inside each other. The parser's own limit comes too late for a small stack.
const BRACKETS: usize = 24;
/// Signs before one value: `!!!!x`, `--x`.
const PREFIXES: usize = 8;

/// Refuses what would take the parser deep before it can say so.
pub(super) fn before_parsing(source: &str) -> Result<(), ExprError> {
    let mut brackets = 0_usize;
    let mut prefixes = 0_usize;
    let mut quote = None;
    for (position, sign) in source.chars().enumerate() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), _) if open == sign => quote = None,
            (None, '(' | '[' | '{') => brackets += 1,
            (None, ')' | ']' | '}') => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        prefixes = match sign {
            '!' | '-' => prefixes + 1,
            ' ' | '\t' | '\n' | '\r' => prefixes,
            _ => 0,
        };
        if brackets > BRACKETS || prefixes > PREFIXES {
            let found = if brackets > BRACKETS {
                "brackets"
            } else {
                "signs"
            };
            let line = source
                .chars()
                .take(position)
                .filter(|sign| *sign == '\n')
                .count()
                + 1;
            return Err(ExprError {
                line,
                column: position + 1,
                found: format!("too many {found} inside each other"),
                expected: format!("at most {BRACKETS} brackets and {PREFIXES} signs"),
            });
        }
    }
    Ok(())
}

/// Checks a parsed expression and says what it reads.
pub(super) fn checked(tree: &IdedExpr, places: &SourceInfo) -> Result<BTreeSet<String>, ExprError> {
    let mut checker = Checker {
        places,
        bound: Vec::new(),
        paths: BTreeSet::new(),
    };
    checker.part(tree, Level::default())?;
    Ok(checker.paths)
}

#[derive(Debug, Clone, Copy, Default)]
struct Level {
    depth: usize,
    macros: usize,
}

struct Checker<'t> {
    places: &'t SourceInfo,
    bound: Vec<&'t str>,
    paths: BTreeSet<String>,
}

impl<'t> Checker<'t> {
    fn part(&mut self, part: &'t IdedExpr, level: Level) -> Result<(), ExprError> {
        let level = Level {
            depth: level.depth + 1,
            ..level
        };
        if level.depth > limits::DEPTH {
            return Err(self.too_deep(part));
        }
        match &part.expr {
            Expr::Literal(_) => Ok(()),
            Expr::Ident(_) | Expr::Select(_) => self.path(part, level),
            Expr::Call(_) => self.call(part, level),
            Expr::List(list) => list
                .elements
                .iter()
                .try_for_each(|item| self.part(item, level)),
            Expr::Map(map) => map.entries.iter().try_for_each(|entry| match &entry.expr {
                EntryExpr::MapEntry(entry) => {
                    self.part(&entry.key, level)?;
                    self.part(&entry.value, level)
                }
                EntryExpr::StructField(_) => Err(self.fault(part, "a field", "a key in quotes")),
            }),
            Expr::Comprehension(comprehension) => self.comprehension(part, comprehension, level),
            Expr::Struct(record) => Err(self.fault(
                part,
                &format!("an object of the type `{}`", record.type_name),
                "an object without a type",
            )),
            Expr::Unspecified => Err(self.fault(part, "an unfinished part", "a CEL expression")),
        }
    }

    fn path(&mut self, part: &'t IdedExpr, level: Level) -> Result<(), ExprError> {
        let Some(path) = path_of(part) else {
            return if let Expr::Select(select) = &part.expr {
                self.part(&select.operand, level)
            } else {
                Ok(())
            };
        };
        if level.depth + path.matches('.').count() > limits::DEPTH {
            return Err(self.too_deep(part));
        }
        let root = path.split('.').next().unwrap_or_default();
        if root.is_empty() {
            return Err(self.fault(part, "a name that begins with a dot", "a name"));
        }
        let is_type = path == root && TYPES.contains(&root);
        if !self.bound.contains(&root) && !is_type {
            self.paths.insert(path);
        }
        Ok(())
    }

    fn call(&mut self, part: &'t IdedExpr, level: Level) -> Result<(), ExprError> {
        let Expr::Call(call) = &part.expr else {
            return Ok(());
        };
        if let Some(path) = path_of(part) {
            let root = path.split('.').next().unwrap_or_default();
            if !self.bound.contains(&root) {
                return self.path(part, level);
            }
        }
        let library = call.target.as_deref().and_then(library);
        self.function(part, call, library)?;
        let mut inside = level;
        if call.target.is_none() && matches!(call.func_name.as_str(), "first" | "present") {
            inside = self.one_macro_deeper(part, level)?;
        }
        if call.target.is_none() && call.func_name == "days_since" {
            self.paths.insert("now".to_owned());
        }
        if library.is_none()
            && let Some(target) = &call.target
        {
            self.part(target, level)?;
        }
        call.args
            .iter()
            .try_for_each(|argument| self.part(argument, inside))
    }

    fn function(
        &self,
        part: &IdedExpr,
        call: &CallExpr,
        library: Option<&[Signature]>,
    ) -> Result<(), ExprError> {
        if is_internal(&call.func_name) {
            return Ok(());
        }
        let functions = match (library, &call.target) {
            (Some(functions), _) => functions,
            (None, Some(_)) => MEMBERS,
            (None, None) => GLOBALS,
        };
        let Some((_, fewest, most)) = functions.iter().find(|(name, ..)| *name == call.func_name)
        else {
            let found = format!("the function `{}`", call.func_name);
            let expected = if call.target.is_some() {
                "a function of a value"
            } else {
                "a function called by its plain name"
            };
            return Err(self.fault(part, &found, expected));
        };
        if (*fewest..=*most).contains(&call.args.len()) {
            return Ok(());
        }
        let found = format!("`{}` with {} arguments", call.func_name, call.args.len());
        let expected = match (fewest, most) {
            (fewest, &usize::MAX) => format!("{fewest} or more"),
            (fewest, most) if fewest == most => fewest.to_string(),
            (fewest, most) => format!("{fewest} to {most}"),
        };
        Err(self.fault(part, &found, &expected))
    }

    fn comprehension(
        &mut self,
        part: &'t IdedExpr,
        comprehension: &'t ComprehensionExpr,
        level: Level,
    ) -> Result<(), ExprError> {
        self.part(&comprehension.iter_range, level)?;
        self.part(&comprehension.accu_init, level)?;
        let inside = if binds_only(comprehension) {
            level
        } else {
            self.one_macro_deeper(part, level)?
        };
        let outer = self.bound.len();
        self.bound.extend([
            comprehension.iter_var.as_str(),
            comprehension.accu_var.as_str(),
        ]);
        self.part(&comprehension.loop_cond, inside)?;
        self.part(&comprehension.loop_step, inside)?;
        self.part(&comprehension.result, inside)?;
        self.bound.truncate(outer);
        Ok(())
    }

    fn one_macro_deeper(&self, part: &IdedExpr, level: Level) -> Result<Level, ExprError> {
        if level.macros == limits::NESTED_MACROS {
            let expected = format!("at most {}", limits::NESTED_MACROS);
            return Err(self.fault(part, "macros nested too deep", &expected));
        }
        Ok(Level {
            macros: level.macros + 1,
            ..level
        })
    }

    fn too_deep(&self, part: &IdedExpr) -> ExprError {
        let expected = format!("at most {}", limits::DEPTH);
        self.fault(part, "too many parts inside each other", &expected)
    }

    fn fault(&self, part: &IdedExpr, found: &str, expected: &str) -> ExprError {
        ExprError::at_part(self.places, part.id, found, expected)
    }
}

/// The dotted name a part spells: `a.b`, `a.?b`, `a["b"]` and `has(a.b)` all read `a.b`.
fn path_of(part: &IdedExpr) -> Option<String> {
    match &part.expr {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) => Some(format!("{}.{}", path_of(&select.operand)?, select.field)),
        Expr::Call(call) if call.target.is_none() => match call.args.as_slice() {
            [
                operand,
                IdedExpr {
                    expr: Expr::Literal(LiteralValue::String(key)),
                    ..
                },
            ] if [
                operators::INDEX,
                operators::OPT_INDEX,
                operators::OPT_SELECT,
            ]
            .contains(&call.func_name.as_str()) =>
            {
                Some(format!("{}.{}", path_of(operand)?, key.inner()))
            }
            _ => None,
        },
        Expr::Call(_)
        | Expr::Comprehension(_)
        | Expr::List(_)
        | Expr::Literal(_)
        | Expr::Map(_)
        | Expr::Struct(_)
        | Expr::Unspecified => None,
    }
}

fn library(target: &IdedExpr) -> Option<&'static [Signature]> {
    let Expr::Ident(name) = &target.expr else {
        return None;
    };
    LIBRARIES
        .iter()
        .find(|(library, _)| library == name)
        .map(|(_, functions)| *functions)
}

/// Operators, and what the extensions' macros become, have names that no source text can spell.
fn is_internal(function: &str) -> bool {
    !function
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

/// `optMap` and `sortBy` bind a name in the form of a comprehension that never turns.
fn binds_only(comprehension: &ComprehensionExpr) -> bool {
    matches!(&comprehension.loop_cond.expr,
        Expr::Literal(LiteralValue::Boolean(truth)) if !truth.inner())
}
