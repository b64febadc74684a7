//! The page and the charts of the documentation, made from the report: nobody copies a number.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use plotters::prelude::*;
use serde_json::{Map, Value};

use crate::machine;
use crate::report::MACHINE;

const SIZE: (u32, u32) = (640, 320);
const INK: RGBColor = RGBColor(60, 66, 82);
const LINE: RGBColor = RGBColor(47, 92, 198);
const MISSED: RGBColor = RGBColor(190, 60, 50);

/// A measure as the report has it.
struct Entry<'r> {
    name: &'r str,
    value: f64,
    unit: &'r str,
    goal: Option<f64>,
    higher: bool,
    /// Median and what nine in ten lie between.
    spread: Option<[f64; 3]>,
}

/// What grows, and by how much of what.
struct Growth<'r> {
    what: &'r str,
    points: Vec<(f64, [f64; 3])>,
}

pub(crate) fn write(report: &Map<String, Value>, docs: &Path) -> Result<(), Box<dyn Error>> {
    let entries: Vec<_> = report.iter().filter_map(entry).collect();
    if entries.is_empty() {
        return Err("nothing was measured yet: cargo xtask bench".into());
    }
    if !report.get(MACHINE).is_some_and(machine::is_shipped) {
        return Err("the report is not of the build that is shipped: cargo xtask bench".into());
    }
    let charts = docs.join("bench");
    fs::create_dir_all(&charts)?;
    let growths = growths(&entries);
    for growth in &growths {
        chart(growth, &charts.join(file(growth.what)))?;
    }
    promised(&entries, &charts.join("promised.svg"))?;
    let page = page(report, &entries, &growths)?;
    fs::write(docs.join("bench.md"), page)?;
    Ok(())
}

fn entry<'r>((name, value): (&'r String, &'r Value)) -> Option<Entry<'r>> {
    let spread = value.get("spread").and_then(Value::as_array);
    let spread: Option<Vec<f64>> = spread.map(|it| it.iter().filter_map(Value::as_f64).collect());
    Some(Entry {
        name,
        value: value.get("value")?.as_f64()?,
        unit: value.get("unit")?.as_str()?,
        goal: value.get("goal").and_then(Value::as_f64),
        higher: value.get("better").is_some_and(|it| it == "higher"),
        spread: spread.and_then(|it| it.try_into().ok()),
    })
}

/// Measures whose names end in a number, by what stands before it.
fn growths<'r>(entries: &[Entry<'r>]) -> Vec<Growth<'r>> {
    let mut growths: Vec<Growth<'r>> = Vec::new();
    for entry in entries {
        let Some((what, spread, number)) = place(entry) else {
            continue;
        };
        match growths.iter_mut().find(|growth| growth.what == what) {
            Some(growth) => growth.points.push((number, spread)),
            None => growths.push(Growth {
                what,
                points: vec![(number, spread)],
            }),
        }
    }
    growths
}

fn place<'r>(entry: &Entry<'r>) -> Option<(&'r str, [f64; 3], f64)> {
    let (what, number) = entry.name.rsplit_once(": ")?;
    Some((what, entry.spread?, number.parse().ok()?))
}

/// The first words, as the name of a file.
fn file(what: &str) -> String {
    let words = what.split([' ', ',']).take(2).map(str::to_lowercase);
    words.collect::<Vec<_>>().join("-") + ".svg"
}

