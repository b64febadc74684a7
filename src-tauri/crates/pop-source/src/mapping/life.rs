//! What a delivery tells of the interaction's course: transfer, parties, why nobody took it.
//!
//! Nothing of it decides whether there is an event, so that what does not fit is left out; only the
//! ids, by which interactions are told apart, are a fault as everywhere.

use pop_core::interaction::{AgentRef, What};
use pop_core::life::{Life, Party, Role, Transfer, Unanswered};
use serde_json::Value;

use crate::canonical::NOTE;
use crate::mapping::Unreadable;
use crate::mapping::event::{ID, Members, NAME};

/// The most parties of one event.
const MOST_PARTIES: usize = 16;

impl Members<'_, '_> {
    /// Reads it all.
    pub(super) fn life(&mut self, what: What) -> Result<Life, Unreadable> {
        let voicemail = self.switch("voicemail").unwrap_or(false);
        let held = self.switch("held");
        let wrap_up = self.switch("wrap_up").unwrap_or(false);
        let unanswered = self.word("unanswered", &Unanswered::ALL)?;
        let declined = what == What::Declined;
        Ok(Life {
            parent: self.id("parent")?,
            transfer: self.transfer()?,
            parties: self.parties(),
            unanswered: unanswered.filter(|_| declined),
            voicemail: voicemail && declined,
            held,
            wrapping_up: wrap_up && what == What::Ended,
        })
    }

    fn transfer(&mut self) -> Result<Option<Transfer>, Unreadable> {
        let from = [
            "from.id",
            "from.platform_id",
            "from.email",
            "from.extension",
            "from.name",
        ];
        let to = [
            "to.id",
            "to.platform_id",
            "to.email",
            "to.extension",
            "to.name",
        ];
        let transfer = Transfer {
            from: self.colleague(from),
            to: self.colleague(to),
            note: self.told("note", NOTE),
            previous: self.id("previous")?,
        };
        Ok((transfer != Transfer::default()).then_some(transfer))
    }

    fn colleague(&mut self, keys: [&'static str; 5]) -> Option<AgentRef> {
        let [id, platform_id, email, extension, name] = keys;
        let agent = AgentRef {
            id: self.told(id, ID),
            platform_id: self.told(platform_id, ID),
            email: self.told(email, ID),
            extension: self.told(extension, ID),
            name: self.told(name, NAME),
        };
        (agent != AgentRef::default()).then_some(agent)
    }

    fn parties(&mut self) -> Option<Vec<Party>> {
        let value = self.value("parties")?;
        let expected = "expected a list of objects with name and role";
        let Some(items) = value.as_array() else {
            self.leave_out("parties", expected);
            return None;
        };
        let parties: Vec<Party> = items.iter().filter_map(party).take(MOST_PARTIES).collect();
        if parties.len() < items.len() {
            let roles: Vec<_> = Role::ALL.into_iter().map(|(_, word)| word).collect();
            let roles = roles.join(", ");
            let why = format!("{expected}, one of {roles}; at most {MOST_PARTIES}");
            self.leave_out("parties", why);
        }
        Some(parties)
    }

    fn switch(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        if value.as_bool().is_none() {
            self.leave_out(key, "expected true or false");
        }
        value.as_bool()
    }
}

fn party(item: &Value) -> Option<Party> {
    let name = item.get("name")?.as_str()?;
    let fits = !name.trim().is_empty() && name.chars().count() <= NAME;
    Some(Party {
        name: fits.then(|| name.to_owned())?,
        role: Role::parse(item.get("role")?.as_str()?)?,
    })
}
