//! The language: CEL's standard library, the string, list, math and base64 extensions, and the
//! helpers that reading CRM answers needs. `first`, `present` and `days_since` are written with
//! plain names and become the `@`-names here when an expression is compiled.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU32, Ordering},
};

use cel::{
    DeclarationError, Env, ExecutionError,
    common::{
        types::{
            BOOL_TYPE, CelInt, CelList, CelNull, CelOptional, CelString, DYN_TYPE, LIST_TYPE,
            STRING_TYPE, Type,
        },
        value::{CowVal, StaticVal, Val},
    },
    extensions,
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::convert;
use crate::json;

/// Marks the error of `first` when none of its arguments has a value.
pub(super) const NOTHING: &str = "@first";
/// Marks the error of a comprehension that turned too often.
pub(super) const EXHAUSTED: &str = "@step";

/// A function's name, and the fewest and the most arguments it takes.
pub(super) type Signature = (&'static str, usize, usize);

/// Every function that is called by its plain name.
pub(super) const GLOBALS: &[Signature] = &[
    ("bool", 1, 1),
    ("bytes", 1, 1),
    ("days_since", 1, 1),
    ("double", 1, 1),
    ("dyn", 1, 1),
    ("first", 1, usize::MAX),
    ("from_json", 1, 1),
    ("int", 1, 1),
    ("matches", 2, 2),
    ("present", 1, usize::MAX),
    ("size", 1, 1),
    ("string", 1, 1),
    ("type", 1, 1),
    ("uint", 1, 1),
];

/// Every function that is called on a value.
pub(super) const MEMBERS: &[Signature] = &[
    ("charAt", 1, 1),
    ("contains", 1, 1),
    ("distinct", 0, 0),
    ("endsWith", 1, 1),
    ("flatten", 0, 1),
    ("format", 1, 1),
    ("hasValue", 0, 0),
    ("indexOf", 1, 2),
    ("join", 0, 1),
    ("lastIndexOf", 1, 2),
    ("lowerAscii", 0, 0),
    ("matches", 1, 1),
    ("or", 1, 1),
    ("orValue", 1, 1),
    ("replace", 2, 3),
    ("reverse", 0, 0),
    ("size", 0, 0),
    ("slice", 2, 2),
    ("sort", 0, 0),
    ("split", 1, 2),
    ("startsWith", 1, 1),
    ("substring", 1, 2),
    ("trim", 0, 0),
    ("upperAscii", 0, 0),
    ("value", 0, 0),
];

/// Every function that is called with its library's name in front. `lists.range` is left out:
/// nothing that is read needs it, and it makes a million elements out of nothing.
pub(super) const LIBRARIES: &[(&str, &[Signature])] = &[
    ("base64", &[("decode", 1, 1), ("encode", 1, 1)]),
    (
        "math",
        &[
            ("abs", 1, 1),
            ("bitAnd", 2, 2),
            ("bitNot", 1, 1),
            ("bitOr", 2, 2),
            ("bitShiftLeft", 2, 2),
            ("bitShiftRight", 2, 2),
            ("bitXor", 2, 2),
            ("ceil", 1, 1),
            ("floor", 1, 1),
            ("isFinite", 1, 1),
            ("isInf", 1, 1),
            ("isNaN", 1, 1),
            ("round", 1, 1),
            ("sign", 1, 1),
            ("sqrt", 1, 1),
            ("trunc", 1, 1),
        ],
    ),
    (
        "optional",
        &[("none", 0, 0), ("of", 1, 1), ("ofNonZeroValue", 1, 1)],
    ),
    ("strings", &[("quote", 1, 1)]),
];

/// The names of types, which are values but not variables.
pub(super) const TYPES: &[&str] = &[
    "bool",
    "bytes",
    "double",
    "dyn",
    "int",
    "list",
    "map",
    "null_type",
    "optional_type",
    "string",
    "type",
    "uint",
];

/// The one environment every expression is compiled for and runs in.
pub(super) fn language() -> &'static Arc<Env> {
    static LANGUAGE: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(declared()));
    &LANGUAGE
}

#[expect(
    clippy::expect_used,
    reason = "the names are constants, and each is declared once"
)]
fn declared() -> Env {
    let mut env = Env::stdlib();
    declare(&mut env).expect("no name is declared twice");
    env
}

fn declare(env: &mut Env) -> Result<(), DeclarationError> {
    env.add_extension(extensions::strings)?;
    env.add_extension(extensions::lists)?;
    env.add_extension(extensions::math)?;
    env.add_extension(extensions::encoders)?;
    env.add_overload("@first", "first_list", vec![LIST_TYPE], first)?;
    env.add_overload("@present", "present_list", vec![LIST_TYPE], present)?;
    env.add_overload("@step", "step_dyn", vec![DYN_TYPE, DYN_TYPE], step)?;
    env.add_overload(
        "@days_since",
        "days_since_dyn",
        vec![DYN_TYPE, DYN_TYPE],
        days_since,
    )?;
    env.add_overload(
        "from_json",
        "from_json_string",
        vec![STRING_TYPE],
        from_json,
    )
}

