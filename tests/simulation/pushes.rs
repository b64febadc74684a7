//! What platforms tell over the broker, and what befalls the broker.

use pop_engine::Way as WayThere;
use serde_json::json;

use crate::acts::event;
use crate::broker::{CONTROL, INTERACTIONS};
use crate::sessions::{Fate, Happened, Message};
use crate::shift::Shift;
use crate::time::seconds;

/// Somebody else's topic.
const ELSEWHERE: &str = "sp/v1/acme/agents/agent02/interactions";

/// By which way an event comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Listener,
    Broker,
    Both,
}

impl Shift {
    /// The agent fills in where the broker is.
    pub(crate) fn connect_broker(&mut self) {
        let Some(broker) = self.broker.clone() else {
            return;
        };
        let (settings, password) = broker.settings();
        let way = WayThere::Broker(Some(settings));
        let taken = self.at_once(async |engine| engine.set_way(way, Some(password)).await);
        let is_taken = matches!(&taken, Some(Ok(faults)) if faults.is_empty());
        if !is_taken {
            let why = taken.map(|taken| taken.map_err(|refused| refused.why));
            self.wrongs.push(format!("no way to the broker: {why:?}"));
        }
        self.pass(seconds(10));
    }

    /// How often what happened at the broker.
    pub(crate) fn pushed(&self) -> Happened {
        let broker = self.broker.as_ref();
        broker.map_or_else(Happened::default, |broker| broker.lock().happened)
    }

    /// By which way an event comes, where there are two.
    pub(crate) fn way(&mut self) -> Way {
        if self.broker.is_none() {
            return Way::Listener;
        }
        match self.dice_of_broker.below(100) {
            0..45 => Way::Listener,
            45..90 => Way::Broker,
            _ => {
                self.told.looks.by_both += 1;
                Way::Both
            }
        }
    }

    /// A platform hands an event to the broker.
    pub(crate) fn push(&mut self, at: usize, number: usize) {
        let dice = &mut self.dice_of_broker;
        let fate = match dice.below(100) {
            0..6 => Fate::CutBefore,
            6..12 => Fate::CutAfter,
            12..22 => Fate::AckLost,
            _ => Fate::Well,
        };
        let times = if dice.happens(10) { 2 } else { 1 };
        let late = if dice.happens(15) {
            seconds(i64::try_from(dice.below(20)).unwrap())
        } else {
            0
        };
        for _ in 0..times {
            self.push_as(at, number, fate, late);
        }
        self.settle();
    }

    fn push_as(&mut self, at: usize, number: usize, fate: Fate, late: i64) {
        let (what, said) = self.known[at].sent[number].clone();
        let known = self.publish(INTERACTIONS, said, Some((at, number)), fate, late);
        let name = &self.known[at].name;
        let told = format!("{name} {what} goes to the broker ({fate:?}): {known}");
        self.say(told);
    }

    fn publish(
        &mut self,
        topic: &'static str,
        said: Vec<u8>,
        of: Option<(usize, usize)>,
        fate: Fate,
        late: i64,
    ) -> bool {
        let message = Message {
            topic,
            said,
            of,
            due: self.time.passed() + late,
            fate,
        };
        let broker = self.broker.as_ref();
        broker.is_some_and(|broker| broker.publish(message))
    }

    /// What the desktop has confirmed to the broker it has.
    pub(crate) fn hear_what_was_confirmed(&mut self) {
        let broker = self.broker.as_ref();
        let confirmed = broker.map(|broker| broker.lock().confirmed());
        for (at, number) in confirmed.unwrap_or_default() {
            let name = &self.known[at].name;
            let told = format!("the broker hears that {name}:{number} has arrived");
            self.say(told);
            self.is_acknowledged(at, number);
        }
    }

    /// Just before the program is killed an event leaves for it, or its confirmation is lost.
    pub(crate) fn something_is_on_its_way(&mut self) {
        if self.broker.is_none() {
            return;
        }
        let Some(at) = self.one_that_goes_on() else {
            return;
        };
        let fate = match self.dice_of_broker.below(100) {
            0..35 => Fate::Well,
            35..70 => Fate::AckLost,
            _ => return,
        };
        let number = self.happens(at, "accepted");
        self.push_as(at, number, fate, 0);
        if fate == Fate::AckLost {
            self.settle();
        }
    }

    /// An event arrives, and whoever sent it never hears that it did.
    pub(crate) fn something_arrives_unheard(&mut self) {
        let Some(at) = self.one_that_goes_on() else {
            return;
        };
        let number = self.happens(at, "accepted");
        if self.broker.is_some() && self.dice_of_broker.happens(50) {
            self.push_as(at, number, Fate::AckLost, 0);
        } else {
            let heard = self.known[at].is_acknowledged;
            self.post(at, number);
            self.known[at].is_acknowledged = heard;
        }
        self.settle();
    }

    fn one_that_goes_on(&mut self) -> Option<usize> {
        let open: Vec<usize> = (0..self.known.len())
            .filter(|at| !self.known[*at].is_over)
            .collect();
        self.dice_of_broker.one_of(&open).copied()
    }

    /// Now and then something befalls the broker, or it says what it should not.
    pub(crate) fn the_broker_is_not_well(&mut self) {
        let Some(broker) = self.broker.clone() else {
            return;
        };
        let now = self.time.passed();
        let dice = &mut self.dice_of_broker;
        let chance = dice.below(100);
        let until = now + seconds(1 + i64::try_from(dice.below(100)).unwrap());
        match chance {
            0..5 => {
                broker.lock().cut();
                self.say("the broker's connection is cut");
            }
            5..8 => {
                broker.lock().goes_away(until);
                self.say("the broker is away for a while");
            }
            8..11 => {
                broker.lock().shuts_out(until);
                self.say("the broker lets nobody in for a while");
            }
            11..13 => {
                broker.lock().forgets();
                self.say("the broker begins anew");
            }
            13..25 => self.the_broker_says_something_else(),
            _ => return,
        }
        self.settle();
    }

    /// It brings what is not for this desktop, or is nothing at all.
    fn the_broker_says_something_else(&mut self) {
        let when = self.platform_time();
        let customer =
            json!({ "email": "ann.o'neil@example.com", "identityAssurance": "authenticated" });
        let mut forged = event("forged", 0, "accepted", &customer, when);
        let (topic, said) = match self.dice_of_broker.below(6) {
            0 => (ELSEWHERE, forged.to_string()),
            1 => {
                forged["data"]["agent"]["id"] = "agent02".into();
                (INTERACTIONS, forged.to_string())
            }
            2 => {
                let whole = forged.to_string();
                let half = self.dice_of_broker.below(whole.len());
                (INTERACTIONS, whole[..half].to_owned())
            }
            3 => (CONTROL, r#"{"protocol":1,"kind":"sync"}"#.to_owned()),
            4 => {
                let letter = r#"{"protocol":1,"kind":"configuration"}"#;
                (CONTROL, letter.to_owned())
            }
            _ => (CONTROL, r#"{"kind":"sign_out"#.to_owned()),
        };
        self.say(format!("the broker says {said:.40} on {topic}"));
        self.publish(topic, said.into_bytes(), None, Fate::Well, 0);
    }
}
