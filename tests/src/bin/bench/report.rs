//! The table that people read and the file that machines read.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

/// One measured number beside what the architecture promises.
pub(crate) struct Measure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// `None`: printed for comparison, promised by nobody.
    pub(crate) goal: Option<f64>,
    pub(crate) better: Better,
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
    let mut report = Map::new();
    for Measure {
        name,
        value,
        unit,
        goal,
        better,
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
        let entry = json!({ "value": value, "unit": unit, "goal": goal, "better": better.word() });
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
