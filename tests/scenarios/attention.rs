//! What reaches the agent outside the window: one test for each rule.

use std::time::Duration;

use pop_core::attention::place::Area;
use pop_core::attention::{
    Attention, CurtainSignal, Drawn, InView, SOUND_WAITS, Shown, Signal, Sound, Tray,
};
use pop_core::desk::{Phase, PopId};
use pop_core::moment::Moment;
use pop_core::settings::{self, Dock};

use crate::people::START;

const ANN: PopId = PopId(1);
const BEN: PopId = PopId(2);

/// An agent who types in another window, with the panel hidden in the tray.
struct Agent {
    attention: Attention,
    now: Moment,
}

impl Agent {
    fn new() -> Self {
        Self::with(|_| ())
    }

    fn with(change: impl FnOnce(&mut settings::Attention)) -> Self {
        let mut settings = settings::defaults().settings.attention;
        change(&mut settings);
        Self {
            attention: Attention::new(settings),
            now: START,
        }
    }

    fn hears(&mut self, signal: Signal) -> Option<Sound> {
        self.attention.apply(self.now, signal)
    }

    fn is_offered(&mut self, pop: PopId) -> Option<Sound> {
        self.card(pop, Phase::Offered, None);
        self.hears(Signal::Arrived(pop))
    }

    fn card(&mut self, pop: PopId, phase: Phase, severe: Option<bool>) -> Option<Sound> {
        self.hears(Signal::Card { pop, phase, severe })
    }

    fn waits(&mut self, wait: Duration) -> Option<Sound> {
        self.now = self.now.after(wait);
        self.hears(Signal::Tick)
    }

    fn sees(&self) -> Shown {
        self.attention.shown()
    }

    fn noticed(&self) -> Option<PopId> {
        self.sees().notice.map(|notice| notice.pop)
    }
}

#[test]
fn an_offer_while_the_window_is_out_of_view_brings_notice_taskbar_and_badge() {
    for view in [InView::Hidden, InView::Covered] {
        let mut agent = Agent::new();
        agent.hears(Signal::Window(view));
        agent.is_offered(ANN);
        let shown = agent.sees();
        assert_eq!(agent.noticed(), Some(ANN), "{view:?}");
        assert!(shown.calls && shown.badge == 1, "{view:?}: {shown:?}");
    }
    for view in [InView::Visible, InView::Focused] {
        let mut agent = Agent::new();
        agent.hears(Signal::Window(view));
        agent.is_offered(ANN);
        let shown = agent.sees();
        assert_eq!(agent.noticed(), None, "it is seen in the window: {view:?}");
        assert!(!shown.calls && shown.badge == 1, "{view:?}: {shown:?}");
        assert_eq!(agent.waits(SOUND_WAITS), None, "nor heard: {view:?}");
    }
}

#[test]
fn a_withdrawn_or_ended_offer_takes_its_notice_and_its_call_away() {
    for phase in [Phase::Withdrawn, Phase::Ended, Phase::Transferred] {
        let mut agent = Agent::new();
        agent.is_offered(ANN);
        assert_eq!(agent.noticed(), Some(ANN), "the control");
        agent.card(ANN, phase, None);
        assert_eq!(agent.noticed(), None, "{phase:?}");
        assert!(!agent.sees().calls, "{phase:?}");
        assert_eq!(agent.waits(SOUND_WAITS), None, "{phase:?} is not heard");
    }
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    agent.hears(Signal::Gone(ANN));
    assert_eq!(agent.noticed(), None, "a card that is gone");
}

#[test]
fn an_offer_that_rings_no_more_calls_no_more_and_is_still_counted() {
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    agent.is_offered(BEN);
    agent.hears(Signal::Hushed(ANN));
    assert_eq!(agent.noticed(), Some(BEN), "the other rings on");
    agent.hears(Signal::Hushed(BEN));
    assert_eq!(agent.noticed(), None);
    assert!(!agent.sees().calls);
    assert_eq!(agent.sees().badge, 2, "until their cards say otherwise");
    assert_eq!(agent.waits(SOUND_WAITS), None, "nor is it heard");
}

#[test]
fn one_notice_at_a_time_the_newest_wins_and_the_others_are_counted() {
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    agent.is_offered(BEN);
    let notice = agent.sees().notice.expect("a notice");
    assert_eq!((notice.pop, notice.more), (BEN, 1));
    agent.hears(Signal::NoticeOver(ANN));
    assert_eq!(
        agent.noticed(),
        Some(BEN),
        "an older notice's end is its own"
    );
    agent.hears(Signal::NoticeOver(BEN));
    assert_eq!(agent.noticed(), None);
    assert!(agent.sees().calls, "the taskbar still calls");
}

