//! `screenpop-admin erase`: one customer's local data goes from this computer (rule P4).
//!
//! Rows are found by a key that only the app has, so the app erases; this asks it, by a file in the
//! profile's folder, and says what was erased. The CRM is not touched.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use pop_store::erasing::{EraseRequest, Erased, answer_to, request, withdraw};

use crate::fault::Fault;

const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Erases what this computer keeps of one customer; the CRM is not touched.
///
/// The app has to run as the same person, with its keychain open: it does the erasing and is not
/// disturbed by it. A customer who is on a card is not erased.
#[derive(Args)]
pub(crate) struct Erase {
    /// The profile's data folder, in which `store.db` lies.
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    /// The connection that knows the customer, by its name in the settings.
    #[arg(long, value_name = "NAME")]
    connection: String,
    /// The customer's id there.
    #[arg(long, value_name = "ID")]
    customer: String,
    /// Also gives up what waits to be sent for the customer; it never reaches the CRM.
    #[arg(long)]
    unsent: bool,
    /// How many seconds to wait for the app.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    wait: u64,
    /// Prints the counts as JSON.
    #[arg(long)]
    json: bool,
}

impl Erase {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let wanted = EraseRequest {
            id: id()?,
            connection: self.connection.clone(),
            customer: self.customer.clone(),
            unsent: self.unsent,
        };
        let file = |source| Fault::NotWritten {
            path: self.data.clone(),
            source,
        };
        if !self.data.join("store.db").is_file() {
            return Err(Fault::NoProfile(self.data.clone()));
        }
        request(&self.data, &wanted).map_err(file)?;
        let begun = Instant::now();
        let answer = loop {
            if let Some(answer) = answer_to(&self.data, &wanted.id).map_err(file)? {
                break answer;
            }
            if begun.elapsed() >= Duration::from_secs(self.wait) {
                withdraw(&self.data).map_err(file)?;
                return Err(Fault::NotErased(
                    "no app answered: Screenpop has to run as the same person, with its keychain \
                     open"
                        .to_owned(),
                ));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        };
        let erased = answer.result.map_err(|why| Fault::NotErased(told(why)))?;
        if self.json {
            let json = serde_json::to_value(&erased).map_err(std::io::Error::other)?;
            return Ok(writeln!(out, "{json:#}")?);
        }
        write_erased(&erased, out)
    }
}

fn told(why: String) -> String {
    match why.as_str() {
        "on_card" => "the customer is on a card: close it first".to_owned(),
        "no_keychain" => "the app has no keychain, so it keeps nothing on this computer".to_owned(),
        _ => why,
    }
}

fn write_erased(erased: &Erased, out: &mut impl Write) -> Result<(), Fault> {
    let rows = [
        ("interactions in the history", erased.history),
        ("copies of what the CRM told", erased.copies),
        ("drafts", erased.drafts),
        ("pins", erased.pins),
        ("writes that were over", erased.sent),
        ("writes given up unsent", erased.discarded),
        ("audit lines that tell of nobody now", erased.audit),
    ];
    writeln!(out, "erased:")?;
    for (what, count) in rows {
        writeln!(out, "  {count:>6}  {what}")?;
    }
    if !erased.waits.is_empty() {
        writeln!(out, "still waits to be sent (--unsent gives it up):")?;
        for (id, kind) in &erased.waits {
            writeln!(out, "  {id}  {kind}")?;
        }
    }
    Ok(())
}

fn id() -> Result<String, Fault> {
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random).map_err(|_| Fault::NoRandomness)?;
    Ok(format!("{:016x}", u64::from_be_bytes(random)))
}
