//! What softphones call the things that they fill into an address, and what of it Screenpop knows.
//!
//! The names are from the vendors' pages (`docs/softphones.md`); one that is not listed is told as
//! unknown and never guessed.

use clap::ValueEnum;

/// Whose addresses are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Product {
    /// 3CX: `%CallerNumber%`, and `[EntityId]` of its CRM templates.
    #[value(name = "3cx")]
    ThreeCx,
    /// Wildix Collaboration: `{CALLERNUM}`.
    Wildix,
    /// Ringotel: `$number$`, `[sip.X-Name]`.
    Ringotel,
    /// Cisco Finesse's browser pop: `${callVariable1}`.
    Finesse,
    /// Salesforce's softphone layouts and links: `{!Contact.Id}`.
    Salesforce,
}

/// What stands in the place of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The id of a record, by our name of it.
    Record(&'static str),
    /// The caller's number.
    Number,
    /// Something else that no link of a record needs: what it is.
    Other(&'static str),
    /// Whatever the contact centre puts there.
    Variable,
}

impl Product {
    /// How a name begins and ends.
    pub(crate) const fn marks(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::ThreeCx => &[("%", "%"), ("[", "]")],
            Self::Wildix => &[("{", "}")],
            Self::Ringotel => &[("$", "$"), ("[", "]")],
            Self::Finesse => &[("${", "}")],
            Self::Salesforce => &[("{!", "}"), ("{", "}")],
        }
    }

    /// What a name means; nothing where nobody knows.
    pub(crate) fn meaning(self, name: &str) -> Option<Meaning> {
        if self == Self::Ringotel && name.to_ascii_lowercase().starts_with("sip.") {
            return Some(Meaning::Variable);
        }
        if self == Self::Finesse && name.to_ascii_lowercase().starts_with("callvariable") {
            return Some(Meaning::Variable);
        }
        let name = name.split(':').next().unwrap_or(name);
        let known = self.names().iter();
        let mut known = known.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        known.next().map(|(_, meaning)| *meaning)
    }

    /// What is entered in the product instead, so that Screenpop hears of the call.
    pub(crate) const fn instead(self) -> &'static str {
        match self {
            Self::ThreeCx => "screenpop://v1/pop?phone=%CallerNumber%&direction=inbound",
            Self::Wildix => "screenpop://v1/pop?phone={CALLERNUM}&direction=inbound",
            Self::Ringotel => "screenpop://v1/pop?phone=$number$&direction=inbound",
            Self::Finesse => "screenpop://v1/pop?phone=${fromAddress}&direction=inbound",
            Self::Salesforce => {
                "nothing: let the telephone system tell Screenpop (docs/softphones.md)"
            }
        }
    }

    const fn names(self) -> &'static [(&'static str, Meaning)] {
        use Meaning::{Number, Other, Record};
        match self {
            Self::ThreeCx => &[
                ("CallerNumber", Number),
                ("CallerId", Number),
                ("Number", Number),
                ("CallerDisplayName", Other("the caller's name")),
                ("EntityId", Record("customer.id")),
                ("EntityType", Record("customer.type")),
                ("Agent", Other("the agent")),
                ("Duration", Other("how long it lasted")),
            ],
            Self::Wildix => &[
                ("CALLERNUM", Number),
                ("CALLERNAME", Other("the caller's name")),
                ("USERNUM", Other("the agent's number")),
                ("USERNAME", Other("the agent's name")),
                ("CALLTYPE", Other("the direction")),
                ("TAGS", Other("the tags of the call")),
            ],
            Self::Ringotel => &[
                ("number", Number),
                ("caller", Number),
                ("caller_name", Other("the caller's name")),
                ("called", Other("the number that was called")),
                ("username", Other("the agent's name")),
                ("userid", Other("the agent's id")),
            ],
            Self::Finesse => &[
                ("fromAddress", Number),
                ("ANI", Number),
                ("toAddress", Other("the number that was called")),
                ("DNIS", Other("the number that was called")),
                ("dialedNumber", Other("the number that was called")),
                ("queueName", Other("the queue")),
                ("queueNumber", Other("the queue")),
                ("wrapUpReason", Other("the outcome")),
                ("callKeyCallId", Other("the call's id")),
                ("callKeyPrefix", Other("the call's id")),
                ("callKeySequenceNum", Other("the call's id")),
                ("loginId", Other("the agent")),
                ("extension", Other("the agent's number")),
                ("teamName", Other("the agent's team")),
            ],
            Self::Salesforce => &[
                ("Contact.Id", Record("customer.id")),
                ("Lead.Id", Record("customer.id")),
                ("Account.Id", Record("account.id")),
                ("Contact.AccountId", Record("account.id")),
                ("Case.Id", Record("case.id")),
                ("Case.CaseNumber", Record("case.number")),
                ("ANI", Number),
                ("DNIS", Other("the number that was called")),
                ("User.Id", Other("the agent")),
                ("User.Username", Other("the agent")),
            ],
        }
    }
}
