//! The platform that calls, and the client that only publishes.

use std::fmt::Write as _;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_doubles::mqtt::{self, Connect};
use pop_source::signature::{SigningKey, sign};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::Outcome;
use super::desktops::Desktops;
use super::place::{PASSWORD, SIGNING, USER};

/// Connections that a busy platform keeps open: 3,000 deliveries a second, each answered within
/// 85 ms. With a quarter of them all wait for the same commit, and then nobody has anything to
/// commit: the disk and the processors take turns.
const CONNECTIONS: usize = 256;
/// What the gateway has on its way to the broker, so that both publish alike.
const WINDOW: usize = 128;

/// Deliveries that are signed already: the load is to cost as little as it can.
pub(super) struct Platform {
    to: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
}

impl Platform {
    pub(super) fn new(to: SocketAddr, number: usize, agents: usize) -> Outcome<Self> {
        let keys = [SigningKey::parse(&Secret::new(SIGNING.to_owned()))?];
        let now = Moment::default().after(SystemTime::UNIX_EPOCH.elapsed()?);
        let mut requests = Vec::with_capacity(number);
        for at in 0..number {
            let body = delivery(at, at % agents);
            let signed = sign(&keys, &format!("delivery-{at}"), now, body.as_bytes())?;
            let mut fields = String::new();
            for (name, value) in signed.fields() {
                write!(fields, "{name}: {value}\r\n")?;
            }
            let length = body.len();
            let request = format!(
                "POST /glia HTTP/1.1\r\nHost: hooks.acme.example\r\nContent-Type: application/json\r\n\
                 Content-Length: {length}\r\n{fields}\r\n{body}"
            );
            requests.push(request.into_bytes());
        }
        Ok(Self {
            to,
            requests: Arc::new(requests),
            next: Arc::default(),
        })
    }

    /// Sends the next deliveries as fast as they are answered.
    pub(super) async fn rush(&mut self, number: usize) -> Outcome<()> {
        let end = self.next.load(Ordering::Relaxed) + number;
        let mut connections: JoinSet<io::Result<()>> = JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (to, requests, next) =
                (self.to, Arc::clone(&self.requests), Arc::clone(&self.next));
            connections.spawn(async move {
                let mut stream = TcpStream::connect(to).await?;
                stream.set_nodelay(true)?;
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(request) = requests.get(at).filter(|_| at < end) else {
                        return Ok(());
                    };
                    exchange(&mut stream, request).await?;
                }
            });
        }
        while let Some(ended) = connections.join_next().await {
            ended??;
        }
        self.next.store(end, Ordering::Relaxed);
        Ok(())
    }

    /// Sends the next deliveries at a rate, and notes when each one leaves.
    pub(super) async fn pace(&mut self, number: usize, rate: u32, note: &Desktops) -> Outcome<()> {
        let mut tick = tokio::time::interval(Duration::from_secs(1) / rate);
        let mut sent: JoinSet<io::Result<TcpStream>> = JoinSet::new();
        let mut free: Vec<TcpStream> = Vec::new();
        for _ in 0..number {
            tick.tick().await;
            while let Some(done) = sent.try_join_next() {
                free.push(done??);
            }
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let (to, requests) = (self.to, Arc::clone(&self.requests));
            let open = free.pop();
            note.leaves(at);
            sent.spawn(async move {
                let mut stream = match open {
                    Some(stream) => stream,
                    None => TcpStream::connect(to).await?,
                };
                stream.set_nodelay(true)?;
                let request = requests.get(at).ok_or(io::ErrorKind::NotFound)?;
                exchange(&mut stream, request).await?;
                Ok(stream)
            });
        }
        while let Some(done) = sent.join_next().await {
            done??;
        }
        Ok(())
    }
}

async fn exchange(stream: &mut TcpStream, request: &[u8]) -> io::Result<()> {
    stream.write_all(request).await?;
    let mut answer = [0; 512];
    let mut length = 0;
    // An answer is a head and nothing else.
    while !answer
        .get(..length)
        .unwrap_or_default()
        .ends_with(b"\r\n\r\n")
    {
        let more = stream
            .read(answer.get_mut(length..).unwrap_or_default())
            .await?;
        if more == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        length += more;
    }
    if answer.starts_with(b"HTTP/1.1 202 ") {
        return Ok(());
    }
    let said = String::from_utf8_lossy(answer.get(..length).unwrap_or_default()).into_owned();
    Err(io::Error::other(said))
}

/// How many messages of the same size the broker takes from a client that does nothing else.
pub(super) async fn publish_raw(port: u16, agents: usize, number: usize) -> Outcome<f64> {
    let connect = Connect {
        id: "bench-raw",
        login: Some((USER, PASSWORD)),
        ..Connect::default()
    };
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    stream.write_all(&connect.packet()).await?;
    let (mut came, mut buffer) = (Vec::new(), [0; 8_192]);
    let said = vec![b'x'; delivery(0, 0).len()];
    let (mut sent, mut confirmed) = (0, 0);
    let mut begun = None;
    while confirmed < number {
        let count = stream.read(&mut buffer).await?;
        came.extend_from_slice(buffer.get(..count).unwrap_or_default());
        while mqtt::take(&mut came).is_some() {
            // The first packet says that it is connected.
            if begun.is_some() {
                confirmed += 1;
            } else {
                begun = Some(Instant::now());
            }
        }
        let mut packets = Vec::new();
        while sent < number && sent - confirmed < WINDOW {
            let topic = format!("sp/v1/acme/agents/a{}/interactions", sent % agents);
            let packet = u16::try_from(sent % 60_000 + 1)?;
            packets.extend(mqtt::publish(packet, &topic, &said, false));
            sent += 1;
        }
        stream.write_all(&packets).await?;
    }
    let took = begun.map_or(Duration::ZERO, |begun| begun.elapsed());
    Ok(super::per_second(number, took))
}

/// What Glia says when an engagement begins.
fn delivery(number: usize, agent: usize) -> String {
    format!(
        r#"{{"version":"v1","export_type":"engagement_start","engagement_id":"bench-{number}.",
"site_id":"def34343-e888-43ae-99e0-07a676e9a111","platform":"omnicore","source":"button_embed","queue_wait_time":0,
"queues":[{{"id":"f58d4671-1a1b-433a-b7af-f9f70f071ca3","name":"Example queue"}}],
"operator":{{"id":"op-{agent}","name":"Jordan Green"}},
"visitor":{{"id":"c2c9106e-v888-47b2-8db3-089fb49dc9a5","name":"John Smith","email":"john.smith@example.com","phone":"+14155550123"}},
"custom_fields":[{{"key":"VIP","value":"true"}}]}}"#
    )
}
