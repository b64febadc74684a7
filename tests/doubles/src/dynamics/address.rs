//! What a path segment names: a set, or one row of it by its GUID or by its alternate key.

use super::fault::Fault;
use super::filter::is_guid;
use super::schema::Entity;
use super::store::{Row, Store};

/// One row of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Guid(String),
    Alternate(String),
}

/// `set`, `set(guid)` or `set(key='value')`.
pub(super) fn segment<'s>(
    store: &'s Store,
    text: &str,
) -> Result<(&'s Entity, Option<Key>), Fault> {
    let Some((set, rest)) = text.split_once('(') else {
        return Ok((store.of_set(text)?, None));
    };
    let entity = store.of_set(set)?;
    let wrong = || Fault::new(400, "0x80060888", "Bad Request - Error in query syntax.");
    let inner = rest.strip_suffix(')').ok_or_else(wrong)?;
    if is_guid(inner) {
        return Ok((entity, Some(Key::Guid(inner.to_lowercase()))));
    }
    let (name, quoted) = inner.split_once('=').ok_or_else(wrong)?;
    let value = quoted
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    let value = value.ok_or_else(wrong)?;
    // An apostrophe that is not doubled would have ended the value.
    if value.replace("''", "").contains('\'') {
        return Err(wrong());
    }
    if name != entity.alternate_key {
        let told = format!(
            "The specified key property '{name}' is not a key of '{}'.",
            entity.name
        );
        return Err(Fault::new(400, "0x80060888", told));
    }
    Ok((entity, Some(Key::Alternate(value.replace("''", "'")))))
}

/// The row that a key names.
pub(super) fn row<'s>(store: &'s Store, entity: &'s Entity, key: &Key) -> Result<&'s Row, Fault> {
    match key {
        Key::Guid(id) => store
            .row(entity, id)
            .ok_or_else(|| Fault::no_row(entity.name, id)),
        Key::Alternate(value) => store.row_by_key(entity, value).ok_or_else(|| {
            let told = format!(
                "A record with the specified key values does not exist in {} entity",
                entity.name
            );
            Fault::new(404, "0x80060891", told)
        }),
    }
}

/// The row that the value of an `@odata.bind` names.
pub(super) fn bound<'s>(store: &'s Store, text: &str) -> Result<(&'s Entity, &'s Row), Fault> {
    let last = text
        .find("/api/data/")
        .map_or(text, |_| text.rsplit('/').next().unwrap_or(text));
    let (entity, key) = segment(store, last.trim_start_matches('/'))?;
    let key = key.ok_or_else(|| Fault::payload("The URI of a bind must name one record."))?;
    Ok((entity, row(store, entity, &key)?))
}
