//! Connects a CRM by what the person filled in, and tests one that is connected.
//!
//! Only what answers is kept. Signing out again is in `forgetting.rs`.

use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::Input;
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::tokens::Tokens as _;
use pop_crm::{BROWSER_LIMIT, Connection, Context, Definition, Me, SettingKind, SignInFault};
use pop_store::AuditAction;
use tokio::sync::oneshot;

use crate::account::{NotConnected, SANDBOX, account, typed};
use crate::asks::answer;
use crate::connections::Reach;
use crate::files;
use crate::grants::VaultTokens;
use crate::ports::Desktop;
use crate::room::Room;
use crate::tick::{Ask, Connected, Tick, Wanted};
use crate::trying::{NEW, TryOut};

impl Room {
    /// Tests what the person filled in, and signs in with the browser where that is the way; only
    /// what answers is kept. Whoever waited for the browser until now is told that it was ended.
    pub(crate) fn connect(&mut self, mut wanted: Box<Wanted>, reply: oneshot::Sender<Connected>) {
        let tried = match self.try_out(&mut wanted) {
            Ok(tried) => tried,
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
        let (cancel, cancelled) = oneshot::channel();
        self.signing_in = Some(cancel);
        let (ticks, clock) = (self.ticks.clone(), Arc::clone(&self.ports.clock));
        let desktop = Arc::clone(&self.ports.desktop);
        tokio::spawn(async move {
            let signed = tokio::select! {
                signed = sign_in(&tried.connection, desktop) => signed,
                _ = cancelled => return answer(reply, Connected::Cancelled),
            };
            match signed {
                Ok(name) => {
                    let ask = Ask::Keep {
                        wanted,
                        name,
                        grant: tried.grant(),
                        reply,
                    };
                    // The engine may have ended meanwhile.
                    let _ = ticks.send(Tick::Ask(ask)).await;
                }
                Err(not) => answer(reply, not.told(&wanted.connection.label, clock.now())),
            }
        });
    }

    fn try_out(&self, wanted: &mut Wanted) -> Result<TryOut, NotConnected> {
        let vault = self.secrets.vault().cloned();
        let parts = self.parts(vault.as_ref());
        // Who signs in again is held to what machine policy says of the connection.
        let name = wanted.again.as_ref().map_or(NEW, |again| &*again.0);
        let definition = parts.load(name, &wanted.connection);
        let definition = definition.map_err(NotConnected::files)?;
        typed(&mut wanted.connection, &definition);
        let secret = if wanted.secret.is_empty() {
            let again = wanted.again.as_ref();
            let again =
                again.filter(|again| self.goes_there(again, &wanted.connection, &definition));
            again.and_then(|again| parts.kept_secret(&again.0))
        } else {
            let text = wanted
                .secret
                .expose("the trial connection signs in with it once");
            Some(Secret::new(text.to_owned()))
        };
        parts.try_out(&wanted.connection, definition, secret)
    }

    /// Whether a kept secret would go where it went before: it is never carried to another server,
    /// whatever a window asks for.
    fn goes_there(
        &self,
        again: &ConnectionId,
        wanted: &settings::Connection,
        definition: &Definition,
    ) -> bool {
        let Some(known) = self.status.settings.connections.get(&again.0) else {
            return false;
        };
        let mut leading = definition
            .settings()
            .iter()
            .filter(|setting| match setting.kind {
                SettingKind::Origin
                | SettingKind::Host
                | SettingKind::Text
                | SettingKind::Choice => true,
                SettingKind::Name | SettingKind::Switch | SettingKind::Secret => false,
            });
        let same = |name: &String| known.fields.get(name) == wanted.fields.get(name);
        let leads_there = leading.all(|setting| same(&setting.name));
        let is_same = known.definition == wanted.definition && known.method == wanted.method;
        is_same && known.overlay == wanted.overlay && leads_there
    }

    /// Fetches tokens that will soon be over, so that no card waits for one.
    pub(crate) fn keep_signed_in(&self) {
        let due = self.connections.all().into_iter();
        for (id, connection) in due.filter(|(_, connection)| connection.renewal_is_due()) {
            let ticks = self.ticks.clone();
            tokio::spawn(async move {
                let Err(fault) = connection.keep_fresh().await else {
                    return;
                };
                if fault.kind == FaultKind::SignInNeeded {
                    let answered = Tick::Answered {
                        connection: id,
                        took: Duration::ZERO,
                        fault: Some(fault),
                        pop: None,
                    };
                    // The engine may have ended meanwhile.
                    let _ = ticks.send(answered).await;
                }
            });
        }
    }

    pub(crate) async fn keep_connection(
        &mut self,
        wanted: Wanted,
        name: Option<String>,
        grant: Option<Secret>,
    ) -> Connected {
        let id = wanted
            .again
            .clone()
            .unwrap_or_else(|| self.new_name(&wanted.connection.label));
        let refuse = |why: String| Connected::Refused(vec![(String::new(), why)]);
        if wanted.again.is_none() && self.status.locked.iter().any(|name| name == "connections") {
            return refuse("your organisation decides which CRMs are connected".to_owned());
        }
        let Some(vault) = self.secrets.vault().cloned() else {
            return refuse("the keychain is locked; unlock it first".to_owned());
        };
        if !wanted.secret.is_empty()
            && let Err(error) = vault.put(&account(&id.0), &wanted.secret)
        {
            return refuse(error.to_string());
        }
        self.connections.renew(&id);
        let tokens = VaultTokens(Some(vault));
        let kept = match &grant {
            Some(grant) => tokens.store(&id, grant),
            None => tokens.forget(&id),
        };
        if let Err(error) = kept {
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
                    pop: None,
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

async fn test(connection: &Connection) -> Result<Option<String>, Fault> {
    let me = connection.test(&Context::default()).await?;
    Ok(called(me))
}

/// Why nobody was signed in.
enum NotSigned {
    InBrowser(SignInFault),
    Asked(Fault),
}

impl NotSigned {
    fn told(self, label: &str, at: Moment) -> Connected {
        let label = label.to_owned();
        match self {
            Self::InBrowser(why) => Connected::NotSignedIn { label, why, at },
            Self::Asked(fault) => Connected::Failed { label, fault },
        }
    }
}

/// Signs in with the browser where that is the way, and says who it is.
async fn sign_in(
    connection: &Connection,
    desktop: Arc<dyn Desktop>,
) -> Result<Option<String>, NotSigned> {
    let signing = match connection.sign_in().await {
        Ok(signing) => signing,
        Err(SignInFault::NoBrowser) => return test(connection).await.map_err(NotSigned::Asked),
        Err(why) => return Err(NotSigned::InBrowser(why)),
    };
    let address = signing.address().clone();
    let opened = tokio::task::spawn_blocking(move || desktop.sign_in(&address)).await;
    let opened = opened.unwrap_or_else(|_| Err("The browser could not be started.".to_owned()));
    opened.map_err(|why| NotSigned::InBrowser(SignInFault::NoWindow(why)))?;
    let me = signing.finish(BROWSER_LIMIT).await;
    Ok(me.map_err(NotSigned::InBrowser)?.and_then(called))
}

/// Who it is, as people are told.
fn called(me: Me) -> Option<String> {
    match (me.name, me.email) {
        (Some(name), Some(email)) => Some(format!("{name} ({email})")),
        (name, email) => name.or(email),
    }
}
