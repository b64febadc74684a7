//! Another system's address as a target: a signed message, sent until it is taken.
//!
//! Standard Webhooks: the message's id goes along with every try, so that the other system knows a
//! repetition; the time and the signature are those of the try. Rule Q6 says which answers are
//! worth another try.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::{Next, Outcome};
use pop_core::clock::Clock;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::{HeaderValue, Http, HttpFault, Method, Request, Response};
use pop_core::moment::Moment;
use pop_core::write::WrittenRecord;
use pop_source::signature::{SigningKey, sign};
use pop_store::{Item, Message};
use sha2::{Digest, Sha256};

use crate::outbox::{NotSent, Sends, Sent};

/// The longest a try may take (rule B3).
const LIMIT: Duration = Duration::from_secs(15);

/// The most of an answer that is read: its hash is logged and nothing else.
const MOST_ANSWERED: usize = 64 << 10;

/// The way to one address.
pub struct HookWay {
    /// Sends.
    pub http: Arc<dyn Http>,
    /// The time of the signature.
    pub clock: Arc<dyn Clock>,
    /// What signs.
    pub keys: Arc<Vec<SigningKey>>,
}

#[async_trait]
impl Sends for HookWay {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        None
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        true
    }

    async fn send(&self, item: &Item, _: Option<Moment>) -> Sent {
        let now = self.clock.now();
        let Item::Message(message) = item else {
            return failed(Fault::new(FaultKind::NotSupported, now), Next::Park);
        };
        let Some(request) = self.request(message, now) else {
            return failed(Fault::new(FaultKind::UnsafeValue, now), Next::Park);
        };
        let sent = match self.http.send(request).await {
            Ok(response) => answered(&response, self.clock.now()),
            Err(fault) => {
                let next = match fault {
                    HttpFault::BadRequest => Next::Park,
                    HttpFault::Dns
                    | HttpFault::Refused
                    | HttpFault::ConnectTimeout
                    | HttpFault::AnswerTimeout
                    | HttpFault::Cut
                    | HttpFault::Tls
                    | HttpFault::Proxy
                    | HttpFault::TooLarge => Next::Retry,
                };
                failed(
                    Fault::new(FaultKind::Network(fault), self.clock.now()),
                    next,
                )
            }
        };
        Sent {
            body: Some(Sha256::digest(message.body.as_bytes()).into()),
            ..sent
        }
    }
}

impl HookWay {
    fn request(&self, message: &Message, now: Moment) -> Option<Request> {
        let signed = sign(&self.keys, &message.id, now, message.body.as_bytes()).ok()?;
        let plain =
            |(name, value): (&str, &str)| (name.to_owned(), HeaderValue::Plain(value.to_owned()));
        let kind = ("content-type", message.content_type.as_str());
        let headers = signed.fields().into_iter().chain([kind]).map(plain);
        Some(Request {
            method: Method::Post,
            url: message.to.clone(),
            headers: headers.collect(),
            body: Some(message.body.clone().into_bytes()),
            limit: LIMIT,
            max_body: MOST_ANSWERED,
        })
    }
}

/// The way to an address that the policy does not name any more: a person must know.
pub struct Unnamed;

#[async_trait]
impl Sends for Unnamed {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        None
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        true
    }

    async fn send(&self, item: &Item, _: Option<Moment>) -> Sent {
        failed(
            Fault::new(FaultKind::NotSupported, item.asked()),
            Next::Park,
        )
    }
}

fn answered(response: &Response, now: Moment) -> Sent {
    let answer: [u8; 32] = Sha256::digest(&response.body).into();
    let (kind, next) = match response.status {
        200..=299 => {
            return Sent {
                result: Ok(WrittenRecord::default()),
                status: Some(response.status),
                body: None,
                answer: Some(answer),
            };
        }
        429 => (FaultKind::RateLimited, Next::Retry),
        408 | 425 | 500 | 502..=504 => (FaultKind::Unavailable, Next::Retry),
        300..=399 => (FaultKind::Redirect, Next::Park),
        401 | 403 => (FaultKind::Forbidden, Next::Park),
        404 | 410 => (FaultKind::NotFound, Next::Park),
        _ => (FaultKind::Invalid(Vec::new()), Next::Park),
    };
    let wait = response.header("retry-after");
    let wait = wait.and_then(|text| text.trim().parse().ok());
    let fault = Fault {
        status: Some(response.status),
        retry_after: wait.map(Duration::from_secs),
        answer: Some(answer),
        ..Fault::new(kind, now)
    };
    failed(fault, next)
}

