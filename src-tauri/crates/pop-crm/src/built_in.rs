//! The definitions that come with the product: every file of `definitions/`, listed when this is
//! built.

/// Each definition's id with its file's text, by id.
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    include!(concat!(env!("OUT_DIR"), "/definitions.rs"))
}
