//! The life of a broker's client: wait, connect, hear, lose the connection, wait again.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::stream::StreamFault;
use tokio::sync::{mpsc, watch};

use super::client::{Client, Heard, Hello, Line, Message, Note};
use super::letters::{self, Letter, What};
use super::reading::Reader;
use super::route::Route;
use super::wake::{EVERY, Wake};
use super::{BrokerConfig, Order, Shared};
use crate::source::{Accept, Accepted, News};

/// Reports are of no use any more after this time.
const REPORT_LIVES: Duration = Duration::from_mins(5);
/// How long keeping an event may take; then the connection is given up, and it comes again.
const KEEP: Duration = Duration::from_secs(10);
/// Events of which it may still be said that they popped: far more than cards fit on a screen.
const OWN: usize = 64;
/// How long the last words may take.
const LEAVE: Duration = Duration::from_secs(1);

/// The parts of the world that a session needs.
pub(super) struct World {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) sink: Arc<dyn Accept>,
    pub(super) client: Arc<dyn Client>,
    pub(super) shared: Arc<Shared>,
}

/// A client from its start to its stop.
pub(super) struct Session {
    config: BrokerConfig,
    world: World,
    orders: mpsc::Receiver<Order>,
    stopped: watch::Receiver<bool>,
    begun: Instant,
    since: Moment,
    reader: Reader,
    /// The address that was reached last, or is tried next.
    place: usize,
    /// The latest events that were handed on, by place and id: only of these the gateway knows.
    own: VecDeque<(String, String)>,
}

/// Why a connection, or the wait for it, ended.
enum Ended {
    Stopped,
    Woken,
    Lost(StreamFault),
}

/// A connection and what is known of it.
struct Connection {
    line: Box<dyn Line>,
    route: Option<Route>,
    /// When the broker let us in.
    begun: Option<Instant>,
}

impl Session {
    pub(super) fn new(
        config: BrokerConfig,
        world: World,
        orders: mpsc::Receiver<Order>,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        Self {
            since: world.clock.now(),
            reader: Reader::new(config.agent.clone(), config.phone_rules.clone()),
            config,
            world,
            orders,
            stopped,
            begun: Instant::now(),
            place: 0,
            own: VecDeque::new(),
        }
    }

    pub(super) async fn run(mut self) {
        loop {
            match self.pause().await {
                Ended::Stopped => return,
                Ended::Woken => {
                    self.config.backoff.woken();
                    continue;
                }
                Ended::Lost(_) => {}
            }
            let (ended, lasted) = self.connect().await;
            self.config.backoff.ended_after(lasted);
            match ended {
                Ended::Stopped => return,
                Ended::Woken => self.config.backoff.woken(),
                Ended::Lost(fault) => self.lost(fault).await,
            }
        }
    }

    /// Waits for the next try; `Lost` when it is time for it.
    async fn pause(&mut self) -> Ended {
        let clock = Arc::clone(&self.world.clock);
        // By what was waited, not by the clock, which may be set back meanwhile.
        let mut left = self.config.backoff.wait();
        let mut wake = self.looks();
        let mut passes = clock.sleep(left.min(EVERY));
        while !left.is_zero() {
            tokio::select! {
                () = told(&mut self.stopped) => return Ended::Stopped,
                order = self.orders.recv() => match order {
                    Some(Order::Hurry) => return Ended::Woken,
                    Some(Order::Popped { .. }) => {}
                    None => return Ended::Stopped,
                },
                () = &mut passes => {
                    if self.slept(&mut wake) {
                        return Ended::Woken;
                    }
                    left -= left.min(EVERY);
                    passes = clock.sleep(left.min(EVERY));
                }
            }
        }
        Ended::Lost(StreamFault::Cut)
    }

    fn looks(&self) -> Wake {
        Wake::new(self.world.clock.now(), self.begun.elapsed())
    }

    fn slept(&self, wake: &mut Wake) -> bool {
        wake.look(self.world.clock.now(), self.begun.elapsed())
    }

    async fn lost(&mut self, fault: StreamFault) {
        tracing::warn!(code = fault.slug(), "the broker is not heard");
        if fault.needs_somebody() {
            self.config.backoff.needs_somebody();
        }
        let now = self.world.clock.now();
        self.world.shared.deaf(self.address_shown(), fault, now);
        self.world.sink.told(News::Changed).await;
    }

