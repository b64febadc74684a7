//! The engine's ports: everything it needs of the world, passed in at the start.
//!
//! The shell brings the real ones; tests and simulations bring their own. Time and HTTP are ports
//! of `pop-core` ([`Clock`], [`Http`]), the keychain one of `pop-store`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::desk::{Desk, Pop, PopId};
use pop_core::http::Http;
use pop_core::interaction::InteractionKey;
use pop_core::language::Language;
use pop_core::link::{LoopbackOrigin, RecordUrl};
use pop_core::secret::Secret;
use pop_core::status::Status;
use pop_core::stream::StreamFault;
use pop_crm::{Looking, SignInAddress};
use pop_source::broker::{Backoff, Trust};
use pop_store::{Keychain, Mark};

/// The world, as far as the engine needs it.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The way out to the CRMs.
    pub network: Arc<dyn Network>,
    /// The keychain of the operating system.
    pub keychain: Arc<dyn Keychain>,
    /// The window, the browser and the notifications.
    pub desktop: Arc<dyn Desktop>,
    /// The embedded CRM.
    pub training: Arc<dyn Training>,
}

/// Where things lie.
#[derive(Clone, Debug)]
pub struct Places {
    /// The profile's folder: vault and store.
    pub data: PathBuf,
    /// The user's settings file.
    pub settings: PathBuf,
    /// The machine policy's file.
    pub policy: PathBuf,
    /// The owner-only file that tells this user's tools where the listener is; `None` where the
    /// system has no folder for it.
    pub runtime: Option<PathBuf>,
    /// The build channel, part of the keychain entry's name.
    pub channel: &'static str,
}

/// Makes the client that sends requests.
pub trait Network: Send + Sync {
    /// A client that may also speak plain http to these origins on this computer (rule N5).
    ///
    /// # Errors
    /// Why there can be no client, in words.
    fn client(&self, loopback: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String>;

    /// How the doctor looks at the way to a server; `None`: this network has no way to look at.
    fn looking(&self) -> Option<Looking> {
        None
    }

    /// Whom a broker's certificate may be from: those whom this computer trusts.
    ///
    /// # Errors
    /// When the computer has no trust store.
    fn trust(&self) -> Result<Trust, StreamFault> {
        Trust::of_this_computer()
    }

    /// How long a broker's client waits before each try, at random.
    fn backoff(&self) -> Backoff {
        Backoff::default()
    }
}

/// The window, the browser and the notifications. Calls come from the engine's own task and must
/// not block, except [`Desktop::open`], [`Desktop::sign_in`] and [`Desktop::since_input`], which are
/// called on a thread for waiting.
pub trait Desktop: Send + Sync {
    /// Draws a card.
    fn show(&self, pop: &Pop, desk: &Desk, status: &Status);
    /// Removes a card.
    fn gone(&self, pop: PopId);
    /// Draws everything else.
    fn status(&self, status: &Status);
    /// Hands the address of a record to the system's browser.
    ///
    /// # Errors
    /// Why the system did not take it, in words.
    fn open(&self, url: &RecordUrl) -> Result<(), String>;
    /// Hands the address at which a person signs in to the system's browser; called on a thread
    /// for waiting, as [`Desktop::open`] is.
    ///
    /// # Errors
    /// Why the system did not take it, in words.
    fn sign_in(&self, address: &SignInAddress) -> Result<(), String>;
    /// Whether a browser is set for addresses; called on a thread for waiting.
    ///
    /// # Errors
    /// Why none is, in words.
    fn browser(&self) -> Result<(), String> {
        Ok(())
    }
    /// The language that this computer speaks.
    fn language(&self) -> Language {
        Language::En
    }
    /// Tells the agent of an interaction that came in, as far as they need to be told; its card was
    /// drawn before.
    fn notify(&self, pop: PopId);
    /// Takes back what the agent was told of an interaction that rings no more.
    fn hush(&self, pop: PopId);
    /// How long nothing was typed or clicked anywhere on this computer; `None` where the system
    /// cannot tell. Called on a thread for waiting.
    fn since_input(&self) -> Option<Duration>;
    /// Tells that a card is complete on screen, with its way there.
    fn completed(&self, key: &InteractionKey, marks: &[Mark]);
}

/// The embedded CRM.
#[async_trait]
pub trait Training: Send + Sync {
    /// Starts it, or says where it runs already.
    ///
    /// # Errors
    /// Why it cannot run, in words.
    async fn start(&self) -> Result<Access, String>;
    /// Stops it.
    async fn stop(&self);
}

/// How the embedded CRM is reached.
pub struct Access {
    /// Where it listens.
    pub origin: LoopbackOrigin,
    /// Its bearer token, made for this run.
    pub token: Secret,
}