#[test]
fn looking_at_the_window_ends_every_call() {
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    agent.hears(Signal::Window(InView::Visible));
    let shown = agent.sees();
    assert_eq!((shown.notice, shown.calls), (None, false));
    assert_eq!(shown.badge, 1, "it still waits to be taken");
}

#[test]
fn nobody_is_named_unless_the_policy_allows_it_and_never_in_quiet() {
    let names = |agent: &Agent| agent.sees().notice.expect("a notice").names;
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    assert!(!names(&agent), "by default nobody is named");

    let mut agent = Agent::with(|settings| settings.name = true);
    agent.is_offered(ANN);
    assert!(names(&agent), "the control");
    agent.hears(Signal::Disturb { quiet: true });
    assert!(!names(&agent), "the agent presents");

    let mut agent = Agent::with(|settings| {
        settings.name = true;
        settings.quiet = true;
    });
    agent.is_offered(ANN);
    assert!(!names(&agent), "the agent asked for quiet");
}

#[test]
fn a_sound_is_heard_once_and_says_whether_it_is_severe() {
    let mut agent = Agent::new();
    assert_eq!(agent.is_offered(ANN), None, "the cases are not known yet");
    let heard = agent.card(ANN, Phase::Offered, Some(true));
    assert_eq!(heard, Some(Sound::Severe));
    assert_eq!(agent.waits(SOUND_WAITS), None, "never again");

    let mut agent = Agent::new();
    agent.is_offered(ANN);
    let heard = agent.card(ANN, Phase::Offered, Some(false));
    assert_eq!(heard, Some(Sound::Soft));

    let mut agent = Agent::new();
    agent.is_offered(ANN);
    assert_eq!(agent.waits(SOUND_WAITS / 2), None);
    assert_eq!(agent.waits(SOUND_WAITS), Some(Sound::Soft), "a slow CRM");
}

#[test]
fn several_offers_in_a_moment_are_heard_once() {
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    agent.is_offered(BEN);
    assert_eq!(agent.waits(SOUND_WAITS), Some(Sound::Soft));
    assert_eq!(agent.waits(SOUND_WAITS), None);
}

#[test]
fn no_sound_in_quiet_or_switched_off() {
    let mut quiet = Agent::new();
    quiet.hears(Signal::Disturb { quiet: true });
    quiet.is_offered(ANN);
    assert_eq!(quiet.waits(SOUND_WAITS), None);
    assert_eq!(quiet.noticed(), Some(ANN), "a notice without name is shown");

    let mut off = Agent::with(|settings| settings.sound = settings::Sound::Off);
    off.is_offered(ANN);
    assert_eq!(off.waits(SOUND_WAITS), None);

    let mut control = Agent::new();
    control.is_offered(ANN);
    assert_eq!(control.waits(SOUND_WAITS), Some(Sound::Soft), "the control");
}

#[test]
fn paused_pops_only_count_on_the_badge_until_the_time_is_over() {
    let mut agent = Agent::new();
    let until = agent.now.after(Duration::from_mins(15));
    agent.hears(Signal::Pause(Some(until)));
    agent.is_offered(ANN);
    let shown = agent.sees();
    assert_eq!((shown.notice, shown.calls, shown.badge), (None, false, 1));
    assert_eq!(shown.paused, Some(until));
    assert_eq!(agent.attention.next_deadline(), Some(until));

    agent.waits(Duration::from_mins(15));
    agent.is_offered(BEN);
    assert_eq!(agent.noticed(), Some(BEN), "it is over");
    assert_eq!(agent.sees().paused, None);
}

#[test]
fn the_curtain_hides_everything_at_once_and_drops_the_notice() {
    let mut agent = Agent::with(|settings| settings.name = true);
    agent.is_offered(ANN);
    agent.hears(Signal::Curtain(CurtainSignal::Key));
    assert_eq!(agent.sees().curtain, Some(Drawn::Key));
    assert_eq!(agent.noticed(), None);
    agent.is_offered(BEN);
    assert_eq!(agent.noticed(), None, "no notice in front of the curtain");
    assert!(agent.sees().calls, "the taskbar calls all the same");
    agent.hears(Signal::Curtain(CurtainSignal::Key));
    assert_eq!(agent.sees().curtain, None, "back by the same key");
}

