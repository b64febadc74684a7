//! The records that lessons, screenshots, the diagnosis and tests rely on: the same in every
//! sandbox, whatever the seed.

use jiff::Timestamp;
use rusqlite::Connection;

use super::dice::Dice;
use super::history::History;
use super::{DAY, HOUR, MINUTE, ago};
use crate::store::{Case, Customer, Interaction, Phone, cases, customers, interactions};
use crate::words::{CaseStatus, Priority, Tier};

/// Numbers that only the customers of this file have.
pub(super) const PHONES: &[&str] = &[
    "+34600012345",
    "+34600012777",
    "+493023125042",
    "+966500001234",
    "+972502001234",
    "+819010001234",
    "+442079460123",
    "+12125550142",
];

/// Customer, age, channel, summary, outcome, agent, case.
type Past = (
    &'static str,
    i64,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<i64>,
);

#[rustfmt::skip] // One line each.
const INTERACTIONS: &[Past] = &[
    ("12345", 7 * DAY, "chat", "Loan status, documents asked", "Resolved", "agent07", None),
    ("12345", 9 * DAY, "call", "Card not delivered", "Case CS-20417 opened", "agent22", Some(20_417)),
    ("12345", 24 * DAY, "email", "Loan application received", "Forwarded to Loans", "agent07", None),
    ("40812", 2 * HOUR, "call", "Card refused at hotel, Lisbon", "Case CS-20533 opened", "agent14", Some(20_533)),
    ("40812", 16 * DAY, "email", "Custody transfer, form 2 of 3 sent", "Waiting for customer", "agent03", None),
    ("12978", 30 * DAY, "call", "Card limit raised", "Resolved", "agent11", None),
    ("88120", 5 * DAY, "call", "Second payment terminal ordered", "Case CS-20466 opened", "agent05", None),
];

/// Writes the records.
pub(super) fn fill(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    for customer in [guide(), vip()]
        .into_iter()
        .chain(shared_number())
        .chain(odd_names())
    {
        customers::insert(connection, &customer)?;
    }
    for case in known_cases(now) {
        cases::insert_seeded(connection, &case)?;
    }
    for interaction in known_interactions(now) {
        interactions::insert_seeded(connection, &interaction)?;
    }
    // Fourteen and thirty-one in all.
    let history = History::new(connection, now);
    history.interactions("12345", 11, 24, &mut Dice::of(0, 12_345))?;
    history.interactions("40812", 29, 16, &mut Dice::of(0, 40_812))
}

/// The known-good customer of the integration guide.
fn guide() -> Customer {
    Customer {
        email: text("c.gonzalez@example.com"),
        phone: phone("34", "600012345"),
        account: text("ES •• 4471"),
        since: Some(2011),
        birth_year: Some(1984),
        ..iberian("12345", "Cesar Gonzalez", Tier::Premium, "Madrid")
    }
}

fn vip() -> Customer {
    Customer {
        email: text("a.wh@example.com"),
        phone: phone("49", "3023125042"),
        language: Some(("de".to_owned(), "German".to_owned())),
        region: text("DACH"),
        country: text("DE"),
        city: text("Berlin"),
        account: text("DE •• 9083"),
        since: Some(1998),
        birth_year: Some(1961),
        manager: text("J. Brandt, ext. 4410"),
        ..customer("40812", "Annelore Weissenberg-Hoffmann", Tier::Vip)
    }
}

/// Three who are reached under +34 600 012 777.
fn shared_number() -> [Customer; 3] {
    let shared = || phone("34", "600012777");
    [
        Customer {
            phone: shared(),
            email: text("carmen.gr@example.com"),
            birth_year: Some(1951),
            since: Some(1979),
            account: text("ES •• 1180"),
            ..iberian("12977", "Carmen Gonzalez Ruiz", Tier::Standard, "Madrid")
        },
        Customer {
            phone: shared(),
            email: text("cesar.gr@example.com"),
            birth_year: Some(1984),
            since: Some(2016),
            account: text("ES •• 6302"),
            ..iberian("12978", "César González Ruiz", Tier::Premium, "Madrid")
        },
        Customer {
            phone: shared(),
            email: text("office@gonzalez-import.example"),
            account: text("ES •• 3017"),
            since: Some(2004),
            ..iberian("88120", "Gonzalez Import S.L.", Tier::Business, "Valencia")
        },
    ]
}

