//! One connection: reads requests within their limits, has them judged, kept and answered.

use std::pin::{Pin, pin};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::answer::Answer;
use super::head::{Asked, Head};
use super::{Refusal, Room};
use crate::canonical::{self, Arrival, Framing};
use crate::signature::SignatureHeaders;
use crate::source::{Accepted, Delivery, Steps};

/// The most bytes that are read and thrown away after a refusal, so that the answer arrives before
/// the connection is torn down: one body and one head.
const LINGER_BYTES: usize = 72 * 1_024;

/// Serves one connection until it closes, is idle for too long, or the listener stops.
pub(super) async fn serve(stream: TcpStream, room: Arc<Room>, closed: watch::Receiver<bool>) {
    // Answers are small and waited for.
    let _ = stream.set_nodelay(true);
    let mut line = Line {
        stream,
        unread: Vec::new(),
        room,
        closed,
    };
    while let Some(answer) = line.exchange().await {
        if !line.say(&answer.bytes()).await {
            return;
        }
        if answer.closes {
            line.linger().await;
            return;
        }
    }
}

struct Line {
    stream: TcpStream,
    /// What came in and belongs to no request yet.
    unread: Vec<u8>,
    room: Arc<Room>,
    closed: watch::Receiver<bool>,
}

/// Why no more bytes come.
enum Silence {
    Late,
    Gone,
    Closing,
}

impl Line {
    /// Reads one request and finds its answer; `None` closes the connection without one.
    async fn exchange(&mut self) -> Option<Answer> {
        let head = match self.head().await {
            Ok(head) => head?,
            Err(refusal) => return self.refuse(&refusal, None),
        };
        let room = Arc::clone(&self.room);
        let page = head.page(&room.config.allowed_origins);
        let asked = match head.judge(room.address, page, room.config.limits.body_bytes) {
            Ok(asked) => asked,
            Err(refusal) => return self.refuse(&refusal, page),
        };
        let closes = head.closes() || *self.closed.borrow();
        let answer = match asked {
            Asked::Preflight { network } => Answer::preflight(network),
            Asked::Events { length, framing } => {
                let body = match self.body(length, head.waits()).await {
                    Ok(body) => body?,
                    Err(refusal) => return self.refuse(&refusal, page),
                };
                room.delivered(&head, &framing, body).await?
            }
        };
        Some(answer.for_page(page).closing(closes))
    }

    /// The next head; `Ok(None)` when there is none because the sender has nothing more to say.
    async fn head(&mut self) -> Result<Option<Head>, Refusal> {
        let clock = Arc::clone(&self.room.clock);
        let limits = self.room.config.limits;
        if self.unread.is_empty() && self.more(pin!(clock.sleep(limits.idle))).await.is_err() {
            return Ok(None);
        }
        let mut deadline = pin!(clock.sleep(limits.head_within));
        loop {
            if let Some((head, length)) = Head::read(&self.unread, limits.head_bytes)? {
                self.unread.drain(..length);
                return Ok(Some(head));
            }
            match self.more(deadline.as_mut()).await {
                Ok(()) => {}
                Err(Silence::Late) => return Err(Refusal::HeadTooSlow),
                Err(Silence::Gone) => return Err(Refusal::Cut),
                Err(Silence::Closing) => return Ok(None),
            }
        }
    }

    /// The body; `Ok(None)` when the listener stops before it has come.
    async fn body(&mut self, length: usize, waits: bool) -> Result<Option<Vec<u8>>, Refusal> {
        if waits && self.unread.len() < length && !self.say(b"HTTP/1.1 100 Continue\r\n\r\n").await
        {
            return Err(Refusal::Cut);
        }
        let clock = Arc::clone(&self.room.clock);
        let mut deadline = pin!(clock.sleep(self.room.config.limits.body_within));
        while self.unread.len() < length {
            match self.more(deadline.as_mut()).await {
                Ok(()) => {}
                Err(Silence::Late) => return Err(Refusal::BodyTooSlow),
                Err(Silence::Gone) => return Err(Refusal::Cut),
                Err(Silence::Closing) => return Ok(None),
            }
        }
        let rest = self.unread.split_off(length);
        Ok(Some(std::mem::replace(&mut self.unread, rest)))
    }

