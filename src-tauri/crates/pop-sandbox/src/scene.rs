//! The interactions to try the product with: who comes in, and what goes wrong meanwhile.
//!
//! A scene says what a contact-centre platform would say, as a `CloudEvent` of the product's public
//! schema. It is written here as text, because the sandbox shares no code with the program that
//! asks it; and who sends it, signed or not, is not known here.

use serde_json::{Map, Value, json};

use crate::fault::{Fault, FaultRule};

/// Where these interactions come from.
const SOURCE: &str = "/local/sandbox";
/// The agent they are for.
const AGENT: &str = "agent01";

/// Long enough to be called slow, short enough to be an answer in the end.
const SLOW_MILLIS: u64 = 6_000;
/// The requests of one lookup: who it is, the open cases, the latest contacts.
const FAULTY: u32 = 3;
/// Twice as many, because a request that was cut is sent again.
const CUT: u32 = 6;

/// An interaction to try the product with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// A chat with one customer, whom the platform vouches for.
    One,
    /// A call of a very important customer with a severe case.
    Vip,
    /// A call from a number that three customers share.
    Several,
    /// A call from a number that nobody has.
    None,
    /// As [`Scene::One`], while the CRM is slow.
    Slow,
    /// As [`Scene::One`], while the CRM says that the sign-in has expired.
    Expired,
    /// As [`Scene::One`], while connections to the CRM are cut.
    Offline,
}

/// What the platform knows of an interaction.
struct Script {
    channel: &'static str,
    customer: Value,
    queue: &'static str,
    language: &'static str,
    /// The title of the customer's wish, and their first words or choice.
    wish: Option<(&'static str, &'static str)>,
}

impl Scene {
    /// Every scene, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::One,
        Self::Vip,
        Self::Several,
        Self::None,
        Self::Slow,
        Self::Expired,
        Self::Offline,
    ];

    /// Makes the event that something happened: `offered`, `accepted`, `declined` or `ended`.
    pub fn event(
        self,
        interaction_id: &str,
        event_id: &str,
        what: &str,
        time_rfc3339: &str,
    ) -> Value {
        let Script {
            channel,
            customer,
            queue,
            language,
            wish,
        } = self.script();
        let mut data = json!({
            "interactionId": interaction_id,
            "state": what,
            "channel": channel,
            "direction": "inbound",
            "agent": { "id": AGENT },
            "queue": { "name": queue },
            "customer": customer,
            "language": language,
        });
        if let (Value::Object(data), Some((reason, first))) = (&mut data, wish) {
            tell(data, "reason", reason);
            // At the end a summary would be what it came to, which nobody knows.
            if what != "ended" {
                tell(data, "summary", first);
            }
        }
        json!({
            "specversion": "1.0",
            "id": event_id,
            "source": SOURCE,
            "type": format!("app.screenpop.interaction.{what}.v1"),
            "subject": interaction_id,
            "time": time_rfc3339,
            "datacontenttype": "application/json",
            "data": data,
        })
    }

    /// What goes wrong with the CRM's next answers; it ends by itself.
    pub fn fault(self) -> Option<FaultRule> {
        let (fault, count) = match self {
            Self::One | Self::Vip | Self::Several | Self::None => return None,
            Self::Slow => {
                let millis = SLOW_MILLIS;
                (Fault::Slow { millis }, FAULTY)
            }
            Self::Expired => (Fault::Unauthorized, FAULTY),
            Self::Offline => (Fault::Cut, CUT),
        };
        Some(FaultRule::always(fault).times(count))
    }

    fn script(self) -> Script {
        match self {
            Self::One | Self::Slow | Self::Expired | Self::Offline => Script {
                channel: "chat",
                customer: json!({
                    "customerId": "12345",
                    "name": "Cesar Gonzalez",
                    "identityAssurance": "authenticated",
                }),
                queue: "Loans",
                language: "es",
                wish: Some((
                    "Asked about loan status",
                    "Hola, ¿hay novedades sobre mi préstamo?",
                )),
            },
            Self::Vip => Script {
                wish: Some((
                    "Card blocked while travelling",
                    "Chose “Lost or blocked card” in the phone menu",
                )),
                ..call("+493023125042", "Private Banking", "de")
            },
            Self::Several => call("+34600012777", "Cards", "es"),
            // Set aside for films, and in no block that generated customers draw from.
            Self::None => call("+4915228817386", "New accounts", "de"),
        }
    }
}

/// A call of which the telephone network alone says who it is.
fn call(phone: &str, queue: &'static str, language: &'static str) -> Script {
    Script {
        channel: "voice",
        customer: json!({ "phone": phone, "identityAssurance": "ani" }),
        queue,
        language,
        wish: None,
    }
}

