//! A clock that is turned by hand, a sink that records, and raw HTTP over a real socket.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::phone::{E164, PhoneRules, Region};
use pop_core::secret::Secret;
use pop_source::listener::{ListenAddress, Listener, ListenerConfig, ListenerFault};
use pop_source::signature::{Sender, SenderKeys, Signed, SigningKey, VerifyKey, sign};
use pop_source::source::{Accept, Accepted, Delivery};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub(crate) const SIMPLE: &str =
    r#"{"event":"chat_accepted","customerId":"12345","agent":"agent01"}"#;

/// 2026-01-06T15:57:41Z.
pub(crate) fn noon() -> Moment {
    Moment::parse("2026-01-06T15:57:41Z").expect("a time")
}

pub(crate) fn rules() -> PhoneRules {
    PhoneRules {
        default_region: Region::parse("US"),
        own_numbers: vec![E164::parse("+14155550199").expect("a number")],
    }
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(crate) fn verify_key(text: &str) -> VerifyKey {
    VerifyKey::parse(&secret(text)).expect("a key")
}

pub(crate) fn signing_key(text: &str) -> SigningKey {
    SigningKey::parse(&secret(text)).expect("a key")
}

pub(crate) fn one_sender() -> SenderKeys {
    let sender = Sender::new("desk-tool", vec![verify_key(SECRET)]).expect("one key");
    SenderKeys::new(vec![sender]).expect("one sender")
}

pub(crate) fn signed(id: &str, at: Moment, body: &[u8]) -> Signed {
    sign(&[signing_key(SECRET)], id, at, body).expect("a good id")
}

/// A clock that stands still until it is turned.
pub(crate) struct HandClock {
    now: watch::Sender<Moment>,
    waiting: watch::Sender<Vec<Duration>>,
}

impl HandClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            now: watch::channel(noon()).0,
            waiting: watch::channel(Vec::new()).0,
        })
    }

    pub(crate) fn turn(&self, by: Duration) {
        self.now.send_modify(|now| *now = now.after(by));
    }

    /// Returns when somebody waits for exactly this long.
    pub(crate) async fn until_somebody_waits(&self, wait: Duration) {
        let mut waiting = self.waiting.subscribe();
        waiting
            .wait_for(|waits| waits.contains(&wait))
            .await
            .expect("the clock lives");
    }

    /// Returns when nobody waits for exactly this long.
    pub(crate) async fn until_nobody_waits(&self, wait: Duration) {
        let mut waiting = self.waiting.subscribe();
        waiting
            .wait_for(|waits| !waits.contains(&wait))
            .await
            .expect("the clock lives");
    }
}

/// Takes the wait off the list when the sleeper is dropped.
struct Waiting<'c>(&'c HandClock, Duration);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.send_modify(|waits| {
            if let Some(place) = waits.iter().position(|wait| *wait == self.1) {
                waits.swap_remove(place);
            }
        });
    }
}

#[async_trait]
impl Clock for HandClock {
    fn now(&self) -> Moment {
        *self.now.borrow()
    }

    async fn sleep(&self, wait: Duration) {
        let end = self.now().after(wait);
        let mut now = self.now.subscribe();
        self.waiting.send_modify(|waits| waits.push(wait));
        let _waiting = Waiting(self, wait);
        now.wait_for(|now| *now >= end)
            .await
            .expect("the clock lives");
    }
}

/// Records deliveries and answers as told; new ones when not told.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) deliveries: Mutex<Vec<Delivery>>,
    pub(crate) answers: Mutex<VecDeque<Accepted>>,
    /// When set, nothing is ever answered.
    pub(crate) stuck: bool,
}

impl Recorder {
    pub(crate) fn count(&self) -> usize {
        self.deliveries.lock().expect("no panic").len()
    }
}

#[async_trait]
impl Accept for Recorder {
    async fn accept(&self, delivery: Delivery) -> Accepted {
        self.deliveries.lock().expect("no panic").push(delivery);
        if self.stuck {
            std::future::pending::<()>().await;
        }
        self.answers
            .lock()
            .expect("no panic")
            .pop_front()
            .unwrap_or(Accepted::New)
    }
}

/// A listener with everything around it.
pub(crate) struct Bench {
    pub(crate) listener: Listener,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) sink: Arc<Recorder>,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}, Recorder::default()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut ListenerConfig), sink: Recorder) -> Self {
        let (clock, sink) = (HandClock::new(), Arc::new(sink));
        let mut config = ListenerConfig::new(ListenAddress::ipv4(0), one_sender(), rules());
        change(&mut config);
        let listener = start(config, &clock, &sink).await.expect("a free port");
        Self {
            listener,
            clock,
            sink,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.listener.address().port()
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.listener.address())
            .await
            .expect("it listens")
    }

    /// Sends one request on a connection of its own and reads until that closes.
    pub(crate) async fn say(&self, request: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request).await.expect("it reads");
        rest(&mut stream).await
    }

    /// A good request, changed.
    pub(crate) fn request(&self, change: impl FnOnce(&mut Request)) -> Vec<u8> {
        let mut request = Request::simple(self.port(), "msg_00000001", SIMPLE);
        change(&mut request);
        request.bytes()
    }

    /// The status of a good request, changed; 0 when the connection closed without an answer.
    pub(crate) async fn status(&self, change: impl FnOnce(&mut Request)) -> u16 {
        status(&self.say(&self.request(change)).await)
    }
}

pub(crate) async fn start(
    config: ListenerConfig,
    clock: &Arc<HandClock>,
    sink: &Arc<Recorder>,
) -> Result<Listener, ListenerFault> {
    Listener::start(config, Arc::clone(clock) as _, Arc::clone(sink) as _).await
}

/// Reads until the other side closes.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset after the answer still leaves what was read.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("answers are ASCII")
}

/// Reads one answer of a connection that stays open.
pub(crate) async fn one_answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.expect("an answer comes"));
    }
    String::from_utf8(answer).expect("answers are ASCII")
}

pub(crate) fn status(answer: &str) -> u16 {
    answer
        .get(9..12)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0)
}

/// A request that can be bent in every place.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A signed simple event that closes the connection.
    pub(crate) fn simple(port: u16, id: &str, body: &str) -> Self {
        Self::signed(port, id, "application/json", body.as_bytes())
    }

    pub(crate) fn signed(port: u16, id: &str, media: &str, body: &[u8]) -> Self {
        let signed = signed(id, noon(), body);
        let mut fields = vec![
            ("Host".to_owned(), format!("127.0.0.1:{port}")),
            ("Connection".to_owned(), "close".to_owned()),
            ("Content-Type".to_owned(), media.to_owned()),
            ("Content-Length".to_owned(), body.len().to_string()),
        ];
        for (name, value) in signed.fields() {
            fields.push((name.to_owned(), value.to_owned()));
        }
        Self {
            line: "POST /v1/events HTTP/1.1".to_owned(),
            fields,
            body: body.to_vec(),
        }
    }

    /// Replaces a field, or adds it.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.add(name, value);
    }

    pub(crate) fn add(&mut self, name: &str, value: impl Into<String>) {
        self.fields.push((name.to_owned(), value.into()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.fields
            .retain(|(field, _)| !field.eq_ignore_ascii_case(name));
    }

    pub(crate) fn head(&self) -> Vec<u8> {
        let mut head = format!("{}\r\n", self.line);
        for (name, value) in &self.fields {
            head = format!("{head}{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.head(), self.body.clone()].concat()
    }
}
