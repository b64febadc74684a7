//! Where names may stand in a link (security rule T2), and putting a link together.
//!
//! The literal text is walked from left to right, because what a place is depends only on what
//! stands before it: `?` begins the query, `#` the fragment, `=` a query value, `&` the next key.

use super::LinkFault;
use crate::template::{Name, Part, Template};

/// A value that is safe in every place, to try a template with.
pub(super) const SAMPLE: &str = "x";
/// A host to try a template with that begins with a name.
pub(super) const HOST: &str = "origin.invalid";
/// The origin on that host.
pub(super) const ORIGIN: &str = "https://origin.invalid";

/// The name a template begins with, if it is one that may stand for an origin.
pub(super) fn origin(template: &Template, origins: &[&str]) -> Option<String> {
    match template.parts().first() {
        Some(Part::Name(name)) if origins.contains(&name.path()) && !name.is_optional() => {
            Some(name.path().to_owned())
        }
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Scheme, host and port.
    Origin,
    Path,
    QueryKey,
    QueryValue,
    Fragment,
}

/// Checks the place of every name.
pub(super) fn check(template: &Template, begins_with_name: bool) -> Result<(), LinkFault> {
    let mut place = Place::Origin;
    let mut before = String::new();
    for (index, part) in template.parts().iter().enumerate() {
        let after = match template.parts().get(index + 1) {
            Some(Part::Text(text)) => text.as_str(),
            Some(Part::Name(_)) | None => "",
        };
        match part {
            Part::Text(text) => {
                place = place_after(text, place, &before);
                before.push_str(text);
            }
            Part::Name(name) if index == 0 && begins_with_name => {
                before.push_str(ORIGIN);
                if !after.starts_with('/') || after.starts_with("//") {
                    return Err(misplaced(name));
                }
            }
            Part::Name(name) => {
                let is_last = index + 1 == template.parts().len();
                check_name(
                    name,
                    &Surroundings {
                        place,
                        before: &before,
                        after,
                        is_last,
                    },
                )?;
                before.push_str(SAMPLE);
            }
        }
    }
    Ok(())
}

struct Surroundings<'t> {
    place: Place,
    before: &'t str,
    after: &'t str,
    is_last: bool,
}

fn check_name(name: &Name, around: &Surroundings<'_>) -> Result<(), LinkFault> {
    let is_beside_slashes = around.place == Place::Path
        && (around.before.ends_with("//") || around.after.starts_with("//"));
    let is_value = matches!(
        around.place,
        Place::Path | Place::QueryValue | Place::Fragment
    );
    let is_inside_percent = {
        let mut tail = around.before.bytes().rev();
        tail.next() == Some(b'%') || tail.next() == Some(b'%')
    };
    let may_be_left_out = !name.is_optional() || is_whole_parameter(around);
    if is_value && !is_beside_slashes && !is_inside_percent && may_be_left_out {
        Ok(())
    } else {
        Err(misplaced(name))
    }
}

fn misplaced(name: &Name) -> LinkFault {
    LinkFault::TplPlace {
        name: name.path().to_owned(),
        position: name.position(),
    }
}

/// `key={name?}` and nothing else between two separators.
fn is_whole_parameter(around: &Surroundings<'_>) -> bool {
    let Some(start) = around.before.rfind(['?', '&']) else {
        return false;
    };
    let (path, parameter) = around.before.split_at(start);
    let key = parameter.get(1..).and_then(|key| key.strip_suffix('='));
    let begins = key.is_some_and(|key| !key.is_empty() && !key.contains('='))
        && (parameter.starts_with('&') || !path.contains('?'));
    let ends = if around.is_last {
        around.after.is_empty()
    } else {
        around.after.starts_with(['&', '#'])
    };
    around.place == Place::QueryValue && begins && ends
}

/// The place behind a literal text. `before` is what stands before it, so that `https:` and `//`
/// are recognised across pieces.
fn place_after(text: &str, place: Place, before: &str) -> Place {
    let mut place = place;
    let mut slashes = before.matches('/').count();
    for sign in text.chars() {
        slashes += usize::from(sign == '/');
        place = match (place, sign) {
            (_, '#') | (Place::Fragment, _) => Place::Fragment,
            (Place::Origin, '/') if slashes == 3 => Place::Path,
            (Place::Origin | Place::Path, '?') | (Place::QueryValue | Place::QueryKey, '&') => {
                Place::QueryKey
            }
            (Place::QueryKey, '=') => Place::QueryValue,
            (unchanged, _) => unchanged,
        };
    }
    place
}

/// Puts a link together. `value` gives each value as it is to be written; one that is missing
/// drops its query parameter where the template says so, and else the link.
pub(super) fn fill(
    template: &Template,
    origin: Option<&str>,
    value: impl Fn(&str) -> Result<Option<String>, LinkFault>,
) -> Result<String, LinkFault> {
    let mut text = String::with_capacity(template.source().len() * 2);
    let mut left_out = false;
    for (index, part) in template.parts().iter().enumerate() {
        match (part, origin) {
            (Part::Text(literal), _) if left_out => {
                left_out = false;
                append_after_gap(&mut text, literal);
            }
            (Part::Text(literal), _) => text.push_str(literal),
            (Part::Name(_), Some(origin)) if index == 0 => text.push_str(origin),
            (Part::Name(name), _) => match value(name.path())? {
                Some(value) => text.push_str(&value),
                None if name.is_optional() => {
                    text.truncate(text.rfind(['?', '&']).unwrap_or(text.len()) + 1);
                    left_out = true;
                }
                None => {
                    return Err(LinkFault::Missing {
                        name: name.path().to_owned(),
                    });
                }
            },
        }
    }
    if left_out {
        text.pop();
    }
    Ok(text)
}

/// What follows a parameter that was left out: the next one takes its place behind `?` or `&`;
/// where none follows, that sign goes too.
fn append_after_gap(text: &mut String, literal: &str) {
    if let Some(next) = literal.strip_prefix('&') {
        text.push_str(next);
    } else {
        text.pop();
        text.push_str(literal);
    }
}