/// Names that break careless screens, pages and queries.
fn odd_names() -> [Customer; 7] {
    let long = "Maria del Carmen Francisca de los Ángeles Wolfeschlegelsteinhausenbergerdorff \
                Fernández de Córdoba y Álvarez de Toledo, Condesa viuda de Valdeolivas";
    [
        Customer {
            phone: phone("44", "2079460123"),
            ..customer("20001", long, Tier::Premium)
        },
        Customer {
            phone: phone("966", "500001234"),
            email: text("f.alzahrani@example.com"),
            language: Some(("ar".to_owned(), "Arabic".to_owned())),
            ..customer("20002", "فاطمة بنت عبد الرحمن الزهراني", Tier::Premium)
        },
        Customer {
            phone: phone("972", "502001234"),
            language: Some(("he".to_owned(), "Hebrew".to_owned())),
            ..customer("20003", "נועם בן־דוד", Tier::Standard)
        },
        Customer {
            phone: phone("81", "9010001234"),
            language: Some(("ja".to_owned(), "Japanese".to_owned())),
            ..customer("20004", "佐藤 花子", Tier::Vip)
        },
        // Nothing but a name.
        customer("20005", "K. Anonym", Tier::Standard),
        Customer {
            phone: phone("1", "2125550142"),
            email: text("o'neil+\"quoted\"@example.com"),
            company: text("<b>O'Neil</b> & Sons \"Ltd\""),
            ..customer(
                "20006",
                "Bobby \"<script>alert(1)</script>\" O'Neil & Sons",
                Tier::Standard,
            )
        },
        // An id that is not a number.
        customer("C-77.04_b", "Identifier With Letters", Tier::Business),
    ]
}

fn known_cases(now: Timestamp) -> [Case; 6] {
    let case = |id, customer_id: &str, subject: &str, age: i64| Case {
        id,
        customer_id: customer_id.to_owned(),
        subject: subject.to_owned(),
        description: None,
        status: CaseStatus::InProgress,
        priority: Priority::Normal,
        severity: None,
        channel: text("chat"),
        reference: None,
        owner: "agent07".to_owned(),
        created_at: ago(now, age),
        updated_at: ago(now, age / 3),
        due_at: None,
    };
    [
        Case {
            status: CaseStatus::Pending,
            priority: Priority::High,
            description: text("Pay slips of the last three months are missing."),
            due_at: Some(ago(now, -DAY)),
            ..case(
                20_481,
                "12345",
                "Home loan: proof of income missing",
                3 * DAY,
            )
        },
        Case {
            channel: text("call"),
            owner: "agent22".to_owned(),
            due_at: Some(ago(now, -8 * DAY)),
            ..case(20_417, "12345", "Replacement card not delivered", 9 * DAY)
        },
        Case {
            status: CaseStatus::Closed,
            ..case(19_802, "12345", "Address changed after moving", 400 * DAY)
        },
        Case {
            priority: Priority::Urgent,
            severity: Some(1),
            channel: text("call"),
            owner: "agent14".to_owned(),
            due_at: Some(ago(now, -38 * MINUTE)),
            ..case(
                20_533,
                "40812",
                "Card blocked abroad, payment refused",
                2 * HOUR,
            )
        },
        Case {
            status: CaseStatus::Waiting,
            owner: "agent03".to_owned(),
            due_at: Some(ago(now, -20 * DAY)),
            ..case(20_391, "40812", "Transfer of custody account", 12 * DAY)
        },
        case(20_466, "88120", "Payment terminal: second device", 5 * DAY),
    ]
}

fn known_interactions(now: Timestamp) -> impl Iterator<Item = Interaction> {
    let entry = move |(customer_id, age, channel, summary, outcome, agent, case_id)| Interaction {
        id: 0,
        customer_id: String::from(customer_id),
        case_id,
        channel: text(channel),
        summary: text(summary),
        outcome: text(outcome),
        agent: String::from(agent),
        seconds: Some(240),
        reference: None,
        at: ago(now, age),
    };
    INTERACTIONS.iter().copied().map(entry)
}

fn iberian(id: &str, name: &str, tier: Tier, city: &str) -> Customer {
    Customer {
        language: Some(("es".to_owned(), "Spanish".to_owned())),
        region: text("Iberia"),
        country: text("ES"),
        city: text(city),
        ..customer(id, name, tier)
    }
}

fn customer(id: &str, name: &str, tier: Tier) -> Customer {
    Customer {
        id: id.to_owned(),
        name: name.to_owned(),
        tier,
        email: None,
        phone: None,
        language: None,
        region: None,
        country: None,
        city: None,
        company: None,
        since: None,
        birth_year: None,
        account: None,
        manager: None,
        open_cases: 0,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the field it fills is optional")]
fn phone(calling: &str, national: &str) -> Option<Phone> {
    Some(Phone {
        calling: calling.to_owned(),
        national: national.to_owned(),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}
