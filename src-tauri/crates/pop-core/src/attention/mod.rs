//! Attention: what reaches the agent outside the window, and what must not.
//!
//! A pure state machine beside the desk: cards, the window's place in view, what the system says of
//! its user and the settings go in; tray, badge, notice, taskbar and sound come out. It knows no
//! display: the shell carries out what [`Attention::shown`] says. The customer's data itself is the
//! card's; here is only whether it may be seen.

mod curtain;
pub mod place;
mod severe;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

pub use curtain::{Curtain, CurtainSignal, Drawn};
pub use severe::severe;

use crate::desk::{Phase, PopId};
use crate::moment::Moment;
use crate::settings;

/// A sound waits so long to learn whether a severe case is open; then it is the soft one.
pub const SOUND_WAITS: Duration = Duration::from_secs(1);

/// How much of the window the agent sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InView {
    /// It has the keyboard.
    Focused,
    /// It is visible beside the window that has the keyboard.
    Visible,
    /// Other windows cover it, or the system cannot tell.
    Covered,
    /// Hidden in the tray or minimised.
    #[default]
    Hidden,
}

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Signal {
    /// A card is as follows.
    Card {
        /// Which.
        pop: PopId,
        /// Where its interaction stands.
        phase: Phase,
        /// Whether a severe case is open; `None` while nobody knows.
        severe: Option<bool>,
    },
    /// A card is gone.
    Gone(PopId),
    /// The agent is to be told of a card.
    Arrived(PopId),
    /// A card rings no more: the agent need not be called for it.
    Hushed(PopId),
    /// The window came into view or left it.
    Window(InView),
    /// Whether the system says that its user presents or does not want to be disturbed.
    Disturb {
        /// Whether quiet is asked for.
        quiet: bool,
    },
    /// Something about the curtain.
    Curtain(CurtainSignal),
    /// The settings in force.
    Settings(settings::Attention),
    /// Whether anything of the product itself is broken.
    Problem(bool),
    /// Pops are paused until then, or no longer.
    Pause(Option<Moment>),
    /// The notice was on screen long enough, or the agent closed it.
    NoticeOver(PopId),
    /// Time passed.
    Tick,
}

/// What is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The tray's shape.
    pub tray: Tray,
    /// How many interactions wait for the agent: offered, or over and not logged.
    pub badge: usize,
    /// The notice on screen.
    pub notice: Option<Notice>,
    /// Whether the taskbar asks for the agent.
    pub calls: bool,
    /// Why all customer data is hidden, if it is.
    pub curtain: Option<Drawn>,
    /// Until when pops are paused.
    pub paused: Option<Moment>,
}

/// The tray's four states, each with a shape of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum Tray {
    #[default]
    Ready,
    Live,
    Attention,
    Problem,
}

/// A notice: one at a time, the newest, and how many others wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The card.
    pub pop: PopId,
    /// Whether it may say who it is and what they want.
    pub names: bool,
    /// How many other offers wait.
    pub more: usize,
}

/// A sound, played once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound {
    /// An offer.
    Soft,
    /// An offer of a customer with a severe case.
    Severe,
}

/// What is known of everything that could ask for the agent.
#[derive(Clone, Debug)]
pub struct Attention {
    cards: BTreeMap<PopId, Card>,
    view: InView,
    disturb_not: bool,
    settings: settings::Attention,
    problem: bool,
    paused: Option<Moment>,
    curtain: Curtain,
    notice: Option<PopId>,
    /// Cards that came while the window was not in view.
    missed: BTreeSet<PopId>,
    /// The sound that waits to learn how severe it is.
    sound: Option<(PopId, Moment)>,
}

#[derive(Clone, Copy, Debug)]
struct Card {
    phase: Phase,
    severe: Option<bool>,
}

impl Attention {
    /// Nothing has happened yet.
    pub fn new(settings: settings::Attention) -> Self {
        Self {
            cards: BTreeMap::new(),
            view: InView::default(),
            disturb_not: false,
            settings,
            problem: false,
            paused: None,
            curtain: Curtain::default(),
            notice: None,
            missed: BTreeSet::new(),
            sound: None,
        }
    }

