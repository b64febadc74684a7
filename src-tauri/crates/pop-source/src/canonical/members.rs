//! Reads the members of a JSON object by type and length, and says where one is wrong.

use serde_json::{Map, Value};

use pop_core::moment::Moment;

use super::EventFault;

/// The least and the most characters of a text.
#[derive(Clone, Copy)]
pub(super) struct Length(pub(super) usize, pub(super) usize);

impl Length {
    /// An id of the schema.
    pub(super) const ID: Self = Self(1, 256);
    /// A text without a bound of its own; the body is bounded.
    pub(super) const ANY: Self = Self(0, usize::MAX);

    pub(super) const fn up_to(most: usize) -> Self {
        Self(0, most)
    }
}

/// An object and the place where it stands.
pub(super) struct Members<'v> {
    at: String,
    map: &'v Map<String, Value>,
    null_is_absent: bool,
}

impl<'v> Members<'v> {
    /// The members of `value`; `at` is its path, empty for the body itself.
    pub(super) fn of(value: &'v Value, at: &str) -> Result<Self, EventFault> {
        let Value::Object(map) = value else {
            let place = at.trim_end_matches('.');
            let place = if place.is_empty() { "the body" } else { place };
            return Err(EventFault::new(place, "an object"));
        };
        Ok(Self {
            at: at.to_owned(),
            map,
            null_is_absent: false,
        })
    }

    /// Takes `null` for an absent member, as CloudEvents demands of its attributes.
    pub(super) fn with_null_as_absent(self) -> Self {
        Self {
            null_is_absent: true,
            ..self
        }
    }

    /// The path of this object, as it stands in front of its members' names.
    pub(super) fn place(&self) -> &str {
        &self.at
    }

    pub(super) fn get(&self, name: &str) -> Option<&'v Value> {
        self.map
            .get(name)
            .filter(|value| !(self.null_is_absent && value.is_null()))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn text(&self, name: &str, length: Length) -> Result<Option<&'v str>, EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let Length(least, most) = length;
        let text = value.as_str().filter(|text| {
            let characters = text.chars().count();
            least <= characters && characters <= most
        });
        text.map(Some)
            .ok_or_else(|| self.fault(name, expected_text(length)))
    }

    pub(super) fn needed_text(&self, name: &str, length: Length) -> Result<&'v str, EventFault> {
        self.text(name, length)?
            .ok_or_else(|| self.fault(name, expected_text(length)))
    }

    /// A member that holds one of a few words.
    pub(super) fn word<T>(
        &self,
        name: &str,
        words: &[(T, &'static str)],
    ) -> Result<Option<T>, EventFault>
    where
        T: Copy,
    {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let known = |text: &str| {
            words
                .iter()
                .find(|(_, word)| *word == text)
                .map(|(item, _)| *item)
        };
        value
            .as_str()
            .and_then(known)
            .map(Some)
            .ok_or_else(|| self.fault(name, one_of(words)))
    }

    pub(super) fn needed_word<T>(
        &self,
        name: &str,
        words: &[(T, &'static str)],
    ) -> Result<T, EventFault>
    where
        T: Copy,
    {
        self.word(name, words)?
            .ok_or_else(|| self.fault(name, one_of(words)))
    }

    pub(super) fn time(&self, name: &str) -> Result<Option<Moment>, EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        value
            .as_str()
            .filter(|text| is_date_time(text))
            .and_then(Moment::parse)
            .map(Some)
            .ok_or_else(|| self.fault(name, "a time such as 2026-01-06T15:57:41.252Z"))
    }

    pub(super) fn switch(&self, name: &str) -> Result<Option<bool>, EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let switch = value.as_bool().map(Some);
        switch.ok_or_else(|| self.fault(name, "true or false"))
    }

    pub(super) fn integer(
        &self,
        name: &str,
        least: u64,
        most: u64,
    ) -> Result<Option<u64>, EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let number = value
            .as_u64()
            .filter(|number| (least..=most).contains(number));
        let expected = || format!("a whole number from {least} to {most}");
        number.map(Some).ok_or_else(|| self.fault(name, expected()))
    }

    pub(super) fn object(&self, name: &str) -> Result<Option<Self>, EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let inner = Self::of(value, &format!("{}{name}.", self.at))?;
        Ok(Some(Self {
            null_is_absent: self.null_is_absent,
            ..inner
        }))
    }

    /// A member that holds texts under names of the sender's own choice.
    pub(super) fn texts(
        &self,
        name: &str,
        most_members: usize,
        length: Length,
    ) -> Result<Vec<(String, String)>, EventFault> {
        let Some(inner) = self.object(name)? else {
            return Ok(Vec::new());
        };
        if inner.map.len() > most_members {
            return Err(self.fault(name, format!("at most {most_members} members")));
        }
        // The names are the sender's own, so a fault does not repeat them.
        let fault = || EventFault::new(format!("{}*", inner.at), expected_text(length));
        let mut texts = Vec::new();
        for key in inner.map.keys().filter(|key| inner.has(key)) {
            let text = inner
                .text(key, length)
                .map_err(|_| fault())?
                .unwrap_or_default();
            texts.push((key.clone(), text.to_owned()));
        }
        Ok(texts)
    }

    /// A member that holds a list of objects.
    pub(super) fn objects(&self, name: &str, most: usize) -> Result<Option<Vec<Self>>, EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let items = value.as_array().filter(|items| items.len() <= most);
        let items = items.ok_or_else(|| self.fault(name, format!("at most {most} objects")))?;
        let place = |index| format!("{}{name}[{index}].", self.at);
        items
            .iter()
            .enumerate()
            .map(|(index, item)| Self::of(item, &place(index)))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    pub(super) fn list_of_texts(&self, name: &str, most: usize) -> Result<(), EventFault> {
        let Some(value) = self.get(name) else {
            return Ok(());
        };
        let fits = value
            .as_array()
            .is_some_and(|items| items.len() <= most && items.iter().all(Value::is_string));
        if fits {
            Ok(())
        } else {
            Err(self.fault(name, format!("at most {most} texts")))
        }
    }

    pub(super) fn fault(
        &self,
        name: &str,
        expected: impl Into<std::borrow::Cow<'static, str>>,
    ) -> EventFault {
        EventFault::new(format!("{}{name}", self.at), expected)
    }
}

