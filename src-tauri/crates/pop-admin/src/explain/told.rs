//! What is told of a dry run: as text for people and as JSON for programs.
//!
//! Identifiers are told by kind and by how far they can be trusted, never by value: what is pasted
//! into a ticket names nobody. Only with `--ask` customers and addresses are told.

use std::io::{self, Write};
use std::path::Path;

use pop_core::desk::Pop;
use pop_core::explain::{DryRun, Held, Section, Sign, Telling};
use pop_core::identifier::{Assurance, Kind};
use pop_core::interaction::Event;
use pop_core::language::Language;
use pop_core::profile::{ConnectionId, RecordKind};
use pop_crm::{Asks, Planned};
use pop_source::mapping::Why;
use pop_source::pasted::{Pasted, ReadBy};
use serde_json::{Value, json};

use crate::explain::Suppose;
use crate::explain::crms::{Crms, Line};

/// Everything that is told.
pub(crate) struct Told<'t> {
    pub(crate) file: &'t Path,
    pub(crate) read: &'t Pasted,
    pub(crate) asked: &'t [Line],
    /// Whether the CRMs were really asked.
    pub(crate) really: bool,
    pub(crate) suppose: Suppose,
    pub(crate) dry: &'t DryRun,
    pub(crate) crms: &'t Crms,
    pub(crate) held: Option<Held>,
}

/// The record that would open.
struct Opens {
    connection: String,
    label: String,
    record: &'static str,
    templates: Vec<String>,
    address: Option<Result<String, String>>,
}

