//! The way to the broker: what waits is published in order, one topic per agent, at least once.
//!
//! A message is forgotten when the broker has taken it, and not before. After a lost connection
//! everything that was not taken is published again from the first on, so the order within an
//! interaction stays; a message may then come twice, and the desktop knows it by its id. The
//! session of the client holds nothing that is not in the queue: each connection begins clean.
//!
//! A broker that lost its sessions takes messages for desktops that are not back yet, and gives
//! them to nobody. It says so, and for as long as desktops need to come back such messages stay.

pub(crate) mod control;
pub(crate) mod line;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesOrdered;
use pop_core::moment::Moment;
use pop_store::Waiting;
use rumqttc::mqttbytes::v5::{PubAckReason, PublishProperties};
use rumqttc::{
    AsyncClient, Event, EventLoop, Incoming, PublishNoticeError, PublishOptions, PublishResult, QoS,
};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep, timeout};

use crate::broker::line::Pauses;
use crate::config::{Broker, Config};
use crate::gateway::told;
use crate::message::Message;
use crate::metrics::Metrics;
use crate::queue::Queue;

/// Messages that are on their way to the broker at once.
const WINDOW: usize = 128;
/// Requests that the client holds: more than the window, so that publishing never waits.
const CAPACITY: usize = 2 * WINDOW;
/// How long a refused message rests before it is tried again.
const REST: Duration = Duration::from_secs(5);
/// How long after a connection desktops may still be coming back; later, nobody is signed in.
const RETURN: Duration = Duration::from_secs(90);
/// How long a message for nobody rests: it may be ringing.
const KNOCK: Duration = Duration::from_secs(1);
/// Messages for nobody that stay: enough for every agent of one broker, and no more, so that
/// agents who are not at work cost nothing.
const MOST_FOR_NOBODY: usize = 10_000;
/// How long a shutdown waits for the broker to take what waits.
const DRAIN: Duration = Duration::from_secs(5);

/// Publishes what waits until it is told to stop.
pub(crate) async fn publish(
    config: Arc<Config>,
    queue: Queue,
    metrics: Arc<Metrics>,
    clock: fn() -> Moment,
    mut stop: watch::Receiver<bool>,
) {
    let mut pauses = Pauses::default();
    loop {
        let mut session = Session::begin(&config.broker, &queue, &metrics, clock);
        let ended = session.run(&mut stop).await;
        session.end(&ended).await;
        match ended {
            Ended::Stopped => return,
            Ended::Lost(why) => tracing::warn!(code = why, "the broker is not reached"),
        }
        if session.connected_at.is_some() {
            pauses = Pauses::default();
        }
        tokio::select! {
            () = sleep(pauses.next()) => {}
            () = told(&mut stop) => return,
        }
    }
}

/// Why a session ended.
enum Ended {
    Stopped,
    Lost(&'static str),
}

type Notice =
    Pin<Box<dyn Future<Output = (i64, Result<PublishResult, PublishNoticeError>)> + Send>>;

/// One connection.
struct Session<'g> {
    client: AsyncClient,
    lost: oneshot::Receiver<&'static str>,
    connected: watch::Receiver<bool>,
    queue: &'g Queue,
    metrics: &'g Metrics,
    clock: fn() -> Moment,
    /// The last row that was read from the queue.
    cursor: i64,
    on_the_way: FuturesOrdered<Notice>,
    taken: Vec<i64>,
    refused: bool,
    /// Messages that reached nobody since the queue was last read from the first on.
    for_nobody: usize,
    /// They are to be tried again; nothing new is sent before.
    knocks: bool,
    connected_at: Option<Instant>,
    more: bool,
}

impl<'g> Session<'g> {
    fn begin(
        broker: &Broker,
        queue: &'g Queue,
        metrics: &'g Metrics,
        clock: fn() -> Moment,
    ) -> Self {
        let mut options = line::options(broker, broker.client_id.clone());
        options.set_max_request_batch(WINDOW);
        let (client, events) = AsyncClient::builder(options).capacity(CAPACITY).build();
        let (tell_lost, lost) = oneshot::channel();
        let (tell_connected, connected) = watch::channel(false);
        tokio::spawn(async move {
            let why = poll(events, tell_connected).await;
            // The session may have ended meanwhile.
            let _ = tell_lost.send(why);
        });
        Self {
            client,
            lost,
            connected,
            queue,
            metrics,
            clock,
            cursor: 0,
            on_the_way: FuturesOrdered::new(),
            taken: Vec::new(),
            refused: false,
            for_nobody: 0,
            knocks: false,
            connected_at: None,
            more: true,
        }
    }

    async fn run(&mut self, stop: &mut watch::Receiver<bool>) -> Ended {
        tokio::select! {
            why = &mut self.lost => return Ended::Lost(why.unwrap_or("closed")),
            connected = self.connected.wait_for(|connected| *connected) => {
                if connected.is_err() {
                    return Ended::Lost("closed");
                }
            }
            () = told(stop) => return Ended::Stopped,
        }
        self.connected_at = Some(Instant::now());
        self.metrics.set_connected(true);
        tracing::info!("the broker is reached");
        let mut deadline: Option<Instant> = None;
        let mut rest = tokio::time::interval(REST);
        let mut knock = tokio::time::interval(KNOCK);
        loop {
            self.knock_again();
            let room = self.on_the_way.len() <= WINDOW / 2;
            if self.more && room && !self.knocks && !self.feed().await {
                return Ended::Lost("closed");
            }
            if deadline.is_some() && !self.more && self.on_the_way.is_empty() {
                return Ended::Stopped;
            }
            tokio::select! {
                why = &mut self.lost => return Ended::Lost(why.unwrap_or("closed")),
                Some((row, result)) = self.on_the_way.next(), if !self.on_the_way.is_empty() => {
                    if let Err(why) = self.answered(row, result).await {
                        return Ended::Lost(why);
                    }
                }
                () = self.queue.news() => self.more = true,
                _ = rest.tick() => self.look_again(),
                _ = knock.tick() => self.knocks = self.for_nobody > 0,
                () = told(stop), if deadline.is_none() => {
                    deadline = Some(Instant::now() + DRAIN);
                    self.more = true;
                }
                () = until(deadline) => return Ended::Stopped,
            }
        }
    }

