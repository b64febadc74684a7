//! What happens in a shift: customers get in touch, platforms tell of it well or badly, the agent
//! works, and an admin changes the settings. What happens to the computer is in `computer`.

use std::collections::BTreeMap;

use pop_core::action::ActionKind;
use pop_core::clock::Clock as _;
use pop_core::desk::{At, Command, Matching, Pop, Wish};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::write::WriteId;
use pop_doubles::Vendor as _;
use pop_source::runtime_file::RuntimeFile;
use pop_source::signature::{SigningKey, new_secret, sign};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::checks::Asked;
use crate::crms::{Caller, SUBJECT};
use crate::pushes::Way;
use crate::shift::{Broken, Shift};
use crate::time::seconds;

/// An interaction of this shift.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) caller: Caller,
    /// What was sent of it, in the platform's order.
    pub(crate) sent: Vec<(&'static str, Vec<u8>)>,
    pub(crate) is_over: bool,
    /// Whether the desktop has said that it has the event that it was accepted.
    pub(crate) is_acknowledged: bool,
}

impl Shift {
    /// Something happens.
    pub(crate) fn act(&mut self) {
        self.the_broker_is_not_well();
        match self.dice.below(100) {
            0..16 => self.somebody_gets_in_touch(),
            16..30 => self.it_goes_on(),
            30..36 => self.an_event_comes_again(),
            36..39 => self.a_stranger_sends(),
            39..58 => self.the_agent_writes(),
            58..62 => self.the_agent_takes_back(),
            62..75 => self.the_agent_works(),
            75..79 => self.the_tokens_run_out(),
            79..82 => self.the_settings_change(),
            82..86 => self.the_admin_gives_out(),
            86..89 => self.the_keychain_is_locked_or_not(),
            89..91 => self.the_disk_is_full_or_not(),
            91..94 => self.the_program_is_killed(),
            94..96 => self.the_power_goes(),
            96..98 => self.the_computer_sleeps(),
            _ => self.the_clock_jumps(),
        }
        self.settle();
        self.check();
    }

    fn somebody_gets_in_touch(&mut self) {
        let callers = self.wires.crms.callers();
        let mut caller = self.dice.one_of(&callers).unwrap().clone();
        if self.broken == Some(Broken::Somebody) {
            caller.ids.clear();
        }
        let name = format!("i{}", self.known.len());
        self.say(format!("{name} comes in: {}", caller.customer));
        self.known.push(Known {
            name,
            caller,
            sent: Vec::new(),
            is_over: false,
            is_acknowledged: false,
        });
        let what = if self.dice.happens(50) {
            "offered"
        } else {
            "accepted"
        };
        self.tell(self.known.len() - 1, what);
    }

    fn it_goes_on(&mut self) {
        let open: Vec<usize> = (0..self.known.len())
            .filter(|at| !self.known[*at].is_over)
            .collect();
        let Some(at) = self.dice.one_of(&open).copied() else {
            return;
        };
        let told = ["accepted", "accepted", "updated", "ended"];
        let what = self.dice.one_of(&told).unwrap();
        self.tell(at, what);
    }

    /// The platform tells of an interaction, now and then twice.
    fn tell(&mut self, at: usize, what: &'static str) {
        let number = self.happens(at, what);
        let times = if self.dice.happens(15) { 2 } else { 1 };
        for _ in 0..times {
            self.send(at, number);
        }
    }

    /// Something becomes of an interaction; the number of the event that tells it.
    pub(crate) fn happens(&mut self, at: usize, what: &'static str) -> usize {
        let known = &self.known[at];
        let number = known.sent.len();
        let when = self.platform_time();
        let event = event(&known.name, number, what, &known.caller.customer, when);
        let body = event.to_string().into_bytes();
        self.known[at].is_over |= what == "ended";
        self.known[at].sent.push((what, body));
        number
    }

    /// A platform that had no answer tells again, in any order.
    fn an_event_comes_again(&mut self) {
        let known: Vec<usize> = (0..self.known.len()).collect();
        let Some(at) = self.dice.one_of(&known).copied() else {
            return;
        };
        let number = self.dice.below(self.known[at].sent.len());
        self.send(at, number);
    }

