//! The page `docs/crms.md`: which check holds for which connection.

use std::fs;
use std::io;
use std::path::Path;

use tokio::runtime::Runtime;

use crate::checks;
use crate::offers::{self, Offer};

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
    let offers = offers::all(&runtime);
    let ids: Vec<_> = offers.iter().map(|offer| offer.vendor.id).collect();
    let mut lines = vec![HEAD.trim_end().to_owned()];
    let mut group = "";
    for (row, check) in checks::all().into_iter().enumerate() {
        if check.group != group {
            group = check.group;
            lines.extend([String::new(), format!("### {group}"), String::new()]);
            lines.push(format!("| check | {} |", ids.join(" | ")));
            lines.push(format!("|---{}|", "|---".repeat(ids.len())));
        }
        let mark = |offer: &Offer| if offer.checks[row].1 { "✓" } else { "–" };
        let cells: Vec<_> = offers.iter().map(mark).collect();
        let name = check.name.replace('_', " ");
        lines.push(format!("| {name} | {} |", cells.join(" | ")));
    }
    lines.push(String::new());
    fs::write(file, lines.join("\n"))
}
