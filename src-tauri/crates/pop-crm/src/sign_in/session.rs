//! The session of a connection whose token is fetched: it keeps the access token fresh.
//!
//! Security rule K7. The access token lives in memory only. It is renewed before it ends, and once
//! when the CRM refuses it; one renewal at a time, whoever needs it. A new refresh token is stored
//! before the access token that came with it is used. What says no for good ends the session: then
//! nothing is sent until somebody signs in again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use serde_json::{Map, Value};

use crate::sign_in::ending::Ending;
use crate::sign_in::endpoint::{Endpoint, Issued, Proof};
use crate::sign_in::grant::Grant;

/// An access token is renewed when this part of its life is over.
const RENEW_AT: f64 = 0.8;
/// A renewal ahead of time that failed is tried again after this long.
const AHEAD_PAUSE: Duration = Duration::from_secs(30);
/// A token that is refused this soon after it was fetched was never any good.
const JUST_NOW: Duration = Duration::from_mins(1);
/// The code of a session that nobody has signed in to.
const NOT_SIGNED_IN: &str = "not_signed_in";
/// The code of an access token that ended where the server gives no refresh token.
const NO_REFRESH_TOKEN: &str = "no_refresh_token";
/// The code of a grant that could not be stored.
pub(crate) const GRANT_NOT_KEPT: &str = "grant_not_kept";

/// A session.
pub(crate) struct Session {
    id: ConnectionId,
    pub(crate) endpoint: Endpoint,
    state: Mutex<State>,
    renewing: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    access: Option<Arc<Access>>,
    refresh: Option<Arc<Secret>>,
    names: Map<String, Value>,
    /// From when to when the refresh token is good, where the server says so.
    life: Option<Ending>,
    /// Access tokens so far.
    count: u64,
    /// Why nothing is sent any more.
    over: Option<Fault>,
    /// No renewal ahead of time before this.
    patient_until: Option<Moment>,
}

/// What is known from the token before.
#[derive(Default)]
struct Older {
    names: Map<String, Value>,
    refresh: Option<Arc<Secret>>,
    life: Option<Ending>,
}

/// An access token.
pub(crate) struct Access {
    pub(crate) token: Secret,
    number: u64,
    renew_at: Option<Moment>,
    ends_at: Option<Moment>,
    fetched_at: Moment,
    /// Whether the CRM has taken it once.
    is_proved: AtomicBool,
}

impl Access {
    /// The CRM has taken it.
    pub(crate) fn prove(&self) {
        self.is_proved.store(true, Ordering::Relaxed);
    }

    /// Whether it was fetched just now and never taken: another one would be refused as well.
    pub(crate) fn is_untried(&self, now: Moment) -> bool {
        !self.is_proved.load(Ordering::Relaxed) && now.since(self.fetched_at) < JUST_NOW
    }
}

impl Session {
    /// The session with what was kept of it.
    pub(crate) fn new(id: ConnectionId, endpoint: Endpoint) -> Self {
        let session = Self {
            renewing: endpoint.ports.traffic.renewal(&id),
            id,
            endpoint,
            state: Mutex::default(),
        };
        session.recall();
        session
    }

    /// Reads what is kept: another session of this connection may have renewed it.
    fn recall(&self) {
        let Endpoint {
            ports,
            registration,
            ..
        } = &self.endpoint;
        match ports.tokens.load(&self.id) {
            Ok(kept) => {
                let grant = kept.and_then(|kept| Grant::open(&kept, registration));
                if let Some(grant) = grant {
                    let mut state = self.state();
                    state.refresh = grant.refresh.map(Arc::new);
                    state.names = grant.names;
                    state.life = grant.life;
                }
            }
            Err(error) => {
                tracing::warn!(connection = %self.id.0, %error, "a grant cannot be read");
            }
        }
    }

    /// What definitions read as `token.…`.
    pub(crate) fn names(&self) -> Value {
        Value::Object(self.state().names.clone())
    }

    /// Whether nothing can be asked before somebody signs in.
    pub(crate) fn needs_sign_in(&self) -> bool {
        let state = self.state();
        let by_itself = state.refresh.is_some() || self.endpoint.registration.browser.is_none();
        state.over.is_some() || (state.access.is_none() && !by_itself)
    }

