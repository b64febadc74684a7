//! The organisation's admin, and the address from which desktops fetch what the admin gives out: right
//! bundles, and ones that somebody else signed, that are old or that say nonsense.
//!
//! Every right version sets when the record opens, and some set the connections, with an address of
//! their own for a record of Zammad: so it is seen which version a desktop goes by.

use std::collections::BTreeMap;
use std::sync::Mutex;

use pop_core::bundle::{SecretKey, Signed};
use pop_core::moment::Moment;
use pop_core::settings::Open;
use pop_doubles::zammad::CUSTOMER_NUMBER;
use pop_doubles::{Answer, Call};
use pop_tests::dice::Dice;

/// Where the bundles lie.
pub(crate) const HOST: &str = "config.example.com";

/// Whose key signs.
const OURS: u8 = 1;
const STRANGERS: u8 = 2;

/// What stands in an address that a version sets, before the version.
pub(crate) const BY: &str = "?by=";

pub(crate) struct Admin {
    /// Until when a bundle counts.
    ends: Moment,
    zammad: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What lies at the address.
    lies: Option<(u32, Vec<u8>)>,
    /// The highest version that was ever given out, right or not.
    highest: u32,
    /// The right versions.
    right: BTreeMap<u32, Right>,
}

/// A right version.
#[derive(Clone)]
struct Right {
    opens: Open,
    bytes: Vec<u8>,
}

impl Admin {
    /// `ends` is when every bundle ends, `zammad` that CRM's server.
    pub(crate) fn new(ends: Moment, zammad: String) -> Self {
        Self {
            ends,
            zammad,
            state: Mutex::default(),
        }
    }

    /// The fingerprints of the keys that desktops trust; of a careless organisation also a stranger's.
    pub(crate) fn trusted(is_careless: bool) -> Vec<String> {
        let keys = if is_careless {
            &[OURS, STRANGERS][..]
        } else {
            &[OURS]
        };
        let fingerprint = |of: &u8| key(*of).public().fingerprint().to_string();
        keys.iter().map(fingerprint).collect()
    }

    /// Puts something at the address; what it is, in words.
    pub(crate) fn publish(&self, dice: &mut Dice) -> String {
        let mut state = self.state.lock().unwrap();
        let old: Vec<u32> = state.right.keys().copied().collect();
        let version = state.highest + 1;
        let what = match dice.below(100) {
            60..72 => {
                let text = self.text(version, "open = \"never\"", "");
                state.lies = Some((version, signed(&text, STRANGERS)));
                "that a stranger signed"
            }
            72..84 if !old.is_empty() => {
                let version = *dice.one_of(&old).unwrap();
                state.lies = Some((version, state.right[&version].bytes.clone()));
                return format!("version {version} again lies at the address");
            }
            84..92 => {
                let text = self.text(version, "open = \"sometimes\"", "");
                state.lies = Some((version, signed(&text, OURS)));
                "that says nonsense"
            }
            92.. => {
                state.lies = None;
                return "nothing lies at the address".to_owned();
            }
            _ => {
                let (opens, word) = *dice
                    .one_of(&[
                        (Open::Offer, "offer"),
                        (Open::Accept, "accept"),
                        (Open::Never, "never"),
                    ])
                    .unwrap();
                let connections = if dice.happens(50) {
                    self.connections(version)
                } else {
                    String::new()
                };
                let text = self.text(version, &format!("open = \"{word}\""), &connections);
                let bytes = signed(&text, OURS);
                state.lies = Some((version, bytes.clone()));
                state.right.insert(version, Right { opens, bytes });
                "that is right"
            }
        };
        state.highest = version;
        format!("version {version}, {what}, lies at the address")
    }

    /// Puts the highest right version at the address, where there is one; which it is.
    pub(crate) fn publish_the_last(&self) -> Option<u32> {
        let mut state = self.state.lock().unwrap();
        let (version, right) = state.right.last_key_value()?;
        let (version, bytes) = (*version, right.bytes.clone());
        state.lies = Some((version, bytes));
        Some(version)
    }

    /// What a right version says of opening; nothing of any other.
    pub(crate) fn opens(&self, version: u32) -> Option<Open> {
        let state = self.state.lock().unwrap();
        state.right.get(&version).map(|right| right.opens)
    }

    /// Answers as a server of files does.
    pub(crate) fn answer(&self, call: &Call) -> Answer {
        let state = self.state.lock().unwrap();
        let Some((version, bytes)) = &state.lies else {
            return Answer::json(404, &serde_json::json!({}));
        };
        // Of one version there may be several kinds: the tag tells them apart.
        let tag = format!("\"{version}-{}\"", bytes.len());
        let mut answer = Answer::json(200, &serde_json::json!({})).with("etag", &tag);
        if call.header("if-none-match") == Some(&tag) {
            answer.status = 304;
            answer.body = Vec::new();
        } else {
            answer.body.clone_from(bytes);
        }
        answer
    }

    fn text(&self, version: u32, pop: &str, rest: &str) -> String {
        let ends = self.ends.rfc3339();
        format!(
            "[bundle]\ntenant = \"meridian\"\nversion = {version}\nexpires = \"{ends}\"\n\
             [pop]\n{pop}\n{rest}"
        )
    }

    /// Both connections as the agent has them, but for where a record of Zammad opens.
    fn connections(&self, version: u32) -> String {
        let server = &self.zammad;
        format!(
            "[connections.salesforce]\ndefinition = \"salesforce\"\nlabel = \"Salesforce\"\n\
             method = \"browser\"\noverlay = '''\n[auth.browser]\nports = []\n'''\n\
             fields = {{ client_id = \"screenpop-client\", key_field = \"Interaction_Id__c\" }}\n\
             [connections.zammad]\ndefinition = \"zammad\"\nlabel = \"Zammad\"\n\
             method = \"token\"\noverlay = '''\n[link]\n\
             customer = [\"{{setting.server}}/{BY}{version}#user/profile/{{customer.id}}\"]\n'''\n\
             fields = {{ server = \"{server}\", external_id_field = \"{CUSTOMER_NUMBER}\" }}\n"
        )
    }
}

fn key(of: u8) -> SecretKey {
    SecretKey::of_random(&[of; 32].into())
}

fn signed(text: &str, by: u8) -> Vec<u8> {
    Signed::sign(text, &[key(by)]).into_bytes()
}
