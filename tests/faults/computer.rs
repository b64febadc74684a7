//! This computer: keychain, settings, listener, gateway, refused events, writes, bundle. What is
//! wrong is put into the state that the engine keeps; `pop-engine`'s own tests bring it about.

use std::collections::BTreeMap;

use pop_core::doctor::{self, Report};
use pop_core::fault::{Fault, FaultKind};
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::settings::{self, FileFault};
use pop_core::status::{Banner, GatewayStatus, ListenerStatus, Status, WayKept};
use pop_core::stream::StreamFault;
use pop_core::write::{WriteFault, WriteState};

use crate::Row;

const GROUP: &str = "This computer, its events and what is written";

fn quiet() -> Status {
    Status {
        seq: 1,
        settings: settings::defaults().settings,
        system_language: Language::En,
        locked: Vec::new(),
        by_bundle: Vec::new(),
        bundle: None,
        connections: Vec::new(),
        listener: ListenerStatus::On {
            address: "127.0.0.1:21720".to_owned(),
            accepted: 3,
            last: None,
        },
        gateway: GatewayStatus::Off,
        way_kept: WayKept::default(),
        banners: Vec::new(),
        today: Vec::new(),
        pinned: Vec::new(),
        recent: Vec::new(),
        paused: None,
        typical_pop: None,
        file_faults: Vec::new(),
        refusals: BTreeMap::new(),
        queue: Vec::new(),
    }
}

fn broken(fault: StreamFault) -> GatewayStatus {
    GatewayStatus::Broken {
        place: "mqtts://broker.example".to_owned(),
        fault,
        since: Moment::default(),
        signed_in: true,
    }
}

fn seen(change: impl FnOnce(&mut Status)) -> Report {
    let mut status = quiet();
    assert!(
        crate::stage::report(doctor::look(&status, None))
            .main()
            .is_none(),
        "nothing is wrong before"
    );
    change(&mut status);
    crate::stage::report(doctor::look(&status, None))
}

fn parked(kind: FaultKind) -> Report {
    let state = WriteState::Parked(WriteFault {
        fault: Fault::new(kind, Moment::default()),
        fields: Vec::new(),
        outcome: pop_core::action::Outcome::NotDone,
    });
    crate::stage::report(doctor::of_write(&state).into_iter().collect())
}

pub(crate) fn rows() -> Vec<Row> {
    let row = |fault: &str, expected, report: Report| Row {
        group: GROUP,
        fault: fault.to_owned(),
        expected,
        inject: Box::pin(async move { report }),
    };
    let banner = |banner| seen(|status| status.banners = vec![banner]);
    let refused = |code| seen(|status| status.refusals = BTreeMap::from([(code, 4)]));
    let gateway = |fault| seen(|status| status.gateway = broken(fault));
    vec![
        row(
            "Keychain locked",
            &["keychain_locked"],
            banner(Banner::KeychainLocked),
        ),
        row(
            "No keychain",
            &["keychain_absent"],
            banner(Banner::MemoryOnly("none runs".to_owned())),
        ),
        row(
            "The kept sign-ins cannot be opened",
            &["secrets_lost"],
            banner(Banner::SecretsRefused),
        ),
        row(
            "The outbox is nearly full",
            &["outbox_filling"],
            banner(Banner::OutboxFilling(92)),
        ),
        row(
            "The listener's port is taken",
            &["listener_down"],
            seen(|status| {
                status.listener = ListenerStatus::Failed("the address is in use".to_owned());
            }),
        ),
        row(
            "No source of events is set up",
            &["no_source"],
            seen(|status| status.listener = ListenerStatus::Off),
        ),
        row(
            "Webhook: wrong signature (scenario 4)",
            &["events_refused"],
            refused("signature_wrong"),
        ),
        row(
            "Webhook: the sender's clock is off",
            &["clock_off"],
            refused("signature_outside_window"),
        ),
        row(
            "Webhook: a body that the mapping does not read (data not syncing)",
            &["events_refused"],
            refused("E_EVENT"),
        ),
        row(
            "Webhook: wrong URL (scenario 4)",
            &["events_refused"],
            refused("no_such_path"),
        ),
        row(
            "Broker: its name is not found",
            &["dns"],
            gateway(StreamFault::Dns),
        ),
        row(
            "Broker: certificate of an unknown issuer (scenario 4)",
            &["certificate_untrusted"],
            gateway(StreamFault::CertificateUntrusted),
        ),
        row(
            "Broker: the device's sign-in is not taken (scenario 4)",
            &["not_authorised"],
            gateway(StreamFault::NotAuthorised),
        ),
        row(
            "Settings: a value that is not accepted",
            &["file_wrong"],
            seen(|status| {
                status.file_faults = vec![FileFault {
                    file: "settings.jsonc".to_owned(),
                    line: 7,
                    key: "connections.meridian.fields.server".to_owned(),
                    found: "\"crm\"".to_owned(),
                    expected: "an address such as https://crm.example.com".to_owned(),
                }];
            }),
        ),
        row(
            "Ticket not created: a required field, named (scenario 2)",
            &["invalid"],
            parked(FaultKind::Invalid(vec!["contactId".to_owned()])),
        ),
        row(
            "Ticket not created: no permission (scenario 2)",
            &["forbidden"],
            parked(FaultKind::Forbidden),
        ),
        row(
            "Ticket not created: the record is gone",
            &["not_found"],
            parked(FaultKind::NotFound),
        ),
    ]
}
