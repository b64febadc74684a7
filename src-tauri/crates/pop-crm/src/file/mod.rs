//! Definition files as text: reading them with lines, laying overlays over them, naming faults.
//!
//! What the keys mean is in `language`.

pub(crate) mod fault;
pub(crate) mod overlay;
pub(crate) mod section;
pub(crate) mod tree;
