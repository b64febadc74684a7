//! The order of what waits: one lane per target, in it one line per interaction.
//!
//! A line sends one item after the other; lines and lanes go side by side, up to a cap. What waits
//! for a person is in no line, so it holds nothing up (rule Q5). Pure: the time comes in.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::Duration;

use pop_core::moment::Moment;
use pop_store::Queued;

use crate::outbox::after::{ARRIVES_WITHIN, LONGEST_WAIT};

/// Items on their way to one target at once: half of the calls that a server is asked at once, so
/// that looking up a customer always finds a free place.
const PER_TARGET: usize = 3;

/// Items on their way in all.
const IN_ALL: usize = 12;

/// Nothing waits longer; if it seems to, somebody has set the clock back.
const FARTHEST: Duration = Duration::from_mins(70);

/// What waits, in order.
#[derive(Default)]
pub(super) struct Lanes {
    lanes: BTreeMap<Hash, Lane>,
    places: HashMap<String, (Hash, Hash)>,
    flying: HashSet<String>,
}

type Hash = [u8; 32];

#[derive(Default)]
struct Lane {
    lines: HashMap<Hash, VecDeque<Queued>>,
    /// The first of every line that has nothing on its way.
    due: BTreeSet<(Moment, i64, Hash)>,
    busy: HashSet<Hash>,
    rest: Option<Moment>,
    closed: bool,
}

impl Lanes {
    /// Takes what the store has; what is on its way stays on its way.
    pub(super) fn load(&mut self, queued: Vec<Queued>, now: Moment) {
        self.lanes.clear();
        self.places.clear();
        for mut item in queued {
            if item.parked {
                continue;
            }
            // The program ended while it was on its way, and it may still be.
            if item.sending
                && let Some(sent) = item.first_sent
            {
                item.next = item.next.max(sent.after(ARRIVES_WITHIN));
            }
            self.put(item, now);
        }
    }

    /// Puts an item into its line, by its place in the order.
    pub(super) fn put(&mut self, mut item: Queued, now: Moment) {
        if item.next.since(now) > FARTHEST {
            item.next = now;
        }
        self.places
            .insert(item.id.clone(), (item.target, item.line));
        let lane = self.lanes.entry(item.target).or_default();
        let name = item.line;
        if self.flying.contains(&item.id) {
            lane.busy.insert(name);
        }
        lane.withdraw(&name);
        let line = lane.lines.entry(name).or_default();
        let place = line.partition_point(|known| known.row < item.row);
        line.insert(place, item);
        lane.offer(name);
    }

    /// The first item whose time has come, of a target that may get one more.
    pub(super) fn due(&self, now: Moment) -> Option<&Queued> {
        if self.flying.len() >= IN_ALL {
            return None;
        }
        let mut lanes = self.lanes.values().filter(|lane| lane.is_open(now));
        lanes.find_map(|lane| {
            let (next, _, line) = lane.due.first()?;
            if *next > now {
                return None;
            }
            lane.lines.get(line)?.front()
        })
    }

    /// Takes the first item of a line on its way.
    pub(super) fn fly(&mut self, item: &Queued) {
        if let Some(lane) = self.lanes.get_mut(&item.target) {
            lane.withdraw(&item.line);
            lane.busy.insert(item.line);
            self.flying.insert(item.id.clone());
        }
    }

    /// An item is back; it waits again, or is gone from its line.
    pub(super) fn land(&mut self, item: &Queued, again: Option<Queued>, now: Moment) {
        self.flying.remove(&item.id);
        if let Some(lane) = self.lanes.get_mut(&item.target) {
            lane.busy.remove(&item.line);
        }
        self.remove(&item.id);
        if let Some(again) = again {
            self.put(again, now);
        }
    }

    /// Takes an item out that is not on its way.
    pub(super) fn take(&mut self, id: &str) -> Option<Queued> {
        if self.flying.contains(id) {
            return None;
        }
        self.remove(id)
    }

    /// Whether an item is in a line.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// Whether an item is on its way.
    pub(super) fn is_flying(&self, id: &str) -> bool {
        self.flying.contains(id)
    }

