//! Our own TOML files (definitions of CRMs, mappings of platforms) as text: reading them with
//! lines, taking their keys, and naming every fault at once with its place.
//!
//! What the keys mean is for the readers of each kind of file; JSON from outside is read in
//! [`json`](crate::json), which never repeats what stood there.

pub mod fault;
pub mod section;
pub mod tree;
