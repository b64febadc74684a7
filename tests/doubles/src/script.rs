//! What goes wrong on demand: by the vendor's own words ([`Trouble`]), or below them ([`Act`]).

use std::time::Duration;

use crate::call::{Answer, Call};

/// A refusal that every vendor knows and words in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The credential is not valid any more.
    Expired,
    /// The person may not do this.
    Forbidden,
    /// No such record, or hidden.
    NotFound,
    /// The request is refused because of this field.
    Invalid(String),
    /// Somebody else was faster, or there is one already.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// The server cannot answer now.
    Unavailable,
}

/// What happens to a request in place of, or after, the vendor's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The vendor refuses, in its real error body.
    Trouble(Trouble),
    /// This answer.
    Answer(Answer),
    /// The connection ends before an answer; nothing is stored.
    Reset,
    /// The request is carried out, and its answer is lost.
    LostAfterStoring,
    /// The answer's JSON ends in the middle, in a whole HTTP message.
    Truncated,
    /// The connection ends in the middle of the body.
    CutBody,
    /// The head of the answer is late.
    Slow(Duration),
    /// 2 MB of JSON that says nothing.
    Huge,
    /// A page in place of JSON, with status 200.
    Html,
    /// Status 200 and no body.
    Blank,
}

#[derive(Debug)]
struct Line {
    /// Part of `METHOD host/path?query`; empty means any request.
    on: String,
    left: Option<usize>,
    act: Act,
}

/// The acts that wait for their request.
#[derive(Debug, Default)]
pub(crate) struct Script(Vec<Line>);

impl Script {
    pub(crate) fn add(&mut self, on: &str, times: Option<usize>, act: Act) {
        self.0.push(Line {
            on: on.to_owned(),
            left: times,
            act,
        });
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The act for this request; one that was for so many requests is used up.
    pub(crate) fn take(&mut self, call: &Call) -> Option<Act> {
        let target = target(call);
        let at = self.0.iter().position(|line| target.contains(&line.on))?;
        let line = self.0.get_mut(at)?;
        let act = line.act.clone();
        line.left = line.left.map(|left| left.saturating_sub(1));
        if line.left == Some(0) {
            self.0.remove(at);
        }
        Some(act)
    }
}

pub(crate) fn target(call: &Call) -> String {
    let mark = if call.query.is_empty() { "" } else { "?" };
    format!(
        "{} {}{}{mark}{}",
        call.method, call.host, call.path, call.query
    )
}
