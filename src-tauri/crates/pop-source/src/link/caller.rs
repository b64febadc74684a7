//! Callers as softphones hand them over: one bare number or address, and 3CX's four switches.

use pop_core::interaction::{Channel, Direction, Event, What};
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRefused, PhoneRules};

use super::{LinkFault, Said, Told, is_id};

/// The most bytes of a caller.
const MAX_CALLER: usize = 128;

const SOURCE: &str = "/local/argv";

/// A caller as the only argument. Such a softphone starts us when it rings and says nothing later.
pub(super) fn bare(text: &str, now: Moment, rules: &PhoneRules) -> Result<Event, LinkFault> {
    if text.len() > MAX_CALLER {
        return Err(LinkFault::TooLong);
    }
    if !is_caller(text, rules) {
        return Err(LinkFault::Unknown);
    }
    let told = Told {
        source: SOURCE,
        words: text,
        interaction: None,
        what: What::Offered,
        reports_acceptance: false,
        channel: Channel::Voice,
        direction: Direction::Inbound,
        agent: None,
        said: Said {
            phone: Some(text),
            ..Said::default()
        },
    };
    Ok(told.event(now, rules))
}

/// `/N:S|C|E /C:caller /T:I|O /I:call`, each once, in any order; an empty caller is withheld.
pub(super) fn three_cx(
    arguments: &[String],
    now: Moment,
    rules: &PhoneRules,
) -> Result<Event, LinkFault> {
    let [what, caller, direction, call] = ["/N:", "/C:", "/T:", "/I:"].map(|switch| {
        let mut values = arguments
            .iter()
            .filter_map(|argument| argument.strip_prefix(switch));
        values.next().filter(|_| values.next().is_none())
    });
    let (4, Some(what), Some(caller), Some(direction), Some(call)) =
        (arguments.len(), what, caller, direction, call)
    else {
        return Err(LinkFault::Unknown);
    };
    let what = match what {
        "S" => What::Offered,
        "C" => What::Accepted,
        "E" => What::Ended,
        _ => return Err(LinkFault::Value),
    };
    let direction = match direction {
        "I" => Direction::Inbound,
        "O" => Direction::Outbound,
        _ => return Err(LinkFault::Value),
    };
    if !is_id(call) || !(caller.is_empty() || is_caller(caller, rules)) {
        return Err(LinkFault::Value);
    }
    let told = Told {
        source: SOURCE,
        words: &arguments.join(" "),
        interaction: Some(call),
        what,
        reports_acceptance: true,
        channel: Channel::Voice,
        direction,
        agent: None,
        said: Said {
            phone: Some(caller),
            ..Said::default()
        },
    };
    Ok(told.event(now, rules))
}

/// Whether this is an address with a number in it, searchable or not.
pub(super) fn is_number(address: &str, rules: &PhoneRules) -> bool {
    is_caller(address, rules)
        && !matches!(Phone::parse(address, rules), Err(PhoneRefused::NotANumber))
}

/// Whether this may stand for a caller: a number in any spelling, a word for a withheld one, or a
/// `sip:` or `tel:` address. Whether the number can be searched for is another question.
pub(super) fn is_caller(text: &str, rules: &PhoneRules) -> bool {
    let signs = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b" +()-.*#;=@:%_~".contains(&byte));
    if !signs || text.len() > MAX_CALLER {
        return false;
    }
    let address = ["sip:", "sips:", "tel:"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let form_fits = match address {
        Some(address) => !address.contains(' ') && !address.starts_with(['-', ':', '@']),
        None => !text.contains([':', ';', '@', '%', '=', '_', '~']),
    };
    form_fits
        && match Phone::parse(text, rules) {
            Ok(_)
            | Err(
                PhoneRefused::Withheld
                | PhoneRefused::TooShort
                | PhoneRefused::Own
                | PhoneRefused::NoRegion,
            ) => true,
            Err(PhoneRefused::NotANumber) => address.is_some(),
            Err(PhoneRefused::Blank) => false,
        }
}
