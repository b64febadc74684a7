//! An open case of the card's customer that a new one would repeat.

use crate::desk::pop::Pop;
use crate::likeness::{ALIKE, Words};
use crate::profile::{Case, ConnectionId};

impl Pop {
    /// The open case on this card that is most about what a subject says, in a connection that is
    /// meant; none where no subject has enough in common with it.
    pub fn similar_case(
        &self,
        subject: &str,
        is_meant: impl Fn(&ConnectionId) -> bool,
    ) -> Option<(&ConnectionId, &Case)> {
        let words = Words::of(subject);
        let records = self.records();
        let cases = records
            .iter()
            .filter(|(lookup, _)| is_meant(&lookup.connection))
            .filter_map(|(lookup, _)| Some((&lookup.connection, lookup.cases.ready()?)))
            .flat_map(|(connection, listed)| {
                let open = listed.items.iter().filter(|case| case.open);
                open.map(move |case| (connection, case))
            });
        let alike = cases.filter_map(|(connection, case)| {
            let likeness = words.likeness(&Words::of(case.subject.as_deref()?));
            (likeness >= ALIKE).then_some((likeness, connection, case))
        });
        // Of equally likely ones the first: the most important connection's.
        let best = alike.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, connection, case)| (connection, case))
    }
}
