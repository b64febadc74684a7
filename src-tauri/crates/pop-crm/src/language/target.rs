//! `call`: the method and the path of a request, as a definition spells them.

use pop_core::http::Method;
use pop_core::template::{Part, Template};
use url::Url;

use crate::file::section::Section;
use crate::language::names::Reach;
use crate::language::shared::check_names;

/// Reads `call`; faults are reported at it.
pub(crate) fn read_call(section: &Section<'_>, reach: &Reach<'_>) -> Option<(Method, Template)> {
    const CALL: &str = "METHOD /path, such as GET /customers/{id}";
    let spot = section.need_text("call")?;
    let call = spot.text.split_once(' ').and_then(|(method, target)| {
        let method = Method::parse(method)?;
        let template = Template::parse(target).ok()?;
        is_target(&template).then_some((method, template))
    });
    match &call {
        Some((_, template)) => check_names(section, "call", spot.place, template, reach),
        None => section.refuse(spot, "call", CALL),
    }
    call
}

/// A path below the base, or an origin name and a path.
fn is_target(template: &Template) -> bool {
    let fixed_is_plain = template.parts().iter().all(|part| match part {
        Part::Text(text) => text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/:@!$&'()*+,;=%".contains(&byte)),
        Part::Name(name) => !name.is_optional(),
    });
    let begins_well = match template.parts() {
        [Part::Text(text), ..] => text.starts_with('/') && !text.starts_with("//"),
        [Part::Name(_), Part::Text(text), ..] => text.starts_with('/'),
        [Part::Name(_), ..] | [] => false,
    };
    fixed_is_plain && begins_well && reads_as_written(template)
}

/// Whether an address of this path is read as it is written: no step through folders, however
/// it is spelt.
fn reads_as_written(template: &Template) -> bool {
    let mut address = "https://trial.invalid".to_owned();
    for (at, part) in template.parts().iter().enumerate() {
        match part {
            Part::Text(text) => address.push_str(text),
            Part::Name(_) if at == 0 => {}
            Part::Name(_) => address.push('x'),
        }
    }
    Url::parse(&address).is_ok_and(|url| url.as_str() == address)
}
