//! The desktop as a recorder: what was shown and opened, and waiting until it is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use pop_core::desk::{Desk, Matching, Pop, PopId, RecordState};
use pop_core::interaction::InteractionKey;
use pop_core::link::RecordUrl;
use pop_core::status::Status;
use pop_core::write::WriteState;
use pop_crm::SignInAddress;
use pop_engine::ports::Desktop;
use pop_store::Mark;
use tokio::sync::watch;

/// Longer than any machine needs for what happens at all.
const LONG: Duration = Duration::from_secs(20);

/// What is on screen and what was handed to the browser.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    pub(crate) cards: BTreeMap<PopId, Pop>,
    pub(crate) status: Option<Status>,
    pub(crate) opened: Vec<String>,
    pub(crate) sign_ins: Vec<String>,
    pub(crate) hushed: Vec<PopId>,
    pub(crate) told_of: Vec<PopId>,
    /// How far each write has come, as the cards show it.
    pub(crate) writes: BTreeMap<String, WriteState>,
}

pub(crate) struct Screen {
    shown: Mutex<Shown>,
    changed: watch::Sender<()>,
    /// Whether no browser is set for addresses.
    pub(crate) no_browser: AtomicBool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self {
            shown: Mutex::default(),
            changed: watch::Sender::new(()),
            no_browser: AtomicBool::new(false),
        }
    }

    pub(crate) fn now(&self) -> Shown {
        self.lock().clone()
    }

    /// Waits until the screen shows something.
    pub(crate) async fn until<T>(&self, what: &str, find: impl Fn(&Shown) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let found = async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = find(&self.lock()) {
                    return found;
                }
                changed.changed().await.expect("the screen is there");
            }
        };
        tokio::time::timeout(LONG, found)
            .await
            .unwrap_or_else(|_| panic!("not shown: {what}; {}", self.now().in_words()))
    }

    /// Waits until an interaction's card is in some state.
    pub(crate) async fn card(&self, interaction: &str, is: impl Fn(&Pop) -> bool) -> Pop {
        let found = |shown: &Shown| shown.card(interaction).filter(|pop| is(pop)).cloned();
        self.until(interaction, found).await
    }

    /// Waits until an interaction's card shows this customer for sure.
    pub(crate) async fn customer(&self, interaction: &str, id: &str) -> Pop {
        self.card(interaction, |pop| {
            matches!(&pop.matching, Matching::One { customer, sure: true } if customer.id == id)
        })
        .await
    }

    /// Waits until an interaction's record is open.
    pub(crate) async fn record(&self, interaction: &str) -> Pop {
        self.card(interaction, |pop| {
            matches!(pop.record, RecordState::Opened(..))
        })
        .await
    }

    /// Waits until a write has come so far.
    pub(crate) async fn wrote(&self, id: &str, is: impl Fn(&WriteState) -> bool) -> WriteState {
        let found = |shown: &Shown| shown.writes.get(id).filter(|state| is(state)).cloned();
        self.until(id, found).await
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("no panic")
    }

    fn change(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.lock());
        self.changed.send_replace(());
    }
}

impl Shown {
    pub(crate) fn card(&self, interaction: &str) -> Option<&Pop> {
        let is_meant = |pop: &&Pop| pop.key.as_ref().is_some_and(|key| key.id == interaction);
        self.cards.values().find(is_meant)
    }

    fn in_words(&self) -> String {
        let cards: Vec<String> = self
            .cards
            .values()
            .map(|pop| format!("{:?}: {:?}, {:?}", pop.key, pop.matching, pop.lookups))
            .collect();
        let status = self.status.as_ref();
        format!(
            "cards: {cards:#?}, opened: {:?}, connections: {:?}, banners: {:?}, \
             files: {:?}",
            self.opened,
            status.map(|status| &status.connections),
            status.map(|status| &status.banners),
            status.map(|status| &status.file_faults),
        )
    }
}

impl Desktop for Screen {
    fn show(&self, pop: &Pop, desk: &Desk, _: &Status) {
        let writes = desk.writes().iter();
        let kept = writes.filter_map(|item| Some((item.write.id.0.clone(), item.state.clone()?)));
        let kept: Vec<_> = kept.collect();
        self.change(|shown| {
            shown.cards.insert(pop.id, pop.clone());
            shown.writes.extend(kept);
        });
    }

    fn gone(&self, pop: PopId) {
        self.change(|shown| {
            shown.cards.remove(&pop);
        });
    }

    fn status(&self, status: &Status) {
        self.change(|shown| shown.status = Some(status.clone()));
    }

    fn open(&self, url: &RecordUrl) -> Result<(), String> {
        self.change(|shown| shown.opened.push(url.as_str().to_owned()));
        Ok(())
    }

    fn browser(&self) -> Result<(), String> {
        if self.no_browser.load(Ordering::SeqCst) {
            return Err("no program is set for https".to_owned());
        }
        Ok(())
    }

    fn sign_in(&self, address: &SignInAddress) -> Result<(), String> {
        self.change(|shown| shown.sign_ins.push(address.as_str().to_owned()));
        Ok(())
    }

    fn notify(&self, pop: PopId) {
        self.change(|shown| shown.told_of.push(pop));
    }

    fn since_input(&self) -> Option<Duration> {
        None
    }

    fn hush(&self, pop: PopId) {
        self.change(|shown| shown.hushed.push(pop));
    }

    fn completed(&self, _: &InteractionKey, _: &[Mark]) {}
}
