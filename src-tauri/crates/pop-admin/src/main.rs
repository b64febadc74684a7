//! pop-admin
fn main() {}
