//! One request on its way: origin, place in the queue, breaker, time limits, second try.
//!
//! Security rules B2, B4, N2, N3. Everything that is asked goes through here, so a definition
//! cannot be quicker, more stubborn or further away than the rules allow.

use std::future::Future;
use std::time::Duration;

use pop_core::doctor::Part;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::{HeaderValue, HttpFault, Request, Response};
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use tokio::sync::SemaphorePermit;
use url::Url;

use crate::net::origin::Origin;
use crate::net::spent;
use crate::net::traffic::Lane;
use crate::run::answer::Answer;
use crate::run::budget::{Budgets, LARGEST_ANSWER};
use crate::run::connection::Connection;
use crate::run::error::{Failure, may_have_arrived};
use crate::run::label::Written;
use crate::sign_in::session::Access;

/// A place among the calls to an origin, and one among those of the connection if it counts them.
type Places<'p> = (SemaphorePermit<'p>, Option<SemaphorePermit<'p>>);

impl Connection {
    /// Sends a read and judges its answer; what may pass is tried once more.
    pub(crate) async fn send_read(
        &self,
        written: &Written,
        deadline: Moment,
        judge: impl Fn(&Response) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let origin = self.permitted(&written.url)?;
        let lane = self.ports.traffic.lane(&origin);
        let failure = match self.one_try(written, deadline, &lane, &judge).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let Some(pause) = self.pause_before_second_try(&failure, &lane, deadline) else {
            return Err(failure);
        };
        self.ports.clock.sleep(pause).await;
        match self.one_try(written, deadline, &lane, &judge).await {
            // The first try says why; that it was one failure too many says nothing more.
            Err(second) if second.fault.kind == FaultKind::Paused => Err(failure),
            second => second,
        }
    }

    /// Sends a write and judges its answer. It goes out once: what may be done after a failure is
    /// the action's to say.
    pub(crate) async fn send_write(
        &self,
        written: &Written,
        deadline: Moment,
        judge: impl Fn(&Response) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let origin = self.permitted(&written.url)?;
        let lane = self.ports.traffic.lane(&origin);
        self.one_try(written, deadline, &lane, &judge).await
    }

    /// The origin of an address, if a credential may go there: rule N3.
    pub(crate) fn permitted(&self, address: &str) -> Result<Origin, Failure> {
        let foreign = || Failure::from(self.fault(FaultKind::ForeignAddress));
        let url = Url::parse(address).map_err(|_| foreign())?;
        let origin = Origin::of(&url, &self.loopback).ok_or_else(foreign)?;
        if !self.within.iter().any(|entry| entry.allows(&url)) {
            return Err(foreign());
        }
        // Written out again it must be what was written: nothing was read as a step or a host.
        if url.as_str() != address {
            return Err(self.fault(FaultKind::UnsafeValue).into());
        }
        Ok(origin)
    }

    /// One try, signed in: a token that the CRM refuses is renewed once, then the refusal counts.
    async fn one_try(
        &self,
        written: &Written,
        deadline: Moment,
        lane: &Lane,
        judge: &impl Fn(&Response) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let Some(session) = &self.session else {
            return self.exchange(written, deadline, lane, judge, None).await;
        };
        let access = self.before(deadline, session.signed()).await?;
        let used = access.as_ref();
        let first = self.signed_try(written, deadline, lane, judge, used).await;
        match first {
            Err(failure)
                if failure.fault.kind == FaultKind::SignInNeeded
                    && !access.is_untried(self.now()) =>
            {
                let renewed = session.renewed(Some(used));
                let access = self.before(deadline, renewed).await?;
                self.signed_try(written, deadline, lane, judge, &access)
                    .await
            }
            other => other,
        }
    }

