//! Asks CRMs: the definition engine, sign-in and HTTP.
//!
//! A CRM is a file. [`Definition`] reads one, with the admin's overlays, and finds all its faults
//! at once; [`Connection`] runs it for one account. The vocabulary they speak is `pop_core`'s; no
//! vendor is named in the code. The language is described in `docs/definitions.md`.

mod built_in;
mod bundle;
mod doctor;
mod file;
mod language;
mod net;
mod run;
mod sign_in;

pub use built_in::built_in;
pub use bundle::DryCrms;
pub use doctor::{Examination, Looking, Proxying, Resolver, examine_way};
pub use file::fault::LoadFault;
pub use file::overlay::Overlay;
pub use language::auth::{AuthChoice, AuthMethod, AuthWay, SecretField};
pub use language::definition::{Capabilities, Definition};
pub use language::setting::{Setting, SettingKind};
pub use language::summary::{PartSummary, Summary, VariantSummary};
pub use net::breaker::BreakerState;
pub use net::client::{ClientFault, ReqwestHttp};
pub use net::clock::SystemClock;
pub use net::log::{Logged, RequestLog};
pub use net::traffic::{Health, Traffic};
pub use run::about::About;
pub use run::act::{ActFault, Write, Written};
pub use run::budget::Budgets;
pub use run::connection::{Account, ConnectFault, Connection, Ports};
pub use run::context::{Context, InteractionFacts};
pub use run::find::Found;
pub use run::link::NewRecord;
pub use run::lists::Me;
pub use run::meanwhile::SeenStatus;
pub use run::planned::{Asks, Planned};
pub use run::quota::Quota;
pub use run::show::Shown;
pub use sign_in::browser::{BROWSER_LIMIT, SignIn, SignInAddress};
pub use sign_in::ending::Ending;
pub use sign_in::fault::SignInFault;
pub use sign_in::open_id::{OpenId, OpenIdPorts, OpenIdSignIn};
pub use sign_in::sign_out::SignedOut;
