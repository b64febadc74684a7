//! Ten thousand desktops, each one socket and no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pop_doubles::mqtt::{self, Connect};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::Outcome;
use super::place::{PASSWORD, USER};

/// Desktops that connect at the same moment.
const AT_ONCE: usize = 200;
/// A desktop pings when nothing came for this long: two thirds of what it promised.
const SILENCE: Duration = Duration::from_secs(20);
const PING: [u8; 2] = [0xC0, 0];

/// Desktops that listen, each to a topic of its own.
pub(super) struct Desktops {
    heard: Arc<Heard>,
    /// They are gone when this is.
    _connected: JoinSet<()>,
    held: usize,
}

struct Heard {
    since: Instant,
    number: AtomicUsize,
    /// When each delivery left and came, in microseconds; 0 as long as it did not.
    times: Vec<(AtomicU64, AtomicU64)>,
}

impl Desktops {
    /// Connects them; each has its session and its subscription when this returns.
    pub(super) async fn connect(port: u16, number: usize, deliveries: usize) -> Outcome<Self> {
        let heard = Arc::new(Heard {
            since: Instant::now(),
            number: AtomicUsize::new(0),
            times: (0..deliveries).map(|_| Default::default()).collect(),
        });
        let (gate, mut connecting) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
        for agent in 0..number {
            let gate = Arc::clone(&gate);
            connecting.spawn(async move {
                let _turn = gate.acquire().await.ok()?;
                connect(port, agent).await
            });
        }
        let (mut connected, mut held) = (JoinSet::new(), 0);
        while let Some(stream) = connecting.join_next().await {
            let Some(stream) = stream? else { continue };
            held += 1;
            connected.spawn(listen(stream, Arc::clone(&heard)));
        }
        Ok(Self {
            heard,
            _connected: connected,
            held,
        })
    }

    pub(super) fn held(&self) -> usize {
        self.held
    }

    pub(super) fn heard(&self) -> usize {
        self.heard.number.load(Ordering::Relaxed)
    }

    /// Notes that a delivery leaves the platform.
    pub(super) fn leaves(&self, delivery: usize) {
        if let Some((left, _)) = self.heard.times.get(delivery) {
            left.store(self.heard.now(), Ordering::Relaxed);
        }
    }

    /// Waits until so many deliveries were heard, or nothing comes any more.
    pub(super) async fn wait_for(&self, number: usize, patience: Duration) -> Outcome<()> {
        let begun = Instant::now();
        while self.heard() < number {
            if begun.elapsed() > patience {
                let heard = self.heard();
                return Err(format!("{heard} of {number} deliveries reached a desktop").into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    /// How long each delivery from this one on took, in milliseconds.
    #[expect(clippy::cast_precision_loss, reason = "microseconds of one run")]
    pub(super) fn took(&self, from: usize) -> Vec<f64> {
        let times = self.heard.times.get(from..).unwrap_or_default();
        let times = times.iter().map(|(left, came)| {
            let (left, came) = (left.load(Ordering::Relaxed), came.load(Ordering::Relaxed));
            came.saturating_sub(left) as f64 / 1_000.0
        });
        times.collect()
    }
}

impl Heard {
    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn hear(&self, said: &[u8]) {
        let Some(number) = number_of(said) else {
            return;
        };
        let Some((_, came)) = self.times.get(number) else {
            return;
        };
        let first = came.compare_exchange(0, self.now(), Ordering::Relaxed, Ordering::Relaxed);
        if first.is_ok() {
            self.number.fetch_add(1, Ordering::Relaxed);
        }
    }
}

async fn connect(port: u16, agent: usize) -> Option<TcpStream> {
    let connect = Connect {
        id: &format!("bench-{agent}"),
        login: Some((USER, PASSWORD)),
        ..Connect::default()
    };
    let topic = format!("sp/v1/acme/agents/a{agent}/interactions");
    let mut hello = connect.packet();
    hello.extend(mqtt::subscribe(1, &[&topic]));
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    stream.set_nodelay(true).ok()?;
    stream.write_all(&hello).await.ok()?;
    let mut came = Vec::new();
    let mut answers = 0;
    while answers < 2 {
        let mut buffer = [0; 256];
        let count = stream.read(&mut buffer).await.ok().filter(|it| *it > 0)?;
        came.extend_from_slice(buffer.get(..count)?);
        while let Some((_, body)) = mqtt::take(&mut came) {
            answers += 1;
            // The reason: of the connection, or of the one filter.
            let reason = if answers == 1 {
                body.get(1)
            } else {
                body.last()
            };
            reason.filter(|it| **it < 0x80)?;
        }
    }
    Some(stream)
}

async fn listen(mut stream: TcpStream, heard: Arc<Heard>) {
    let (mut came, mut buffer) = (Vec::new(), [0; 2_048]);
    loop {
        let Ok(read) = tokio::time::timeout(SILENCE, stream.read(&mut buffer)).await else {
            if stream.write_all(&PING).await.is_err() {
                return;
            }
            continue;
        };
        let Some(count) = read.ok().filter(|it| *it > 0) else {
            return;
        };
        came.extend_from_slice(buffer.get(..count).unwrap_or_default());
        while let Some((head, body)) = mqtt::take(&mut came) {
            let Some(message) = mqtt::message(head, &body) else {
                continue;
            };
            heard.hear(&message.said);
            if stream
                .write_all(&mqtt::puback(message.number))
                .await
                .is_err()
            {
                return;
            }
        }
    }
}

/// The number in the id of a delivery's engagement.
fn number_of(said: &[u8]) -> Option<usize> {
    const BEFORE: &[u8] = b"bench-";
    let at = said.windows(BEFORE.len()).position(|it| it == BEFORE)?;
    let after = said.get(at + BEFORE.len()..)?;
    let end = after.iter().position(|it| !it.is_ascii_digit())?;
    std::str::from_utf8(after.get(..end)?).ok()?.parse().ok()
}
