//! pop-sandbox: a small CRM in this process, to try, train and test with.
//!
//! It is real where it matters: HTTP on 127.0.0.1, a bearer token, SQLite, an API description,
//! pages that a browser opens, and faults that can be switched on. It knows nothing of the rest of
//! the product, and the rest asks it over HTTP like any other CRM: a short cut would prove nothing.

mod api;
mod damage;
mod fault;
mod fold;
mod gate;
mod pages;
mod phone;
mod problem;
mod requests;
mod routes;
mod sandbox;
mod scene;
mod seed;
mod server;
mod store;
mod token;
mod words;

pub use fault::{Fault, FaultRule};
pub use requests::RecordedRequest;
pub use sandbox::{Options, Sandbox, SandboxError};
pub use scene::Scene;
