//! What comes over a wire, or from another program.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::http::{Http, HttpFault, Request, Response, Timing};
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Context, Definition, Ports, SystemClock, Traffic,
    built_in,
};
use pop_source::broker::Letter;
use pop_source::canonical::{Arrival, Framing, read};
use pop_source::delivery::Delivery;
use pop_source::link::parse_arguments;
use pop_source::listener::{ListenAddress, Listener, ListenerConfig};
use pop_source::mapping::{BUILT_IN, Mapping, Notes};
use pop_source::signature::{Sender, SenderKeys, SignatureHeaders, VerifyKey, new_secret};
use pop_source::source::{Accept, Accepted};
use tokio::runtime::Runtime;

/// Nobody who asks a listener on this computer waits longer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);

/// Largest body that any of our doors reads.
const LARGEST: usize = 64 * 1_024;

const NOW: Moment = Moment::from_millis(1_767_715_200_000);

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// The whole of what arrives at the listener's port: nobody has the secret, so nothing is accepted.
pub(super) fn listener(bytes: &[u8]) {
    static LISTENING: LazyLock<Listener> = LazyLock::new(|| {
        let config = ListenerConfig::new(ListenAddress::ipv4(0), keys(), PhoneRules::default());
        let listener = Listener::start(config, Arc::new(SystemClock), Arc::new(Nobody));
        RUNTIME.block_on(listener).expect("a free port")
    });
    let mut stream = TcpStream::connect(LISTENING.address()).expect("it listens");
    stream
        .set_read_timeout(Some(ANSWERS_WITHIN))
        .expect("a limit");
    // It may hang up in the middle; that is an answer, too.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let is_waiting = error.kind() == std::io::ErrorKind::WouldBlock;
        assert!(
            !is_waiting,
            "the listener says nothing and does not hang up"
        );
    }
    for line in String::from_utf8_lossy(&answer).lines() {
        if let Some(status) = line.strip_prefix("HTTP/1.1 ") {
            assert!(
                !status.starts_with('2'),
                "accepted without a signature: {line}"
            );
        }
    }
}

/// Nothing that passes the signature reaches this far.
struct Nobody;

#[async_trait]
impl Accept for Nobody {
    async fn accept(&self, _: pop_source::source::Delivery) -> Accepted {
        panic!("a delivery without a signature was accepted");
    }
}

fn keys() -> SenderKeys {
    let secret = new_secret().expect("random bytes");
    let key = VerifyKey::parse(&secret).expect("a secret");
    let sender = Sender::new("local", vec![key]).expect("a name");
    SenderKeys::new(vec![sender]).expect("one sender")
}

/// Header fields, one a line, and a body behind an empty line: no key of ours has signed it.
pub(super) fn signature(bytes: &[u8]) {
    static KEYS: LazyLock<SenderKeys> = LazyLock::new(keys);
    let (head, body) = split(bytes, b"\n\n");
    let fields: Vec<(String, &[u8])> = head
        .split(|byte| *byte == b'\n')
        .filter_map(|line| {
            let at = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at(at);
            Some((String::from_utf8_lossy(name).into_owned(), value.get(1..)?))
        })
        .collect();
    let fields = fields.iter().map(|(name, value)| (name.as_str(), *value));
    if let Ok(headers) = SignatureHeaders::read(fields) {
        let verified = KEYS.verify(&headers, body, NOW, Duration::from_mins(5));
        assert!(verified.is_err(), "a signature that nobody made holds");
    }
}

/// A body that somebody has signed: one `CloudEvent`, several, or the simple form.
pub(super) fn cloud_event(bytes: &[u8]) {
    let arrival = Arrival {
        received: NOW,
        delivery_id: Some("delivery-1"),
        traceparent: None,
    };
    for framing in [Framing::Structured, Framing::Batch, Framing::Arguments] {
        let Ok(events) = read(&framing, bytes, arrival, &PhoneRules::default()) else {
            continue;
        };
        for event in events {
            assert!(event.key.id.len() <= LARGEST, "{:?}", event.key);
            assert!(!event.key.source.is_empty(), "an event has a source");
        }
    }
}

/// What a platform's webhook says, by every mapping there is.
pub(super) fn webhook(bytes: &[u8]) {
    static MAPPINGS: LazyLock<Vec<Mapping>> = LazyLock::new(|| {
        let all = BUILT_IN.iter();
        let loaded = all.filter_map(|(name, _)| Mapping::built_in(name)?.ok());
        loaded.collect()
    });
    let headers = [("content-type".to_owned(), b"application/json".to_vec())];
    for mapping in MAPPINGS.iter() {
        let delivery = Delivery {
            headers: &headers,
            body: bytes,
            received: NOW,
            url: "https://gateway.example/hooks/1?token=x",
        };
        // Whatever it says: it is read or refused.
        let _ = mapping.read(&delivery, &Notes::default(), &PhoneRules::default());
    }
}

/// What a broker hands on of the gateway's wishes.
pub(super) fn letter(bytes: &[u8]) {
    // Whatever it says: it is read or passed over.
    let _ = Letter::read(bytes);
}

