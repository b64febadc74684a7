//! The few packets of MQTT 5 that a test needs to say exactly what it means to a broker.
//!
//! A client library hides the very things that are to be seen (the reason for each filter, whether
//! the session was there) and costs too much to hold ten thousand of. Here are plain functions over
//! bytes, and a client that waits on one socket.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What a broker answers when somebody may not.
pub const NOT_AUTHORIZED: u8 = 0x87;
/// What it answers when nobody listens.
pub const NO_SUBSCRIBER: u8 = 0x10;

const CONNACK: u8 = 0x20;
const PUBLISH: u8 = 0x30;
const PUBACK: u8 = 0x40;
const SUBACK: u8 = 0x90;
const DISCONNECT: u8 = 0xE0;
/// Nothing here is slow; only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// How somebody connects.
#[derive(Clone, Copy, Debug, Default)]
pub struct Connect<'t> {
    /// The client id.
    pub id: &'t str,
    /// User name and password.
    pub login: Option<(&'t str, &'t str)>,
    /// How long the session outlives the connection, in seconds; 0 begins a new one.
    pub session: u32,
    /// What is said when the connection ends without a word: topic and text.
    pub will: Option<(&'t str, &'t str)>,
}

impl Connect<'_> {
    /// The packet.
    pub fn packet(&self) -> Vec<u8> {
        let mut flags = 0;
        let mut body = Vec::new();
        text(&mut body, "MQTT");
        body.push(5);
        let flags_at = body.len();
        body.extend([0, 0, 30]);
        // Session expiry.
        body.extend([5, 0x11]);
        body.extend(self.session.to_be_bytes());
        if self.session == 0 {
            flags |= 0x02;
        }
        text(&mut body, self.id);
        if let Some((topic, said)) = self.will {
            flags |= 0x04 | 0x08;
            body.push(0);
            text(&mut body, topic);
            text(&mut body, said);
        }
        if let Some((name, password)) = self.login {
            flags |= 0xC0;
            text(&mut body, name);
            text(&mut body, password);
        }
        if let Some(byte) = body.get_mut(flags_at) {
            *byte = flags;
        }
        packet(0x10, &body)
    }
}

/// Asks for topics, each at least once.
pub fn subscribe(number: u16, filters: &[&str]) -> Vec<u8> {
    let mut body = number.to_be_bytes().to_vec();
    body.push(0);
    for filter in filters {
        text(&mut body, filter);
        body.push(1);
    }
    packet(0x82, &body)
}

/// Says something, at least once.
pub fn publish(number: u16, topic: &str, said: &[u8], retain: bool) -> Vec<u8> {
    let mut body = Vec::new();
    text(&mut body, topic);
    body.extend(number.to_be_bytes());
    body.push(0);
    body.extend_from_slice(said);
    packet(PUBLISH | 0x02 | u8::from(retain), &body)
}

/// Confirms a message.
pub fn puback(number: u16) -> Vec<u8> {
    packet(PUBACK, &number.to_be_bytes())
}

/// A message as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its topic.
    pub topic: String,
    /// Its number; 0 when it need not be confirmed.
    pub number: u16,
    /// What is left of its expiry, in seconds.
    pub expiry: Option<u32>,
    /// What it says.
    pub said: Vec<u8>,
}

