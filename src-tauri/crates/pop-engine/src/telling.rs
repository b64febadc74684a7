//! What happens by itself: writes by rule when an interaction is over, and messages to the systems
//! that the machine policy names.
//!
//! Both get an id that comes from what they are about, so that an event that is heard twice, or
//! handled again after a crash, makes neither twice. What a rule says is decided in `pop-core`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use pop_core::action::ActionKind;
use pop_core::automatic::{facts_of, filled_body, id_of, wishes};
use pop_core::desk::{Command, Input, Pop, PopId};
use pop_core::http::Http;
use pop_core::interaction::InteractionKey;
use pop_core::link::LoopbackOrigin;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::settings::{FileFault, Webhook, WebhookEvent};
use pop_core::write::{Write, WriteState};
use pop_source::signature::SigningKey;
use pop_store::{AuditAction, AuditEntry, AuditOutcome, Item, Message};
use serde_json::{Value, json};

use crate::account::fault;
use crate::outbox::line_of;
use crate::room::Room;

/// What stands before the words of our events.
const TYPE: &str = "app.screenpop";

/// The systems that are told, as far as they can be.
#[derive(Default)]
pub(crate) struct Hooks {
    /// What the policy names.
    pub(crate) named: BTreeSet<String>,
    /// Of these, what has a key.
    pub(crate) keys: BTreeMap<String, Arc<Vec<SigningKey>>>,
    pub(crate) http: Option<Arc<dyn Http>>,
    /// What each is told.
    pub(crate) listed: Vec<Webhook>,
}

impl Room {
    /// Reads the secrets of the systems that are told; what is wrong with them.
    pub(crate) fn read_hooks(&self) -> (Hooks, Vec<FileFault>) {
        let webhooks = &self.status.settings.webhooks;
        let (mut keys, mut faults) = (BTreeMap::new(), Vec::new());
        for (number, hook) in webhooks.iter().enumerate() {
            match read_key(Path::new(&hook.secret_file)) {
                Ok(key) => {
                    keys.insert(hook.url.clone(), Arc::new(vec![key]));
                }
                Err(found) => {
                    let key = format!("webhooks.{number}.secret_file");
                    let expected =
                        "a file with whsec_… or whsk_… that only its owner and group can read";
                    faults.push(fault(&key, found, expected));
                }
            }
        }
        let permitted = self.status.settings.security.allow_loopback_http;
        let loopback = webhooks.iter().filter(|_| permitted);
        let loopback = loopback.filter_map(|hook| origin_of(&hook.url));
        let http = if webhooks.is_empty() {
            None
        } else {
            self.ports.network.client(loopback.collect()).ok()
        };
        let hooks = Hooks {
            named: webhooks.iter().map(|hook| hook.url.clone()).collect(),
            keys,
            http,
            listed: webhooks.clone(),
        };
        (hooks, faults)
    }

    /// An interaction got its card.
    pub(crate) fn tell_popped(&self, pop: PopId) {
        if let Some(pop) = self.desk.pop(pop) {
            self.tell(WebhookEvent::InteractionPopped, pop);
        }
    }

    /// An interaction is over: what is written by rule goes to the desk like a wish of the agent.
    pub(crate) fn over(&mut self, pop: PopId) {
        let Some(pop) = self.desk.pop(pop) else {
            return;
        };
        self.tell(WebhookEvent::InteractionCompleted, pop);
        let settings = &self.status.settings;
        let (Some(key), Some((connection, _))) = (&pop.key, pop.customer()) else {
            let may_write = !settings.automatic.is_empty() && !pop.phase.was_not_taken();
            if pop.key.is_some() && may_write {
                self.note_unwritten();
            }
            return;
        };
        let now = self.ports.clock.now();
        let facts = facts_of(pop, settings.agent.id.as_deref(), now);
        let (wishes, not_written) = wishes(&settings.automatic, pop, key, connection, &facts);
        let commands = wishes
            .into_iter()
            .map(|wish| Command::Write(Box::new(wish)));
        self.at_once.extend(commands.map(Input::Command));
        self.say_unwritten(&not_written);
    }

    fn tell(&self, event: WebhookEvent, pop: &Pop) {
        if self.status.settings.webhooks.is_empty() {
            return;
        }
        let Some(key) = &pop.key else { return };
        let agent = self.status.settings.agent.id.as_deref();
        let facts = facts_of(pop, agent, self.ports.clock.now());
        self.send_told(event, &facts, Some(key), &[&key.source, &key.id]);
    }

    /// Puts a message into the outbox for every system that wants to be told.
    pub(crate) fn send_told(
        &self,
        event: WebhookEvent,
        facts: &Value,
        key: Option<&InteractionKey>,
        about: &[&str],
    ) {
        let asked = self.ports.clock.now();
        let webhooks = &self.status.settings.webhooks;
        for (item, line) in messages(webhooks, event, facts, key, about, asked) {
            if self.outbox.queue(item, line).is_err() {
                tracing::error!(event = event.word(), "a message could not be kept");
            }
        }
    }
}

