//! The REST definition, against the embedded CRM. Its known people play the cast.

use pop_core::link::LoopbackOrigin;
use pop_doubles::{Cast, CastCase, Colleague, Person};
use pop_sandbox::{Options, Sandbox};

use super::subject::{Server, Subject};
use super::{Filled, TOKEN, client, connected, trips};

pub(super) async fn start() -> Subject {
    let options = Options {
        customers: 40,
        ..Options::new(TOKEN)
    };
    let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
    let loopback = vec![origin(&sandbox)];
    let filled = Filled {
        settings: vec![
            ("server", sandbox.origin().into()),
            ("set_tier", true.into()),
        ],
        method: "token",
        secrets: vec![("secret", TOKEN)],
    };
    let server = Server::Sandbox(Box::new(sandbox));
    connected(
        "rest",
        server,
        cast(),
        (client(loopback.clone()), loopback),
        filled,
        trips(2),
    )
}

/// Where the embedded CRM listens.
pub(super) fn origin(sandbox: &Sandbox) -> LoopbackOrigin {
    let port = sandbox.origin().rsplit(':').next().map(str::parse);
    LoopbackOrigin::of_own_sandbox(port.expect("a port").expect("a port"))
}

/// The customers that are the same in every sandbox.
fn cast() -> Cast {
    Cast {
        ann: Person {
            external_id: some("12345"),
            cases: vec![
                case(
                    "20481",
                    "CS-20481",
                    "Home loan: proof of income missing",
                    true,
                ),
                case("20417", "CS-20417", "Replacement card not delivered", false),
            ],
            ..person(
                "12345",
                "Cesar Gonzalez",
                "c.gonzalez@example.com",
                "+34600012345",
            )
        },
        family: vec![
            person(
                "12977",
                "Carmen Gonzalez Ruiz",
                "carmen.gr@example.com",
                "+34600012777",
            ),
            person(
                "12978",
                "César González Ruiz",
                "cesar.gr@example.com",
                "+34600012777",
            ),
            person(
                "88120",
                "Gonzalez Import S.L.",
                "office@gonzalez-import.example",
                "+34600012777",
            ),
        ],
        jurgen: person(
            "20002",
            "فاطمة بنت عبد الرحمن الزهراني",
            "f.alzahrani@example.com",
            "+966500001234",
        ),
        twins: vec![person(
            "40812",
            "Annelore Weissenberg-Hoffmann",
            "a.wh@example.com",
            "+493023125042",
        )],
        quotes: person(
            "20006",
            "Bobby \"<script>alert(1)</script>\" O'Neil & Sons",
            "o'neil+\"quoted\"@example.com",
            "+12125550142",
        ),
        blank: Person {
            email: None,
            phone: None,
            ..person("20005", "K. Anonym", "", "")
        },
        agent: Colleague::of("agent01"),
    }
}

fn person(id: &str, name: &str, email: &str, phone: &str) -> Person {
    Person {
        id: id.to_owned(),
        name: name.to_owned(),
        email: some(email),
        phone: some(phone),
        ..Person::default()
    }
}

fn case(id: &str, number: &str, subject: &str, urgent: bool) -> CastCase {
    CastCase {
        id: id.to_owned(),
        number: number.to_owned(),
        subject: subject.to_owned(),
        urgent,
        open: true,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}
