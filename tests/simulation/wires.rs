//! The network of a shift: requests are answered in this process, after a while, and not always.
//!
//! It watches what leaves: where to, and that no credential stands anywhere but in a header made for
//! it or on its way to the issuer.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock as _;
use pop_core::http::{HeaderValue, Http, HttpFault, Method, Request, Response, Timing};
use pop_core::link::LoopbackOrigin;
use pop_doubles::{Answer, Call};
use pop_engine::ports::Network;
use pop_source::broker::Backoff;
use url::Url;

use crate::admin::{self, Admin};
use crate::broker::Broker;
use crate::crms::Crms;
use crate::time::SharedTime;
use pop_tests::dice::Dice;

/// What servers and those between answer when they are not well.
const STATUSES: [u16; 14] = [
    400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 502, 503, 504, 302,
];

pub(crate) struct Wires {
    pub(crate) crms: Arc<Crms>,
    pub(crate) admin: Admin,
    time: SharedTime,
    state: Mutex<State>,
    /// Whether anything goes wrong at all.
    pub(crate) rough: AtomicBool,
    /// Whether nothing gets through.
    pub(crate) dead: AtomicBool,
    /// A network that brings any request twice, which no client can live with: only to show that it
    /// is noticed.
    pub(crate) doubles_all: bool,
    /// Whether one of the CRMs is called unknown, to show that a request to it is noticed.
    pub(crate) is_narrow: bool,
}

struct State {
    dice: Dice,
    secrets: BTreeSet<String>,
    seen: Seen,
    wrongs: Vec<String>,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) requests: u64,
    pub(crate) cut: u64,
    pub(crate) lost: u64,
    pub(crate) late: u64,
    pub(crate) doubled: u64,
    pub(crate) truncated: u64,
    pub(crate) refused: u64,
    pub(crate) token_lost: u64,
}

/// What the network does with one request.
enum Fate {
    Well,
    /// It never arrives.
    Cut,
    /// It is carried out, and the answer is lost.
    Lost,
    /// It arrives twice.
    Doubled,
    /// Half of the answer arrives.
    Truncated,
    /// Somebody on the way answers.
    Status(u16),
}

impl Wires {
    pub(crate) fn new(crms: Arc<Crms>, admin: Admin, time: SharedTime, dice: Dice) -> Self {
        let state = State {
            dice,
            secrets: crms.secrets().into_iter().collect(),
            seen: Seen::default(),
            wrongs: Vec::new(),
        };
        Self {
            crms,
            admin,
            time,
            state: Mutex::new(state),
            rough: AtomicBool::new(false),
            dead: AtomicBool::new(false),
            doubles_all: false,
            is_narrow: false,
        }
    }

