//! The broker's side of the packets in [`mqtt`](crate::mqtt): what a client says, and the answers.

use crate::mqtt::{packet, varint};

/// The first byte of each packet that a client sends, without its flags.
pub const CONNECT: u8 = 0x10;
/// A message.
pub const PUBLISH: u8 = 0x30;
/// It has taken a message.
pub const PUBACK: u8 = 0x40;
/// It asks for topics.
pub const SUBSCRIBE: u8 = 0x80;
/// It asks whether the broker is still there.
pub const PINGREQ: u8 = 0xC0;
/// It leaves.
pub const DISCONNECT: u8 = 0xE0;

/// How a client introduced itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// The client id.
    pub id: String,
    /// User name and password.
    pub login: Option<(String, String)>,
    /// Whether it wants a new session in any case.
    pub clean: bool,
    /// How long the session outlives the connection, in seconds.
    pub session: u32,
    /// Messages that may be on their way to it before it has confirmed the first.
    pub at_once: u16,
}

/// Reads the body of a CONNECT of MQTT 5; `None` when it is broken.
pub fn hello(body: &[u8]) -> Option<Hello> {
    let (name, rest) = field(body)?;
    let ([version, flags, _, _], rest) = rest.split_first_chunk()?;
    if name != b"MQTT" || *version != 5 {
        return None;
    }
    let (length, rest) = varint(rest)?;
    let (mut properties, rest) = rest.split_at_checked(length)?;
    let (mut session, mut at_once) = (0, u16::MAX);
    loop {
        properties = match properties {
            [] => break,
            [0x11, a, b, c, d, rest @ ..] => {
                session = u32::from_be_bytes([*a, *b, *c, *d]);
                rest
            }
            [0x21, a, b, rest @ ..] => {
                at_once = u16::from_be_bytes([*a, *b]);
                rest
            }
            // The largest packet, how many topics it knows by number, and what it wants to be told.
            [0x27, _, _, _, _, rest @ ..]
            | [0x22, _, _, rest @ ..]
            | [0x17 | 0x19, _, rest @ ..] => rest,
            _ => return None,
        };
    }
    let (id, mut rest) = field(rest)?;
    if flags & 0x04 != 0 {
        // The will: its properties, its topic, and what it says.
        let (length, after) = varint(rest)?;
        let (_, after) = field(after.get(length..)?)?;
        (_, rest) = field(after)?;
    }
    let mut login = None;
    if flags & 0xC0 == 0xC0 {
        let (name, after) = field(rest)?;
        let (password, _) = field(after)?;
        login = Some((text(name)?, text(password)?));
    }
    Some(Hello {
        id: text(id)?,
        login,
        clean: flags & 0x02 != 0,
        session,
        at_once,
    })
}

/// Reads the body of a SUBSCRIBE: its number, and the topics that are asked for.
pub fn wanted(body: &[u8]) -> Option<(u16, Vec<String>)> {
    let (number, rest) = body.split_first_chunk()?;
    let (length, rest) = varint(rest)?;
    let mut rest = rest.get(length..)?;
    let mut topics = Vec::new();
    while !rest.is_empty() {
        let (topic, after) = field(rest)?;
        topics.push(text(topic)?);
        // How often it may come, and what is wanted of what lies there.
        rest = after.get(1..)?;
    }
    Some((u16::from_be_bytes(*number), topics))
}

/// Lets a client in, or says why not; 0 is yes.
pub fn connack(present: bool, code: u8) -> Vec<u8> {
    packet(0x20, &[u8::from(present), code, 0])
}

/// Answers a request for topics, with a code for each.
pub fn suback(number: u16, codes: &[u8]) -> Vec<u8> {
    let mut body = number.to_be_bytes().to_vec();
    body.push(0);
    body.extend(codes);
    packet(0x90, &body)
}

/// Says that it is still there.
pub fn pingresp() -> Vec<u8> {
    packet(0xD0, &[])
}

/// Ends a connection, and says why.
pub fn disconnect(code: u8) -> Vec<u8> {
    packet(DISCONNECT, &[code, 0])
}

/// Marks a message as one that the client may have seen already.
#[must_use]
pub fn again(mut publish: Vec<u8>) -> Vec<u8> {
    if let Some(head) = publish.first_mut() {
        *head |= 0x08;
    }
    publish
}

/// A text or bytes with their length before them, and what follows.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

fn text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mqtt::{self, Connect};

    #[test]
    fn what_a_client_says_is_understood() {
        let connect = Connect {
            id: "desk",
            login: Some(("agent01", "open sesame")),
            session: 300,
            will: Some(("gone", "offline")),
        };
        let mut bytes = connect.packet();
        let (head, body) = mqtt::take(&mut bytes).expect("a packet");
        assert_eq!(head, CONNECT);
        let said = Hello {
            id: "desk".to_owned(),
            login: Some(("agent01".to_owned(), "open sesame".to_owned())),
            clean: false,
            session: 300,
            at_once: u16::MAX,
        };
        assert_eq!(hello(&body), Some(said));
        assert_eq!(hello(&body[..body.len() - 1]), None, "a piece is missing");

        let mut bytes = mqtt::subscribe(7, &["one", "other"]);
        let (head, body) = mqtt::take(&mut bytes).expect("a packet");
        assert_eq!(head & 0xF0, SUBSCRIBE);
        let topics = vec!["one".to_owned(), "other".to_owned()];
        assert_eq!(wanted(&body), Some((7, topics)));
    }

    #[test]
    fn a_message_that_is_repeated_says_so_and_is_the_same() {
        let publish = mqtt::publish(3, "topic", b"said", false);
        let mut repeated = again(publish.clone());
        let (head, body) = mqtt::take(&mut repeated).expect("a packet");
        assert_eq!(head, PUBLISH | 0x08 | 0x02);
        let mut first = publish;
        let (first_head, first_body) = mqtt::take(&mut first).expect("a packet");
        assert_eq!(
            mqtt::message(head, &body),
            mqtt::message(first_head, &first_body)
        );
    }
}