    /// An event goes to this computer by whichever way its platform has.
    fn send(&mut self, at: usize, number: usize) {
        let way = self.way();
        if way != Way::Listener {
            self.push(at, number);
        }
        if way != Way::Broker {
            self.post(at, number);
        }
    }

    pub(crate) fn post(&mut self, at: usize, number: usize) {
        let (what, body) = self.known[at].sent[number].clone();
        let id = format!("delivery-{at}-{number}");
        let status = self.deliver(&id, &body, false);
        self.say(format!(
            "{} {what} is sent: {status:?}",
            self.known[at].name
        ));
        if status == Some(202) {
            self.is_acknowledged(at, number);
        }
    }

    /// The desktop has said that it has an event.
    pub(crate) fn is_acknowledged(&mut self, at: usize, number: usize) {
        let known = &mut self.known[at];
        let mut before = known.sent[..number].iter();
        let was_over = known.is_over || before.any(|(what, _)| *what == "ended");
        known.is_acknowledged |= known.sent[number].0 == "accepted" && !was_over;
    }

    /// Somebody without the secret sends; nothing may come of it.
    fn a_stranger_sends(&mut self) {
        let when = self.platform_time();
        let customer =
            json!({ "email": "ann.o'neil@example.com", "identityAssurance": "authenticated" });
        let event = event("forged", 0, "accepted", &customer, when);
        let status = self.deliver("delivery-forged", event.to_string().as_bytes(), true);
        self.say(format!("a stranger sends: {status:?}"));
        if status.is_some_and(|status| status != 401) {
            self.wrongs
                .push(format!("a stranger was answered {status:?}"));
        }
    }

    /// What a platform's clock shows: it is always right.
    pub(crate) fn platform_time(&self) -> Moment {
        Moment::from_micros(self.time.now().micros() - self.time.ahead())
    }