    /// Publishes what waits, as far as the window allows; `false` when the client is gone.
    async fn feed(&mut self) -> bool {
        let room = WINDOW - self.on_the_way.len();
        // What cannot be read now is tried with the next message.
        let waiting = self.queue.waiting(self.cursor, room).await;
        let waiting = waiting.unwrap_or_default();
        self.more = waiting.len() == room;
        let mut over = Vec::new();
        for waiting in waiting {
            self.cursor = waiting.row;
            let row = waiting.row;
            match self.publish_one(waiting).await {
                Some(true) => {}
                Some(false) => over.push(row),
                None => return false,
            }
        }
        if !over.is_empty() {
            self.metrics.count("expired_total", &[], over.len() as u64);
            self.queue.delivered(over).await;
        }
        true
    }

    /// `Some(false)` when nobody has use for it any more, `None` when the client is gone.
    async fn publish_one(&mut self, waiting: Waiting) -> Option<bool> {
        let Waiting {
            row,
            expires,
            message,
        } = waiting;
        let left = expires.since((self.clock)());
        if left.is_zero() {
            return Some(false);
        }
        // What was sealed with another key stays until it is over.
        let Some(message) = message.as_deref().and_then(Message::read) else {
            return Some(true);
        };
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        let properties = PublishProperties {
            payload_format_indicator: Some(1),
            message_expiry_interval: u32::try_from(seconds).ok(),
            content_type: Some("application/cloudevents+json".to_owned()),
            user_properties: vec![
                ("traceparent".to_owned(), message.traceparent),
                ("correlationid".to_owned(), message.correlation),
            ],
            ..PublishProperties::default()
        };
        let options = PublishOptions::new(QoS::AtLeastOnce).properties(properties);
        let notice = self
            .client
            .publish_tracked(message.topic, message.body, options)
            .await
            .ok()?;
        self.on_the_way
            .push_back(Box::pin(async move { (row, notice.wait_async().await) }));
        Some(true)
    }

    async fn answered(
        &mut self,
        row: i64,
        result: Result<PublishResult, PublishNoticeError>,
    ) -> Result<(), &'static str> {
        let Ok(PublishResult::Qos1(answer)) = result else {
            return Err("connection");
        };
        match answer.reason {
            PubAckReason::NoMatchingSubscribers if self.may_come_back() => {
                self.for_nobody += 1;
                self.metrics.count("for_nobody_total", &[], 1);
            }
            PubAckReason::Success | PubAckReason::NoMatchingSubscribers => {
                self.taken.push(row);
                self.metrics.count("published_total", &[], 1);
            }
            PubAckReason::UnspecifiedError
            | PubAckReason::ImplementationSpecificError
            | PubAckReason::NotAuthorized
            | PubAckReason::TopicNameInvalid
            | PubAckReason::PacketIdentifierInUse
            | PubAckReason::QuotaExceeded
            | PubAckReason::PayloadFormatInvalid => {
                self.refused = true;
                self.metrics.count("broker_refused_total", &[], 1);
            }
        }
        if self.on_the_way.is_empty() || self.taken.len() >= WINDOW / 2 {
            self.queue.delivered(std::mem::take(&mut self.taken)).await;
        }
        Ok(())
    }

    /// Whether somebody who is not there now may come back within the time of a message.
    fn may_come_back(&self) -> bool {
        let recently = |at: Instant| at.elapsed() < RETURN;
        self.connected_at.is_some_and(recently) && self.for_nobody < MOST_FOR_NOBODY
    }

    /// Begins again with the first message, once those on their way are answered, so that none of
    /// them is sent twice.
    fn knock_again(&mut self) {
        if self.knocks && self.on_the_way.is_empty() {
            self.knocks = false;
            self.for_nobody = 0;
            self.cursor = 0;
            self.more = true;
        }
    }

    /// Reads the queue again now and then, in case it could not be read; from the first message on
    /// when some were refused, which are those that are left when nothing is on its way.
    fn look_again(&mut self) {
        if self.on_the_way.is_empty() {
            self.more = true;
            if std::mem::take(&mut self.refused) {
                self.cursor = 0;
            }
        }
    }

    async fn end(&mut self, ended: &Ended) {
        self.metrics.set_connected(false);
        let taken = std::mem::take(&mut self.taken);
        if !taken.is_empty() {
            self.queue.delivered(taken).await;
        }
        if matches!(ended, Ended::Stopped) && self.client.disconnect().await.is_ok() {
            // Whether it still gets through changes nothing: what was taken is taken.
            let _ = timeout(Duration::from_secs(1), &mut self.lost).await;
        }
    }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

/// Drives the connection until it is lost, and says why.
async fn poll(mut events: EventLoop, connected: watch::Sender<bool>) -> &'static str {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Incoming::ConnAck(_))) => {
                // The session may have ended meanwhile; then the next poll fails.
                let _ = connected.send(true);
            }
            Ok(Event::Incoming(_) | Event::Outgoing(_) | Event::Auth(_)) => {}
            Err(error) => return line::word(&error),
        }
    }
}
