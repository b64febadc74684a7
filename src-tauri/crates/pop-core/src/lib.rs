//! Decides: the vocabulary, identity and matching, the desk, templates, expressions and settings.
//!
//! Nothing in here waits, reads a clock or touches the world: what happened and the time come in
//! as values, and what should be done goes out as values. The world is behind the ports of
//! `pop-engine`.

pub mod action;
pub mod attention;
pub mod automatic;
pub mod bundle;
pub mod clock;
pub mod desk;
pub mod doctor;
pub mod email;
pub mod evidence;
pub mod explain;
pub mod expr;
pub mod fault;
pub mod file;
pub mod fleet;
pub mod flight;
pub mod http;
pub mod identifier;
pub mod interaction;
pub mod json;
pub mod language;
pub mod life;
pub mod likeness;
pub mod link;
pub mod moment;
pub mod phone;
pub mod profile;
pub mod refusal;
pub mod ruling;
pub mod secret;
pub mod settings;
pub mod shape;
pub mod status;
pub mod stream;
pub mod template;
pub mod text;
pub mod tokens;
pub mod usual;
mod words;
pub mod write;

pub use language::Language;
pub use words::{Remedy, Words, words_out_of_reach};