fn failed(fault: Fault, next: Next) -> Sent {
    Sent::not(NotSent {
        fault,
        fields: Vec::new(),
        // The other system knows a repetition by its id.
        outcome: Outcome::NotDone,
        next,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use pop_core::http::Timing;
    use pop_crm::SystemClock;
    use pop_source::signature::{new_delivery_id, new_secret};

    use super::*;

    /// Answers everything with a status, and remembers what it was asked.
    struct Other {
        status: u16,
        asked: Mutex<Vec<Request>>,
    }

    #[async_trait]
    impl Http for Other {
        async fn send(&self, request: Request) -> Result<Response, HttpFault> {
            self.asked.lock().expect("no panic").push(request);
            Ok(Response {
                status: self.status,
                headers: vec![("retry-after".to_owned(), " 90 ".to_owned())],
                body: b"an answer".to_vec(),
                timing: Timing::default(),
            })
        }
    }

    fn message() -> Item {
        Item::Message(Message {
            id: new_delivery_id().expect("random bytes"),
            to: "https://hooks.example/screenpop".to_owned(),
            event: "interaction.popped".to_owned(),
            interaction: None,
            asked: Moment::default(),
            content_type: "application/json".to_owned(),
            body: "{}".to_owned(),
        })
    }

    async fn sent(status: u16) -> (Sent, Request) {
        let other = Arc::new(Other {
            status,
            asked: Mutex::default(),
        });
        let secret = new_secret().expect("random bytes");
        let way = HookWay {
            http: Arc::<Other>::clone(&other),
            clock: Arc::new(SystemClock),
            keys: Arc::new(vec![SigningKey::parse(&secret).expect("a secret")]),
        };
        assert_eq!(way.rests_until(Moment::default()), None);
        assert!(way.can_tell(&message(), Moment::default()));
        let found = way.find(&message()).await;
        assert_eq!(found, Ok(None), "nobody can be asked for a message");
        let sent = way.send(&message(), None).await;
        let asked = other.asked.lock().expect("no panic").pop();
        (sent, asked.expect("it was asked"))
    }

    #[tokio::test]
    async fn only_an_answer_that_may_change_is_worth_another_try() {
        let invalid = FaultKind::Invalid(Vec::new());
        for (statuses, kind, next) in [
            (&[429][..], FaultKind::RateLimited, Next::Retry),
            (
                &[408, 425, 500, 502, 503, 504],
                FaultKind::Unavailable,
                Next::Retry,
            ),
            (&[300, 302, 399], FaultKind::Redirect, Next::Park),
            (&[401, 403], FaultKind::Forbidden, Next::Park),
            (&[404, 410], FaultKind::NotFound, Next::Park),
            (&[400, 413, 422, 501, 505], invalid, Next::Park),
        ] {
            for status in statuses {
                let (sent, _) = sent(*status).await;
                let not = sent.result.expect_err("not taken");
                assert_eq!((&not.fault.kind, not.next), (&kind, next), "{status}");
                assert_eq!(not.outcome, Outcome::NotDone, "{status}");
                let wait = Some(Duration::from_secs(90));
                assert_eq!(not.fault.retry_after, wait, "{status}");
                assert_eq!(sent.status, Some(*status));
                assert!(sent.body.is_some() && sent.answer.is_some());
            }
        }
        for status in [200, 204, 299] {
            let (sent, _) = sent(status).await;
            assert_eq!(sent.result, Ok(WrittenRecord::default()), "{status}");
            assert!(sent.body.is_some() && sent.answer.is_some());
        }
    }

    #[tokio::test]
    async fn little_is_read_of_an_answer_and_nothing_is_waited_for_longer_than_a_try() {
        let (_, request) = sent(204).await;
        assert_eq!(request.max_body, 65_536);
        assert_eq!(request.limit, Duration::from_secs(15));
        assert_eq!(request.body.as_deref(), Some(&b"{}"[..]));
    }

    #[tokio::test]
    async fn an_address_that_nobody_names_any_more_waits_for_a_person() {
        assert_eq!(Unnamed.rests_until(Moment::default()), None);
        assert!(Unnamed.can_tell(&message(), Moment::default()));
        let not = Unnamed.send(&message(), None).await.result;
        let not = not.expect_err("there is no way");
        assert_eq!(not.fault.kind, FaultKind::NotSupported);
        assert_eq!(not.next, Next::Park);
    }
}
