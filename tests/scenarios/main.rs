//! The desk as a stage: events and answers go in, effects come out.
//!
//! `stories` compares whole courses with snapshots. The other modules hold one test for each rule
//! of the desk, named as a sentence, and `interleavings` what must hold in any order of things, `overlaps` the same in every
//! order of a few.
//! `drawing` is how the card says what did not answer, `identity` who vouches for a customer, from a
//! platform's delivery to the mark. How an event is verified and a CRM is asked is tested in those
//! rooms.

#[cfg(test)]
mod agent;
#[cfg(test)]
mod alongside;
#[cfg(test)]
mod attention;
#[cfg(test)]
mod beside;
#[cfg(test)]
mod choice;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod drawing;
#[cfg(test)]
mod hands;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod laid_out;
#[cfg(test)]
mod matching;
#[cfg(test)]
mod missed;
#[cfg(test)]
mod model;
#[cfg(test)]
mod new_case;
#[cfg(test)]
mod once;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod order;
#[cfg(test)]
mod overlaps;
#[cfg(test)]
mod people;
#[cfg(test)]
mod saved_copy;
#[cfg(test)]
mod signed_out;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod telling;
#[cfg(test)]
mod time;
#[cfg(test)]
mod transfers;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod withdrawn;
#[cfg(test)]
mod world;
#[cfg(test)]
mod wrap_up;
#[cfg(test)]
mod writing;
