//! What a softphone can tell of a call, as options of the command line: `--phone=… --event=offered`.
//!
//! For softphones that start a program and fill words of their own into its arguments. A key and
//! its value are one argument; nothing is decoded, because nothing was encoded. Some softphones
//! leave a quotation mark in a caller's text as it is, so that a caller can make arguments of their
//! own: the options that name a customer do not exist here, and none may stand twice.

use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;

use super::LinkFault;
use super::address::Values;

const SOURCE: &str = "/local/argv";

const KEYS: [&str; 4] = ["phone", "event", "direction", "interactionId"];

/// Reads options, each at most once, in any order.
pub(super) fn read(
    arguments: &[String],
    now: Moment,
    rules: &PhoneRules,
) -> Result<Event, LinkFault> {
    let mut values = Values::default();
    for argument in arguments {
        let option = argument.strip_prefix("--").ok_or(LinkFault::Unknown)?;
        let (key, value) = option.split_once('=').ok_or(LinkFault::Unknown)?;
        let visible = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
        if !value.bytes().all(visible) {
            return Err(LinkFault::Characters);
        }
        let known = KEYS.contains(&key);
        let slot = values.slot(key).filter(|_| known).ok_or(LinkFault::Key)?;
        if slot.replace(value.to_owned()).is_some() {
            return Err(LinkFault::Twice);
        }
    }
    let words = arguments.join(" ");
    Ok(values.told(SOURCE, &words, rules)?.event(now, rules))
}
