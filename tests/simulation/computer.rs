//! What happens to the agent's computer in a shift.

use crate::disk::{self, Files};
use crate::shift::Shift;
use crate::time::seconds;

impl Shift {
    pub(crate) fn the_disk_is_full_or_not(&mut self) {
        let is_full = !disk::is_full();
        disk::fill(&self.data(), is_full);
        self.told.looks.full += u64::from(is_full);
        self.say(format!("the disk is full: {is_full}"));
    }

    /// Something is just written down, and nobody knows of it yet.
    pub(crate) fn the_power_goes(&mut self) {
        let before = Files::of(&self.data());
        if self.dice.happens(50) {
            self.write(false);
        } else {
            self.something_arrives_unheard();
        }
        self.settle();
        let after = Files::of(&self.data());
        self.told.looks.torn += u64::from(before != after);
        let torn = before.torn(&after, &mut self.dice);
        self.kill();
        torn.put(&self.data());
        self.say("the power goes before anybody is told, and comes back");
        self.start();
    }

    pub(crate) fn the_keychain_is_locked_or_not(&mut self) {
        let locked = !self.keys.is_locked();
        self.keys.lock_it(locked);
        self.say(format!("the keychain is locked: {locked}"));
    }

    pub(crate) fn the_program_is_killed(&mut self) {
        self.something_is_on_its_way();
        self.say("the program is killed");
        self.kill();
        if self.dice.happens(40) {
            let away = seconds(i64::try_from(self.dice.below(120)).unwrap());
            self.time.move_to(self.time.passed() + away);
        }
        self.start();
    }

    /// Nothing runs for a long while; then everybody wakes at once.
    pub(crate) fn the_computer_sleeps(&mut self) {
        let minutes = 1 + self.dice.below(90);
        self.say(format!("the computer sleeps for {minutes} min"));
        let asleep = seconds(60) * i64::try_from(minutes).unwrap();
        if let Some(broker) = &self.broker {
            broker.lock().is_left_alone(self.time.passed() + asleep);
        }
        self.time.move_to(self.time.passed() + asleep);
        // Nobody waited meanwhile, and an answer that came may be asked about now.
        for since in self.told.pending.values_mut() {
            *since = self.time.passed();
        }
    }

    pub(crate) fn the_clock_jumps(&mut self) {
        let by = i64::try_from(self.dice.below(7_200)).unwrap() - 3_600;
        self.time.jump(seconds(by));
        self.say(format!("the clock jumps by {by} s"));
    }
}
