//! What is tried, and said, before the end of a run that nothing survives.
//!
//! Without a usable keychain or disk everything waits in memory only. Then quitting loses what has
//! not reached its CRM: it is tried once more, and what is left is said; only a second quitting
//! soon afterwards gives it up. Signing out does the same for one CRM (`writing`).

use std::time::Duration;

use pop_core::moment::Moment;
use pop_core::refusal::Refusal;
use pop_store::Wanted;
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::engine::Engine;
use crate::room::Room;
use crate::tick::{Ask, Refused, Tick};

/// How long everything is tried once more before something is lost.
pub(crate) const LAST_TRY: Duration = Duration::from_secs(10);

/// How long an agent who was warned may go all the same.
pub(crate) const WARNED_FOR: Duration = Duration::from_mins(2);

/// That quitting would lose something, and since when the agent knows.
#[derive(Clone, Copy)]
pub(crate) struct Warned {
    pub(crate) left: u32,
    pub(crate) at: Moment,
}

impl Engine {
    /// Tries what waits once more where nothing survives the end of the program.
    ///
    /// # Errors
    /// When something would be lost of which the agent was not warned; a banner says so now.
    pub async fn leave(&self) -> Result<(), Refused> {
        self.ask(|reply| Ask::Leave { reply }).await?
    }
}

impl Room {
    pub(crate) fn leave(&self, reply: oneshot::Sender<Result<(), Refused>>) {
        let (outbox, store) = (self.outbox.clone(), self.store.clone());
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let left = match store.run(|store| store.stats()).await {
                Ok(stats) if stats.memory_only && stats.outbox > 0 => {
                    // A CRM that takes longer is left; what is on its way is counted below.
                    let _ = tokio::time::timeout(LAST_TRY, outbox.last_try(None)).await;
                    let left = store.run(|store| store.outbox(Wanted::Open, usize::MAX));
                    left.await.unwrap_or_default().len()
                }
                Ok(_) => 0,
                Err(error) => {
                    tracing::error!(%error, "nobody can tell what would be lost");
                    0
                }
            };
            let left = u32::try_from(left).unwrap_or(u32::MAX);
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Ask(Ask::Left { left, reply })).await;
        });
    }

    /// Lets the agent go, unless something would be lost of which they do not know.
    pub(crate) fn left(&mut self, left: u32, reply: oneshot::Sender<Result<(), Refused>>) {
        let now = self.ports.clock.now();
        let knows = self.leaving.is_some_and(|warned| warned.holds(now));
        self.leaving = (left > 0).then_some(Warned { left, at: now });
        self.redraw_banners();
        if left == 0 || knows {
            return answer(reply, Ok(()));
        }
        let given = [("count", u64::from(left).into())];
        let why = self.status.language().say("banner-unsent", &given);
        answer(reply, Err(self.refused(&Refusal::Unsent(why))));
    }

    /// Takes the warning back when its time is over.
    pub(crate) fn forget_warning(&mut self) {
        let now = self.ports.clock.now();
        if self.leaving.is_some_and(|warned| !warned.holds(now)) {
            self.leaving = None;
            self.redraw_banners();
        }
    }
}

impl Warned {
    fn holds(self, now: Moment) -> bool {
        now.since(self.at) < WARNED_FOR
    }
}
