//! `screenpop-admin simulate`: plays one interaction to the running app, as a platform would.
//!
//! It has no door of its own: it reads where the app listens and this run's secret, and what it
//! sends is signed, verified, kept and shown like any other event. Only the app of the same user on
//! the same computer can be reached.

mod content;
mod post;
mod refused;

use std::fmt::Write as _;
use std::io::ErrorKind::NotFound;
use std::io::Write;
use std::path::PathBuf;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use pop_core::interaction::What;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_source::canonical::{self, Arrival, Framing};
use pop_source::runtime_file::{RuntimeFile, RuntimeFileFault, default_path};
use pop_source::signature::{SigningKey, new_delivery_id, sign};
use serde_json::{Value, json};

use crate::fault::Fault;
use content::Content;
use post::{Answer, PostFault, post};
pub(crate) use refused::Refused;

/// Sends the events of one made-up interaction to the running app, signed as the app demands.
#[derive(Args)]
pub(crate) struct Simulate {
    /// The last event to send; those before it are sent first.
    #[arg(long, value_enum, default_value_t = Until::Accepted)]
    until: Until,
    /// The interaction's id, to go on with one that was begun; random if not given.
    #[arg(long, value_name = "ID")]
    interaction: Option<String>,
    #[command(flatten)]
    content: Content,
    /// Prints each event and its answer as one line of JSON.
    #[arg(long)]
    json: bool,
    /// The file in which the running app says where it listens; normally found by itself.
    #[arg(long, value_name = "PATH")]
    runtime_file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Until {
    Offered,
    Accepted,
    Ended,
}

impl Until {
    fn events(self) -> &'static [What] {
        match self {
            Self::Offered => &[What::Offered],
            Self::Accepted => &[What::Offered, What::Accepted],
            Self::Ended => &[What::Offered, What::Accepted, What::Ended],
        }
    }
}

/// The running app, as its file describes it.
struct App {
    path: PathBuf,
    port: u16,
    keys: [SigningKey; 1],
}

/// One event on its way.
struct Sent {
    what: What,
    delivery: String,
    event: Value,
}

impl Simulate {
    /// Sends the events one after the other and stops at the first that is not taken.
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        if self.content.summary.is_some() && self.until != Until::Ended {
            return Err(Fault::SummaryWithoutEnd);
        }
        let interaction = match &self.interaction {
            Some(id) => id.clone(),
            None => new_interaction_id()?,
        };
        self.check(&interaction)?;
        let app = App::find(self.runtime_file.clone())?;
        if !self.json {
            let content = &self.content;
            let (channel, agent) = (content.channel.word(), &content.agent);
            writeln!(out, "Interaction {interaction}: {channel}, for {agent}")?;
        }
        for what in self.until.events() {
            let sent = self.event(&interaction, *what)?;
            let answer = app.send(&sent).await?;
            self.tell(out, &sent, &answer)?;
            if !answer.is_taken() {
                return Err(Fault::Refused(Refused {
                    what: what.word(),
                    status: answer.status,
                    retry_after: answer.retry_after,
                    port: app.port,
                    agent: self.content.agent.clone(),
                }));
            }
        }
        Ok(())
    }

    /// Reads every event as the app will, because its answer never says what is wrong with one.
    fn check(&self, interaction: &str) -> Result<(), Fault> {
        for what in self.until.events() {
            let body = self.event(interaction, *what)?.body();
            let arrival = Arrival {
                received: now(),
                delivery_id: None,
                traceparent: None,
            };
            canonical::read(&Framing::Structured, &body, arrival, &PhoneRules::default())
                .map_err(Fault::Content)?;
        }
        Ok(())
    }

    fn event(&self, interaction: &str, what: What) -> Result<Sent, Fault> {
        let delivery = new_delivery_id().map_err(|_| Fault::NoRandomness)?;
        let event = self.content.event(interaction, what, &delivery, now());
        Ok(Sent {
            what,
            delivery,
            event,
        })
    }

    fn tell(&self, out: &mut impl Write, sent: &Sent, answer: &Answer) -> Result<(), Fault> {
        let (what, status) = (sent.what.word(), answer.status);
        if self.json {
            let line = json!({ "what": what, "event": sent.event, "status": status });
            writeln!(out, "{line}")?;
        } else {
            let outcome = if answer.is_taken() {
                "taken"
            } else {
                "refused"
            };
            writeln!(out, "  {what:<8}  {outcome} ({status})")?;
        }
        out.flush()?;
        Ok(())
    }
}

impl App {
    fn find(given: Option<PathBuf>) -> Result<Self, Fault> {
        let path = given
            .or_else(|| default_path(|name| std::env::var_os(name)))
            .ok_or(Fault::NoRuntimeFolder)?;
        let file = match RuntimeFile::read(&path) {
            Ok(file) => file,
            Err(RuntimeFileFault::System { source, .. }) if source.kind() == NotFound => {
                return Err(Fault::NotRunning { path });
            }
            Err(fault) => return Err(Fault::RuntimeFile(fault)),
        };
        match SigningKey::parse(&file.secret) {
            Ok(key) => Ok(Self {
                path,
                port: file.port,
                keys: [key],
            }),
            Err(source) => Err(Fault::Secret { path, source }),
        }
    }

    async fn send(&self, sent: &Sent) -> Result<Answer, Fault> {
        let body = sent.body();
        let signed = sign(&self.keys, &sent.delivery, now(), &body)?;
        post(self.port, &signed, body)
            .await
            .map_err(|fault| match fault {
                PostFault::NotListening(source) => Fault::NotListening {
                    path: self.path.clone(),
                    port: self.port,
                    source,
                },
                PostFault::NoAnswer(source) => Fault::NoAnswer {
                    port: self.port,
                    what: sent.what.word(),
                    source,
                },
            })
    }
}

impl Sent {
    fn body(&self) -> Vec<u8> {
        self.event.to_string().into_bytes()
    }
}

fn new_interaction_id() -> Result<String, Fault> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|_| Fault::NoRandomness)?;
    Ok(bytes.iter().fold("simulated-".to_owned(), |mut id, byte| {
        // Writing into a string cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    }))
}

/// The time of this computer, which is the app's as well.
fn now() -> Moment {
    let since_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Moment::default().after(since_1970)
}