#[test]
fn a_locked_screen_is_stronger_than_any_key() {
    let mut agent = Agent::new();
    agent.hears(Signal::Curtain(CurtainSignal::Screen { locked: true }));
    for signal in [CurtainSignal::Lift, CurtainSignal::Key, CurtainSignal::Key] {
        agent.hears(Signal::Curtain(signal));
        assert_eq!(agent.sees().curtain, Some(Drawn::Screen), "{signal:?}");
    }
    agent.hears(Signal::Curtain(CurtainSignal::Screen { locked: false }));
    assert_eq!(agent.sees().curtain, None, "whoever unlocked it is there");
}

#[test]
fn the_curtain_of_a_long_absence_is_lifted_by_the_agent_or_the_unlocked_screen() {
    for lifts in [
        CurtainSignal::Lift,
        CurtainSignal::Key,
        CurtainSignal::Screen { locked: false },
    ] {
        let mut agent = Agent::new();
        agent.hears(Signal::Curtain(CurtainSignal::Idle));
        assert_eq!(agent.sees().curtain, Some(Drawn::Idle));
        agent.hears(Signal::Curtain(lifts));
        assert_eq!(agent.sees().curtain, None, "{lifts:?}");
    }
}

#[test]
fn the_tray_shows_first_what_needs_the_agent_first() {
    let mut agent = Agent::new();
    assert_eq!(agent.sees().tray, Tray::Ready);
    agent.hears(Signal::Problem(true));
    assert_eq!(agent.sees().tray, Tray::Problem);
    agent.is_offered(ANN);
    assert_eq!(agent.sees().tray, Tray::Attention, "what rings comes first");
    agent.card(ANN, Phase::Accepted, None);
    agent.hears(Signal::Problem(false));
    assert_eq!(agent.sees().tray, Tray::Live);
    agent.hears(Signal::Gone(ANN));
    assert_eq!(agent.sees().tray, Tray::Ready, "and then it is calm again");
}

#[test]
fn the_badge_counts_what_is_offered_and_what_is_not_logged() {
    let mut agent = Agent::new();
    agent.is_offered(ANN);
    agent.is_offered(BEN);
    assert_eq!(agent.sees().badge, 2);
    agent.card(ANN, Phase::Accepted, None);
    assert_eq!(agent.sees().badge, 1, "who talks does not wait");
    agent.card(ANN, Phase::Ended, None);
    assert_eq!(agent.sees().badge, 2, "it waits to be logged");
    agent.hears(Signal::Gone(ANN));
    agent.card(BEN, Phase::Withdrawn, None);
    assert_eq!(agent.sees().badge, 0);
}

const SCREEN: Area = Area {
    x: 0,
    y: 30,
    width: 1600,
    height: 970,
};

#[test]
fn a_docked_panel_stands_at_its_side_over_the_full_height() {
    let right = SCREEN.docked(Dock::Right, 420).expect("docked");
    let at = |area: Area| (area.x, area.y, area.width, area.height);
    assert_eq!(at(right), (1180, 30, 420, 970));
    let left = SCREEN.docked(Dock::Left, 100).expect("docked");
    assert_eq!(at(left), (0, 30, 360, 970), "never narrower than it works");
    assert_eq!(SCREEN.docked(Dock::Free, 420), None);
}

#[test]
fn the_compact_bar_grows_away_from_the_nearer_edge_and_never_over_three_rows() {
    let above = Area {
        x: 1180,
        y: 30,
        width: 420,
        height: 780,
    };
    let (one, two) = (SCREEN.bar(above, 1), SCREEN.bar(above, 2));
    assert_eq!((one.x, one.y, one.width, one.height), (1200, 30, 400, 48));
    assert_eq!((two.y, two.height), (30, 96), "the upper edge stays");
    let below = Area { y: 220, ..above };
    let (one, two) = (SCREEN.bar(below, 1), SCREEN.bar(below, 2));
    assert_eq!(one.y + one.height, 1000);
    assert_eq!(two.y + two.height, 1000, "the lower edge stays");
    assert_eq!(SCREEN.bar(above, 7).height, 144);
}

#[test]
fn a_window_is_covered_when_another_hides_most_of_it() {
    let panel = Area {
        x: 1180,
        y: 30,
        width: 420,
        height: 780,
    };
    let whole = Area {
        x: 0,
        y: 0,
        width: 1600,
        height: 1000,
    };
    let beside = Area {
        x: 0,
        y: 0,
        width: 1200,
        height: 1000,
    };
    assert!(panel.is_covered_by(whole));
    assert!(!panel.is_covered_by(beside), "a strip of it is hidden");
}
