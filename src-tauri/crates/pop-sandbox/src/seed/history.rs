//! Invents what happened so far: cases, open and closed, and past interactions.

use jiff::Timestamp;
use rusqlite::Connection;

use super::dice::Dice;
use super::wording::{CHANNELS, SUBJECTS, SUMMARIES};
use super::{DAY, HOUR, MINUTE, ago};
use crate::store::{Case, Customer, Interaction, cases, interactions};
use crate::words::{CaseStatus, Tier};

/// The number before that of the first generated case.
const CASES_BEFORE: i64 = 30_000;

/// How many open cases in every twenty customers.
const OPEN_CASES: [usize; 20] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 6];
const OPEN_STATES: [CaseStatus; 4] = [
    CaseStatus::Open,
    CaseStatus::InProgress,
    CaseStatus::Pending,
    CaseStatus::Waiting,
];

/// Writes histories into the database.
pub(super) struct History<'connection> {
    connection: &'connection Connection,
    now: Timestamp,
    last_case: i64,
}

impl<'connection> History<'connection> {
    pub(super) fn new(connection: &'connection Connection, now: Timestamp) -> Self {
        Self {
            connection,
            now,
            last_case: CASES_BEFORE,
        }
    }

    /// Writes one customer's history.
    pub(super) fn write(&mut self, customer: &Customer, dice: &mut Dice) -> rusqlite::Result<()> {
        for _ in 0..*dice.pick(&OPEN_CASES) {
            let status = *dice.pick(&OPEN_STATES);
            self.case(customer, status, dice)?;
        }
        for _ in 0..dice.below(3) {
            self.case(customer, CaseStatus::Closed, dice)?;
        }
        let count = dice.below(6);
        self.interactions(&customer.id, count, 0, dice)
    }

    /// Writes so many interactions, all of them older than so many days.
    pub(super) fn interactions(
        &self,
        customer_id: &str,
        count: u64,
        newest: i64,
        dice: &mut Dice,
    ) -> rusqlite::Result<()> {
        let mut age = newest * DAY;
        for _ in 0..count {
            age += dice.between(3 * HOUR, 40 * DAY);
            let (summary, outcome) = *dice.pick(SUMMARIES);
            let interaction = Interaction {
                id: 0,
                customer_id: customer_id.to_owned(),
                case_id: None,
                channel: Some((*dice.pick(CHANNELS)).to_owned()),
                summary: Some(summary.to_owned()),
                outcome: (!dice.one_in(8)).then(|| outcome.to_owned()),
                agent: format!("agent{:02}", dice.between(1, 24)),
                seconds: Some(dice.between(20, 1500)),
                reference: None,
                at: ago(self.now, age),
            };
            interactions::insert_seeded(self.connection, &interaction)?;
        }
        Ok(())
    }

    fn case(
        &mut self,
        customer: &Customer,
        status: CaseStatus,
        dice: &mut Dice,
    ) -> rusqlite::Result<()> {
        self.last_case += 1;
        let (subject, priority) = *dice.pick(SUBJECTS);
        let age = dice.between(HOUR, 60 * DAY);
        let severe = if customer.tier == Tier::Vip {
            dice.one_in(4)
        } else {
            dice.one_in(60)
        };
        let rest = (!severe && dice.one_in(6)).then(|| dice.between(2, 4));
        // From yesterday to three weeks ahead, and a third without a date.
        let due = dice.between(-DAY, 21 * DAY);
        let has_due = status != CaseStatus::Closed && !dice.one_in(3);
        let case = Case {
            id: self.last_case,
            customer_id: customer.id.clone(),
            subject: subject.to_owned(),
            description: None,
            status,
            priority,
            severity: if severe { Some(1) } else { rest },
            channel: Some((*dice.pick(CHANNELS)).to_owned()),
            reference: None,
            owner: format!("agent{:02}", dice.between(1, 24)),
            created_at: ago(self.now, age),
            updated_at: ago(self.now, dice.between(MINUTE, age)),
            due_at: has_due.then(|| ago(self.now, -due)),
        };
        cases::insert_seeded(self.connection, &case)
    }
}
