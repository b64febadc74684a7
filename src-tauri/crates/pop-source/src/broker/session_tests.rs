//! A session over a connection of the test's, on time of the test's.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::secret::Secret;
use tokio::sync::{mpsc, watch};
use tokio::task::yield_now;

use super::client::{Client, Heard, Hello, Line, Message, Note};
use super::session::{Session, World};
use super::{
    Address, Backoff, BrokerConfig, FIRST, Order, Proxying, STEP, Shared, Topics, Trust, WAITING,
};
use crate::source::{Accept, Accepted, Delivery, Health, State};

const EVENTS: &str = "sp/v1/acme/agents/agent01/interactions";

/// Time that the test moves, and a clock that can be set.
#[derive(Default)]
struct Wall {
    passed: watch::Sender<Duration>,
    back: AtomicU64,
}

impl Wall {
    async fn pass(&self, seconds: u64) {
        for _ in 0..seconds {
            self.passed
                .send_modify(|passed| *passed += Duration::from_secs(1));
            settle().await;
        }
    }
}

/// Gives everybody a turn.
async fn settle() {
    for _ in 0..32 {
        yield_now().await;
    }
}

#[async_trait]
impl Clock for Wall {
    fn now(&self) -> Moment {
        let back = Duration::from_secs(self.back.load(Ordering::SeqCst));
        let begun = Moment::from_millis(1_767_715_200_000);
        begun.after(*self.passed.borrow()).before(back)
    }

    async fn sleep(&self, wait: Duration) {
        let mut passed = self.passed.subscribe();
        let due = *passed.borrow() + wait;
        // The test holds the clock for as long as it runs.
        let _ = passed.wait_for(|passed| *passed >= due).await;
    }
}

/// Hands every connection to the test.
struct Connections(mpsc::UnboundedSender<mpsc::Sender<Heard>>);

struct Nothing;

#[async_trait]
impl Line for Nothing {
    async fn subscribe(&self, _: Vec<String>) {}

    async fn send(&self, _: Note) {}

    async fn taken(&self, _: &Message) {}

    async fn leave(&self) {}
}

impl Client for Connections {
    fn connect(&self, _: Hello) -> (Box<dyn Line>, mpsc::Receiver<Heard>) {
        let (tell, heard) = mpsc::channel(8);
        self.0.send(tell).expect("the test is there");
        (Box::new(Nothing), heard)
    }
}

struct Takes;

#[async_trait]
impl Accept for Takes {
    async fn accept(&self, _: Delivery) -> Accepted {
        Accepted::New
    }
}

struct Stage {
    wall: Arc<Wall>,
    connections: mpsc::UnboundedReceiver<mpsc::Sender<Heard>>,
    _orders: mpsc::Sender<Order>,
    _stopping: watch::Sender<bool>,
}

impl Stage {
    async fn new() -> Self {
        let wall = Arc::new(Wall::default());
        let config = BrokerConfig {
            addresses: vec![Address::parse("mqtts://mq.example.com", false).expect("one")],
            username: "agent01".to_owned(),
            client_id: "agent01".to_owned(),
            password: Secret::new("open sesame".to_owned()),
            topics: Topics {
                interactions: EVENTS.to_owned(),
                control: None,
                ack: None,
                presence: None,
            },
            agent: None,
            device: None,
            version: "0.1.0".to_owned(),
            trust: Trust::of_this_computer().expect("a trust store"),
            proxying: Proxying::Direct,
            phone_rules: PhoneRules::default(),
            backoff: Backoff::new(|| 1.0),
        };
        let shared = Shared(Mutex::new(Health {
            state: State::Connecting {
                place: String::new(),
            },
            accepted: 0,
            last: None,
            refused: BTreeMap::new(),
        }));
        let (tell, connections) = mpsc::unbounded_channel();
        let world = World {
            clock: Arc::clone(&wall) as _,
            sink: Arc::new(Takes),
            client: Arc::new(Connections(tell)),
            shared: Arc::new(shared),
        };
        let (orders, queue) = mpsc::channel(WAITING);
        let (stopping, stopped) = watch::channel(false);
        let session = Session::new(config, world, queue, stopped);
        tokio::spawn(session.run());
        settle().await;
        Self {
            wall,
            connections,
            _orders: orders,
            _stopping: stopping,
        }
    }

    /// The next connection, if there is one by then.
    async fn connection(&mut self, seconds: u64) -> Option<mpsc::Sender<Heard>> {
        self.wall.pass(seconds).await;
        self.connections.try_recv().ok()
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_no_wait_longer() {
    let mut stage = Stage::new().await;
    let first = stage.connection(FIRST.as_secs()).await;
    drop(first.expect("it connects"));
    settle().await;
    stage.wall.back.store(3_600, Ordering::SeqCst);
    let early = stage.connection(1).await;
    assert!(early.is_none(), "control: it waits");
    let second = stage.connection(STEP.as_secs()).await;
    assert!(second.is_some(), "the wait is as long as it was");
}

#[tokio::test]
async fn a_connection_on_which_much_is_heard_is_not_taken_for_one_that_slept() {
    let mut stage = Stage::new().await;
    let first = stage.connection(FIRST.as_secs()).await;
    let line = first.expect("it connects");
    for _ in 0..5 {
        let message = Message {
            topic: EVENTS.to_owned(),
            body: b"{}".to_vec(),
            remaining: None,
            content_type: None,
            traceparent: None,
            receipt: Box::new(()),
        };
        let heard = line.send(Heard::Message(Box::new(message))).await;
        heard.expect("the connection stands");
        stage.wall.pass(4).await;
    }
    let another = stage.connection(20).await;
    assert!(another.is_none(), "the first is still there");
}
