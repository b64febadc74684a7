//! A person takes the settings of their organisation by its address and the fingerprint of its key,
//! where no machine policy says anything of that.
//!
//! What lies there is judged and told before it is trusted; only then is the address written into
//! the person's own settings, and what follows is the way of every bundle.

use std::collections::BTreeMap;

use pop_core::bundle::{Bundle, PublicKey, Trusted};
use pop_core::refusal::Refusal;
use pop_core::settings;
use pop_store::AuditAction;
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::bundle::fetch::Fetched;
use crate::bundle::judge::{Judge, Judged};
use crate::engine::Engine;
use crate::files;
use crate::room::Room;
use crate::tick::{Ask, Refused};

/// Where a person takes their organisation's settings from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// An https address, or the whole path of a file.
    pub from: String,
    /// The fingerprint of the key, or the key.
    pub key: String,
}

/// What the window asks about it.
pub(crate) enum EnrolAsk {
    /// What lies there.
    Look {
        wanted: Enrolment,
        reply: oneshot::Sender<Result<Offered, Refused>>,
    },
    /// Take it from there on.
    Take {
        wanted: Enrolment,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Take it no more.
    Leave {
        reply: oneshot::Sender<Result<(), Refused>>,
    },
}

/// What a person would trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Whose it is.
    pub tenant: String,
    /// Which version.
    pub version: u32,
    /// When it ends.
    pub ends: pop_core::moment::Moment,
    /// What is new in it.
    pub note: Option<String>,
    /// The fingerprint of the key that is trusted.
    pub fingerprint: String,
    /// The CRMs that it sets up, and where they are.
    pub crms: Vec<(String, Option<String>)>,
    /// Where events come from.
    pub gateway: Option<String>,
    /// Where this desktop would tell how it is.
    pub report_to: Option<String>,
    /// How many settings a person cannot change any more.
    pub locked: usize,
}

impl Engine {
    /// What the organisation would set, without taking it.
    ///
    /// # Errors
    /// When machine policy says where settings come from, nothing can be fetched, or it is not what
    /// this key has signed.
    pub async fn look_at_organisation(&self, wanted: Enrolment) -> Result<Offered, Refused> {
        let look = |reply| EnrolAsk::Look { wanted, reply };
        self.ask(|reply| Ask::Enrol(look(reply))).await?
    }

    /// Takes the organisation's settings from there on.
    ///
    /// # Errors
    /// As above, without looking.
    pub async fn join_organisation(&self, wanted: Enrolment) -> Result<(), Refused> {
        let take = |reply| EnrolAsk::Take { wanted, reply };
        self.ask(|reply| Ask::Enrol(take(reply))).await?
    }

    /// Takes the organisation's settings no more.
    ///
    /// # Errors
    /// When machine policy says where they come from.
    pub async fn leave_organisation(&self) -> Result<(), Refused> {
        self.ask(|reply| Ask::Enrol(EnrolAsk::Leave { reply }))
            .await?
    }
}

impl Room {
    pub(crate) async fn enrol(&mut self, ask: EnrolAsk) {
        match ask {
            EnrolAsk::Look { wanted, reply } => self.look_at_bundle(wanted, reply),
            EnrolAsk::Take { wanted, reply } => {
                let took = self.take_bundles(Some(&wanted)).await;
                answer(reply, took);
            }
            EnrolAsk::Leave { reply } => answer(reply, self.take_bundles(None).await),
        }
    }

    fn look_at_bundle(&self, wanted: Enrolment, reply: oneshot::Sender<Result<Offered, Refused>>) {
        let language = self.status.language();
        let refused = move |why: String| Refused::because(&Refusal::Setting(why), language);
        let key = match self.may_enrol(&wanted) {
            Ok(key) => key,
            Err(refused) => return answer(reply, Err(refused)),
        };
        let mut distribution = self.bundle.distribution.clone();
        distribution.from = Some(wanted.from.clone());
        let Some(from) = self.source_of(&distribution) else {
            return answer(
                reply,
                Err(refused("there is no way to the network".to_owned())),
            );
        };
        let judge = Judge {
            trusted: vec![key],
            active: None,
            ..self.bundle.judge(None, self.ports.clock.now())
        };
        tokio::spawn(async move {
            let offered = match from.fetch(None).await {
                Err(why) => Err(why),
                Ok(Fetched::Same) => Err("nothing came".to_owned()),
                Ok(Fetched::Bytes(bytes, _)) => {
                    let judged = tokio::task::spawn_blocking(move || judge.judge(bytes)).await;
                    judged
                        .map_err(|error| error.to_string())
                        .and_then(|judged| offered(judged, key))
                }
            };
            answer(reply, offered.map_err(refused));
        });
    }