/// What other systems are told of what became of a write, with the audit's lines.
pub(crate) fn told_of_write(
    webhooks: &[Webhook],
    write: &Write,
    state: &WriteState,
    at: Moment,
) -> Vec<(Item, AuditEntry)> {
    let (event, told) = match state {
        WriteState::Done(record) if write.kind == ActionKind::CreateCase => (
            WebhookEvent::CaseCreated,
            json!({ "case": record.id, "number": record.number }),
        ),
        WriteState::Parked(fault) => (
            WebhookEvent::WriteParked,
            json!({ "code": fault.fault.slug() }),
        ),
        WriteState::Done(_)
        | WriteState::Held
        | WriteState::Waiting { .. }
        | WriteState::Sending
        | WriteState::Discarded
        | WriteState::NotSaved(_) => return Vec::new(),
    };
    let mut about = json!({
        "id": write.id.0,
        "kind": write.kind.word(),
        "connection": write.connection.0,
        "case": write.case,
        "asked": write.asked.rfc3339(),
    });
    if let (Value::Object(about), Value::Object(told)) = (&mut about, told) {
        about.extend(told);
        about.retain(|_, value| !value.is_null());
    }
    let key = write.interaction.as_ref();
    let facts = json!({
        "interaction": key.map_or_else(|| json!({}), |key| json!({
            "id": key.id, "source": key.source,
        })),
        "customer": write.customer.as_ref().map_or_else(|| json!({}), |id| json!({ "id": id })),
        "agent": write.agent.as_ref().map_or_else(|| json!({}), |id| json!({ "id": id })),
        "write": about,
    });
    // A write that is parked again after an edit is told again.
    let again = at.micros().to_string();
    let mark = match event {
        WebhookEvent::WriteParked => again.as_str(),
        WebhookEvent::CaseCreated
        | WebhookEvent::InteractionPopped
        | WebhookEvent::InteractionCompleted => "",
    };
    messages(webhooks, event, &facts, key, &[&write.id.0, mark], at)
}

/// A message for every system that wants to be told of an event, with the audit's line.
fn messages(
    webhooks: &[Webhook],
    event: WebhookEvent,
    facts: &Value,
    key: Option<&InteractionKey>,
    about: &[&str],
    asked: Moment,
) -> Vec<(Item, AuditEntry)> {
    let hooks = webhooks.iter().filter(|hook| hook.events.contains(&event));
    let message = |hook: &Webhook| {
        let parts = ["message", event.word(), &hook.url];
        let id = id_of(&parts.iter().chain(about).copied().collect::<Vec<_>>());
        let (content_type, body) = body_of(hook, event, facts, &id, asked)?;
        let item = Item::Message(Message {
            id,
            to: hook.url.clone(),
            event: event.word().to_owned(),
            interaction: key.cloned(),
            asked,
            content_type: content_type.to_owned(),
            body,
        });
        let mut line = line_of(&item, AuditAction::Asked, AuditOutcome::Done, asked);
        "policy".clone_into(&mut line.who);
        "webhook".clone_into(&mut line.from);
        Some((item, line))
    };
    hooks.filter_map(message).collect()
}

/// The body as the policy wants it, or a `CloudEvent`; nothing where a name has no value.
fn body_of(
    hook: &Webhook,
    event: WebhookEvent,
    facts: &Value,
    id: &str,
    at: Moment,
) -> Option<(&'static str, String)> {
    if let Some(body) = &hook.body {
        return match filled_body(body, facts) {
            Ok(filled) => Some(("application/json", filled.to_string())),
            Err(missing) => {
                tracing::warn!(
                    name = missing.name,
                    "a message is not sent: a name has no value"
                );
                None
            }
        };
    }
    let interaction = facts.pointer("/interaction/id").cloned();
    // Ids and words only: whoever needs more asks the CRM, or names it in a body of his own.
    let data = json!({
        "interaction": {
            "id": interaction,
            "source": facts.pointer("/interaction/source"),
            "channel": facts.pointer("/interaction/channel"),
        },
        "customer": { "id": facts.pointer("/customer/id") },
        "agent": facts.get("agent"),
        "write": facts.get("write"),
    });
    let cloud_event = json!({
        "specversion": "1.0",
        "id": id,
        "source": "/screenpop",
        "type": format!("{TYPE}.{}.v1", event.word()),
        "time": at.rfc3339(),
        "subject": interaction,
        "datacontenttype": "application/json",
        "data": data,
    });
    Some(("application/cloudevents+json", cloud_event.to_string()))
}

/// The key of a file that nobody else can read; what is wrong with it otherwise.
fn read_key(path: &Path) -> Result<SigningKey, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o007 != 0 {
            return Err("a file that everybody can read or write".to_owned());
        }
    }
    if metadata.len() > 4_096 {
        return Err(format!("{} bytes", metadata.len()));
    }
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let secret = Secret::new(text.trim().to_owned());
    SigningKey::parse(&secret).map_err(|error| error.to_string())
}

/// The origin of an address of this computer.
pub(crate) fn origin_of(url: &str) -> Option<LoopbackOrigin> {
    let host = url.strip_prefix("http://")?;
    let host = host.split(['/', '?']).next()?;
    LoopbackOrigin::permitted_by_machine_policy(&format!("http://{host}"))
}