    fn address_shown(&self) -> String {
        let place = self.config.addresses.get(self.place);
        place.map(ToString::to_string).unwrap_or_default()
    }

    /// Tries one address after the other, beginning with the last that was reached, until one ends
    /// otherwise than by not being there; says how long the connection lasted.
    async fn connect(&mut self) -> (Ended, Duration) {
        let count = self.config.addresses.len();
        let mut first = None;
        for _ in 0..count {
            let (ended, begun) = self.once().await;
            let Ended::Lost(fault) = ended else {
                return (ended, lasted(begun));
            };
            if begun.is_some() {
                return (Ended::Lost(fault), lasted(begun));
            }
            // What is wrong with the address that is preferred is said.
            first.get_or_insert(fault);
            self.place = (self.place + 1) % count;
        }
        let fault = first.unwrap_or(StreamFault::Settings);
        (Ended::Lost(fault), Duration::ZERO)
    }

    /// One connection, from its beginning to its end.
    async fn once(&mut self) -> (Ended, Option<Instant>) {
        let Some(address) = self.config.addresses.get(self.place).cloned() else {
            return (Ended::Lost(StreamFault::Settings), None);
        };
        let password = self.config.password.expose("each connection proves itself");
        let hello = Hello {
            address,
            trust: self.config.trust.clone(),
            proxying: self.config.proxying.clone(),
            client_id: self.config.client_id.clone(),
            username: self.config.username.clone(),
            password: Secret::new(password.to_owned()),
            will: self.presence(false),
        };
        let (line, mut heard) = self.world.client.connect(hello);
        let mut connection = Connection {
            line,
            route: None,
            begun: None,
        };
        let ended = self.hear(&mut connection, &mut heard).await;
        if connection.begun.is_some() && matches!(ended, Ended::Stopped) {
            self.leave(&connection, &mut heard).await;
        }
        (ended, connection.begun)
    }

    async fn hear(
        &mut self,
        connection: &mut Connection,
        heard: &mut mpsc::Receiver<Heard>,
    ) -> Ended {
        let clock = Arc::clone(&self.world.clock);
        let mut wake = self.looks();
        // Due also while much is heard: who did not look for long seems to have slept.
        let mut look = clock.sleep(EVERY);
        loop {
            tokio::select! {
                () = told(&mut self.stopped) => return Ended::Stopped,
                next = heard.recv() => match next {
                    Some(Heard::Lost(fault)) => return Ended::Lost(fault),
                    None => return Ended::Lost(StreamFault::Cut),
                    Some(Heard::Connected { route }) => {
                        connection.route = route;
                        connection.begun = Some(Instant::now());
                        self.greet(&*connection.line).await;
                    }
                    Some(Heard::Subscribed(true)) => self.hears().await,
                    Some(Heard::Subscribed(false)) => {
                        return Ended::Lost(StreamFault::TopicRefused);
                    }
                    Some(Heard::Message(message)) => {
                        if let Err(ended) = self.message(&*connection.line, &message).await {
                            return ended;
                        }
                    }
                },
                order = self.orders.recv() => match order {
                    Some(Order::Popped { place, event }) => {
                        let event = (place, event);
                        if self.own.contains(&event) {
                            self.report(&*connection.line, &event, What::Popped).await;
                        }
                    }
                    // It is connected already, or about to be.
                    Some(Order::Hurry) => {}
                    None => return Ended::Stopped,
                },
                () = &mut look => {
                    look = clock.sleep(EVERY);
                    if self.slept(&mut wake) || connection.route.is_some_and(Route::is_another) {
                        return Ended::Woken;
                    }
                }
            }
        }
    }

    /// Asks for the topics, exactly one filter each, and says that it is there.
    async fn greet(&mut self, line: &dyn Line) {
        let topics = &self.config.topics;
        let wanted = std::iter::once(&topics.interactions).chain(&topics.control);
        line.subscribe(wanted.cloned().collect()).await;
        self.since = self.world.clock.now();
        self.announce(line, true).await;
    }