/// Medians as a line, and a bar for what nine in ten lie between.
fn chart(growth: &Growth<'_>, to: &Path) -> Result<(), Box<dyn Error>> {
    let place = |(number, _): &(f64, [f64; 3])| *number;
    let least = growth.points.iter().map(place).fold(f64::MAX, f64::min);
    let most = growth.points.iter().map(place).fold(0.0, f64::max);
    let highest = growth.points.iter().map(|(_, [_, _, high])| *high);
    let highest = highest.fold(0.0, f64::max) * 1.15;
    let root = SVGBackend::new(to, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .caption(format!("{} (ms)", growth.what), ("sans-serif", 17, &INK))
        .margin(14)
        .x_label_area_size(30)
        .y_label_area_size(56)
        .build_cartesian_2d((least..most.max(least * 2.0)).log_scale(), 0.0..highest)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .axis_style(INK.mix(0.4))
        .label_style(("sans-serif", 13, &INK))
        .x_labels(6)
        .x_label_formatter(&|number| format!("{number:.0}"))
        .y_labels(5)
        .draw()?;
    let medians = growth
        .points
        .iter()
        .map(|(number, [median, ..])| (*number, *median));
    chart.draw_series(LineSeries::new(medians.clone(), LINE.stroke_width(2)))?;
    chart.draw_series(medians.map(|point| Circle::new(point, 4, LINE.filled())))?;
    let bars = growth.points.iter().map(|(number, [_, low, high])| {
        PathElement::new(vec![(*number, *low), (*number, *high)], INK.mix(0.6))
    });
    chart.draw_series(bars)?;
    root.present()?;
    Ok(())
}

/// What was promised: how much of each limit is used.
fn promised(entries: &[Entry<'_>], to: &Path) -> Result<(), Box<dyn Error>> {
    let used: Vec<_> = entries
        .iter()
        .filter_map(|it| Some((it.name, used(it)?)))
        .collect();
    if used.is_empty() {
        return Ok(());
    }
    let height = 70 + 22 * u32::try_from(used.len())?;
    let root = SVGBackend::new(to, (760, height)).into_drawing_area();
    root.fill(&WHITE)?;
    let dark = ("sans-serif", 13).into_font().color(&INK);
    let title = ("sans-serif", 17).into_font().color(&INK);
    root.draw(&Text::new(
        "Used of what was promised; the line is the limit",
        (14, 14),
        title,
    ))?;
    for (row, (name, part)) in (0_i32..).zip(&used) {
        let top = 46 + 22 * row;
        #[expect(clippy::cast_possible_truncation, reason = "a width in pixels")]
        let width = (part.min(1.4) * 220.0) as i32;
        let colour = if *part <= 1.0 { LINE } else { MISSED };
        root.draw(&Text::new((*name).to_owned(), (14, top), dark.clone()))?;
        let bar = [(420, top), (420 + width.max(1), top + 13)];
        root.draw(&Rectangle::new(bar, colour.filled()))?;
    }
    let bottom = i32::try_from(height)? - 18;
    root.draw(&PathElement::new(
        vec![(640, 40), (640, bottom)],
        INK.stroke_width(1),
    ))?;
    root.present()?;
    Ok(())
}

fn used(entry: &Entry<'_>) -> Option<f64> {
    let goal = entry.goal.filter(|goal| *goal > 0.0)?;
    Some(if entry.higher {
        goal / entry.value
    } else {
        entry.value / goal
    })
}

fn page(
    report: &Map<String, Value>,
    entries: &[Entry<'_>],
    growths: &[Growth<'_>],
) -> Result<String, std::fmt::Error> {
    let mut page = String::from(
        "# What was measured\n\n\
         Made by `cargo xtask bench --publish` from the last `cargo xtask bench`; nobody copied a \
         number. Where there are samples, their median stands beside what nine in ten lie between.\n\n",
    );
    for (what, said) in report
        .get(MACHINE)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        writeln!(page, "- {what}: {}", said.as_str().unwrap_or_default())?;
    }
    page.push_str("\n## Promised\n\n![Used of what was promised](bench/promised.svg)\n\n");
    table(&mut page, entries.iter().filter(|it| it.goal.is_some()))?;
    page.push_str("\n## How cost grows\n");
    for Growth { what, points } in growths {
        writeln!(page, "\n![{what}](bench/{})\n", file(what))?;
        page.push_str("| how many | median, ms | nine in ten, ms |\n|---:|---:|---|\n");
        for (number, [median, low, high]) in points {
            writeln!(page, "| {number} | {median:.3} | {low:.3} – {high:.3} |")?;
        }
    }
    page.push_str("\n## For comparison\n\n");
    let other = entries
        .iter()
        .filter(|it| it.goal.is_none() && place(it).is_none());
    table(&mut page, other)?;
    Ok(page)
}

fn table<'e, 'r: 'e>(
    page: &mut String,
    entries: impl Iterator<Item = &'e Entry<'r>>,
) -> std::fmt::Result {
    page.push_str("| measure | value | goal | | median, nine in ten |\n|---|---:|---:|---|---|\n");
    for entry in entries {
        let Entry {
            name,
            value,
            unit,
            goal,
            higher,
            spread,
        } = entry;
        let bound = if *higher { "≥" } else { "≤" };
        let goal = goal.map_or(String::new(), |goal| format!("{bound} {goal:.2}"));
        let met = match used(entry) {
            Some(part) if part <= 1.0 => "met",
            Some(_) => "**missed**",
            None => "",
        };
        let spread = spread.map_or(String::new(), |[median, low, high]| {
            format!("{median:.3}, {low:.3} – {high:.3}")
        });
        writeln!(
            page,
            "| {name} | {value:.2} {unit} | {goal} | {met} | {spread} |"
        )?;
    }
    Ok(())
}