    /// When somebody must sign in again: what renews itself does not end.
    pub(crate) fn ends(&self) -> Option<Ending> {
        let browser = self.endpoint.registration.browser.is_some();
        let state = self.state();
        if !browser || state.over.is_some() {
            return None;
        }
        if state.refresh.is_some() {
            return state.life;
        }
        let access = state.access.as_ref()?;
        Some(Ending {
            since: access.fetched_at,
            at: access.ends_at?,
        })
    }

    /// Whether a token should be fetched now, before somebody needs it.
    pub(crate) fn is_due(&self) -> bool {
        let now = self.now();
        let state = self.state();
        let is_patient = state.patient_until.is_some_and(|until| now < until);
        if is_patient || state.over.is_some() {
            return false;
        }
        match &state.access {
            Some(access) => access.renew_at.is_some_and(|at| now >= at),
            None => state.refresh.is_some() || self.endpoint.registration.browser.is_none(),
        }
    }

    /// Fetches a token before somebody needs it; what fails is left in peace for a while.
    pub(crate) async fn keep_fresh(self: &Arc<Self>) -> Result<(), Fault> {
        let fetched = self.signed().await;
        if fetched.is_err() {
            self.state().patient_until = Some(self.now().after(AHEAD_PAUSE));
        }
        fetched.map(drop)
    }

    /// An access token that is good for now; renewed first when its time has come.
    pub(crate) async fn signed(self: &Arc<Self>) -> Result<Arc<Access>, Fault> {
        let now = self.now();
        let (current, patient_until) = {
            let state = self.state();
            self.check_over(&state)?;
            (state.access.clone(), state.patient_until)
        };
        let Some(access) = current else {
            return self.renewed(None).await;
        };
        let is_due = access.renew_at.is_some_and(|at| now >= at);
        let is_over = access.ends_at.is_some_and(|at| now >= at);
        let is_patient = patient_until.is_some_and(|until| now < until);
        if !is_due || (is_patient && !is_over) {
            return Ok(access);
        }
        match self.renewed(Some(&access)).await {
            Err(fault) if !is_over && fault.kind != FaultKind::SignInNeeded => {
                tracing::info!(connection = %self.id.0, slug = fault.slug(), "renewal is late");
                self.state().patient_until = Some(now.after(AHEAD_PAUSE));
                Ok(access)
            }
            renewed => renewed,
        }
    }

    /// Another access token than `used`, which the CRM refuses or which ends.
    ///
    /// The renewal goes on when nobody waits for it any more: its refresh token may be spent.
    pub(crate) async fn renewed(
        self: &Arc<Self>,
        used: Option<&Access>,
    ) -> Result<Arc<Access>, Fault> {
        let (session, used) = (Arc::clone(self), used.map(|access| access.number));
        let renewal = tokio::spawn(async move { session.renew(used).await });
        // It ends with the program alone.
        let ended = |_| self.endpoint.fault(FaultKind::TimedOut);
        renewal.await.map_err(ended)?
    }

    async fn renew(&self, used: Option<u64>) -> Result<Arc<Access>, Fault> {
        let _one_at_a_time = self.renewing.lock().await;
        {
            let state = self.state();
            self.check_over(&state)?;
            if let Some(access) = &state.access
                && Some(access.number) != used
            {
                return Ok(Arc::clone(access));
            }
        }
        self.recall();
        let older = {
            let state = self.state();
            Older {
                names: state.names.clone(),
                refresh: state.refresh.clone(),
                life: state.life,
            }
        };
        let refresh = older.refresh.clone();
        let proof = match (&self.endpoint.registration.browser, &refresh) {
            (None, _) => Proof::Client,
            (Some(_), Some(refresh)) => Proof::Refresh(refresh),
            (Some(_), None) => {
                let code = used.map_or(NOT_SIGNED_IN, |_| NO_REFRESH_TOKEN);
                return Err(self.end(self.no_sign_in(code)));
            }
        };
        match self.endpoint.ask(proof).await {
            Ok(issued) => {
                let accepted = self.accept(issued, older).await;
                accepted.map_err(|fault| self.end(fault))
            }
            Err(fault) if fault.kind == FaultKind::SignInNeeded => Err(self.end(fault)),
            Err(fault) => Err(fault),
        }
    }

    /// Takes the token of a new sign-in into use; nothing of an older one stays.
    pub(crate) async fn begin(&self, issued: Issued) -> Result<(), Fault> {
        self.accept(issued, Older::default()).await.map(drop)
    }

