//! `screenpop-admin connect`: from one sample to a file that loads.
//!
//! One answer of a CRM becomes a definition, one webhook body a mapping, each with the sample as its
//! test. The proposal is loaded and its test run before it is written; a person reviews it. What is
//! not said on the command line is asked for where somebody sits there.

mod crm;
mod sample;
mod webhook;

use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_crm::Definition;
use pop_source::delivery::Delivery;
use pop_source::mapping::{Mapping, Notes, told};
use serde_json::Value;

use crate::bundle::write;
use crate::fault::Fault;

/// The time at which samples come in, as the tests of mappings have it.
const RECEIVED: &str = "2026-01-06T15:57:42Z";

/// Proposes a definition or a mapping from one sample, with the sample as its test.
#[derive(Args)]
pub(crate) struct Connect {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Crm(Crm),
    Webhook(Webhook),
}

/// From one answer of a CRM: how a customer is found, and what of the answer is what.
#[derive(Args)]
struct Crm {
    /// The answer, in JSON; `-` reads what is pasted.
    #[arg(value_name = "ANSWER")]
    sample: PathBuf,
    /// The definition's id: small letters, digits and `-`.
    #[arg(long)]
    id: Option<String>,
    /// The request that it answers, such as `GET /people?phone={phone.e164}`.
    #[arg(long, value_name = "REQUEST")]
    call: Option<String>,
    /// What is found by.
    #[arg(long, value_enum, default_value_t = By::Phone)]
    by: By,
    /// A record's page in the browser, such as `https://{setting.host}/people/{customer.id}`.
    #[arg(long, value_name = "ADDRESS")]
    page: Option<String>,
    /// The path that says who we are: the connection test.
    #[arg(long, default_value = "/me", value_name = "PATH")]
    me: String,
    /// The header that signs in.
    #[arg(
        long,
        default_value = "Authorization: Bearer {secret}",
        value_name = "FIELD"
    )]
    header: String,
    /// The definition's file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// From one webhook body: what it means, and who the agent and the customer are said to be.
#[derive(Args)]
struct Webhook {
    /// The body, in JSON; `-` reads what is pasted.
    #[arg(value_name = "BODY")]
    sample: PathBuf,
    /// The mapping's id: small letters, digits and `-`.
    #[arg(long)]
    id: Option<String>,
    /// What happens on, such as `voice` or `chat`.
    #[arg(long, default_value = "voice")]
    channel: String,
    /// What a word of the platform means, such as `ringing=offered`; more than once for several.
    #[arg(long, value_name = "WORD=MEANING", value_parser = meaning)]
    means: Vec<(String, String)>,
    /// The mapping's file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    /// The record's id.
    Id,
    /// The organisation's own number of the customer.
    ExternalId,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
}

impl Connect {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        match &self.command {
            Command::Crm(crm) => crm.run(out),
            Command::Webhook(webhook) => webhook.run(out),
        }
    }
}

impl Crm {
    fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let (_, answer) = sample(&self.sample)?;
        let id = asked(self.id.as_ref(), "--id", "An id for it, such as lighthouse")?;
        let (field, value) = self.header.split_once(':').unwrap_or((&self.header, ""));
        let proposal = crm::Asked {
            name: titled(&id),
            call: asked(
                self.call.as_ref(),
                "--call",
                "The request that this answers",
            )?,
            me: self.me.clone(),
            by: match self.by {
                By::Id => "id",
                By::ExternalId => "external_id",
                By::Email => "email",
                By::Phone => "phone",
            },
            page: asked(
                self.page.as_ref(),
                "--page",
                "A record's page, with {customer.id}",
            )?,
            header: (field.trim().to_owned(), value.trim().to_owned()),
            id,
        };
        let (text, missing) = crm::proposed(&proposal, &answer).map_err(Fault::Sample)?;
        let file = format!("{}.toml", proposal.id);
        let faults = match Definition::load_own(&file, &text, &[]) {
            Ok(definition) => Arc::new(definition).run_examples(),
            Err(faults) => faults,
        };
        deliver(&self.out, &text, &missing, &faults, out)?;
        match faults.len() {
            0 => Ok(()),
            count => Err(Fault::Definition { count }),
        }
    }
}