    /// Leaves a target alone for a while.
    pub(super) fn rest(&mut self, target: &Hash, until: Moment) {
        if let Some(lane) = self.lanes.get_mut(target) {
            lane.rest = Some(until);
        }
    }

    /// Leaves a target alone until the ways out change.
    pub(super) fn close(&mut self, target: &Hash) {
        if let Some(lane) = self.lanes.get_mut(target) {
            lane.closed = true;
        }
    }

    /// The ways out have changed.
    pub(super) fn wake(&mut self) {
        for lane in self.lanes.values_mut() {
            lane.rest = None;
            lane.closed = false;
        }
    }

    /// Everything for a target is due now; `None`: for all.
    pub(super) fn hurry(&mut self, target: Option<&Hash>, now: Moment) {
        let wanted = self.lanes.iter_mut();
        for (_, lane) in wanted.filter(|(hash, _)| target.is_none_or(|target| target == *hash)) {
            lane.rest = None;
            lane.closed = false;
            lane.due.clear();
            let names: Vec<Hash> = lane.lines.keys().copied().collect();
            for name in names {
                let line = lane.lines.entry(name).or_default();
                for item in line.iter_mut().filter(|item| item.next > now) {
                    item.next = now;
                }
                lane.offer(name);
            }
        }
    }

    /// A target has answered: nothing waits there for a person, or for a server, any more.
    pub(super) fn open(&mut self, target: &Hash) {
        if let Some(lane) = self.lanes.get_mut(target) {
            lane.rest = None;
            lane.closed = false;
        }
    }

    /// The clock was set back by so much: what waits goes on waiting as long as it would have.
    pub(super) fn turn_back(&mut self, now: Moment, by: Duration) {
        for lane in self.lanes.values_mut() {
            lane.rest = lane.rest.map(|rest| rest.before(by));
            lane.due.clear();
            let names: Vec<Hash> = lane.lines.keys().copied().collect();
            for name in names {
                let line = lane.lines.entry(name).or_default();
                for item in line.iter_mut().filter(|item| item.next > now) {
                    item.next = item.next.before(by).max(now);
                }
                lane.offer(name);
            }
        }
    }

    /// Whether something for a target is on its way, or could be, that was due at a time.
    pub(super) fn is_working(&self, target: Option<&Hash>, due: Moment, now: Moment) -> bool {
        let mut wanted = self.lanes.iter();
        wanted.any(|(hash, lane)| {
            let first = lane.due.first();
            let can_go = first.is_some_and(|(next, ..)| *next <= due);
            target.is_none_or(|target| target == hash)
                && (!lane.busy.is_empty() || (can_go && !lane.closed && !lane.rests(now)))
        })
    }

    /// How many wait for a target; `None`: in all.
    pub(super) fn count(&self, target: Option<&Hash>) -> usize {
        let wanted = self.lanes.iter();
        wanted
            .filter(|(hash, _)| target.is_none_or(|target| target == *hash))
            .flat_map(|(_, lane)| lane.lines.values())
            .map(VecDeque::len)
            .sum()
    }

    /// When something is to be done next.
    pub(super) fn next(&self) -> Option<Moment> {
        if self.flying.len() >= IN_ALL {
            return None;
        }
        let open = self.lanes.values();
        open.filter(|lane| !lane.closed && lane.busy.len() < PER_TARGET)
            .filter_map(|lane| {
                let (next, ..) = lane.due.first()?;
                Some(lane.rest.map_or(*next, |rest| rest.max(*next)))
            })
            .min()
    }

    fn remove(&mut self, id: &str) -> Option<Queued> {
        let (target, name) = self.places.remove(id)?;
        let lane = self.lanes.get_mut(&target)?;
        lane.withdraw(&name);
        let line = lane.lines.get_mut(&name)?;
        let place = line.iter().position(|item| item.id == id)?;
        let item = line.remove(place);
        if line.is_empty() {
            lane.lines.remove(&name);
        }
        lane.offer(name);
        item
    }
}

impl Lane {
    fn rests(&self, now: Moment) -> bool {
        let rest = self.rest;
        rest.is_some_and(|rest| rest > now && rest.since(now) <= LONGEST_WAIT)
    }

