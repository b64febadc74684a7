//! Connects a CRM by what the person filled in, and tests one that is connected.
//!
//! Only what answers is kept. Signing out again is in `forgetting.rs`.

use std::sync::Arc;

use pop_core::desk::Input;
use pop_core::profile::ConnectionId;
use pop_core::settings;
use pop_crm::{AuthChoice, Connection, Context};
use pop_store::AuditAction;
use tokio::sync::oneshot;

use crate::account::{SANDBOX, account};
use crate::asks::answer;
use crate::connections::Reach;
use crate::files;
use crate::room::Room;
use crate::tick::{Ask, Connected, Tick, Wanted};

impl Room {
    /// Tests what the person filled in; only what answers is kept.
    pub(crate) fn connect(&self, wanted: Box<Wanted>, reply: oneshot::Sender<Connected>) {
        let auth = copy(&wanted.auth);
        let vault = self.secrets.vault().cloned();
        let connection = match self.parts(vault.as_ref()).try_out(&wanted.connection, auth) {
            Ok(connection) => connection,
            Err(not) => {
                let field = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
                let fields = not
                    .files
                    .into_iter()
                    .map(|fault| (field(&fault.key), fault.expected));
                let secret = not.sign_in.map(|expected| ("secret".to_owned(), expected));
                answer(reply, Connected::Refused(fields.chain(secret).collect()));
                return;
            }
        };
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            match connection.test(&Context::default()).await {
                Ok(me) => {
                    let ask = Ask::Keep {
                        wanted,
                        name: me.name.or(me.email),
                        reply,
                    };
                    // The engine may have ended meanwhile.
                    let _ = ticks.send(Tick::Ask(ask)).await;
                }
                Err(fault) => {
                    let label = wanted.connection.label.clone();
                    answer(reply, Connected::Failed { label, fault });
                }
            }
        });
    }

    pub(crate) async fn keep_connection(
        &mut self,
        wanted: Wanted,
        name: Option<String>,
    ) -> Connected {
        let id = wanted
            .again
            .clone()
            .unwrap_or_else(|| self.new_name(&wanted.connection.label));
        let refuse = |why: String| Connected::Refused(vec![(String::new(), why)]);
        let Some(vault) = self.secrets.vault().cloned() else {
            return refuse("the keychain is locked; unlock it first".to_owned());
        };
        let key = if wanted.connection.user.is_some() {
            "password"
        } else {
            "secret"
        };
        if let Some(secret) = wanted.auth.secrets.get(key)
            && let Err(error) = vault.put(&account(&id.0), secret)
        {
            return refuse(error.to_string());
        }
        let managed = self
            .status
            .connection(&id)
            .is_some_and(|status| status.managed);
        if !managed {
            let text = files::user_text(&self.places);
            let text = match settings::set_connection(&text, &id.0, Some(&wanted.connection)) {
                Ok(text) => text,
                Err(fault) => return refuse(fault.to_string()),
            };
            if let Err(refused) = self.write_settings(&text) {
                return refuse(refused.why);
            }
        }
        self.reload().await;
        if let Some(status) = self
            .status
            .connections
            .iter_mut()
            .find(|status| status.id == id)
        {
            status.signed_in_as.clone_from(&name);
            status.fault = None;
        }
        self.desk_input(Input::Ready(id.clone())).await;
        self.audit(AuditAction::SignedIn, &id.0).await;
        self.draw_status();
        Connected::Yes {
            connection: id,
            signed_in_as: name,
        }
    }

    /// A name that no connection has, made from what people call it.
    fn new_name(&self, label: &str) -> ConnectionId {
        let mut plain: String = label
            .to_lowercase()
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '-'
                }
            })
            .collect();
        plain.truncate(40);
        let plain = plain.trim_matches('-');
        let base = if plain.is_empty() || plain == SANDBOX {
            "crm"
        } else {
            plain
        };
        let taken = |name: &str| self.status.settings.connections.contains_key(name);
        let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
        let name = std::iter::once(base.to_owned())
            .chain(numbered)
            .find(|name| !taken(name));
        ConnectionId(name.unwrap_or_else(|| base.to_owned()))
    }

    pub(crate) fn test(&self, id: ConnectionId, reply: oneshot::Sender<Connected>) {
        let label = self.status.label(&id).to_owned();
        let connection = match self.connections.reach(&id) {
            Some(Reach::Ready(connection)) => connection,
            Some(Reach::Not(fault)) => {
                answer(reply, Connected::Failed { label, fault });
                return;
            }
            Some(Reach::Starting) => return refuse(reply, "this CRM is still starting"),
            None => return refuse(reply, "this CRM is not connected"),
        };
        let (ticks, clock) = (self.ticks.clone(), Arc::clone(&self.ports.clock));
        tokio::spawn(async move {
            let begun = clock.now();
            let tested = test(&connection).await;
            let took = clock.now().since(begun);
            let fault = tested.as_ref().err().cloned();
            // The engine may have ended meanwhile.
            let _ = ticks
                .send(Tick::Answered {
                    connection: id.clone(),
                    took,
                    fault,
                })
                .await;
            answer(
                reply,
                match tested {
                    Ok(signed_in_as) => Connected::Yes {
                        connection: id,
                        signed_in_as,
                    },
                    Err(fault) => Connected::Failed { label, fault },
                },
            );
        });
    }
}

fn refuse(reply: oneshot::Sender<Connected>, why: &str) {
    answer(
        reply,
        Connected::Refused(vec![(String::new(), why.to_owned())]),
    );
}

async fn test(connection: &Connection) -> Result<Option<String>, pop_core::fault::Fault> {
    let me = connection.test(&Context::default()).await?;
    Ok(me.name.or(me.email))
}

fn copy(auth: &AuthChoice) -> AuthChoice {
    AuthChoice {
        method: auth.method.clone(),
        secrets: auth
            .secrets
            .iter()
            .map(|(name, secret)| {
                let text = secret.expose("the trial connection signs in with it once");
                (name.clone(), pop_core::secret::Secret::new(text.to_owned()))
            })
            .collect(),
    }
}
