//! Connections that are not in the settings yet: made to be tested, and kept only when they answer.

use std::sync::Arc;

use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::tokens::{MemoryTokens, Tokens as _};
use pop_crm::{Account, AuthChoice, Connection, Definition};

use crate::account::{NotConnected, fault};
use crate::connections::Parts;

/// The name of a connection that is only tried.
pub(crate) const NEW: &str = "new";

/// A connection that is tried, and what it would keep.
pub(crate) struct TryOut {
    pub(crate) connection: Connection,
    tokens: Arc<MemoryTokens>,
}

impl TryOut {
    /// The grant of its sign-in, if it signed in with the browser.
    pub(crate) fn grant(&self) -> Option<Secret> {
        let grant = self.tokens.load(&ConnectionId(NEW.to_owned()));
        grant.ok().flatten()
    }
}

impl Parts<'_> {
    /// Builds one connection that is not in the settings yet, to test it.
    pub(crate) fn try_out(
        &self,
        configured: &settings::Connection,
        definition: Definition,
        secret: Option<Secret>,
    ) -> Result<TryOut, NotConnected> {
        let mut loopback = self.loopback();
        loopback.extend(self.permitted(configured));
        let http = self.network.client(loopback.clone()).map_err(|why| {
            NotConnected::files(vec![fault("new", why, "a client for the network")])
        })?;
        let tokens = Arc::new(MemoryTokens::default());
        let account = Account {
            auth: AuthChoice::of(configured, &definition, secret),
            ..self.account(NEW, configured, Arc::new(definition), loopback)
        };
        let connection = self.connect(account, http, Arc::<MemoryTokens>::clone(&tokens))?;
        Ok(TryOut { connection, tokens })
    }
}