    /// What was wrong since the last time.
    pub(crate) fn wrongs(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().wrongs)
    }

    pub(crate) fn seen(&self) -> Seen {
        self.state.lock().unwrap().seen
    }

    /// Every credential that was ever worth something.
    pub(crate) fn secrets(&self) -> BTreeSet<String> {
        let mut state = self.state.lock().unwrap();
        state.secrets.extend(self.crms.secrets());
        state.secrets.clone()
    }

    /// Something that is no credential, looked for as if it were one.
    pub(crate) fn also_look_for(&self, text: &str) {
        self.state.lock().unwrap().secrets.insert(text.to_owned());
    }

    fn note(&self, what: String) {
        self.state.lock().unwrap().wrongs.push(what);
    }

    /// No credential leaves but in its header, or to its issuer; none to where the bundles are.
    fn watch(&self, request: &Request, host: &str, is_token: bool) {
        let body = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default());
        let plain = request
            .headers
            .iter()
            .filter_map(|(name, value)| match value {
                HeaderValue::Plain(text) => Some((name.as_str(), text.as_str())),
                HeaderValue::Secret(secret) => {
                    let text = || secret.expose("looked for where none may go");
                    (host == admin::HOST).then(|| (name.as_str(), text()))
                }
            });
        let mut told: Vec<(&str, &str)> = plain.collect();
        told.push(("address", &request.url));
        if !is_token {
            told.push(("body", &body));
        }
        for secret in self.secrets() {
            for (place, text) in &told {
                if text.contains(&secret) {
                    self.note(format!("a credential stands in {place} of {}", request.url));
                }
            }
        }
    }

    fn fate(&self, request: &Request, is_token: bool) -> (Fate, Duration) {
        let rough = self.rough.load(Ordering::SeqCst);
        let mut state = self.state.lock().unwrap();
        state.seen.requests += 1;
        let usual = Duration::from_millis(40 + u64::try_from(state.dice.below(260)).unwrap());
        if self.dead.load(Ordering::SeqCst) {
            return (Fate::Cut, usual);
        }
        if !rough {
            return (Fate::Well, usual);
        }
        // Who does not wait longer never learns what became of it.
        let wait = if state.dice.happens(8) {
            state.seen.late += 1;
            Duration::from_millis(u64::try_from(state.dice.below(20_000)).unwrap())
        } else {
            usual
        };
        // A request that changes something is brought twice only where that may be repeated.
        let may_repeat = matches!(request.method, Method::Get | Method::Patch | Method::Put);
        let fate = match state.dice.below(100) {
            _ if self.doubles_all => Fate::Doubled,
            0..6 => Fate::Cut,
            6..14 => Fate::Lost,
            14..18 if may_repeat => Fate::Doubled,
            18..22 => Fate::Truncated,
            22..30 => {
                let at = state.dice.below(STATUSES.len());
                Fate::Status(STATUSES[at])
            }
            _ => Fate::Well,
        };
        let seen = &mut state.seen;
        match fate {
            Fate::Well => {}
            Fate::Cut => seen.cut += 1,
            Fate::Lost => {
                seen.lost += 1;
                seen.token_lost += u64::from(is_token);
            }
            Fate::Doubled => seen.doubled += 1,
            Fate::Truncated => seen.truncated += 1,
            Fate::Status(_) => seen.refused += 1,
        }
        (fate, wait)
    }

    fn answer(&self, call: &Call) -> Option<Answer> {
        if call.host == admin::HOST {
            return Some(self.admin.answer(call));
        }
        self.crms.answer(call)
    }

    async fn exchange(&self, request: &Request, call: Call, is_token: bool) -> Exchanged {
        let (fate, wait) = self.fate(request, is_token);
        // It arrives on half the way.
        self.time.sleep(wait / 2).await;
        let carried_out = || self.answer(&call).ok_or(HttpFault::Dns);
        let answer = match fate {
            Fate::Cut => return Err(HttpFault::Refused),
            Fate::Lost => {
                carried_out()?;
                Err(HttpFault::Cut)
            }
            Fate::Doubled => {
                carried_out()?;
                Ok(carried_out()?)
            }
            Fate::Truncated => {
                let mut answer = carried_out()?;
                answer.body.truncate(answer.body.len() / 2);
                Ok(answer)
            }
            Fate::Status(status) => Ok(somebody_else(status)),
            Fate::Well => Ok(carried_out()?),
        };
        self.time.sleep(wait / 2).await;
        // What was given out just now is a credential from now on.
        self.secrets();
        answer
    }
}

type Exchanged = Result<Answer, HttpFault>;

fn somebody_else(status: u16) -> Answer {
    let answer = Answer::json(status, &serde_json::json!({ "error": "try later" }));
    match status {
        429 | 503 => answer.with("retry-after", "20"),
        302 => answer.with("location", "https://evil.example/"),
        _ => answer,
    }
}

#[async_trait]
impl Http for Wires {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let Ok(url) = Url::parse(&request.url) else {
            self.note(format!("no address: {}", request.url));
            return Err(HttpFault::BadRequest);
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        let is_known = host == admin::HOST || self.crms.hosts().contains(&host);
        let is_known = is_known && !(self.is_narrow && host.starts_with("help."));
        if !is_known || url.scheme() != "https" || url.port().is_some() {
            self.note(format!("a request left for {}", request.url));
            return Err(HttpFault::Dns);
        }
        let is_token = url.path().contains("/oauth2/") || url.path().starts_with("/oauth/");
        self.watch(&request, &host, is_token);
        let call = call(&request, &host, &url);
        let limit = self.time.sleep(request.limit);
        let answered = tokio::select! {
            biased;
            answered = self.exchange(&request, call, is_token) => answered,
            () = limit => Err(HttpFault::AnswerTimeout),
        };
        answered.map(|answer| Response {
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            timing: Timing::default(),
        })
    }
}

fn call(request: &Request, host: &str, url: &Url) -> Call {
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut call = Call::new(request.method.word(), host, &target);
    let headers = request.headers.iter().map(|(name, value)| {
        let text = match value {
            HeaderValue::Plain(text) => text.clone(),
            HeaderValue::Secret(secret) => secret.expose("a header carries it").to_owned(),
        };
        (name.clone(), text)
    });
    call.headers = headers.collect();
    call.body = request.body.clone().unwrap_or_default();
    call
}

/// The network as the engine's port.
pub(crate) struct Net {
    pub(crate) wires: Arc<Wires>,
    pub(crate) broker: Option<Arc<Broker>>,
}

impl Network for Net {
    fn client(&self, _: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String> {
        Ok(Arc::<Wires>::clone(&self.wires))
    }

    fn backoff(&self) -> Backoff {
        let broker = self.broker.as_ref();
        broker.map_or_else(Backoff::default, Broker::backoff)
    }
}
