//! `screenpop-admin import`: addresses that a softphone opens, as links of ours.
//!
//! What could not be carried over is said, one line each; nothing is guessed.

mod address;
mod products;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::fault::Fault;
use address::{Carried, Known};
use products::Product;

/// Turns the addresses that a softphone opens into links for a bundle, and says what could not be
/// carried over.
#[derive(Args)]
pub(crate) struct Import {
    /// Whose addresses they are.
    #[arg(value_name = "PRODUCT")]
    from: Product,
    /// The addresses as they stand in the product's settings.
    #[arg(value_name = "ADDRESS", required_unless_present = "file")]
    addresses: Vec<String>,
    /// A file with one address on each line.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The name of the bundle's connection.
    #[arg(long, default_value = "crm", value_name = "NAME")]
    connection: String,
    /// A variable of yours that holds the customer's id in the CRM; more than once for several.
    #[arg(long, value_name = "VARIABLE")]
    customer_id: Vec<String>,
    /// A variable of yours that holds the id of a case; more than once for several.
    #[arg(long, value_name = "VARIABLE")]
    case_id: Vec<String>,
    /// One JSON object for each address, for other programs.
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let mut addresses = self.addresses.clone();
        if let Some(path) = &self.file {
            let text = fs::read_to_string(path).map_err(|source| Fault::File {
                path: path.clone(),
                source,
            })?;
            let lines = text.lines().map(str::trim);
            let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
            addresses.extend(lines.map(str::to_owned));
        }
        let known = Known {
            customer: self.customer_id.clone(),
            case: self.case_id.clone(),
        };
        let all = addresses.iter();
        let all: Vec<Carried> = all.map(|it| Carried::of(self.from, it, &known)).collect();
        if self.json {
            for carried in &all {
                let told = serde_json::to_string(carried).map_err(std::io::Error::other)?;
                writeln!(out, "{told}")?;
            }
            return Ok(());
        }
        self.fragment(&all, out)?;
        for carried in all.iter().filter(|it| !it.lost.is_empty()) {
            writeln!(out, "# Not carried over from {}", carried.from)?;
            for lost in &carried.lost {
                writeln!(out, "#   {lost}")?;
            }
        }
        Ok(writeln!(
            out,
            "# So that Screenpop hears of the call, enter there: {}",
            self.from.instead()
        )?)
    }

    /// What goes into the bundle, as it stands there.
    fn fragment(&self, all: &[Carried], out: &mut impl Write) -> Result<(), Fault> {
        let mut links: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut hosts: Vec<&str> = Vec::new();
        for carried in all {
            let Some((record, template)) = carried.record.zip(carried.template.as_deref()) else {
                continue;
            };
            links.entry(record).or_default().push(template);
            let host = carried.host.as_deref();
            hosts.extend(host.filter(|host| !hosts.contains(host)));
        }
        if links.is_empty() {
            return Ok(writeln!(out, "# Nothing could be carried over")?);
        }
        writeln!(out, "[connections.{}]", self.connection)?;
        writeln!(out, "overlay = '''\n[link]\nwithin = {}", list(&hosts))?;
        for (record, templates) in links {
            writeln!(out, "{record} = {}", list(&templates))?;
        }
        Ok(writeln!(out, "'''")?)
    }
}

fn list(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    format!("[{}]", texts.join(", "))
}