impl Told<'_> {
    pub(crate) fn text(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_read(out)?;
        self.write_asked(out)?;
        for pop in self.dry.desk().pops() {
            writeln!(out, "\n{}", self.supposing())?;
            for section in self.sections(pop) {
                write_section(&section, out)?;
            }
            match self.opens(pop) {
                Some(opens) => write_opens(&opens, out)?,
                None => writeln!(out, "  Opens: nothing by itself")?,
            }
        }
        for (_, why) in self.dropped() {
            writeln!(out, "\nNo card: {why}")?;
        }
        Ok(())
    }

    pub(crate) fn json(&self) -> Value {
        let events = self.read.events.iter().map(event);
        let ignored = self.read.ignored.iter().map(|ignored| {
            let why = match &ignored.why {
                Why::Said(words) => words.as_str(),
                Why::NotMeant | Why::Repeat | Why::Late => ignored.why.word(),
            };
            json!({ "delivery": ignored.delivery, "why": why })
        });
        let left_out = self.read.left_out.iter().map(ToString::to_string);
        let asks = self.asked.iter().map(|line| self.ask(line));
        let cards = self.dry.desk().pops().iter().map(|pop| self.card(pop));
        let dropped = self.dropped().into_iter();
        json!({
            "file": self.file,
            "read_by": { "id": self.read.by.id(), "name": self.reader() },
            "events": events.collect::<Vec<_>>(),
            "ignored": ignored.collect::<Vec<_>>(),
            "left_out": left_out.collect::<Vec<_>>(),
            "asked": self.really,
            "supposed": (!self.really).then(|| supposed(self.suppose)),
            "asks": asks.collect::<Vec<_>>(),
            "cards": cards.collect::<Vec<_>>(),
            "dropped": dropped
                .map(|(code, why)| json!({ "code": code, "why": why }))
                .collect::<Vec<_>>(),
        })
    }

    fn write_read(&self, out: &mut impl Write) -> io::Result<()> {
        let count = self.read.events.len();
        let plural = if count == 1 { "" } else { "s" };
        writeln!(
            out,
            "{}: {count} event{plural}, read by {}",
            self.file.display(),
            self.reader()
        )?;
        for event in &self.read.events {
            writeln!(
                out,
                "  {} {} ({}), {}",
                event.what.word(),
                event.channel.word(),
                event.direction.word(),
                agent(event)
            )?;
            for identifier in &event.identifiers {
                let (kind, how) = (identifier.kind(), identifier.assurance);
                writeln!(out, "    {} ({})", kind_word(kind), assurance(how))?;
            }
            for refused in &event.refused {
                let kind = kind_word(refused.kind);
                writeln!(out, "    {kind}: never matches, {}", refused.reason)?;
            }
        }
        for left_out in &self.read.left_out {
            writeln!(out, "  left out: {left_out}")?;
        }
        Ok(())
    }

    fn write_asked(&self, out: &mut impl Write) -> io::Result<()> {
        if self.asked.is_empty() {
            return writeln!(out, "\nNobody would be asked.");
        }
        let title = if self.really {
            "Asked"
        } else {
            "Would be asked"
        };
        writeln!(out, "\n{title}:")?;
        for line in self.asked {
            write!(
                out,
                "  {} ({}): {}",
                line.label,
                line.connection.0,
                what(line.asks)
            )?;
            match &line.came {
                Ok(count) if self.really => writeln!(out, ": {count} found")?,
                Err(fault) if self.really || line.planned.is_empty() => {
                    writeln!(out, ": {}", fault.support_line())?;
                }
                Ok(_) | Err(_) => writeln!(out)?,
            }
            for planned in &line.planned {
                write!(out, "    {:<28} {}", planned.call, planned.request)?;
                if !planned.if_none.is_empty() {
                    write!(out, ", if {} finds nobody", planned.if_none.join(", "))?;
                }
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn supposing(&self) -> &'static str {
        if self.really {
            return "What would become of it:";
        }
        match self.suppose {
            Suppose::One => "Supposing that one customer is found:",
            Suppose::Several => "Supposing that two customers are found:",
            Suppose::None => "Supposing that nobody knows them:",
        }
    }

    fn reader(&self) -> String {
        match &self.read.by {
            ReadBy::Own(_) => format!("our own form ({})", self.read.by.id()),
            ReadBy::Mapping { id, name } => format!("the mapping {id} ({name})"),
        }
    }

    fn sections(&self, pop: &Pop) -> Vec<Section> {
        let telling = Telling {
            held: self.held,
            dry: true,
            language: Language::En,
        };
        let label = |id: &ConnectionId| self.crms.label(id);
        let explanation = self.dry.desk().explain(pop.id);
        explanation
            .map(|explanation| explanation.sections(&label, telling))
            .unwrap_or_default()
    }

    fn opens(&self, pop: &Pop) -> Option<Opens> {
        let record = self.dry.opens()?;
        let crm = self.crms.get(&record.connection)?;
        let templates = crm.dry.link_templates(record.kind).into_iter();
        Some(Opens {
            connection: record.connection.0.clone(),
            label: crm.label.clone(),
            record: match record.kind {
                RecordKind::Customer => "customer",
                RecordKind::Case => "case",
                RecordKind::Account => "account",
            },
            templates: templates.map(str::to_owned).collect(),
            address: self.crms.address(pop, record),
        })
    }

    fn dropped(&self) -> Vec<(&'static str, String)> {
        let dropped = self.dry.dropped().iter();
        dropped
            .map(|dropped| {
                let word = dropped.word();
                (word, Language::En.say(&format!("refusal-{word}"), &[]))
            })
            .collect()
    }

    fn ask(&self, line: &Line) -> Value {
        let request = |planned: &Planned| {
            json!({
                "call": planned.call,
                "request": planned.request,
                "if_none": planned.if_none,
            })
        };
        let by = match line.asks {
            Asks::Who(kind) => Some(kind.word()),
            Asks::Cases | Asks::Activities => None,
        };
        json!({
            "connection": line.connection.0,
            "label": line.label,
            "question": match line.asks {
                Asks::Who(_) => "who",
                Asks::Cases => "cases",
                Asks::Activities => "activities",
            },
            "by": by,
            "requests": line.planned.iter().map(request).collect::<Vec<_>>(),
            "found": line.came.as_ref().ok().filter(|_| self.really),
            "fault": line.came.as_ref().err().map(pop_core::fault::Fault::slug),
        })
    }

    fn card(&self, pop: &Pop) -> Value {
        let sections = self.sections(pop);
        let sections = sections.iter().map(|section| {
            let lines = section.lines.iter().map(
                |line| json!({ "sign": sign(line.sign), "text": line.text, "detail": line.detail }),
            );
            json!({ "title": section.title, "lines": lines.collect::<Vec<_>>() })
        });
        let opens = self.opens(pop).map(|opens| {
            let (address, why) = match opens.address {
                Some(Ok(address)) => (Some(address), None),
                Some(Err(why)) => (None, Some(why)),
                None => (None, None),
            };
            json!({
                "connection": opens.connection,
                "record": opens.record,
                "templates": opens.templates,
                "address": address,
                "no_address_because": why,
            })
        });
        json!({ "why": sections.collect::<Vec<_>>(), "opens": opens })
    }
}

fn write_section(section: &Section, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  {}", section.title)?;
    for line in &section.lines {
        let mark = match line.sign {
            Sign::For => "+",
            Sign::Against => "-",
            Sign::Careful => "!",
            Sign::Plain => " ",
        };
        writeln!(out, "    {mark} {}", line.text)?;
        if let Some(detail) = &line.detail {
            writeln!(out, "      {detail}")?;
        }
    }
    Ok(())
}

fn write_opens(opens: &Opens, out: &mut impl Write) -> io::Result<()> {
    let Opens { label, record, .. } = opens;
    match &opens.address {
        Some(Ok(address)) => writeln!(out, "  Opens: {label}, the {record}: {address}"),
        Some(Err(why)) => writeln!(
            out,
            "  Opens: nothing, {label} has no address for the {record}: {why}"
        ),
        None => {
            let templates = opens.templates.join(", or ");
            let templates = if templates.is_empty() {
                "the address that the CRM sends along".to_owned()
            } else {
                templates
            };
            writeln!(out, "  Opens: {label}, the {record}: {templates}")
        }
    }
}

fn event(event: &Event) -> Value {
    let identifiers = event.identifiers.iter().map(|identifier| {
        json!({
            "kind": identifier.kind().word(),
            "assurance": assurance(identifier.assurance),
        })
    });
    let refused = event.refused.iter();
    let refused =
        refused.map(|refused| json!({ "kind": refused.kind.word(), "why": refused.reason }));
    json!({
        "what": event.what.word(),
        "channel": event.channel.word(),
        "direction": event.direction.word(),
        "names_an_agent": event.agent.id.is_some() || event.agent.email.is_some(),
        "queue": event.queue,
        "identifiers": identifiers.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
    })
}

fn agent(event: &Event) -> String {
    let agent = &event.agent;
    match agent.id.as_deref().or(agent.email.as_deref()) {
        Some(id) => format!("for agent {id}"),
        None => "for no agent in particular".to_owned(),
    }
}

fn what(asks: Asks) -> String {
    match asks {
        Asks::Who(kind) => format!("who it is, by {}", kind_word(kind)),
        Asks::Cases => "the cases".to_owned(),
        Asks::Activities => "the activities".to_owned(),
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::RecordId => "record id",
        Kind::ExternalId => "external id",
        Kind::Email => "e-mail address",
        Kind::Phone => "phone number",
    }
}

fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Authenticated => "authenticated",
        Assurance::Attached => "attached",
        Assurance::Claimed => "claimed",
        Assurance::CallerNumber => "caller number",
    }
}

fn supposed(suppose: Suppose) -> &'static str {
    match suppose {
        Suppose::One => "one",
        Suppose::Several => "several",
        Suppose::None => "none",
    }
}

fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::For => "for",
        Sign::Against => "against",
        Sign::Careful => "careful",
        Sign::Plain => "plain",
    }
}