    /// Sends a signed body to the listener; the status of the answer.
    fn deliver(&mut self, id: &str, body: &[u8], forged: bool) -> Option<u16> {
        let place = RuntimeFile::read(&self.runtime_file()).ok()?;
        let secret = if forged {
            new_secret().unwrap()
        } else {
            place.secret
        };
        let key = SigningKey::parse(&secret).unwrap();
        let signed = sign(&[key], id, self.platform_time(), body).unwrap();
        let mut request = format!(
            "POST /v1/events HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncontent-length: {}\r\n\
             content-type: application/cloudevents+json\r\nconnection: close\r\n",
            place.port,
            body.len()
        );
        for (name, value) in signed.fields() {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.push_str("\r\n");
        let mut request = request.into_bytes();
        request.extend(body);
        self.at_once(async |_| {
            let stream = TcpStream::connect(("127.0.0.1", place.port)).await;
            let mut stream = stream.ok()?;
            stream.write_all(&request).await.ok()?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.ok()?;
            answer.split(' ').nth(1)?.parse().ok()
        })?
    }

    /// The agent makes a case for whom a card shows, at once or for what it showed a while ago.
    pub(crate) fn the_agent_writes(&mut self) {
        let later = self.dice.happens(25);
        self.write(later);
    }

    pub(crate) fn write(&mut self, later: bool) {
        let Some((pop, connection, customer)) = self.somebody_on_screen() else {
            return;
        };
        let number = self.told.asked.len();
        let id = format!("w{number}");
        let wish = Wish {
            id: WriteId(id.clone()),
            at: pop.at(),
            connection: connection.clone(),
            kind: ActionKind::CreateCase,
            case: None,
            input: BTreeMap::from([("subject".to_owned(), format!("{SUBJECT}{id}"))]),
            shown: None,
            opens: false,
        };
        let interaction = pop.key.as_ref().map(|key| key.id.clone());
        if later {
            // Meanwhile something else may come in.
            let wait = seconds(i64::try_from(self.dice.below(8)).unwrap());
            self.pass(wait);
        }
        let command = Command::Write(Box::new(wish));
        let taken = self.at_once(async |engine| engine.command(command).await.is_ok());
        self.say(format!("{id} for {customer} of {interaction:?}: {taken:?}"));
        let asked = Asked {
            customer,
            taken: taken == Some(true),
        };
        self.told.asked.insert(id, asked);
    }

    fn somebody_on_screen(&mut self) -> Option<(Pop, ConnectionId, String)> {
        let cards: Vec<Pop> = self.screen.lock().cards.values().cloned().collect();
        let pop = self.dice.one_of(&cards)?.clone();
        let records = pop.records();
        let records: Vec<_> = records
            .iter()
            .map(|(lookup, hit)| (lookup.connection.clone(), hit.customer.id.clone()))
            .collect();
        let (connection, customer) = self.dice.one_of(&records)?.clone();
        Some((pop, connection, customer))
    }

    fn the_agent_takes_back(&mut self) {
        let ids: Vec<String> = self.told.asked.keys().cloned().collect();
        let Some(id) = self.dice.one_of(&ids).cloned() else {
            return;
        };
        let command = Command::Undo(WriteId(id.clone()));
        let taken = self.at_once(async |engine| engine.command(command).await.is_ok());
        self.say(format!("{id} is taken back: {taken:?}"));
    }

    fn the_agent_works(&mut self) {
        let cards: Vec<Pop> = self.screen.lock().cards.values().cloned().collect();
        let Some(pop) = self.dice.one_of(&cards).cloned() else {
            return;
        };
        let mut at = pop.at();
        if self.dice.happens(20) {
            // For what the card showed before.
            at = At {
                generation: at.generation.wrapping_sub(1),
                ..at
            };
        }
        let connections = ["salesforce", "zammad"];
        let connection = ConnectionId((*self.dice.one_of(&connections).unwrap()).to_owned());
        let command = match self.dice.below(6) {
            0 => Command::Retry { at, connection },
            1 => Command::NotThisPerson(at),
            2 => Command::OpenRecord { at, case: None },
            3 => Command::Close(pop.id),
            _ => match &pop.matching {
                Matching::Several { candidates, .. } => {
                    let chosen = self.dice.one_of(candidates).unwrap().clone();
                    Command::Choose {
                        at,
                        connection: chosen.connection,
                        id: chosen.id,
                    }
                }
                Matching::One { .. }
                | Matching::Nothing
                | Matching::Looking
                | Matching::None
                | Matching::Failed => Command::Seen(pop.id),
            },
        };
        self.say(format!("{:?}: {command:?}", pop.key.map(|key| key.id)));
        // A command for what is no longer there is refused.
        let _ = self.at_once(async |engine| engine.command(command).await);
    }

    fn the_tokens_run_out(&mut self) {
        self.wires.crms.salesforce.oauth().expire_tokens();
        self.say("every access token of Salesforce is over");
    }

    fn the_settings_change(&mut self) {
        let open = *self.dice.one_of(&["offer", "accept", "never"]).unwrap();
        if self.dice.happens(25) {
            let good = std::fs::read_to_string(self.settings()).unwrap();
            std::fs::write(self.settings(), "{ \"pop\": ").unwrap();
            self.say("the settings are broken for a while");
            self.pass(seconds(4));
            std::fs::write(self.settings(), good).unwrap();
        }
        self.write_settings(&json!({ "pop": { "open": open } }));
        self.say(format!("an admin sets pop.open to {open}"));
    }

    /// Something new lies where the bundles are; some desktops are told at once, maybe while they
    /// look somebody up.
    fn the_admin_gives_out(&mut self) {
        let what = self.wires.admin.publish(&mut self.dice);
        self.say(format!("the admin: {what}"));
        if self.dice.happens(30) {
            self.somebody_gets_in_touch();
        }
        if self.dice.happens(60) {
            let _ = self.at_once(async |engine| engine.look_for_bundle().await);
        }
    }
}

pub(crate) fn event(name: &str, number: usize, what: &str, customer: &Value, at: Moment) -> Value {
    json!({
        "specversion": "1.0",
        "id": format!("{name}:{number}"),
        "source": "/simulation/platform",
        "type": format!("app.screenpop.interaction.{what}.v1"),
        "subject": name,
        "time": at.rfc3339(),
        "datacontenttype": "application/json",
        "data": {
            "interactionId": name,
            "state": if what == "updated" { "accepted" } else { what },
            "platform": { "name": "simulation" },
            "channel": "chat",
            "direction": "inbound",
            "agent": { "id": "agent01" },
            "customer": customer,
        },
    })
}
