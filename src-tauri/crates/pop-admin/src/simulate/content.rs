//! What a simulated interaction is about, and the CloudEvents that say so.
//!
//! Nothing is invented here: what no option says is not in the event.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use pop_core::interaction::{Channel, Direction, What};
use pop_core::moment::Moment;
use pop_core::phone::E164;
use pop_source::canonical::{TYPE_PREFIX, TYPE_SUFFIX};
use serde_json::{Map, Value, json};

/// Where simulated events come from.
const SOURCE: &str = "/local/simulate";

/// The options that describe the interaction.
#[derive(Args)]
pub(super) struct Content {
    /// How the customer reaches the agent.
    #[arg(long, default_value = "chat", value_parser = channels())]
    pub(super) channel: Channel,
    /// The agent it is for.
    #[arg(long, value_name = "ID", default_value = "agent01")]
    pub(super) agent: String,
    /// The id of the customer's record in the CRM.
    #[arg(long, value_name = "ID")]
    customer: Option<String>,
    /// Another system's number of the customer.
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    /// The customer's e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The customer's telephone number, in any spelling a switch may send.
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The customer's name as the platform knows it.
    #[arg(long)]
    name: Option<String>,
    /// Says that the platform vouches for the customer; so it does by itself where a customer id
    /// comes over another channel than the telephone.
    #[arg(long, conflicts_with = "unverified")]
    verified: bool,
    /// Says that nobody vouches for the customer.
    #[arg(long)]
    unverified: bool,
    /// The queue's name.
    #[arg(long, value_name = "NAME")]
    queue: Option<String>,
    /// What the customer wants, as a title.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// What the customer wrote or chose first; told when the interaction comes in.
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// What it came to; told at the end, so only with `--until ended`.
    #[arg(long, value_name = "TEXT")]
    pub(super) summary: Option<String>,
    /// The customer's language, such as `es`.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

fn channels() -> impl TypedValueParser<Value = Channel> {
    PossibleValuesParser::new(Channel::ALL.map(|(_, word)| word))
        .try_map(|word| Channel::parse(&word).ok_or("no such channel"))
}

impl Content {
    /// The event, in the form that the app's schema describes.
    pub(super) fn event(&self, interaction: &str, what: What, id: &str, at: Moment) -> Value {
        let word = what.word();
        let mut data = Map::new();
        let mut say = |member: &str, value: Value| data.insert(member.to_owned(), value);
        say("interactionId", interaction.into());
        say("state", word.into());
        say("channel", self.channel.word().into());
        say("direction", Direction::Inbound.word().into());
        say("agent", json!({ "id": self.agent }));
        if let Some(queue) = &self.queue {
            say("queue", json!({ "name": queue }));
        }
        if let Some(customer) = self.customer() {
            say("customer", customer);
        }
        let told = if what == What::Ended {
            &self.summary
        } else {
            &self.quote
        };
        let texts = [
            ("reason", &self.reason),
            ("language", &self.language),
            ("summary", told),
        ];
        for (member, text) in texts {
            if let Some(text) = text {
                say(member, text.as_str().into());
            }
        }
        json!({
            "specversion": "1.0",
            "id": id,
            "source": SOURCE,
            "type": format!("{TYPE_PREFIX}{word}{TYPE_SUFFIX}"),
            "subject": interaction,
            "time": at.rfc3339(),
            "datacontenttype": "application/json",
            "data": data,
        })
    }

    fn customer(&self) -> Option<Value> {
        let phone = self.phone.as_deref();
        let is_e164 = phone.is_some_and(|phone| E164::parse(phone).is_some());
        let phone_member = if is_e164 { "phone" } else { "phoneRaw" };
        let members = [
            ("customerId", self.customer.as_deref()),
            ("externalId", self.external_id.as_deref()),
            (phone_member, phone),
            ("email", self.email.as_deref()),
            ("name", self.name.as_deref()),
            ("identityAssurance", self.assurance()),
        ];
        let customer: Map<_, _> = members
            .into_iter()
            .filter_map(|(member, value)| Some((member.to_owned(), value?.into())))
            .collect();
        (!customer.is_empty()).then(|| customer.into())
    }

    /// What the platform says about the customer's identity; nothing where it only attached an id.
    fn assurance(&self) -> Option<&'static str> {
        let has_id = self.customer.is_some() || self.external_id.is_some();
        let is_named = has_id || self.email.is_some() || self.name.is_some();
        let is_telephone = self.channel.is_telephone();
        if self.verified {
            Some("authenticated")
        } else if is_telephone && self.phone.is_some() {
            Some("ani")
        } else if self.unverified {
            Some("claimed")
        } else if is_telephone {
            None
        } else if has_id {
            Some("authenticated")
        } else {
            (is_named || self.phone.is_some()).then_some("claimed")
        }
    }
}
