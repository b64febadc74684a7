//! What the app holds in memory, beside the same page in a window of Chromium.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use pop_tests::desktop::{Desktop, wait_until};
use pop_tests::site::{Page, Site};
use pop_tests::surfer::Surfer;

use crate::report::Measure;
use crate::window::megabytes;

/// What of a process's memory is its own.
const PRIVATE: [&str; 2] = ["Private_Clean:", "Private_Dirty:"];

/// The same page on invented data; built by `cargo xtask bench`.
const PAGE: &str = "ui/dist-fake";

/// How long each has to come to rest.
const SETTLED_AFTER: Duration = Duration::from_secs(5);

/// How long Chromium may take until it asks for the page.
const COMES_UP_WITHIN: Duration = Duration::from_mins(1);

/// The app at rest, and the tree of its processes beside Chromium's.
pub(crate) fn idle(process: u32, desktop: &Desktop) -> Result<Vec<Measure>, Box<dyn Error>> {
    settle()?;
    let own = private(process)?;
    let tree = shared_out(process)?;
    let chromium = chromium(desktop)?;
    Ok(vec![
        Measure::at_most(
            "private memory of the own process, idle",
            megabytes(own),
            "MB",
            60.0,
        ),
        Measure::only(
            "memory of the process tree (PSS), window shown",
            megabytes(tree),
            "MB",
        ),
        Measure::only(
            "memory of the process tree (PSS), the same page in Chromium --app",
            megabytes(chromium),
            "MB",
        ),
        Measure::at_most(
            "memory of the process tree beside Chromium's",
            megabytes(tree) / megabytes(chromium),
            "x",
            0.85,
        ),
    ])
}

/// What is the process's own, in bytes.
pub(crate) fn private(process: u32) -> Result<u64, Box<dyn Error>> {
    sum(process, &PRIVATE)
}

fn chromium(desktop: &Desktop) -> Result<u64, Box<dyn Error>> {
    let pages = pages(Path::new(PAGE))?;
    let (asks, asked) = channel();
    let site = Site::answering(move |seen| {
        let page = pages.iter().find(|page| page.path == seen.path)?;
        if page.kind == "text/javascript" {
            // Nobody waits for the second one any more.
            let _ = asks.send(());
        }
        Some((page.kind, page.text.clone()))
    })?;
    let surfer = Surfer::app(desktop, &format!("{}/fake.html#idle", site.url()))?;
    // Where it was not started of late it may take longer to come up than everything to settle.
    asked
        .recv_timeout(COMES_UP_WITHIN)
        .map_err(|_| format!("Chromium did not ask for the page within {COMES_UP_WITHIN:?}"))?;
    settle()?;
    shared_out(surfer.id())
}

/// The files of the page.
fn pages(folder: &Path) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for place in ["", "assets"] {
        let place = folder.join(place);
        let listed =
            fs::read_dir(&place).map_err(|error| format!("{}: {error}", place.display()))?;
        for path in listed.filter_map(Result::ok).map(|entry| entry.path()) {
            let extension = path.extension().and_then(|it| it.to_str());
            let kind = match extension {
                Some("html") => "text/html",
                Some("js") => "text/javascript",
                Some("css") => "text/css",
                _ => continue,
            };
            let below = path.strip_prefix(folder)?;
            pages.push(Page {
                path: format!("/{}", below.display()),
                kind,
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(pages)
}

fn settle() -> Result<(), Box<dyn Error>> {
    let settled = Instant::now() + SETTLED_AFTER;
    wait_until("everything to settle", SETTLED_AFTER * 2, || {
        Ok((Instant::now() >= settled).then_some(()))
    })?;
    Ok(())
}

/// What the process and its children hold, each page by its share, in bytes.
fn shared_out(process: u32) -> Result<u64, Box<dyn Error>> {
    let mut tree = sum(process, &["Pss:"])?;
    for child in descendants(process)? {
        tree += sum(child, &["Pss:"]).unwrap_or(0);
    }
    Ok(tree)
}

/// The sum of some lines of a process's memory, in bytes.
fn sum(process: u32, names: &[&str]) -> Result<u64, Box<dyn Error>> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let kilobytes: u64 = rollup
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)))
        .filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .sum();
    Ok(kilobytes * 1_024)
}

fn descendants(process: u32) -> Result<Vec<u32>, Box<dyn Error>> {
    let mut found = vec![process];
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc")?.filter_map(Result::ok) {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        let Ok(status) = fs::read_to_string(entry.path().join("status")) else {
            continue;
        };
        let parent = status
            .lines()
            .find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok());
        all.extend(parent.map(|parent: u32| (id, parent)));
    }
    loop {
        let more: Vec<u32> = all
            .iter()
            .filter(|(id, parent)| found.contains(parent) && !found.contains(id))
            .map(|(id, _)| *id)
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found.retain(|id| *id != process);
    Ok(found)
}