fn tell(data: &mut Map<String, Value>, member: &str, text: &str) {
    data.insert(member.to_owned(), text.into());
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use jiff::Timestamp;
    use rlibphonenumber::PHONE_NUMBER_UTIL;
    use rusqlite::Connection;

    use super::*;
    use crate::phone;
    use crate::sandbox::Options;
    use crate::seed::Plan;
    use crate::store::customers::Wanted;
    use crate::store::{Customer, Page, Store, cases, customers};
    use crate::words::Tier;

    fn event(scene: Scene, what: &str) -> Value {
        scene.event("sim-1", "evt-1", what, "2026-01-06T15:57:41.252Z")
    }

    fn number(scene: Scene) -> String {
        let number = &event(scene, "offered")["data"]["customer"]["phone"];
        number.as_str().expect("a call has a number").to_owned()
    }

    #[test]
    fn what_is_given_stands_in_the_event() {
        for scene in Scene::ALL {
            let event = event(scene, "accepted");
            assert_eq!(event["id"], "evt-1");
            assert_eq!(event["type"], "app.screenpop.interaction.accepted.v1");
            assert_eq!(event["time"], "2026-01-06T15:57:41.252Z");
            assert_eq!(event["subject"], "sim-1");
            assert_eq!(event["data"]["interactionId"], "sim-1");
            assert_eq!(event["data"]["state"], "accepted");
        }
    }

    #[test]
    fn the_first_words_are_told_until_the_end() {
        let first = "Hola, ¿hay novedades sobre mi préstamo?";
        for what in ["offered", "accepted"] {
            assert_eq!(event(Scene::One, what)["data"]["summary"], first);
        }
        let end = event(Scene::One, "ended");
        assert_eq!(end["data"].get("summary"), None, "it would be the outcome");
        assert_eq!(end["data"]["reason"], "Asked about loan status");
    }

    #[test]
    fn what_goes_wrong_ends_by_itself() {
        for scene in Scene::ALL {
            let healthy = [Scene::One, Scene::Vip, Scene::Several, Scene::None];
            let rule = scene.fault();
            assert_eq!(rule.is_none(), healthy.contains(&scene), "{scene:?}");
            assert!(rule.is_none_or(|rule| rule.count.is_some()), "{scene:?}");
        }
        let slow = FaultRule::always(Fault::Slow { millis: 6_000 }).times(3);
        assert_eq!(Scene::Slow.fault(), Some(slow));
        let expired = FaultRule::always(Fault::Unauthorized).times(3);
        assert_eq!(Scene::Expired.fault(), Some(expired));
        let offline = FaultRule::always(Fault::Cut).times(6);
        assert_eq!(Scene::Offline.fault(), Some(offline));
    }

    #[tokio::test]
    async fn whoever_comes_in_is_in_the_usual_data_and_the_unknown_caller_is_not() {
        let data = usual_data();
        for scene in [Scene::One, Scene::Slow, Scene::Expired, Scene::Offline] {
            let told = event(scene, "offered")["data"]["customer"].clone();
            let id = told["customerId"].as_str().expect("an id").to_owned();
            let customer = ask(&data, move |data| customers::get(data, &id)).await;
            assert_eq!(told["name"], customer.expect("it is there").name);
        }

        let vip = reached(&data, Scene::Vip).await;
        assert_eq!(vip.len(), 1, "{vip:?}");
        assert_eq!(vip[0].tier, Tier::Vip);
        let id = vip[0].id.clone();
        let open = move |data: &Connection| {
            cases::of_customer(data, &id, cases::Which::NotClosed, FIRST_PAGE)
        };
        let open = ask(&data, open).await.items;
        assert_eq!(open[0].severity, Some(1), "the scene shows a severe case");

        assert_eq!(reached(&data, Scene::Several).await.len(), 3);

        assert_eq!(reached(&data, Scene::None).await.len(), 0);
        let number = PHONE_NUMBER_UTIL.parse(number(Scene::None), None);
        let is_valid = number.is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number));
        assert!(is_valid, "it is unknown, not wrong");
    }

    const FIRST_PAGE: Page = Page {
        limit: 10,
        offset: 0,
    };

    /// What every sandbox holds unless told otherwise.
    fn usual_data() -> Store {
        let Options {
            seed, customers, ..
        } = Options::new("test-token");
        Store::open(None, Plan { seed, customers }, Timestamp::now()).expect("memory")
    }

    /// Everybody who has the number of a call.
    async fn reached(data: &Store, scene: Scene) -> Vec<Customer> {
        let wanted = Wanted {
            phone: phone::read(&number(scene)),
            ..Wanted::default()
        };
        assert!(
            wanted.phone.is_some(),
            "without a number, everybody is found"
        );
        ask(data, move |data| customers::find(data, &wanted, FIRST_PAGE))
            .await
            .items
    }

    async fn ask<T: Send + 'static>(
        data: &Store,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> T {
        let answer = data
            .run(move |data| Ok::<_, Box<dyn Error + Send + Sync>>(ask(data)?))
            .await;
        answer.expect("the data can be read")
    }
}
