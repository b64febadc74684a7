//! JSON into the interpreter's values and back. Integers keep their digits up to `u64`; what JSON
//! cannot say (bytes, types, infinite numbers) is a wrong type.

use std::collections::HashMap;

use cel::common::{
    types::{
        CelBool, CelBytes, CelDouble, CelInt, CelList, CelMap, CelMapKey, CelNull, CelOptional,
        CelString, CelUInt,
    },
    value::Val,
};
use serde_json::{Map, Number, Value};

use super::NoValue;

/// The interpreter's value for a JSON value.
pub(super) fn from_json(value: &Value) -> Box<dyn Val> {
    match value {
        Value::Null => Box::new(CelNull),
        Value::Bool(truth) => Box::new(CelBool::from(*truth)),
        Value::Number(number) => from_number(number),
        Value::String(text) => Box::new(CelString::from(text.clone())),
        Value::Array(items) => Box::new(CelList::from(
            items.iter().map(from_json).collect::<Vec<_>>(),
        )),
        Value::Object(members) => Box::new(CelMap::from(
            members
                .iter()
                .map(|(key, value)| (CelMapKey::from(key.clone()), from_json(value)))
                .collect::<HashMap<_, _>>(),
        )),
    }
}

fn from_number(number: &Number) -> Box<dyn Val> {
    if let Some(signed) = number.as_i64() {
        Box::new(CelInt::from(signed))
    } else if let Some(unsigned) = number.as_u64() {
        Box::new(CelUInt::from(unsigned))
    } else if let Some(double) = number.as_f64() {
        Box::new(CelDouble::from(double))
    } else {
        Box::new(CelString::from(number.to_string()))
    }
}

/// The JSON value of the interpreter's value. The keys of an object come in alphabetical order,
/// because the interpreter keeps none.
pub(super) fn to_json(value: &(dyn Val + '_)) -> Result<Value, NoValue> {
    if let Some(text) = value.downcast_ref::<CelString>() {
        Ok(Value::String(text.inner().to_owned()))
    } else if let Some(list) = value.downcast_ref::<CelList>() {
        let items = list.inner().iter().map(|item| to_json(item.as_ref()));
        items.collect::<Result<_, _>>().map(Value::Array)
    } else if let Some(map) = value.downcast_ref::<CelMap>() {
        object(map)
    } else if let Some(optional) = value.downcast_ref::<CelOptional>() {
        optional.inner().map_or(Err(NoValue::Absent), to_json)
    } else {
        scalar(value)
    }
}

fn object(map: &CelMap<'_>) -> Result<Value, NoValue> {
    let mut members = map
        .inner()
        .iter()
        .map(|(key, value)| Ok((key_text(key), to_json(value.as_ref())?)))
        .collect::<Result<Vec<_>, _>>()?;
    members.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

/// The text of a key.
pub(super) fn key_text(key: &CelMapKey<'_>) -> String {
    match key {
        CelMapKey::Bool(truth) => truth.inner().to_string(),
        CelMapKey::Int(signed) => signed.inner().to_string(),
        CelMapKey::UInt(unsigned) => unsigned.inner().to_string(),
        CelMapKey::String(text) => text.inner().to_owned(),
    }
}

fn scalar(value: &(dyn Val + '_)) -> Result<Value, NoValue> {
    if value.downcast_ref::<CelNull>().is_some() {
        Ok(Value::Null)
    } else if let Some(truth) = value.downcast_ref::<CelBool>() {
        Ok(Value::Bool(*truth.inner()))
    } else if let Some(signed) = value.downcast_ref::<CelInt>() {
        Ok((*signed.inner()).into())
    } else if let Some(unsigned) = value.downcast_ref::<CelUInt>() {
        Ok((*unsigned.inner()).into())
    } else if let Some(double) = value.downcast_ref::<CelDouble>() {
        let number = Number::from_f64(*double.inner());
        number
            .map(Value::Number)
            .ok_or_else(|| NoValue::WrongType("not a finite number".into()))
    } else if value.downcast_ref::<CelBytes>().is_some() {
        Err(NoValue::WrongType(
            "bytes are no value: string(…) or base64.encode(…)".into(),
        ))
    } else {
        Err(NoValue::WrongType(format!(
            "a {} is no value",
            value.get_type().name()
        )))
    }
}

/// The word for a value's type in a fault.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
