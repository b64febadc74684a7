//! Draws the contact facts, each with its source where several connections know the customer, and
//! says where they contradict one another.

use pop_core::desk::{Hit, Lookup, Pop};
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::Fact;
use pop_core::settings::{CardPart, Masked};
use pop_core::status::Status;

use crate::parts::{FactName, FactView};

pub(super) fn facts(pop: &Pop, status: &Status) -> Vec<FactView> {
    let records = pop.shown();
    let several = records.len() > 1;
    let mask = &status.settings.privacy.mask;
    let mut facts: Vec<FactView> = Vec::new();
    for (place, (lookup, hit)) in records.iter().enumerate() {
        let source = several.then(|| status.label(&lookup.connection).to_owned());
        for fact in told(lookup, hit, place == 0 && !pop.is_saved_copy(), status) {
            let fact = FactView {
                source: source.clone(),
                ..fact
            };
            if !facts.iter().any(|known| says_the_same(known, &fact)) {
                facts.push(fact);
            }
        }
    }
    // The headline says the name and the marks say the tier: they are facts only where another
    // connection says otherwise.
    let disputed: Vec<bool> = facts.iter().map(|fact| is_disputed(fact, &facts)).collect();
    let mut drawn: Vec<FactView> = facts
        .into_iter()
        .zip(disputed)
        .map(|(fact, disputed)| FactView {
            disputed,
            masked: mask_of(fact.name).is_some_and(|it| mask.contains(&it)),
            ..fact
        })
        .filter(|fact| fact.disputed || !is_in_the_head(fact.name))
        .collect();
    let card = &status.settings.card;
    if !card.parts.contains(&CardPart::Facts) {
        // That two CRMs disagree is to be seen in any case.
        drawn.retain(|fact| fact.disputed);
    }
    drawn.sort_by_key(|fact| (!fact.disputed, place_of(fact, &card.facts)));
    drawn
}

/// A fact's place in the organisation's order; what that does not name stands after it.
fn place_of(fact: &FactView, order: &[String]) -> usize {
    let name = match fact.name {
        FactName::Name => "name",
        FactName::Tier => "tier",
        FactName::Phone => "phone",
        FactName::Email => "email",
        FactName::Company => "company",
        FactName::Owner => "owner",
        FactName::Extra => fact.label.as_deref().unwrap_or_default(),
    };
    let place = order
        .iter()
        .position(|wanted| wanted.eq_ignore_ascii_case(name));
    place.unwrap_or(order.len())
}

/// What one connection knows. The company opens only in the connection that decides who it is.
fn told(lookup: &Lookup, hit: &Hit, decides: bool, status: &Status) -> Vec<FactView> {
    let customer = &hit.customer;
    let opens_accounts = status
        .connection(&lookup.connection)
        .is_some_and(|connection| connection.opens_accounts);
    let head = [
        (FactName::Name, &customer.name),
        (FactName::Tier, &customer.tier),
    ];
    let head = head
        .into_iter()
        .filter_map(|(name, value)| Some(fact(name, value.as_ref()?)));
    let contact = contact(FactName::Phone, &customer.phones)
        .map(as_people_read_it)
        .chain(contact(FactName::Email, &customer.emails));
    let company = customer.company.iter().map(|it| FactView {
        opens: decides && opens_accounts && customer.account_id.is_some(),
        ..fact(FactName::Company, it)
    });
    let owner = customer.owner.iter().map(|it| fact(FactName::Owner, it));
    head.chain(contact)
        .chain(company)
        .chain(owner)
        .chain(customer.extra.iter().map(extra))
        .collect()
}

fn contact(name: FactName, values: &[String]) -> impl Iterator<Item = FactView> {
    values.iter().map(move |value| FactView {
        copy: Some(value.clone()),
        ltr: true,
        ..fact(name, value)
    })
}

/// A number with its country code in groups; copied is what the CRM has. One without stays as it
/// is: nobody here knows its country.
fn as_people_read_it(number: FactView) -> FactView {
    let read = number.value.trim_start().starts_with('+');
    let read = read.then(|| Phone::parse(&number.value, &PhoneRules::default()).ok());
    match read.flatten() {
        Some(phone) => FactView {
            value: phone.display(),
            ..number
        },
        None => number,
    }
}

fn extra(extra: &Fact) -> FactView {
    FactView {
        label: Some(extra.label.clone()),
        ..fact(FactName::Extra, &extra.value)
    }
}

fn fact(name: FactName, value: &str) -> FactView {
    FactView {
        name,
        label: None,
        value: value.to_owned(),
        copy: None,
        opens: false,
        ltr: false,
        source: None,
        disputed: false,
        masked: false,
    }
}

/// What hides a fact; the headline's own are never hidden.
fn mask_of(name: FactName) -> Option<Masked> {
    match name {
        FactName::Name | FactName::Tier => None,
        FactName::Phone => Some(Masked::Phone),
        FactName::Email => Some(Masked::Email),
        FactName::Company => Some(Masked::Company),
        FactName::Owner => Some(Masked::Owner),
        FactName::Extra => Some(Masked::Extra),
    }
}

fn is_in_the_head(name: FactName) -> bool {
    matches!(name, FactName::Name | FactName::Tier)
}

fn is_same_question(one: &FactView, other: &FactView) -> bool {
    one.name == other.name && one.label == other.label
}

fn says_the_same(one: &FactView, other: &FactView) -> bool {
    is_same_question(one, other) && plain(one) == plain(other)
}

/// The value without what is only spelling: case, spaces, and a number's separators.
fn plain(fact: &FactView) -> String {
    let kept = |sign: &char| match fact.name {
        FactName::Phone => sign.is_ascii_digit() || *sign == '+',
        FactName::Name
        | FactName::Tier
        | FactName::Email
        | FactName::Company
        | FactName::Owner
        | FactName::Extra => !sign.is_whitespace(),
    };
    fact.value
        .chars()
        .filter(kept)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether another connection answers the same question otherwise; people have several numbers
/// and addresses.
fn is_disputed(fact: &FactView, all: &[FactView]) -> bool {
    let is_one_of_many = matches!(fact.name, FactName::Phone | FactName::Email);
    !is_one_of_many
        && all
            .iter()
            .any(|other| is_same_question(fact, other) && other.source != fact.source)
}