    /// One try with this token; that it is refused although it is new ends the session.
    async fn signed_try(
        &self,
        written: &Written,
        deadline: Moment,
        lane: &Lane,
        judge: &impl Fn(&Response) -> Result<Answer, Failure>,
        access: &Access,
    ) -> Result<Answer, Failure> {
        let token = Some(&access.token);
        let answer = self.exchange(written, deadline, lane, judge, token).await;
        match &answer {
            Ok(_) => access.prove(),
            Err(failure) if failure.fault.kind == FaultKind::SignInNeeded => {
                if let Some(session) = &self.session
                    && access.is_untried(self.now())
                {
                    session.refused(access, &failure.fault);
                }
            }
            Err(_) => {}
        }
        answer
    }

    /// Waits for a token, but not beyond the deadline.
    pub(crate) async fn before<T>(
        &self,
        deadline: Moment,
        token: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        tokio::select! {
            biased;
            token = token => token,
            () = self.until(deadline) => Err(self.fault(FaultKind::TimedOut)),
        }
    }

    async fn exchange(
        &self,
        written: &Written,
        deadline: Moment,
        lane: &Lane,
        judge: &impl Fn(&Response) -> Result<Answer, Failure>,
        token: Option<&Secret>,
    ) -> Result<Answer, Failure> {
        // At once and with the reason, although all places may be taken by calls that hang.
        if let Some(until) = lane.paused_until(self.now()) {
            return Err(self.paused(until));
        }
        if let Some(wait) = lane.left_alone(self.now()) {
            if self.now().after(wait).after(self.budgets.worthwhile) > deadline {
                return Err(self.asked_to_wait(wait));
            }
            self.ports.clock.sleep(wait).await;
            spent::note(Part::Limit, wait);
        }
        let queued = self.now();
        let places = self.wait_for_place(deadline, lane);
        let _places = tokio::select! {
            biased;
            places = places => places?,
            () = self.until(deadline) => return Err(self.fault(FaultKind::TimedOut).into()),
        };
        let now = self.now();
        spent::note(Part::Queue, now.since(queued));
        lane.ask(now).map_err(|until| self.paused(until))?;
        let left = deadline.since(now);
        if left.is_zero() {
            return Err(self.fault(FaultKind::TimedOut).into());
        }
        let limit = left.min(written.patience(&self.budgets));
        let request = self.request(written, limit, token)?;
        let sent = tokio::select! {
            biased;
            sent = self.ports.http.send(request) => sent,
            () = self.ports.clock.sleep(limit) => Err(HttpFault::AnswerTimeout),
        };
        let out_of_time = limit == left;
        let judged = match &sent {
            Ok(response) => {
                spent::note_timing(response.timing);
                self.note_quotas(response);
                judge(response)
            }
            Err(fault) => Err(Failure {
                unanswered: may_have_arrived(*fault),
                ..self.network_fault(*fault, out_of_time).into()
            }),
        };
        self.log(written, now, sent.as_ref().ok(), &judged);
        self.count(lane, now, &judged);
        if let Err(failure) = &judged {
            self.heed(lane, failure);
        }
        judged
    }

    /// Whoever asks too often is told how long to wait; that is meant for all calls.
    pub(crate) fn heed(&self, lane: &Lane, failure: &Failure) {
        let fault = &failure.fault;
        if let (FaultKind::RateLimited, Some(wait)) = (&fault.kind, fault.retry_after) {
            lane.leave_alone(self.now(), wait);
        }
    }

    fn asked_to_wait(&self, wait: Duration) -> Failure {
        Fault {
            retry_after: Some(wait),
            ..self.fault(FaultKind::RateLimited)
        }
        .into()
    }

    fn paused(&self, until: Moment) -> Failure {
        let retry_after = Some(until.since(self.now()));
        Fault {
            retry_after,
            ..self.fault(FaultKind::Paused)
        }
        .into()
    }

    async fn until(&self, deadline: Moment) {
        self.ports.clock.sleep(deadline.since(self.now())).await;
    }