    /// Takes what happened; the sound that is to be heard now, if one is.
    pub fn apply(&mut self, now: Moment, signal: Signal) -> Option<Sound> {
        match signal {
            Signal::Card { pop, phase, severe } => {
                self.cards.insert(pop, Card { phase, severe });
                if phase != Phase::Offered && phase != Phase::Accepted {
                    self.forget(pop);
                }
            }
            Signal::Gone(pop) => {
                self.cards.remove(&pop);
                self.forget(pop);
            }
            Signal::Arrived(pop) => self.arrived(pop, now),
            Signal::Hushed(pop) => self.forget(pop),
            Signal::Window(view) => {
                self.view = view;
                if self.is_in_view() {
                    self.seen();
                }
            }
            Signal::Disturb { quiet } => self.disturb_not = quiet,
            Signal::Curtain(signal) => {
                self.curtain.apply(signal);
                if self.curtain.drawn().is_some() {
                    self.notice = None;
                    self.sound = None;
                }
            }
            Signal::Settings(settings) => self.settings = settings,
            Signal::Problem(problem) => self.problem = problem,
            Signal::Pause(until) => self.paused = until.filter(|until| *until > now),
            Signal::NoticeOver(pop) => self.notice = self.notice.filter(|shown| *shown != pop),
            Signal::Tick => self.paused = self.paused.filter(|until| *until > now),
        }
        self.sound_due(now)
    }

    /// What is to be seen now.
    pub fn shown(&self) -> Shown {
        let offered = |card: &&Card| card.phase == Phase::Offered;
        Shown {
            tray: self.tray(),
            badge: self.cards.values().filter(|card| card.waits()).count(),
            notice: self.notice.map(|pop| Notice {
                pop,
                names: self.settings.name && !self.is_quiet(),
                more: self
                    .cards
                    .values()
                    .filter(offered)
                    .count()
                    .saturating_sub(1),
            }),
            calls: !self.missed.is_empty(),
            curtain: self.curtain.drawn(),
            paused: self.paused,
        }
    }

    /// Whether the agent wants quiet, or the system says so.
    pub fn is_quiet(&self) -> bool {
        self.disturb_not || self.settings.quiet
    }

    /// When [`Signal::Tick`] is due next.
    pub fn next_deadline(&self) -> Option<Moment> {
        let sound = self.sound.map(|(_, due)| due);
        sound.into_iter().chain(self.paused).min()
    }

    fn tray(&self) -> Tray {
        let any = |phase| self.cards.values().any(|card| card.phase == phase);
        if any(Phase::Offered) {
            Tray::Attention
        } else if self.problem {
            Tray::Problem
        } else if any(Phase::Accepted) {
            Tray::Live
        } else {
            Tray::Ready
        }
    }

    fn arrived(&mut self, pop: PopId, now: Moment) {
        let rings = |card: &Card| matches!(card.phase, Phase::Offered | Phase::Accepted);
        let is_over = !self.cards.get(&pop).is_some_and(rings);
        if is_over || self.paused.is_some() || self.is_in_view() {
            return;
        }
        self.missed.insert(pop);
        if self.curtain.drawn().is_some() {
            return;
        }
        if self.settings.notify {
            self.notice = Some(pop);
        }
        let heard = self.settings.sound != settings::Sound::Off && !self.is_quiet();
        if heard && self.sound.is_none() {
            self.sound = Some((pop, now.after(SOUND_WAITS)));
        }
    }

    fn sound_due(&mut self, now: Moment) -> Option<Sound> {
        let (pop, due) = self.sound?;
        let card = self.cards.get(&pop)?;
        if card.severe.is_none() && now < due {
            return None;
        }
        self.sound = None;
        if self.is_quiet() {
            return None;
        }
        Some(match card.severe {
            Some(true) => Sound::Severe,
            Some(false) | None => Sound::Soft,
        })
    }

    fn is_in_view(&self) -> bool {
        matches!(self.view, InView::Focused | InView::Visible)
    }

    /// The agent looks at the window: nothing outside it has to call any more.
    fn seen(&mut self) {
        self.missed.clear();
        self.notice = None;
        self.sound = None;
    }

    fn forget(&mut self, pop: PopId) {
        self.missed.remove(&pop);
        self.notice = self.notice.filter(|shown| *shown != pop);
        self.sound = self.sound.filter(|(waiting, _)| *waiting != pop);
    }
}

impl Card {
    /// Whether the agent has something to do about it: take it, or log it.
    fn waits(self) -> bool {
        match self.phase {
            Phase::Offered | Phase::Transferred | Phase::WrapUp | Phase::Ended => true,
            Phase::LookedUp | Phase::Accepted | Phase::Withdrawn | Phase::Missed => false,
        }
    }
}