    fn is_open(&self, now: Moment) -> bool {
        !self.closed && self.busy.len() < PER_TARGET && !self.rests(now)
    }

    fn withdraw(&mut self, name: &Hash) {
        if let Some(first) = self.lines.get(name).and_then(VecDeque::front) {
            self.due.remove(&(first.next, first.row, *name));
        }
    }

    fn offer(&mut self, name: Hash) {
        if self.busy.contains(&name) {
            return;
        }
        if let Some(first) = self.lines.get(&name).and_then(VecDeque::front) {
            self.due.insert((first.next, first.row, name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(1_800_000_000_000 + seconds * 1_000)
    }

    fn item(row: i64, line: u8, target: u8) -> Queued {
        Queued {
            row,
            id: format!("w-{row}"),
            line: [line; 32],
            target: [target; 32],
            parked: false,
            sending: false,
            next: at(0),
            attempts: 0,
            first_sent: None,
            asked: at(0),
        }
    }

    fn start(lanes: &mut Lanes, now: Moment) -> Vec<i64> {
        let mut rows = Vec::new();
        while let Some(item) = lanes.due(now).cloned() {
            lanes.fly(&item);
            rows.push(item.row);
        }
        rows
    }

    #[test]
    fn a_line_goes_one_by_one_and_lines_go_side_by_side() {
        let mut lanes = Lanes::default();
        let items = [item(1, 1, 1), item(2, 1, 1), item(3, 2, 1)];
        lanes.load(items.to_vec(), at(0));
        assert_eq!(start(&mut lanes, at(0)), [1, 3], "two lines");
        lanes.land(&items[2], None, at(0));
        assert_eq!(start(&mut lanes, at(0)), [] as [i64; 0], "2 waits for 1");
        lanes.land(&items[0], None, at(0));
        assert_eq!(start(&mut lanes, at(0)), [2]);
    }

    #[test]
    fn what_is_tried_again_holds_its_own_line_only_and_what_is_parked_none() {
        let mut lanes = Lanes::default();
        let first = item(1, 1, 1);
        lanes.load(vec![first.clone(), item(2, 1, 1), item(3, 2, 1)], at(0));
        assert_eq!(start(&mut lanes, at(0)), [1, 3]);
        let again = Queued {
            next: at(60),
            ..first.clone()
        };
        lanes.land(&first, Some(again), at(0));
        assert_eq!(start(&mut lanes, at(59)), [] as [i64; 0], "its line waits");
        assert_eq!(start(&mut lanes, at(60)), [1], "first come, first sent");
        lanes.land(&first, None, at(60));
        assert_eq!(
            start(&mut lanes, at(60)),
            [2],
            "control: parked or done, it holds nothing"
        );
    }

    #[test]
    fn no_target_gets_more_than_its_share() {
        let mut lanes = Lanes::default();
        let many = (0..20).map(|row| item(row, u8::try_from(row).unwrap_or(0), 1));
        lanes.load(many.chain([item(90, 90, 2)]).collect(), at(0));
        assert_eq!(
            start(&mut lanes, at(0)),
            [0, 1, 2, 90],
            "three, and another target"
        );
    }

    #[test]
    fn a_target_that_rests_or_is_closed_gets_nothing_until_it_is_woken() {
        let mut lanes = Lanes::default();
        lanes.load(vec![item(1, 1, 1), item(2, 2, 2)], at(0));
        lanes.close(&[1; 32]);
        lanes.rest(&[2; 32], at(20));
        assert!(lanes.due(at(10)).is_none());
        assert_eq!(lanes.next(), Some(at(20)));
        assert_eq!(
            lanes.due(at(20)).map(|item| item.row),
            Some(2),
            "it has rested"
        );
        lanes.open(&[1; 32]);
        assert_eq!(start(&mut lanes, at(10)), [1], "it has answered");
        lanes.wake();
        assert_eq!(start(&mut lanes, at(0)), [2], "control: woken");
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing_waiting() {
        let mut lanes = Lanes::default();
        let late = Queued {
            next: at(3 * 3_600 + 60),
            ..item(1, 1, 1)
        };
        lanes.load(vec![late.clone()], at(3 * 3_600));
        assert!(
            lanes.due(at(60)).is_none(),
            "control: as it stands it waits"
        );
        let set_back = Duration::from_hours(3);
        lanes.turn_back(at(0), set_back);
        assert!(lanes.due(at(59)).is_none(), "its minute is still to come");
        assert!(lanes.due(at(60)).is_some(), "and no more than that");
        lanes.rest(&[1; 32], at(300));
        lanes.turn_back(at(-1_800), Duration::from_mins(30));
        assert!(
            lanes.due(at(-1_501)).is_none(),
            "it rests as long as it would have"
        );
        assert!(lanes.due(at(-1_500)).is_some());
        lanes.load(vec![late], at(0));
        assert!(lanes.due(at(0)).is_some(), "at a start neither");
    }

    #[test]
    fn what_is_taken_back_leaves_its_line_and_what_is_on_its_way_does_not() {
        let mut lanes = Lanes::default();
        lanes.load(vec![item(1, 1, 1), item(2, 1, 1)], at(0));
        assert_eq!(start(&mut lanes, at(0)), [1]);
        assert!(lanes.take("w-1").is_none(), "on its way");
        assert!(lanes.is_flying("w-1") && !lanes.is_flying("w-2"));
        assert!(lanes.take("w-2").is_some());
        assert_eq!(lanes.count(None), 1);
    }

    #[test]
    fn what_seems_to_wait_longer_than_anything_does_is_due() {
        let waits = |seconds: i64| {
            let mut lanes = Lanes::default();
            let late = Queued {
                next: at(seconds),
                ..item(1, 1, 1)
            };
            lanes.put(late, at(0));
            lanes.due(at(0)).is_none()
        };
        assert!(waits(70 * 60), "as long as an undo and an hour's rest");
        assert!(!waits(70 * 60 + 1), "the clock was set back");
    }

    #[test]
    fn a_last_try_is_over_for_a_target_when_nothing_of_it_can_go() {
        let load = || {
            let mut lanes = Lanes::default();
            lanes.load(vec![item(1, 1, 1), item(2, 2, 2), item(3, 3, 2)], at(0));
            lanes
        };
        let mut lanes = load();
        let (one, two) = ([1; 32], [2; 32]);
        assert_eq!((lanes.count(Some(&one)), lanes.count(Some(&two))), (1, 2));
        assert_eq!(lanes.count(None), 3);
        assert!(lanes.is_working(Some(&one), at(0), at(0)), "it is due");
        assert!(!lanes.is_working(Some(&one), at(-1), at(0)), "it was not");
        assert!(!lanes.is_working(Some(&[3; 32]), at(0), at(0)), "nobody's");
        lanes.close(&one);
        assert!(!lanes.is_working(Some(&one), at(0), at(0)), "no way");
        assert!(lanes.is_working(None, at(0), at(0)), "the other's");
        lanes.rest(&two, at(9));
        assert!(!lanes.is_working(None, at(0), at(8)), "it rests");
        assert!(lanes.is_working(None, at(0), at(9)), "it has rested");

        let mut lanes = load();
        let first = item(1, 1, 1);
        lanes.fly(&first);
        lanes.close(&one);
        assert!(lanes.is_working(Some(&one), at(-1), at(0)), "on its way");
        lanes.land(&first, None, at(0));
        assert!(!lanes.is_working(Some(&one), at(0), at(0)), "it has landed");
        assert_eq!(lanes.count(Some(&one)), 0);
    }

    #[test]
    fn a_target_that_has_its_share_is_nothing_to_wake_for() {
        let mut lanes = Lanes::default();
        let many = (0..4).map(|row| item(row, u8::try_from(row).unwrap_or(0), 1));
        lanes.load(many.collect(), at(0));
        assert_eq!(lanes.next(), Some(at(0)), "the control");
        assert_eq!(start(&mut lanes, at(0)), [0, 1, 2]);
        assert_eq!(lanes.next(), None, "the fourth waits for one to land");
        lanes.land(&item(0, 0, 1), None, at(0));
        assert_eq!(lanes.next(), Some(at(0)));
    }
}
