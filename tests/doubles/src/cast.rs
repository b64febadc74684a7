//! The people that every double knows, so that one suite can ask all of them the same questions.

/// One person, as any vendor would be told about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The given name.
    pub first: &'static str,
    /// The family name.
    pub last: &'static str,
    /// The e-mail address.
    pub email: Option<&'static str>,
    /// The telephone number as it was typed.
    pub phone: Option<&'static str>,
    /// The number the company knows the person by.
    pub external_id: Option<&'static str>,
}

impl Known {
    /// Both names.
    pub fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

const fn known(
    first: &'static str,
    last: &'static str,
    email: Option<&'static str>,
    phone: Option<&'static str>,
) -> Known {
    Known {
        first,
        last,
        email,
        phone,
        external_id: None,
    }
}

/// A customer with a company, a tier, two open cases, a closed one and two activities.
pub const ANN: Known = Known {
    external_id: Some("40812"),
    ..known(
        "Ann",
        "O'Neil",
        Some("ann.o'neil@example.com"),
        Some("+1 415-555-0100"),
    )
};
/// Ann's company.
pub const COMPANY: &str = "Northwind Bank";
/// The subjects of Ann's cases: urgent and open, normal and open, closed.
pub const SUBJECTS: [&str; 3] = [
    "Card blocked abroad",
    "Change of address",
    "Lost PIN letter",
];

/// Three people who share a telephone number and nothing else.
pub const FAMILY: [Known; 3] = [
    known(
        "Mara",
        "Lind",
        Some("mara@example.org"),
        Some("(415) 555-0199"),
    ),
    known(
        "Theo",
        "Lind",
        Some("theo@example.net"),
        Some("+1 415-555-0199"),
    ),
    known("Ida", "Berg", None, Some("415.555.0199 x12")),
];
/// The family's number, as telephony tells it.
pub const FAMILY_PHONE: &str = "+14155550199";

/// A customer without cases, from another country.
pub const JURGEN: Known = known(
    "Jürgen",
    "Groß",
    Some("juergen@example.de"),
    Some("+49 30 901820"),
);

/// Three records with one address, where the vendor lets that be.
pub const TWINS: [Known; 3] = [
    known(
        "Support",
        "Team One",
        Some("team@example.com"),
        Some("+1 212-555-0111"),
    ),
    known(
        "Support",
        "Team Two",
        Some("team@example.com"),
        Some("+1 212-555-0112"),
    ),
    known(
        "Support",
        "Team Three",
        Some("team@example.com"),
        Some("+1 212-555-0113"),
    ),
];

/// A person whose name and address hold every sign that some query language reserves.
pub const QUOTES: Known = Known {
    external_id: Some("Q'1^\"=%_{}*\\"),
    ..known(
        "Bobby \"Tables\"",
        "O'Quote \\^%_{}* <b>&amp;",
        Some("x'^or{1=1}*%_|&+#?/`@example.com"),
        Some("+1 303-555-0147"),
    )
};

/// A person of whom neither address nor number is known.
pub const BLANK: Known = known("Nora", "Blank", None, None);

/// Addresses and numbers of nobody.
pub const NOBODY: (&str, &str) = ("nobody@example.com", "+4930999999");

/// The colleague who signs in.
pub const AGENT: (&str, &str) = ("Sam Agent", "sam.agent@northwind.example");

/// One case of the cast, under the vendor's ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CastCase {
    /// The record's id.
    pub id: String,
    /// The number that people say.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Whether it is high or urgent.
    pub urgent: bool,
    /// Whether it is open.
    pub open: bool,
}

/// One person of the cast, under the vendor's ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The record's id.
    pub id: String,
    /// The vendor's kind of record.
    pub kind: String,
    /// The name as the vendor gives it.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The number as this vendor stores it.
    pub phone: Option<String>,
    /// The number the company knows the person by.
    pub external_id: Option<String>,
    /// The company's record.
    pub account_id: Option<String>,
    /// The company's name.
    pub company: Option<String>,
    /// The cases, open and closed.
    pub cases: Vec<CastCase>,
    /// The ids of the activities.
    pub activities: Vec<String>,
}

impl Person {
    /// A person under an id and a kind of record, with what is known about them.
    pub fn of(known: &Known, kind: &str, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: kind.to_owned(),
            name: known.name(),
            email: known.email.map(str::to_owned),
            phone: known.phone.map(str::to_owned),
            external_id: known.external_id.map(str::to_owned),
            ..Self::default()
        }
    }
}

/// The colleague who signs in, under the vendor's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colleague {
    /// The record's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
}

impl Colleague {
    /// The agent of every double, under this vendor's id.
    pub fn of(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: AGENT.0.to_owned(),
            email: AGENT.1.to_owned(),
        }
    }
}

/// The cast, under one vendor's ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// See [`ANN`].
    pub ann: Person,
    /// See [`FAMILY`].
    pub family: Vec<Person>,
    /// See [`JURGEN`].
    pub jurgen: Person,
    /// See [`TWINS`]; one only, where the vendor lets no two records share an address.
    pub twins: Vec<Person>,
    /// See [`QUOTES`].
    pub quotes: Person,
    /// See [`BLANK`].
    pub blank: Person,
    /// Who signs in.
    pub agent: Colleague,
}
