//! The curtain: all customer data hidden at once, and what was typed kept behind it.

/// Why the curtain is drawn; the strongest reason is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// The agent pressed its key.
    Key,
    /// Nothing was typed or clicked for long.
    Idle,
    /// The screen is locked, or another user is in front.
    Screen,
}

/// What moves the curtain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurtainSignal {
    /// The agent's key: draws it, or takes it away again.
    Key,
    /// The agent's click on the curtain.
    Lift,
    /// Nothing was typed or clicked for as long as the settings say.
    Idle,
    /// The screen was locked or unlocked, the user came or went.
    Screen {
        /// Whether it is locked now.
        locked: bool,
    },
}

/// Whether the curtain is drawn, and by what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Curtain {
    asked: Option<Drawn>,
    locked: bool,
}

impl Curtain {
    /// Takes what happened. A locked screen is stronger than any key.
    pub fn apply(&mut self, signal: CurtainSignal) {
        match signal {
            CurtainSignal::Key => {
                self.asked = match self.asked {
                    Some(_) => None,
                    None => Some(Drawn::Key),
                };
            }
            CurtainSignal::Lift => self.asked = None,
            CurtainSignal::Idle => self.asked = self.asked.or(Some(Drawn::Idle)),
            CurtainSignal::Screen { locked } => {
                self.locked = locked;
                // Whoever unlocks the screen is there.
                self.asked = self.asked.filter(|why| *why != Drawn::Idle);
            }
        }
    }

    /// Why it is drawn, if it is.
    pub fn drawn(&self) -> Option<Drawn> {
        self.locked.then_some(Drawn::Screen).or(self.asked)
    }
}
