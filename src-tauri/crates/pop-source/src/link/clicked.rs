//! A telephone address that somebody clicked, `tel:` (RFC 3966) or `callto:`, looked up instead of
//! dialled.
//!
//! Nobody calls: it is a call that the agent is about to make. That the system hands such addresses
//! to us at all is a setting, off as it comes; whether it is on is looked at where the settings are.

use pop_core::interaction::{Channel, Direction, Event, What};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;

use super::{LinkFault, Said, Told, caller};
use crate::percent;

/// The switch in front of the address, in the entry by which the system starts us.
pub(super) const LOOK_UP: &str = "--look-up";

/// The most bytes of an address.
const MAX_ADDRESS: usize = 256;

const SCHEMES: [&str; 2] = ["tel:", "callto:"];

const SOURCE: &str = "/local/tel";

/// Reads the address.
pub(super) fn read(address: &str, now: Moment, rules: &PhoneRules) -> Result<Event, LinkFault> {
    if address.len() > MAX_ADDRESS {
        return Err(LinkFault::TooLong);
    }
    if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(LinkFault::Characters);
    }
    let rest = SCHEMES.iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let rest = rest.ok_or(LinkFault::Address)?;
    // Some pages write it like the address of a page.
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let said = percent::decode(rest).ok_or(LinkFault::Encoding)?;
    if said.contains('%') {
        return Err(LinkFault::Encoding);
    }
    // A space may stand in what people write, never in an address.
    let number = format!("tel:{}", said.replace(' ', "-"));
    if !caller::is_number(&number, rules) {
        return Err(LinkFault::Value);
    }
    let told = Told {
        source: SOURCE,
        words: &number,
        interaction: None,
        what: What::Offered,
        reports_acceptance: false,
        channel: Channel::Voice,
        direction: Direction::Outbound,
        agent: None,
        said: Said {
            phone: Some(&number),
            ..Said::default()
        },
    };
    Ok(told.event(now, rules))
}