/// Reads a PUBLISH; `None` when it is another packet or broken.
pub fn message(head: u8, body: &[u8]) -> Option<Message> {
    if head & 0xF0 != PUBLISH {
        return None;
    }
    let (length, rest) = body.split_first_chunk()?;
    let (topic, mut rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let mut number = 0;
    if head & 0x06 != 0 {
        let (bytes, after) = rest.split_first_chunk()?;
        number = u16::from_be_bytes(*bytes);
        rest = after;
    }
    let (length, rest) = varint(rest)?;
    let (properties, said) = rest.split_at_checked(length)?;
    let expiry = expiry(properties);
    Some(Message {
        topic: String::from_utf8(topic.to_vec()).ok()?,
        number,
        expiry,
        said: said.to_vec(),
    })
}

/// The message's expiry among the properties that a PUBLISH of ours has.
fn expiry(mut properties: &[u8]) -> Option<u32> {
    loop {
        properties = match properties {
            [0x02, a, b, c, d, ..] => return Some(u32::from_be_bytes([*a, *b, *c, *d])),
            // The payload's form.
            [0x01, _, rest @ ..] => rest,
            // The content type.
            [0x03, rest @ ..] => after_text(rest)?,
            // A property of the user's own: name and value.
            [0x26, rest @ ..] => after_text(after_text(rest)?)?,
            _ => return None,
        };
    }
}

fn after_text(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.get(usize::from(u16::from_be_bytes(*length))..)
}

/// Takes one whole packet from the front of what came; `None` while it is not whole.
pub fn take(came: &mut Vec<u8>) -> Option<(u8, Vec<u8>)> {
    let (head, rest) = came.split_first()?;
    let (head, before) = (*head, rest.len());
    let (length, rest) = varint(rest)?;
    let whole = 1 + before - rest.len() + length;
    if came.len() < whole {
        return None;
    }
    let mut taken: Vec<u8> = came.drain(..whole).collect();
    let body = taken.split_off(whole - length);
    Some((head, body))
}

/// A connection to a broker.
pub struct Client<S = TcpStream> {
    stream: S,
    came: Vec<u8>,
    messages: VecDeque<Message>,
    number: u16,
    /// Whether the broker still had the session.
    pub session_present: bool,
}

impl Client {
    /// Connects over plain TCP; the error of a refusal is its code.
    pub fn connect(port: u16, connect: &Connect<'_>) -> io::Result<Result<Self, u8>> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Self::over(stream, connect)
    }
}

impl<S: Read + Write> Client<S> {
    /// Connects over a stream that is open already.
    pub fn over(mut stream: S, connect: &Connect<'_>) -> io::Result<Result<Self, u8>> {
        stream.write_all(&connect.packet())?;
        stream.flush()?;
        let mut client = Self {
            stream,
            came: Vec::new(),
            messages: VecDeque::new(),
            number: 0,
            session_present: false,
        };
        let answer = client.answer(CONNACK)?;
        let (Some(present), Some(code)) = (answer.first(), answer.get(1)) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        client.session_present = present & 1 == 1;
        Ok(if *code == 0 { Ok(client) } else { Err(*code) })
    }

    /// Asks for topics and returns the answer to each.
    pub fn subscribe(&mut self, filters: &[&str]) -> io::Result<Vec<u8>> {
        self.number += 1;
        self.stream.write_all(&subscribe(self.number, filters))?;
        self.stream.flush()?;
        let answer = self.answer(SUBACK)?;
        Ok(answer
            .get(answer.len() - filters.len()..)
            .unwrap_or_default()
            .to_vec())
    }

    /// Says something and returns the answer; 0 is yes.
    pub fn publish(&mut self, topic: &str, said: &str, retain: bool) -> io::Result<u8> {
        self.number += 1;
        let packet = publish(self.number, topic, said.as_bytes(), retain);
        self.stream.write_all(&packet)?;
        self.stream.flush()?;
        let answer = self.answer(PUBACK)?;
        Ok(answer.get(2).copied().unwrap_or_default())
    }

    /// The next message; it is confirmed.
    pub fn hear(&mut self) -> io::Result<Message> {
        while self.messages.is_empty() {
            self.read_more()?;
        }
        self.messages
            .pop_front()
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// The body of the next packet of this kind; messages before it are kept.
    fn answer(&mut self, kind: u8) -> io::Result<Vec<u8>> {
        loop {
            if let Some((head, body)) = take(&mut self.came) {
                if head & 0xF0 == kind {
                    return Ok(body);
                }
                self.keep(head, &body)?;
            } else {
                self.read_bytes()?;
            }
        }
    }

    fn read_more(&mut self) -> io::Result<()> {
        while let Some((head, body)) = take(&mut self.came) {
            self.keep(head, &body)?;
        }
        if self.messages.is_empty() {
            self.read_bytes()?;
        }
        Ok(())
    }

    fn keep(&mut self, head: u8, body: &[u8]) -> io::Result<()> {
        if head & 0xF0 == DISCONNECT {
            return Err(io::Error::other(format!("the broker ends it: {body:02x?}")));
        }
        if let Some(message) = message(head, body) {
            if message.number != 0 {
                self.stream.write_all(&puback(message.number))?;
                self.stream.flush()?;
            }
            self.messages.push_back(message);
        }
        Ok(())
    }

    fn read_bytes(&mut self) -> io::Result<()> {
        let mut bytes = [0; 4096];
        let count = self.stream.read(&mut bytes)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.came
            .extend_from_slice(bytes.get(..count).unwrap_or_default());
        Ok(())
    }
}

pub(crate) fn packet(head: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![head];
    let mut length = body.len();
    loop {
        let seven = u8::try_from(length & 0x7F).unwrap_or_default();
        length >>= 7;
        if length == 0 {
            packet.push(seven);
            break;
        }
        packet.push(seven | 0x80);
    }
    packet.extend_from_slice(body);
    packet
}

/// A length, and what follows it.
pub(crate) fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0;
    for (at, byte) in bytes.iter().enumerate().take(4) {
        length |= usize::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((length, bytes.get(at + 1..)?));
        }
    }
    None
}

fn text(body: &mut Vec<u8>, text: &str) {
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    body.extend(length.to_be_bytes());
    body.extend_from_slice(text.as_bytes());
}