type Answer<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

/// The error of a `first` of nothing.
pub(super) fn nothing() -> ExecutionError {
    ExecutionError::function_error(NOTHING, "no argument has a value")
}

fn first<'b, 'v>(mut arguments: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let list = arguments.pop().ok_or_else(nothing)?;
    values(list.as_ref())
        .next()
        .map(|value| CowVal::Owned(value.clone_as_boxed()))
        .ok_or_else(nothing)
}

fn present<'b, 'v>(mut arguments: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let list = arguments
        .pop()
        .ok_or_else(ExecutionError::missing_argument_or_target)?;
    let kept: Vec<Box<dyn Val + 'v>> = values(list.as_ref()).map(Val::clone_as_boxed).collect();
    Ok(CowVal::owned(CelList::from(kept)))
}

/// The elements that hold something: not null, not the empty text, not an empty optional.
fn values<'b, 'v>(list: &'b (dyn Val + 'v)) -> impl Iterator<Item = &'b (dyn Val + 'v)> {
    let elements = list
        .downcast_ref::<CelList>()
        .map_or(&[][..], CelList::inner);
    elements.iter().filter_map(|element| held(element.as_ref()))
}

/// The value if it holds something, or what an optional holds.
fn held<'b, 'v>(element: &'b (dyn Val + 'v)) -> Option<&'b (dyn Val + 'v)> {
    let value = match element.downcast_ref::<CelOptional>() {
        Some(optional) => optional.inner()?,
        None => element,
    };
    let is_null = value.downcast_ref::<CelNull>().is_some();
    let is_empty = value
        .downcast_ref::<CelString>()
        .is_some_and(|text| text.inner().is_empty());
    (!is_null && !is_empty).then_some(value)
}

/// The value if it holds something; one that lives elsewhere stays there.
pub(super) fn that_holds<'b, 'v>(value: CowVal<'b, 'v>) -> Option<CowVal<'b, 'v>> {
    match value {
        CowVal::Borrowed(value) => held(value).map(CowVal::Borrowed),
        CowVal::Owned(value) if value.downcast_ref::<CelOptional>().is_some() => {
            Some(CowVal::Owned(held(value.as_ref())?.clone_as_boxed()))
        }
        CowVal::Owned(value) => held(value.as_ref())
            .is_some()
            .then_some(CowVal::Owned(value)),
    }
}

fn from_json<'b, 'v>(mut arguments: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let refused = || ExecutionError::function_error("from_json", "not JSON");
    let text = arguments.pop().ok_or_else(refused)?;
    let text = text.downcast_ref::<CelString>().ok_or_else(refused)?;
    let value =
        json::parse(text.inner().as_bytes(), json::Limits::ANSWER).map_err(|_| refused())?;
    Ok(CowVal::Owned(convert::from_json(&value)))
}

fn days_since<'b, 'v>(arguments: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let refused = || ExecutionError::function_error("days_since", "not a time");
    let moment = |value: &CowVal<'b, 'v>| {
        value
            .downcast_ref::<CelString>()
            .and_then(|text| moment(text.inner()))
    };
    let [then, now] = arguments.as_slice() else {
        return Err(refused());
    };
    let (then, now) = (
        moment(then).ok_or_else(refused)?,
        moment(now).ok_or_else(refused)?,
    );
    let days = now.duration_since(then).as_secs().div_euclid(24 * 60 * 60);
    Ok(CowVal::owned(CelInt::from(days)))
}

/// A time with its offset, or a date or date and time, which are then taken as UTC.
fn moment(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().or_else(|| {
        let local = text.parse::<DateTime>().ok()?;
        local
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    })
}

/// Hands its second argument on, as long as the budget lasts.
fn step<'b, 'v>(mut arguments: Vec<CowVal<'b, 'v>>) -> Answer<'b, 'v> {
    let exhausted = || ExecutionError::function_error(EXHAUSTED, "too many turns");
    let value = arguments.pop().ok_or_else(exhausted)?;
    let budget = arguments.pop().ok_or_else(exhausted)?;
    let Some(Budget(left)) = budget.downcast_ref::<Budget>() else {
        return Err(exhausted());
    };
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
        left.checked_sub(1)
    })
    .map(|_| value)
    .map_err(|_| exhausted())
}

/// The turns that all comprehensions of one evaluation may still make.
pub(super) fn budget(steps: u32) -> Box<dyn Val> {
    Box::new(Budget(Arc::new(AtomicU32::new(steps))))
}

#[derive(Debug)]
struct Budget(Arc<AtomicU32>);

impl Val for Budget {
    fn get_type(&self) -> &Type {
        <Self as Val>::cel_type()
    }

    fn cel_type() -> &'static Type {
        &BOOL_TYPE
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v> {
        Box::new(Self(Arc::clone(&self.0)))
    }

    fn as_any(&self) -> Option<&dyn std::any::Any> {
        Some(self)
    }
}

impl StaticVal for Budget {}
