//! The definition language: what each key means, compiled and checked when a file is loaded.
//!
//! Nothing here runs; that is `run`.

pub(crate) mod action;
pub(crate) mod auth;
pub(crate) mod batch;
pub(crate) mod circles;
pub(crate) mod definition;
pub(crate) mod dialect;
pub(crate) mod errors;
pub(crate) mod example;
pub(crate) mod form;
pub(crate) mod hostile;
pub(crate) mod http;
pub(crate) mod inputs;
pub(crate) mod json;
pub(crate) mod link;
pub(crate) mod names;
pub(crate) mod oauth;
pub(crate) mod own;
pub(crate) mod parts;
pub(crate) mod plan;
pub(crate) mod quota;
pub(crate) mod reading;
pub(crate) mod record;
pub(crate) mod request;
pub(crate) mod setting;
pub(crate) mod shared;
pub(crate) mod summary;
pub(crate) mod target;
pub(crate) mod text;
pub(crate) mod variant;