/// The words of a table, for people.
pub(super) fn one_of<T>(words: &[(T, &'static str)]) -> String {
    let words: Vec<_> = words.iter().map(|(_, word)| *word).collect();
    format!("one of {}", words.join(", "))
}

fn expected_text(length: Length) -> String {
    match length {
        Length(0, usize::MAX) => "a text".to_owned(),
        Length(0, most) => format!("a text of at most {most} characters"),
        Length(least, usize::MAX) => format!("a text of at least {least} characters"),
        Length(least, most) => format!("a text of {least} to {most} characters"),
    }
}

/// The shape of RFC 3339, which is narrower than what the calendar's own reader takes.
fn is_date_time(text: &str) -> bool {
    let mut signs = text.bytes();
    let mut fits = |shape: &str| {
        let digit_or_same = |wanted: u8| {
            let sign = signs.next()?.to_ascii_uppercase();
            (sign == wanted || wanted == b'0' && sign.is_ascii_digit()).then_some(())
        };
        shape.bytes().map(digit_or_same).all(|fit| fit.is_some())
    };
    if !fits("0000-00-00T00:00:00") {
        return false;
    }
    let rest = text.get(19..).unwrap_or_default();
    let offset = rest.strip_prefix('.').map_or(rest, |fraction| {
        fraction.trim_start_matches(|sign: char| sign.is_ascii_digit())
    });
    let sign_and_hours = offset.strip_prefix(['+', '-']);
    offset.eq_ignore_ascii_case("z")
        || sign_and_hours.is_some_and(|time| {
            time.len() == 5
                && time.bytes().enumerate().all(|(place, sign)| {
                    if place == 2 {
                        sign == b':'
                    } else {
                        sign.is_ascii_digit()
                    }
                })
        })
}
