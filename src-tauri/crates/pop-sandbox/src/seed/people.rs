//! Invents customers: who they are, where they live, how they are reached.
//!
//! Gaps are part of the work: records without e-mail, without number, without anything.

use std::collections::HashMap;

use super::countries::{Block, COUNTRIES, Country};
use super::dice::Dice;
use super::known;
use super::names::{Names, Order};
use super::wording::MANAGERS;
use crate::fold::ascii;
use crate::store::{Customer, Phone};
use crate::words::Tier;

/// The number before that of the first generated customer.
const CUSTOMERS_BEFORE: u64 = 100_000;
/// In every so many customers, the second shares the number of the first …
const HOUSEHOLD_EVERY: u64 = 41;
/// … and in every so many, which is a multiple, the third does as well.
const FAMILY_EVERY: u64 = 3 * HOUSEHOLD_EVERY;
/// Steps through a block so that neighbours in the list have no neighbouring numbers. A prime that
/// divides no number of blocks, so that every number is reached before one comes again.
const STRIDE: u64 = 7919;

/// Invents one customer after the other.
pub(super) struct People {
    seed: u64,
    index: u64,
    wheel: Vec<&'static Country>,
    /// How many numbers of each country have been given.
    given: HashMap<&'static str, u64>,
    /// Who came before, for those who share a home.
    before: Option<Home>,
}

#[derive(Clone)]
struct Home {
    country: &'static Country,
    family: &'static str,
    phone: Phone,
}

impl People {
    pub(super) fn new(seed: u64) -> Self {
        let wheel = COUNTRIES
            .iter()
            .flat_map(|country| (0..country.weight).map(move |_| country))
            .collect();
        Self {
            seed,
            index: 0,
            wheel,
            given: HashMap::new(),
            before: None,
        }
    }

    /// Invents the next customer, and hands on the dice for the customer's history.
    pub(super) fn next(&mut self) -> (Customer, Dice) {
        let index = self.index;
        self.index += 1;
        let number = CUSTOMERS_BEFORE + 1 + index;
        let mut dice = Dice::of(self.seed, number);
        let shares = index % HOUSEHOLD_EVERY == 1 || index % FAMILY_EVERY == 2;
        let home = match self.before.take().filter(|_| shares) {
            Some(home) => home,
            None => self.home(&mut dice),
        };
        let has_phone = shares || index.is_multiple_of(HOUSEHOLD_EVERY) || !dice.one_in(13);
        let customer = invent(number, &home, has_phone, &mut dice);
        self.before = Some(home);
        (customer, dice)
    }

    fn home(&mut self, dice: &mut Dice) -> Home {
        let country = *dice.pick(&self.wheel);
        let family = dice.pick(country.names.family);
        Home {
            country,
            family,
            phone: self.phone(country),
        }
    }

    /// Gives the country's next free number; a used-up country begins again.
    fn phone(&mut self, country: &'static Country) -> Phone {
        let given = self.given.entry(country.code).or_default();
        let capacity: u64 = country.blocks.iter().map(Block::capacity).sum();
        loop {
            let place = (*given * STRIDE + self.seed % capacity) % capacity;
            *given += 1;
            let phone = number_at(country, place);
            if !known::PHONES.contains(&phone.e164().as_str()) {
                return phone;
            }
        }
    }
}

impl Block {
    fn capacity(&self) -> u64 {
        10_u64.pow(self.free_digits)
    }
}

fn number_at(country: &Country, mut place: u64) -> Phone {
    let mut number = String::new();
    for block in country.blocks {
        if place < block.capacity() {
            let width = block.free_digits as usize;
            number = format!("{}{place:0width$}", block.prefix);
            break;
        }
        place -= block.capacity();
    }
    let national = number.trim_start_matches('+').strip_prefix(country.calling);
    Phone {
        calling: country.calling.to_owned(),
        national: national.unwrap_or_default().to_owned(),
    }
}

fn invent(number: u64, home: &Home, has_phone: bool, dice: &mut Dice) -> Customer {
    let Home {
        country,
        family,
        phone,
    } = home;
    let tier = tier(dice);
    let given = *dice.pick(country.names.given);
    let is_firm = tier == Tier::Business;
    let name = if is_firm {
        firm(country, family, dice)
    } else {
        full_name(country.names, given, family, dice)
    };
    let (tag, language) = country.language;
    Customer {
        id: number.to_string(),
        name,
        tier,
        email: dice.mostly(9, |dice| address(number, given, family, dice)),
        phone: has_phone.then(|| phone.clone()),
        language: dice.mostly(19, |_| (tag.to_owned(), language.to_owned())),
        region: dice.mostly(23, |_| country.region.to_owned()),
        country: Some(country.code.to_owned()),
        city: dice.mostly(11, |dice| (*dice.pick(country.cities)).to_owned()),
        company: (!is_firm && dice.one_in(6)).then(|| firm(country, family, dice)),
        since: dice.mostly(17, |dice| dice.between(1984, 2025)),
        birth_year: dice
            .mostly(7, |dice| dice.between(1935, 2006))
            .filter(|_| !is_firm),
        account: dice.mostly(8, |dice| {
            format!("{} •• {:04}", country.code, dice.below(10_000))
        }),
        manager: (tier == Tier::Vip).then(|| (*dice.pick(MANAGERS)).to_owned()),
        open_cases: 0,
    }
}

/// Of twenty customers, twelve are standard, four premium, three firms and one very important.
fn tier(dice: &mut Dice) -> Tier {
    match dice.below(20) {
        0..12 => Tier::Standard,
        12..16 => Tier::Premium,
        16..19 => Tier::Business,
        _ => Tier::Vip,
    }
}

fn firm(country: &Country, family: &str, dice: &mut Dice) -> String {
    format!("{family} {}", dice.pick(country.names.firm))
}

fn full_name(names: &Names, given: &str, family: &str, dice: &mut Dice) -> String {
    // One in ninety-seven has a name that fits no column.
    if dice.one_in(97) {
        let mut all = vec![given];
        all.extend((0..3).map(|_| *dice.pick(names.given)));
        all.push(family);
        all.extend((0..4).map(|_| *dice.pick(names.family)));
        return all.join(" ");
    }
    match names.order {
        Order::Western => format!("{given} {family}"),
        Order::Spanish => format!("{given} {family} {}", dice.pick(names.family)),
        Order::Eastern => format!("{family} {given}"),
    }
}

/// Makes an address of a domain that is set aside for examples.
fn address(number: u64, given: &str, family: &str, dice: &mut Dice) -> String {
    let initial: String = ascii(given).chars().take(1).collect();
    let family = ascii(family);
    let person = if family.is_empty() || initial.is_empty() {
        "customer".to_owned()
    } else {
        format!("{initial}.{family}")
    };
    let domain = dice.pick(&["example.com", "example.org", "example.net"]);
    let tag = if dice.one_in(31) { "+bank" } else { "" };
    let address = format!("{person}.{number}{tag}@{domain}");
    if dice.one_in(23) {
        address.to_uppercase()
    } else {
        address
    }
}
