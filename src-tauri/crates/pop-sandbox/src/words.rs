//! The closed vocabularies of this CRM: tiers of customers, states and priorities of cases.
//!
//! Each is written in one spelling on the wire and in the database, so that a value the CRM
//! answers can be sent back to it.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            /// Holds every value, in the order in which people are shown them.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the spelling on the wire and in the database.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Returns the words shown to people.
            pub(crate) fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// Reads the spelling of the wire.
            pub(crate) fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::read(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }
    };
}

vocabulary! {
    /// How the bank ranks a customer.
    Tier {
        Standard = "standard", "Standard";
        Premium = "premium", "Premium";
        Vip = "vip", "VIP";
        Business = "business", "Business";
    }
}

vocabulary! {
    /// Where a case stands; everything but `Closed` counts as open.
    CaseStatus {
        Open = "open", "Open";
        InProgress = "in_progress", "In progress";
        Pending = "pending", "Pending";
        Waiting = "waiting", "Waiting";
        Closed = "closed", "Closed";
    }
}

vocabulary! {
    /// How soon a case wants attention.
    Priority {
        Low = "low", "Low";
        Normal = "normal", "Normal";
        High = "high", "High";
        Urgent = "urgent", "Urgent";
    }
}