    async fn wait_for_place<'p>(
        &'p self,
        deadline: Moment,
        lane: &'p Lane,
    ) -> Result<Places<'p>, Fault> {
        // Neither is ever closed.
        let closed = |_| self.fault(FaultKind::TimedOut);
        let own = match &self.at_once {
            Some(places) => Some(places.acquire().await.map_err(closed)?),
            None => None,
        };
        let place = lane.places.acquire().await.map_err(closed)?;
        if let Some(gap) = self.plan.http.gap {
            let wait = lane.wait_for_gap(self.now(), gap);
            if self.now().after(wait) >= deadline {
                return Err(self.fault(FaultKind::TimedOut));
            }
            if !wait.is_zero() {
                self.ports.clock.sleep(wait).await;
            }
        }
        Ok((place, own))
    }

    fn request(
        &self,
        written: &Written,
        limit: Duration,
        token: Option<&Secret>,
    ) -> Result<Request, Failure> {
        let mut headers = self
            .auth_headers(token)
            .map_err(|missing| Failure::from(self.fault(FaultKind::MissingName(missing))))?;
        let plain = written
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::Plain(value.clone())));
        headers.extend(plain);
        Ok(Request {
            method: written.method,
            url: written.url.clone(),
            headers,
            body: written.body.clone(),
            limit,
            max_body: LARGEST_ANSWER,
        })
    }

    fn network_fault(&self, fault: HttpFault, out_of_time: bool) -> Fault {
        let is_timeout = matches!(fault, HttpFault::AnswerTimeout | HttpFault::ConnectTimeout);
        let kind = if is_timeout && out_of_time {
            FaultKind::TimedOut
        } else {
            FaultKind::Network(fault)
        };
        self.fault(kind)
    }

    /// An answer is a good sign, whatever it says, unless it says that the server is unwell.
    fn count(&self, lane: &Lane, start: Moment, judged: &Result<Answer, Failure>) {
        let now = self.now();
        let kind = judged.as_ref().err().map(|failure| &failure.fault.kind);
        let is_unwell = match kind {
            Some(FaultKind::Unavailable | FaultKind::TimedOut) => true,
            Some(FaultKind::Network(fault)) => {
                !matches!(fault, HttpFault::TooLarge | HttpFault::BadRequest)
            }
            _ => false,
        };
        if is_unwell {
            lane.failed(now);
        } else {
            lane.answered(now, now.since(start));
        }
        tracing::debug!(
            connection = %self.id.0,
            millis = u64::try_from(now.since(start).as_millis()).unwrap_or(u64::MAX),
            outcome = judged.as_ref().err().map_or("ok", |failure| failure.fault.slug()),
            "asked the CRM"
        );
    }

    /// How long to wait before a second try; `None` when there is none.
    fn pause_before_second_try(
        &self,
        failure: &Failure,
        lane: &Lane,
        deadline: Moment,
    ) -> Option<Duration> {
        let fault = &failure.fault;
        let now = self.now();
        let Budgets {
            shortest_pause,
            longest_pause,
            worthwhile,
            ..
        } = self.budgets;
        let spread = longest_pause.saturating_sub(shortest_pause);
        let random = shortest_pause + spread.mul_f64(lane.jitter(now));
        let pause = fault.retry_after.unwrap_or_default().max(random);
        let fits = now.after(pause).after(worthwhile) <= deadline;
        (may_help(fault) && fits && lane.spend_retry()).then_some(pause)
    }
}

/// Whether the same read may have another answer a moment later.
fn may_help(fault: &Fault) -> bool {
    match &fault.kind {
        FaultKind::Unavailable => true,
        FaultKind::RateLimited => fault.retry_after.is_some(),
        FaultKind::Network(fault) => match fault {
            HttpFault::Dns
            | HttpFault::Refused
            | HttpFault::ConnectTimeout
            | HttpFault::AnswerTimeout
            | HttpFault::Cut => true,
            HttpFault::Tls | HttpFault::Proxy | HttpFault::TooLarge | HttpFault::BadRequest => {
                false
            }
        },
        FaultKind::SignInNeeded
        | FaultKind::KeychainLocked
        | FaultKind::Forbidden
        | FaultKind::NotFound
        | FaultKind::Ambiguous
        | FaultKind::Invalid(_)
        | FaultKind::Conflict
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::MissingName(_)
        | FaultKind::UnsafeValue
        | FaultKind::TimedOut
        | FaultKind::Paused
        | FaultKind::NotSupported => false,
    }
}