    async fn take_bundles(&mut self, wanted: Option<&Enrolment>) -> Result<(), Refused> {
        if let Some(wanted) = wanted {
            self.may_enrol(wanted)?;
        } else if self.is_enrolled_by_policy() {
            return Err(self.refused(&Refusal::Managed));
        }
        let enrolled = wanted.map(|it| (it.from.as_str(), it.key.as_str()));
        let text = settings::enrol_user(&files::user_text(&self.places), enrolled)
            .map_err(|fault| self.refused(&Refusal::Setting(fault.to_string())))?;
        self.write_settings(&text)?;
        self.reload().await;
        self.audit(AuditAction::Configured, "distribution").await;
        self.draw_status();
        self.look_for_bundle().await;
        Ok(())
    }

    /// The key, if a person may name it here and the address can be one.
    fn may_enrol(&self, wanted: &Enrolment) -> Result<Trusted, Refused> {
        if self.is_enrolled_by_policy() {
            return Err(self.refused(&Refusal::Managed));
        }
        let setting = |why: String| self.refused(&Refusal::Setting(why));
        // As it would stand in the file: what is wrong with it is said before anything is fetched.
        settings::enrol_user("", Some((&wanted.from, &wanted.key)))
            .map_err(|fault| setting(fault.to_string()))?;
        Trusted::parse(&wanted.key).map_err(|fault| setting(fault.to_string()))
    }

    fn is_enrolled_by_policy(&self) -> bool {
        let locked = &self.status.locked;
        locked.iter().any(|name| name.starts_with("distribution."))
    }
}

fn offered(judged: Judged, key: Trusted) -> Result<Offered, String> {
    let candidate = match judged {
        Judged::Fit(candidate) => candidate,
        Judged::Refused(refused) => return Err(refused.refusal.to_string()),
        // With nothing in force before it, every bundle is for everybody.
        Judged::Same | Judged::Waits { .. } => return Err("it is in force already".to_owned()),
    };
    let signed = |signer: &&PublicKey| key.is(signer);
    let signer = candidate.keys.iter().find(signed);
    let fingerprint = signer.map_or_else(|| key.fingerprint(), PublicKey::fingerprint);
    Ok(told(&candidate.bundle, fingerprint.to_string()))
}

fn told(bundle: &Bundle, fingerprint: String) -> Offered {
    let manifest = &bundle.manifest;
    let text = |path: &str| {
        let found = bundle
            .settings
            .pointer(path)
            .and_then(serde_json::Value::as_str);
        found.map(str::to_owned)
    };
    let locked = settings::load_over(None, Some(bundle), None).map(|loaded| loaded.by_bundle.len());
    let connections = bundle.in_force().map(|it| it.connections);
    let connections: BTreeMap<_, _> = connections.unwrap_or_default();
    Offered {
        tenant: manifest.tenant.clone(),
        version: manifest.version,
        ends: manifest.ends(),
        note: manifest.note.clone(),
        fingerprint,
        crms: connections
            .into_values()
            .map(|crm| (crm.label, host_of(&crm.fields)))
            .collect(),
        gateway: text("/source/gateway/url"),
        report_to: text("/fleet/report_to"),
        locked: locked.unwrap_or_default(),
    }
}

/// The first field that names a server.
fn host_of(fields: &BTreeMap<String, serde_json::Value>) -> Option<String> {
    let mut texts = fields.values().filter_map(serde_json::Value::as_str);
    texts.find(|text| text.contains('.')).map(str::to_owned)
}
