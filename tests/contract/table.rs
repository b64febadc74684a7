//! The page `docs/crms.md`: which check holds for which connection.

use std::fs;
use std::io;
use std::path::Path;

use tokio::runtime::Runtime;

use crate::{checks, sign_in};
use pop_tests::connections::{self, Start, Vendor};

const HEAD: &str = "\
# CRMs: what is checked for each

Generated from the contract suite by `cargo xtask generate`; do not edit. Each check runs against
the connection over real HTTP: the embedded CRM for `rest`, a double of the vendor, written from the
vendor's documentation, for all others. ✓: checked. –: the connection does not offer it. Whether a
check runs follows from what the connection says it can do, never from its name.

What an admin registers in each CRM, and what could not be verified without an account there, is in
[crm-setup.md](crm-setup.md); how to add a CRM is in
[connect-your-own-crm.md](connect-your-own-crm.md).
";

/// Writes the page: a cell says whether the check is run against the connection, or that the
/// connection does not offer the thing.
pub(crate) fn write(file: &Path) -> io::Result<()> {
    let runtime = Runtime::new()?;
    let started = |start: fn(&Vendor) -> Start| {
        let all = connections::ALL.iter();
        all.map(|vendor| runtime.block_on(start(vendor)()))
            .collect::<Vec<_>>()
    };
    let usual = started(|vendor| vendor.start);
    let by_browser = started(|vendor| vendor.by_browser.unwrap_or(vendor.start));
    let ids: Vec<_> = connections::ALL.iter().map(|vendor| vendor.id).collect();
    let mut lines = vec![HEAD.trim_end().to_owned()];
    let mut group = "";
    for check in checks::all() {
        if check.group != group {
            group = check.group;
            lines.extend([String::new(), format!("### {group}"), String::new()]);
            lines.push(format!("| check | {} |", ids.join(" | ")));
            lines.push(format!("|---{}|", "|---".repeat(ids.len())));
        }
        let subjects = if group == sign_in::GROUP {
            &by_browser
        } else {
            &usual
        };
        let cells: Vec<_> = subjects
            .iter()
            .map(|subject| {
                if (check.applies)(subject) {
                    "✓"
                } else {
                    "–"
                }
            })
            .collect();
        let name = check.name.replace('_', " ");
        lines.push(format!("| {name} | {} |", cells.join(" | ")));
    }
    lines.push(String::new());
    fs::write(file, lines.join("\n"))
}
