//! Looks at one connection from the name of its server to a record that exists: reads only, never
//! writes, tells no secret.
//!
//! The way is walked stage by stage on connections of its own (`way`), because the HTTP library
//! says that it failed and not where; what needs the sign-in goes through the connection itself.

mod between;
mod certificate;
mod examine;
mod fields;
mod looking;
mod page;
mod tunnel;
mod way;

pub use examine::{Examination, examine_way};
pub use looking::{Looking, Proxying, Resolver};
