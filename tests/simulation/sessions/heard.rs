//! What the desktop says to the broker, and what the broker answers.

use pop_doubles::mqtt::{self, NOT_AUTHORIZED};
use pop_doubles::mqtt_broker as packets;
use serde_json::Value;

use super::{Fate, Sessions};
use crate::broker::{ACK, CONTROL, INTERACTIONS, PASSWORD, PRESENCE, USER};

/// Why somebody is not let in: not authorised, a bad login, not there, too many.
const REFUSALS: [u8; 4] = [NOT_AUTHORIZED, 0x86, 0x88, 0x9F];

/// Another connection of the same client has come.
const TAKEN_OVER: u8 = 0x8E;

impl Sessions {
    /// A connection says something.
    pub(crate) fn hear(&mut self, number: u64, head: u8, body: &[u8]) {
        let understood = match head & 0xF0 {
            packets::CONNECT => self.connects(number, body),
            // Whoever was cut off says nothing more.
            _ if self.current != Some(number) || self.lines[&number].ends => Some(()),
            packets::SUBSCRIBE => self.asks(number, body),
            packets::PUBLISH => self.says(number, head, body),
            packets::PUBACK => self.confirms(body),
            packets::PINGREQ => {
                self.answer(number, packets::pingresp());
                Some(())
            }
            packets::DISCONNECT => {
                self.end(number);
                Some(())
            }
            _ => None,
        };
        if understood.is_none() {
            let what = format!("the broker was told {head:#04x}, which it does not understand");
            self.wrongs.push(what);
        }
    }

    fn connects(&mut self, number: u64, body: &[u8]) -> Option<()> {
        let hello = packets::hello(body)?;
        if self.away > self.now {
            self.end(number);
            return Some(());
        }
        let login = (USER.to_owned(), PASSWORD.to_owned());
        if hello.login != Some(login) || hello.id != USER {
            let what = format!("somebody else signs in to the broker: {hello:?}");
            self.wrongs.push(what);
        }
        if self.refuses > self.now {
            let code = *self.dice.one_of(&REFUSALS).unwrap();
            self.answer(number, packets::connack(false, code));
            self.end(number);
            self.happened.refused += 1;
            return Some(());
        }
        if let Some(other) = self.current.replace(number) {
            self.answer(other, packets::disconnect(TAKEN_OVER));
            self.end(other);
        }
        if hello.clean {
            self.session = None;
        }
        let present = self.session.is_some();
        let session = self.session.get_or_insert_default();
        session.lives = i64::from(hello.session) * 1_000_000;
        session.ends = None;
        session.at_once = hello.at_once.into();
        let again = std::mem::take(&mut session.on_the_way);
        for (id, message) in again.into_iter().rev() {
            session.waiting.push_front((Some(id), message));
        }
        if self.rough && self.dice.happens(8) {
            // It is let in, and does not hear of it.
            self.end(number);
            self.happened.cut += 1;
        } else {
            self.answer(number, packets::connack(present, 0));
        }
        Some(())
    }

    fn asks(&mut self, number: u64, body: &[u8]) -> Option<()> {
        let (id, topics) = packets::wanted(body)?;
        for topic in &topics {
            let is_ours = topic == INTERACTIONS || (topic == CONTROL && !self.is_narrow);
            if !is_ours {
                let what = format!("the desktop asked for {topic}, which nobody configured");
                self.wrongs.push(what);
            }
        }
        let codes = vec![1; topics.len()];
        self.session.as_mut()?.topics.extend(topics);
        self.answer(number, packets::suback(id, &codes));
        Some(())
    }

    fn says(&mut self, number: u64, head: u8, body: &[u8]) -> Option<()> {
        let message = mqtt::message(head, body)?;
        let said: Value = serde_json::from_slice(&message.said).ok()?;
        match message.topic.as_str() {
            ACK if said["source"] == "/simulation/platform" => self.happened.reports += 1,
            PRESENCE if said["state"] == "online" || said["state"] == "offline" => {}
            other => self
                .wrongs
                .push(format!("the desktop said {said} on {other}")),
        }
        if message.number != 0 {
            self.answer(number, mqtt::puback(message.number));
        }
        Some(())
    }

    fn confirms(&mut self, body: &[u8]) -> Option<()> {
        let id = u16::from_be_bytes(*body.first_chunk()?);
        let session = self.session.as_mut()?;
        let Some(mut message) = session.on_the_way.remove(&id) else {
            let what = format!("the desktop confirmed {id}, which it was not sent");
            self.wrongs.push(what);
            return Some(());
        };
        match message.fate {
            Fate::Well | Fate::CutBefore | Fate::CutAfter => {
                self.happened.confirmed += 1;
                self.confirmed.extend(message.of);
            }
            Fate::AckLost => {
                message.fate = Fate::Well;
                session.on_the_way.insert(id, message);
                self.happened.acks_lost += 1;
                self.cut();
            }
        }
        Some(())
    }
}
