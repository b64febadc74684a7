//! When something goes wrong now and then, and when nothing does any more.

use std::sync::atomic::Ordering;

use crate::checks::REACH;
use crate::disk;
use crate::shift::{Broken, Shift};
use crate::time::seconds;

impl Shift {
    /// From now on something goes wrong now and then.
    pub(crate) fn gets_rough(&mut self) {
        self.wires.rough.store(true, Ordering::SeqCst);
        if let Some(broker) = &self.broker {
            let mut sessions = broker.lock();
            sessions.rough = true;
            sessions.is_hasty = self.broken == Some(Broken::Hasty);
        }
    }

    /// Nothing goes wrong any more, and people do what is left to people.
    pub(crate) fn get_well(&mut self) {
        self.say("everything is well again");
        let dead = self.broken == Some(Broken::Forever);
        self.wires.rough.store(false, Ordering::SeqCst);
        self.wires.dead.store(dead, Ordering::SeqCst);
        self.keys.lock_it(false);
        disk::fill(&self.data(), false);
        let newest = self.wires.admin.publish_the_last();
        self.the_broker_gets_well();
        self.time.jump(-self.time.ahead());
        self.pass(seconds(30));
        if dead {
            // Something has to wait for a network that never comes back.
            self.the_agent_writes();
            self.pass(REACH);
            return;
        }
        // Who is told that nobody is signed in any more signs in, and everything drains after that.
        let mut left = REACH;
        while left > 0 && self.wrongs.is_empty() {
            self.pass(seconds(10));
            left -= seconds(10);
            let out = self.screen.lock().signed_out.clone();
            for connection in out {
                if connection.0 == "zammad" {
                    self.connect_zammad(Some(connection));
                } else {
                    self.sign_in(Some(connection));
                }
                left = REACH;
            }
        }
        if let Some(newest) = newest {
            self.check_newest(newest);
        }
    }

    /// Nothing befalls the broker any more.
    fn the_broker_gets_well(&mut self) {
        if let Some(broker) = &self.broker {
            let mut sessions = broker.lock();
            sessions.is_well();
            if self.broken == Some(Broken::Away) {
                sessions.goes_away(i64::MAX);
            }
        }
    }
}