    async fn hears(&mut self) {
        tracing::info!("the broker is heard");
        let since = self.world.clock.now();
        self.world.shared.hears(self.address_shown(), since);
        self.world.sink.told(News::Changed).await;
    }

    fn presence(&self, online: bool) -> Option<Note> {
        let topic = self.config.topics.presence.clone()?;
        let device = self.config.device.as_deref();
        Some(Note {
            topic,
            body: letters::presence(online, device, &self.config.version, self.since),
            retain: true,
            expires: None,
        })
    }

    async fn announce(&self, line: &dyn Line, online: bool) {
        if let Some(note) = self.presence(online) {
            line.send(note).await;
        }
    }

    async fn report(&self, line: &dyn Line, (place, event): &(String, String), what: What) {
        let Some(topic) = self.config.topics.ack.clone() else {
            return;
        };
        let body = letters::report(place, event, what, self.world.clock.now());
        let note = Note {
            topic,
            body,
            retain: false,
            expires: Some(REPORT_LIVES),
        };
        line.send(note).await;
    }

    /// Takes a message, and acknowledges it unless it must come again.
    async fn message(&mut self, line: &dyn Line, message: &Message) -> Result<(), Ended> {
        if message.topic == self.config.topics.interactions {
            self.event(line, message).await?;
        } else if self.config.topics.control.as_ref() == Some(&message.topic) {
            self.letter(line, message).await;
        } else {
            self.refuse("foreign_topic");
        }
        line.taken(message).await;
        Ok(())
    }

    async fn letter(&self, line: &dyn Line, message: &Message) {
        match Letter::read(&message.body) {
            Some(Letter::Sync) => self.announce(line, true).await,
            Some(letter) => {
                if let Some(news) = letter.news(self.config.device.as_deref()) {
                    self.world.sink.told(news).await;
                }
            }
            // Of a later release.
            None => {}
        }
    }

    async fn event(&mut self, line: &dyn Line, message: &Message) -> Result<(), Ended> {
        let received = self.world.clock.now();
        let delivery = match self.reader.read(message, received) {
            Ok(delivery) => delivery,
            Err(code) => {
                self.refuse(code);
                return Ok(());
            }
        };
        let Some(event) = delivery.events.first() else {
            return Ok(());
        };
        let event = (event.key.source.clone(), event.id.clone());
        self.own.push_back(event.clone());
        if self.own.len() > OWN {
            self.own.pop_front();
        }
        let sink = Arc::clone(&self.world.sink);
        let accepted = tokio::select! {
            accepted = sink.accept(delivery) => accepted,
            () = self.world.clock.sleep(KEEP) => Accepted::Unavailable,
            () = told(&mut self.stopped) => return Err(Ended::Stopped),
        };
        match accepted {
            Accepted::New => {
                self.world.shared.accepted(received);
                self.report(line, &event, What::Received).await;
            }
            // It came again because the acknowledgement was lost.
            Accepted::Repeated => self.report(line, &event, What::Received).await,
            Accepted::Conflict => self.refuse("conflict"),
            Accepted::NotOurs => self.refuse("not_ours"),
            Accepted::Unavailable => {
                self.refuse("unavailable");
                self.report(line, &event, What::Failed).await;
                return Err(Ended::Lost(StreamFault::NotKept));
            }
        }
        Ok(())
    }

    fn refuse(&self, code: &'static str) {
        tracing::warn!(code, "an event from the broker was refused");
        self.world.shared.refused(code);
    }

    /// Says goodbye, so that nobody waits for the will.
    async fn leave(&self, connection: &Connection, heard: &mut mpsc::Receiver<Heard>) {
        let goodbye = async {
            self.announce(&*connection.line, false).await;
            connection.line.leave().await;
            // What still comes is not taken, and comes again.
            while !matches!(heard.recv().await, Some(Heard::Lost(_)) | None) {}
        };
        tokio::select! {
            () = goodbye => {}
            () = self.world.clock.sleep(LEAVE) => {}
        }
    }
}

fn lasted(begun: Option<Instant>) -> Duration {
    begun.map(|begun| begun.elapsed()).unwrap_or_default()
}

/// Returns when it is time to stop.
async fn told(stopped: &mut watch::Receiver<bool>) {
    // When nobody is left to say it, it is time too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
