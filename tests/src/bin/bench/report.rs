//! The table that people read and the file that machines read. What was measured before on the same
//! machine and not now stays in the file.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::machine;

/// The one entry that is no measure: where it was measured.
pub(crate) const MACHINE: &str = "machine";

/// One measured number beside what the architecture promises.
pub(crate) struct Measure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// `None`: printed for comparison, promised by nobody.
    pub(crate) goal: Option<f64>,
    pub(crate) better: Better,
    /// The median and what nine in ten samples lie between, where there are samples.
    pub(crate) spread: Option<[f64; 3]>,
}

/// Which way a number is to go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Lower,
    Higher,
}

impl Better {
    fn word(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Higher => "higher",
        }
    }

    fn meets(self, value: f64, goal: f64) -> bool {
        match self {
            Self::Lower => value <= goal,
            Self::Higher => value >= goal,
        }
    }
}

impl Measure {
    /// A promised number of which less is better.
    pub(crate) fn at_most(
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        goal: f64,
    ) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            goal: Some(goal),
            better: Better::Lower,
            spread: None,
        }
    }

    /// A promised number of which more is better.
    pub(crate) fn at_least(
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        goal: f64,
    ) -> Self {
        Self {
            better: Better::Higher,
            ..Self::at_most(name, value, unit, goal)
        }
    }

    /// A number for comparison.
    pub(crate) fn only(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            goal: None,
            better: Better::Lower,
            spread: None,
        }
    }

    /// The middle of samples, for comparison.
    pub(crate) fn median(name: impl Into<String>, samples: &mut [f64], unit: &'static str) -> Self {
        Self::only(name, quantile(samples, 0.5), unit).among(samples)
    }

    /// Says what the samples are like from which it was taken.
    pub(crate) fn among(self, samples: &mut [f64]) -> Self {
        let spread = [0.5, 0.05, 0.95].map(|part| quantile(samples, part));
        Self {
            spread: Some(spread),
            ..self
        }
    }
}

/// Prints the table and writes the report.
pub(crate) fn write(measures: &[Measure], to: &Path, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{:<44} {:>10} {:<6} {:>10}",
        "measure", "value", "unit", "goal"
    )?;
    let here = machine::describe();
    let mut report = read(to);
    if report.get(MACHINE) != Some(&here) {
        report.clear();
    }
    report.insert(MACHINE.to_owned(), here);
    for Measure {
        name,
        value,
        unit,
        goal,
        better,
        spread,
    } in measures
    {
        let (shown, met) = match goal {
            Some(goal) => (
                format!("{goal:.2}"),
                if better.meets(*value, *goal) {
                    "met"
                } else {
                    "MISSED"
                },
            ),
            None => ("-".to_owned(), ""),
        };
        writeln!(out, "{name:<44} {value:>10.2} {unit:<6} {shown:>10} {met}")?;
        let entry = json!({
            "value": value, "unit": unit, "goal": goal, "better": better.word(), "spread": spread,
        });
        report.insert(name.clone(), entry);
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(
        to,
        serde_json::to_string_pretty(&Value::Object(report))? + "\n",
    )?;
    writeln!(out, "\nwritten to {}", to.display())
}

/// What was measured so far; nothing where nothing was.
pub(crate) fn read(from: &Path) -> Map<String, Value> {
    let text = fs::read_to_string(from).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// The value below which this part of the samples lies, for example 0.95.
pub(crate) fn quantile(samples: &mut [f64], part: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let last = samples.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a place in a short list"
    )]
    let place = (last as f64 * part).round() as usize;
    samples.get(place).copied().unwrap_or(f64::NAN)
}