    /// Takes a new token into use: what has to be kept is stored first.
    async fn accept(&self, issued: Issued, older: Older) -> Result<Arc<Access>, Fault> {
        let registration = &self.endpoint.registration;
        let now = self.now();
        // What is not said again is still so of the same refresh token, and of a new one unknown.
        let life = Ending::of_refresh_token(&issued.names, now);
        let life = life.or_else(|| older.life.filter(|_| issued.refresh.is_none()));
        let mut names = older.names;
        names.extend(issued.names);
        let reason = "the refresh token is compared with the older one, and kept";
        let old = older.refresh.as_ref().map(|old| old.expose(reason));
        let new = issued.refresh.as_ref().map(|new| new.expose(reason));
        let is_other = new.is_some() && new != old;
        let refresh = new.or(old).map(|token| Secret::new(token.to_owned()));
        let grant = Grant {
            refresh,
            names,
            life,
        };
        if registration.browser.is_some() {
            let kept = grant.seal(registration, &now.rfc3339());
            if let Err(error) = self.store(kept).await {
                // What does not rotate can be used again: the older grant is as good.
                let is_lost = is_other && (registration.rotates || old.is_none());
                tracing::warn!(connection = %self.id.0, %error, is_lost, "a grant is not kept");
                if is_lost {
                    return Err(Fault {
                        message: Some(error.0),
                        ..self.no_sign_in(GRANT_NOT_KEPT)
                    });
                }
            }
        }
        let now = self.now();
        let life = issued.expires_in.or(registration.lifetime);
        let mut state = self.state();
        state.life = grant.life;
        state.count += 1;
        let access = Arc::new(Access {
            token: issued.access,
            number: state.count,
            renew_at: life.map(|life| now.after(life.mul_f64(RENEW_AT))),
            ends_at: life.map(|life| now.after(life)),
            fetched_at: now,
            is_proved: AtomicBool::new(false),
        });
        state.access = Some(Arc::clone(&access));
        state.refresh = grant.refresh.map(Arc::new);
        state.names = grant.names;
        state.over = None;
        state.patient_until = None;
        Ok(access)
    }

    /// Ends the session because the CRM refuses a token that was fetched just now.
    pub(crate) fn refused(&self, access: &Access, fault: &Fault) {
        let is_current = {
            let state = self.state();
            let current = state.access.as_ref();
            current.is_some_and(|current| current.number == access.number)
        };
        if is_current {
            self.end(fault.clone());
        }
    }

    /// Forgets everything; the refresh token, or else the access token, is given back to be
    /// revoked.
    pub(crate) fn leave(&self) -> (Option<Arc<Secret>>, Option<Arc<Access>>) {
        let mut state = self.state();
        let left = std::mem::take(&mut *state);
        state.count = left.count;
        (left.refresh, left.access)
    }

    pub(crate) fn id(&self) -> &ConnectionId {
        &self.id
    }

    fn end(&self, fault: Fault) -> Fault {
        tracing::info!(connection = %self.id.0, code = fault.code, "the sign-in is over");
        let mut state = self.state();
        state.access = None;
        state.over = Some(fault.clone());
        fault
    }

    #[expect(
        clippy::result_large_err,
        reason = "it goes on as the answer's own fault"
    )]
    fn check_over(&self, state: &State) -> Result<(), Fault> {
        let over = state.over.clone().map(|fault| Fault {
            at: self.now(),
            ..fault
        });
        over.map_or(Ok(()), Err)
    }

    async fn store(&self, grant: Secret) -> Result<(), pop_core::tokens::NotKept> {
        let (tokens, id) = (Arc::clone(&self.endpoint.ports.tokens), self.id.clone());
        let stored = tokio::task::spawn_blocking(move || tokens.store(&id, &grant)).await;
        stored.map_err(|error| pop_core::tokens::NotKept(error.to_string()))?
    }

    fn no_sign_in(&self, code: &str) -> Fault {
        Fault {
            code: Some(code.to_owned()),
            ..self.endpoint.fault(FaultKind::SignInNeeded)
        }
    }

    fn now(&self) -> Moment {
        self.endpoint.ports.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl crate::run::connection::Connection {
    /// What is known of the token before a request is written. Where it is fetched without
    /// anybody, it is fetched now; `None` where no token is fetched at all.
    pub(crate) async fn token_names(&self, deadline: Moment) -> Result<Option<Value>, Fault> {
        let Some(session) = &self.session else {
            return Ok(None);
        };
        self.before(deadline, session.signed()).await?;
        Ok(Some(session.names()))
    }
}
