//! Behaviour of the crate through its front door; the listener's through real sockets.

mod canonical;
mod canonical_agreement;
mod canonical_simple;
mod link;
mod link_hostile;
mod listener;
mod listener_abuse;
mod listener_pages;
mod runtime_file;
mod signature;
mod testkit;
