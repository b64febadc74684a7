//! Every order in which a few overlapping interactions, their answers and the agent's hands can
//! come: nothing is left to chance here. `interleavings` does the same with more, by chance, and where
//! its number is set, more is tried here too.

use std::env;

use pop_core::desk::{Matching, OpenPolicy, Pop, Question};
use pop_core::interaction::What;

use crate::interleavings::NUMBER_TRIED;
use crate::model::Model;
use crate::world::{CONNECTIONS, Course, Fails, Step};

/// One interaction: its events in their order, each with the identifiers that it carries.
struct Story {
    interaction: u8,
    events: &'static [(What, [bool; 3])],
    /// Whether the agent looks at its card and later writes what was seen to be wanted.
    acts: bool,
    /// Whom the agent picks when several may be meant.
    picks: Option<u8>,
}

/// How far one interaction has come.
#[derive(Clone, Copy, Default)]
struct Progress {
    events: usize,
    /// The place of what was seen among all that was seen.
    seen: Option<usize>,
    wrote: bool,
    picked: bool,
}

/// What was tried.
#[derive(Debug, Default)]
struct Tried {
    orders: u64,
    writes: u64,
    refused: u64,
}

const STRONG: [bool; 3] = [true, false, false];
const WEAK: [bool; 3] = [false, true, false];
const NUMBER: [bool; 3] = [false, false, true];

#[test]
fn a_card_that_turns_to_somebody_else_is_never_written_to_for_whom_it_showed_before() {
    // The second event of the first names somebody else, and the agent says that it is them.
    let stories = [
        Story {
            interaction: 2,
            events: &[(What::Accepted, STRONG), (What::Updated, WEAK)],
            acts: true,
            picks: Some(6),
        },
        Story {
            interaction: 4,
            events: if is_long_run() {
                &[(What::Accepted, STRONG)]
            } else {
                &[(What::Offered, NUMBER)]
            },
            acts: is_long_run(),
            picks: None,
        },
    ];
    let tried = in_every_order(&stories, OpenPolicy::Accept);
    println!("{tried:?}");
    assert!(tried.writes > 300 && tried.refused > 300, "{tried:?}");
}

#[test]
fn three_interactions_at_once_never_meet_on_one_card() {
    let stories = [
        Story {
            interaction: 0,
            events: &[(What::Accepted, STRONG)],
            acts: true,
            picks: None,
        },
        Story {
            interaction: 1,
            events: if is_long_run() {
                &[(What::Offered, STRONG), (What::Ended, NUMBER)]
            } else {
                &[(What::Offered, NUMBER)]
            },
            acts: false,
            picks: None,
        },
        Story {
            interaction: 3,
            events: &[(What::Accepted, NUMBER)],
            acts: false,
            picks: None,
        },
    ];
    let tried = in_every_order(&stories, OpenPolicy::Offer);
    println!("{tried:?}");
    assert!(tried.orders > 1_000 && tried.writes > 100, "{tried:?}");
}

fn is_long_run() -> bool {
    env::var_os(NUMBER_TRIED).is_some()
}

fn in_every_order(stories: &[Story], open: OpenPolicy) -> Tried {
    let mut tried = Tried::default();
    let model = Model::asking(&CONNECTIONS[..1], open);
    let progress = vec![Progress::default(); stories.len()];
    go_on(&model, stories, &progress, &mut tried);
    tried
}

/// Tries everything that can come next, and everything after that.
fn go_on(model: &Model, stories: &[Story], progress: &[Progress], tried: &mut Tried) {
    let mut is_over = true;
    for (place, story) in stories.iter().enumerate() {
        if let Some((next, after)) = event(model, story, progress[place]) {
            go_on(&next, stories, &with(progress, place, after), tried);
            is_over = false;
        }
        if let Some((next, after)) = pick(model, story, progress[place]) {
            go_on(&next, stories, &with(progress, place, after), tried);
            is_over = false;
        }
        if let Some((next, after)) = hand(model, story, progress[place]) {
            go_on(&next, stories, &with(progress, place, after), tried);
            is_over = false;
        }
    }
    for next in answers(model) {
        go_on(&next, stories, progress, tried);
        is_over = false;
    }
    if is_over {
        let written = u64::try_from(model.hands.written.len()).expect("few");
        tried.orders += 1;
        tried.writes += written;
        tried.refused += u64::from(model.hands.wishes) - written;
        model.clone().check_the_end();
    }
}

fn with(progress: &[Progress], place: usize, after: Progress) -> Vec<Progress> {
    let mut progress = progress.to_vec();
    progress[place] = after;
    progress
}

/// The next event of an interaction.
fn event(model: &Model, story: &Story, mut progress: Progress) -> Option<(Model, Progress)> {
    let (what, carries) = *story.events.get(progress.events)?;
    let mut next = model.clone();
    next.run(Step::Event {
        interaction: story.interaction,
        what,
        at: u8::try_from(progress.events).expect("few"),
        carries,
        course: Course::Plain,
    });
    progress.events += 1;
    Some((next, progress))
}

/// The agent says who it is, as soon as the card asks.
fn pick(model: &Model, story: &Story, mut progress: Progress) -> Option<(Model, Progress)> {
    let picked = story.picks.filter(|_| !progress.picked)?;
    let card = card(model, story)?;
    if !matches!(card.matching, Matching::Several { .. }) {
        return None;
    }
    let mut next = model.clone();
    next.pick_for(card.at(), picked, false);
    progress.picked = true;
    Some((next, progress))
}

fn card<'m>(model: &'m Model, story: &Story) -> Option<&'m Pop> {
    let name = format!("c{}", story.interaction);
    let mut pops = model.desk.pops().iter();
    pops.find(|pop| pop.key.as_ref().is_some_and(|key| key.id == name))
}

/// The agent looks at the card, then wants a case for whom it showed.
fn hand(model: &Model, story: &Story, mut progress: Progress) -> Option<(Model, Progress)> {
    if !story.acts || progress.wrote {
        return None;
    }
    let mut next = model.clone();
    if let Some(seen) = progress.seen {
        let seen = next.hands.seen[seen].clone();
        next.want(&seen, 0);
        progress.wrote = true;
    } else {
        let card = card(model, story)?;
        // Looking before anybody is there is like not looking.
        card.customer()?;
        progress.seen = Some(next.hands.seen.len());
        next.look_at(card.at(), false);
    }
    Some((next, progress))
}

/// Every answer that is on its way, each as the next to come; what happened before comes at once.
fn answers(model: &Model) -> Vec<Model> {
    let mut next = Vec::new();
    for (ticket, question, _) in &model.tickets {
        if model.answered.contains(&ticket.number) {
            continue;
        }
        let mut after = model.clone();
        after.answer_to(ticket.clone(), question.clone(), Fails::Not);
        if matches!(question, Question::Activities(_)) {
            return vec![after];
        }
        next.push(after);
    }
    next
}