    /// Waits for more bytes, until `deadline`.
    async fn more(&mut self, deadline: Pin<&mut impl Future<Output = ()>>) -> Result<(), Silence> {
        let mut chunk = [0; 4_096];
        let closing = async {
            // The sender is gone only when the listener was dropped, which ends this task.
            let _ = self.closed.wait_for(|closed| *closed).await;
        };
        tokio::select! {
            biased;
            read = self.stream.read(&mut chunk) => match read {
                Ok(count) if count > 0 => {
                    self.unread.extend(chunk.iter().take(count));
                    Ok(())
                }
                Ok(_) | Err(_) => Err(Silence::Gone),
            },
            () = closing => Err(Silence::Closing),
            () = deadline => Err(Silence::Late),
        }
    }

    /// The answer to a request that is refused before its body was read, which ends the
    /// connection: nobody knows where the next request would begin.
    fn refuse(&self, refusal: &Refusal, page: Option<&str>) -> Option<Answer> {
        self.room.refuse(refusal.clone(), &self.unread);
        Answer::to(refusal).map(|answer| answer.for_page(page).closing(true))
    }

    /// Sends bytes; whether they were taken in time.
    async fn say(&mut self, bytes: &[u8]) -> bool {
        let clock = Arc::clone(&self.room.clock);
        tokio::select! {
            biased;
            written = self.stream.write_all(bytes) => written.is_ok(),
            () = clock.sleep(self.room.config.limits.body_within) => false,
        }
    }

    /// Ends the connection so that the last answer still arrives: closing with bytes unread would
    /// reset it.
    async fn linger(&mut self) {
        if self.stream.shutdown().await.is_err() {
            return;
        }
        let clock = Arc::clone(&self.room.clock);
        let mut deadline = pin!(clock.sleep(self.room.config.limits.body_within));
        let mut thrown_away = 0;
        while thrown_away < LINGER_BYTES && self.more(deadline.as_mut()).await.is_ok() {
            thrown_away += self.unread.len();
            self.unread.clear();
        }
    }
}

impl Room {
    /// Verifies, reads and hands on a body, and finds the answer.
    async fn delivered(&self, head: &Head, framing: &Framing, body: Vec<u8>) -> Option<Answer> {
        let seen = self.seen(&body);
        let refusal = match self.deliver(head, framing, body).await {
            Ok(Accepted::New) => {
                self.tally.accepted(self.clock.now());
                return Some(Answer::accepted());
            }
            Ok(Accepted::Repeated) => {
                self.tally.repeated();
                return Some(Answer::accepted());
            }
            Ok(Accepted::Conflict) => Refusal::Conflict,
            Ok(Accepted::NotOurs) => Refusal::NotOurs,
            Ok(Accepted::Unavailable) => Refusal::Unavailable,
            Err(refusal) => refusal,
        };
        let answer = Answer::to(&refusal);
        self.count(refusal, &seen);
        answer
    }

    async fn deliver(
        &self,
        head: &Head,
        framing: &Framing,
        body: Vec<u8>,
    ) -> Result<Accepted, Refusal> {
        let received = self.clock.now();
        let config = &self.config;
        let headers = SignatureHeaders::read(head.fields()).map_err(Refusal::Signature)?;
        let verified = config
            .keys
            .verify(&headers, &body, received, config.window)
            .map_err(Refusal::Signature)?;
        let proven = self.clock.now();
        let arrival = Arrival {
            received,
            delivery_id: Some(headers.id()),
            traceparent: head.text("traceparent"),
        };
        let events = canonical::read(framing, &body, arrival, &config.phone_rules);
        let count = events.as_ref().map_or(1, Vec::len);
        self.paces
            .take(verified.sender, count, received)
            .map_err(|retry_after| Refusal::TooFast { retry_after })?;
        let delivery = Delivery {
            id: headers.id().to_owned(),
            sender: verified.sender.to_owned(),
            body_hash: content_hash(framing, &body),
            events: events.map_err(Refusal::NotAnEvent)?,
            raw: body,
            framing: framing.clone(),
            traceparent: head.text("traceparent").map(str::to_owned),
            received,
            expires: None,
            steps: Steps {
                verified: Some(proven),
                mapped: Some(self.clock.now()),
            },
        };
        tokio::select! {
            biased;
            accepted = self.sink.accept(delivery) => Ok(accepted),
            () = self.clock.sleep(config.limits.accept_within) => Ok(Accepted::Unavailable),
        }
    }
}

fn content_hash(framing: &Framing, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(body);
    if let Framing::Binary(attributes) = framing {
        let mut attributes: Vec<_> = attributes.iter().collect();
        attributes.sort();
        for (name, value) in attributes {
            // Neither JSON nor a header field holds a NUL, so the parts cannot run together.
            hash.update(b"\0");
            hash.update(name);
            hash.update(b"\0");
            hash.update(value);
        }
    }
    hash.finalize().into()
}
