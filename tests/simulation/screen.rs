//! The agent's screen and browser: what is on it, and what was ever told of each write.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use pop_core::desk::{Desk, Pop, PopId};
use pop_core::fault::FaultKind;
use pop_core::interaction::InteractionKey;
use pop_core::link::RecordUrl;
use pop_core::profile::ConnectionId;
use pop_core::settings::{self, Open};
use pop_core::status::{BundleStatus, GatewayStatus, Status};
use pop_core::write::WriteState;
use pop_crm::SignInAddress;
use pop_engine::ports::Desktop;
use pop_store::Mark;

#[derive(Default)]
pub(crate) struct Screen(Mutex<Shown>);

#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) cards: BTreeMap<PopId, Pop>,
    pub(crate) opened: Vec<String>,
    pub(crate) sign_ins: Vec<String>,
    /// How far each write has come in this run of the program.
    pub(crate) writes: BTreeMap<String, WriteState>,
    /// Whether what is called kept outlives the program; where it does not, a banner says so.
    pub(crate) keeps: bool,
    /// The connections in which nobody is signed in any more.
    pub(crate) signed_out: Vec<ConnectionId>,
    /// The connections as they are set.
    pub(crate) connections: BTreeMap<String, settings::Connection>,
    /// The organisation's bundle, and what the settings in force say of opening.
    pub(crate) bundle: Option<(BundleStatus, Open)>,
    /// Whether the broker is heard.
    pub(crate) hears: bool,
    /// Every interaction that ever had a card.
    pub(crate) popped: BTreeMap<String, u32>,
}

impl Screen {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap()
    }

    /// The program has ended, and its window with it.
    pub(crate) fn close(&self) {
        let mut shown = self.lock();
        shown.cards.clear();
        shown.writes.clear();
        shown.bundle = None;
        shown.keeps = false;
    }
}

impl Desktop for Screen {
    fn show(&self, pop: &Pop, desk: &Desk, _: &Status) {
        let mut shown = self.lock();
        let kept = desk.writes().iter();
        let kept = kept.filter_map(|item| Some((item.write.id.0.clone(), item.state.clone()?)));
        shown.writes.extend(kept);
        if !shown.cards.contains_key(&pop.id)
            && let Some(key) = &pop.key
        {
            *shown.popped.entry(key.id.clone()).or_default() += 1;
        }
        shown.cards.insert(pop.id, pop.clone());
    }

    fn gone(&self, pop: PopId) {
        self.lock().cards.remove(&pop);
    }

    fn status(&self, status: &Status) {
        let out = status.connections.iter().filter(|connection| {
            let fault = connection.fault.as_ref();
            fault.is_some_and(|fault| fault.kind == FaultKind::SignInNeeded)
        });
        let mut shown = self.lock();
        shown.keeps = status.keeps();
        shown.signed_out = out.map(|connection| connection.id.clone()).collect();
        shown.connections.clone_from(&status.settings.connections);
        let bundle = status.bundle.clone();
        shown.bundle = bundle.map(|bundle| (bundle, status.settings.pop.open));
        shown.hears = matches!(status.gateway, GatewayStatus::Connected { .. });
    }

    fn open(&self, url: &RecordUrl) -> Result<(), String> {
        self.lock().opened.push(url.as_str().to_owned());
        Ok(())
    }

    fn sign_in(&self, address: &SignInAddress) -> Result<(), String> {
        self.lock().sign_ins.push(address.as_str().to_owned());
        Ok(())
    }

    fn notify(&self, _: PopId) {}

    fn since_input(&self) -> Option<Duration> {
        None
    }

    fn hush(&self, _: PopId) {}

    fn completed(&self, _: &InteractionKey, _: &[Mark]) {}
}