impl Webhook {
    fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let (text, body) = sample(&self.sample)?;
        let id = asked(self.id.as_ref(), "--id", "An id for it, such as acme-phone")?;
        let proposal = webhook::Told {
            name: titled(&id),
            channel: self.channel.clone(),
            means: self.means.clone(),
            id,
        };
        let (mut proposed, missing) = webhook::proposed(&proposal, &body).map_err(Fault::Sample)?;
        let file = self.out.display().to_string();
        // A mapping without a sample is none: until it is known what comes of this one, nothing does.
        let quiet = format!(
            "{proposed}\n[[sample]]\nname = \"this one\"\nbody = {}\nignored = \"event\"\n",
            sample::quoted(text.trim())
        );
        let faults = match Mapping::load(&file, &quiet) {
            Ok(mapping) => {
                proposed.push_str(&self.tried(&mapping, &text)?);
                match Mapping::load(&file, &proposed) {
                    Ok(mapping) => mapping.check(),
                    Err(found) => found,
                }
            }
            Err(found) => found,
        };
        deliver(&self.out, &proposed, &missing, &faults, out)?;
        match faults.len() {
            0 => Ok(()),
            count => Err(Fault::Mapping { count }),
        }
    }

    /// The body as a sample, with what comes of it.
    fn tried(&self, mapping: &Mapping, body: &str) -> Result<String, Fault> {
        let delivery = Delivery {
            headers: &[],
            body: body.as_bytes(),
            received: Moment::parse(RECEIVED).unwrap_or_default(),
            url: "",
        };
        let read = mapping.read(&delivery, &Notes::default(), &PhoneRules::default());
        let read = read.map_err(|source| Fault::Unreadable {
            path: self.sample.clone(),
            file: self.out.clone(),
            source,
        })?;
        let body = sample::quoted(body.trim());
        let mut text =
            format!("\n[[sample]]\nname = \"the one it was made from\"\nbody = {body}\n");
        for event in &read.events {
            text.push_str("[[sample.events]]\n");
            for (name, value) in told(event).as_object().into_iter().flatten() {
                let value = toml::Value::try_from(value).map_err(io::Error::other)?;
                text.extend([&**name, " = ", &value.to_string(), "\n"]);
            }
        }
        Ok(text)
    }
}

fn deliver(
    path: &Path,
    text: &str,
    missing: &[String],
    faults: &[pop_core::file::fault::LoadFault],
    out: &mut impl Write,
) -> Result<(), Fault> {
    if path.exists() {
        return Err(Fault::Exists(path.to_owned()));
    }
    write(path, text)?;
    writeln!(out, "{}: proposed; review every line", path.display())?;
    for missing in missing {
        writeln!(out, "# not in the sample: {missing}")?;
    }
    faults
        .iter()
        .try_for_each(|fault| writeln!(out, "{fault}"))?;
    Ok(())
}

/// The sample as it is, and as JSON.
fn sample(path: &Path) -> Result<(String, Value), Fault> {
    let text = if path == Path::new("-") {
        if io::stdin().is_terminal() {
            // Nobody is helped by an error here.
            let _ = writeln!(io::stderr(), "Paste the sample, then Ctrl-D:");
        }
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(path)
    };
    let text = text.map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })?;
    let value = serde_json::from_str(&text)
        .map_err(|error| Fault::Sample(format!("JSON, and not this: {error}")))?;
    Ok((text, value))
}

/// What was said on the command line, or is said now by whoever sits there.
fn asked(given: Option<&String>, option: &str, question: &str) -> Result<String, Fault> {
    if let Some(given) = given {
        return Ok(given.clone());
    }
    if !io::stdin().is_terminal() {
        return Err(Fault::Sample(format!("{option}: {question}")));
    }
    // The answer is awaited on the same line.
    let _ = write!(io::stderr(), "{question}: ");
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    match line.trim() {
        "" => Err(Fault::Sample(format!("{option}: {question}"))),
        line => Ok(line.to_owned()),
    }
}

/// A name for people, from an id.
fn titled(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let mut signs = word.chars();
        let first = signs.next().map(|sign| sign.to_ascii_uppercase());
        first.into_iter().chain(signs).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn meaning(text: &str) -> Result<(String, String), String> {
    let words = [
        "offered",
        "accepted",
        "updated",
        "declined",
        "transferred",
        "ended",
    ];
    match text.split_once('=') {
        Some((word, means)) if words.contains(&means) => Ok((word.to_owned(), means.to_owned())),
        Some(_) | None => Err(format!(
            "expected a word, `=`, and one of {}",
            words.join(", ")
        )),
    }
}
