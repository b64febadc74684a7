//! Definition files as text: laying overlays over them. Reading them with lines and naming faults
//! is shared with the mappings, in `pop-core`.
//!
//! What the keys mean is in `language`.

pub(crate) mod overlay;

pub(crate) use pop_core::file::{fault, section, tree};
