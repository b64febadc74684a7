//! The page alone, in a browser: what filling the fullest card costs, and what stays of many cards.
//! `cargo xtask bench` has it measured first; here its numbers are read.

use std::error::Error;
use std::fs;

use serde_json::Value;

use crate::report::{Measure, quantile};

/// Where the gallery's measure leaves its numbers.
const FOUND: &str = "target/bench/page.json";

pub(crate) fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let text = fs::read_to_string(FOUND).map_err(|error| format!("{FOUND}: {error}"))?;
    let page: Value = serde_json::from_str(&text)?;
    let floor = quantile(&mut times(&page, "floor")?, 0.5);
    let mut full = times(&page, "full")?;
    let mut full = |part: f64| quantile(&mut full, part);
    let bytes = |name: &str| {
        page.get(name)
            .and_then(Value::as_f64)
            .ok_or(name.to_owned())
    };
    Ok(vec![
        Measure::only("page: one word of a full card, p50 (floor)", floor, "ms"),
        Measure::only(
            "page: 50 cases and 200 activities, view to painted, p50",
            full(0.5),
            "ms",
        ),
        Measure::at_most(
            "page: 50 cases and 200 activities over the floor, p95",
            full(0.95) - floor,
            "ms",
            16.7,
        ),
        Measure::only(
            "page: heap kept after 500 cards came and went",
            (bytes("heap_after")? - bytes("heap_before")?) / 1e6,
            "MB",
        ),
    ])
}

/// Times in milliseconds.
fn times(page: &Value, name: &str) -> Result<Vec<f64>, String> {
    let times = page.get(name).and_then(Value::as_array);
    let times = times.ok_or_else(|| format!("{FOUND} has no {name}"))?;
    Ok(times.iter().filter_map(Value::as_f64).collect())
}
