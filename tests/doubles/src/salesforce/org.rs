//! One org: its schema, its records, and who is signed in.

use super::schema::Schema;
use super::store::Store;

/// Where cases go that nobody claims: the queue of the default case owner.
pub(super) const CASE_QUEUE: &str = "00G5g00000QueueAEAA";

pub(super) struct Org {
    pub(super) schema: Schema,
    pub(super) store: Store,
    pub(super) agent: String,
}
