//! Draws what the core knows: every view is a pure function of the core's state.

mod card;
mod coming;
mod deliveries;
mod doctor;
mod facts;
mod gateway;
mod parts;
mod sections;
mod settings;
mod status;
mod window;
mod words;
mod writing;

use std::time::Duration;

fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn count_long(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