/// A command line, one argument a line: links, numbers, and what softphones hand over.
pub(super) fn arguments(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let arguments: Vec<String> = text.lines().map(str::to_owned).collect();
    // Whatever they say: they are read or refused.
    let _ = parse_arguments(&arguments, NOW, &PhoneRules::default());
}

/// The answer of a CRM to whatever it is asked; the first byte says which CRM.
pub(super) fn crm_answer(bytes: &[u8]) {
    static CRMS: LazyLock<Vec<Crm>> = LazyLock::new(|| {
        let all = built_in().iter();
        let loaded = all.filter_map(|(id, text)| Crm::load(id, text));
        loaded.collect()
    });
    let Some((first, body)) = bytes.split_first() else {
        return;
    };
    let Some(crm) = CRMS.get(usize::from(*first) % CRMS.len()) else {
        return;
    };
    let context = Context {
        fresh: true,
        ..Context::default()
    };
    let phone = Phone::parse("+34600012345", &PhoneRules::default()).expect("a number");
    *crm.says.0.lock().unwrap_or_else(PoisonError::into_inner) = body.to_vec();
    // A server that answered nonsense is left alone for a while.
    crm.clock.forward(Duration::from_mins(5));
    for value in [Value::RecordId("12345".to_owned()), Value::Phone(phone)] {
        let identifier = Identifier {
            value,
            assurance: Assurance::Attached,
        };
        RUNTIME.block_on(async {
            let Ok(found) = crm.connection.find(&identifier, &context).await else {
                return;
            };
            for customer in found.customers.iter().take(1) {
                // Whatever it says: it is read or refused.
                let _ = crm.connection.cases(customer, &context).await;
                let _ = crm.connection.activities(customer, &context).await;
            }
        });
    }
}

/// A server that says the same to everything.
#[derive(Default)]
struct Says(Mutex<Vec<u8>>);

#[async_trait]
impl Http for Says {
    async fn send(&self, _: Request) -> Result<Response, HttpFault> {
        Ok(Response {
            status: 200,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: self
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            timing: Timing::default(),
        })
    }
}

/// A clock that keeps nobody waiting: the time jumps ahead instead.
#[derive(Default)]
struct Hasty(AtomicI64);

impl Hasty {
    fn forward(&self, by: Duration) {
        let by = i64::try_from(by.as_micros()).unwrap_or_default();
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for Hasty {
    fn now(&self) -> Moment {
        Moment::from_micros(NOW.micros() + self.0.load(Ordering::SeqCst))
    }

    async fn sleep(&self, wait: Duration) {
        // Long enough for an answer to come first.
        tokio::time::sleep(wait.min(Duration::from_millis(2))).await;
        self.forward(wait);
    }
}

/// A CRM with the settings that its definition gives as examples.
struct Crm {
    connection: Connection,
    says: Arc<Says>,
    clock: Arc<Hasty>,
}

impl Crm {
    /// Connects to it; nothing where all ways to sign in need a browser.
    fn load(id: &str, text: &str) -> Option<Self> {
        let definition = Definition::load(&format!("{id}.toml"), text, &[]).ok()?;
        let settings = definition.settings().iter().filter_map(|setting| {
            let is_needed = !setting.optional && setting.default.is_none();
            let example = setting.example.clone().filter(|_| is_needed)?;
            Some((setting.name.clone(), example.into()))
        });
        let settings: BTreeMap<String, serde_json::Value> = settings.collect();
        let definition = Arc::new(definition);
        let mut methods = definition.auth_methods().iter();
        methods.find_map(|method| {
            let secrets = method.fields.iter().map(|field| {
                let secret = Secret::new("fuzz-0123456789".to_owned());
                (field.name.clone(), secret)
            });
            let account = Account {
                id: ConnectionId(id.to_owned()),
                definition: Arc::clone(&definition),
                settings: settings.clone(),
                auth: AuthChoice {
                    method: method.name.clone(),
                    secrets: secrets.collect(),
                },
                phone_rules: PhoneRules::default(),
                loopback: Vec::new(),
                budgets: Budgets {
                    // One try: the second would be told the same.
                    worthwhile: Duration::from_mins(1),
                    ..Budgets::default()
                },
            };
            let (says, clock) = (Arc::new(Says::default()), Arc::new(Hasty::default()));
            let ports = Ports {
                http: Arc::<Says>::clone(&says),
                clock: Arc::<Hasty>::clone(&clock),
                traffic: Arc::new(Traffic::default()),
                tokens: Arc::new(MemoryTokens::default()),
            };
            let connection = Connection::open(account, ports).ok()?;
            (!connection.needs_sign_in()).then_some(Self {
                connection,
                says,
                clock,
            })
        })
    }
}

/// Both sides of the first place where something stands; without it, everything is the first.
fn split<'b>(bytes: &'b [u8], at: &[u8]) -> (&'b [u8], &'b [u8]) {
    let place = bytes.windows(at.len()).position(|window| window == at);
    let (head, rest) = bytes.split_at(place.unwrap_or(bytes.len()));
    (head, rest.get(at.len()..).unwrap_or_default())
}
