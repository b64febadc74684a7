//! The gateway through its front doors: real HTTP, a real queue on disk, a real Mosquitto, and the
//! program itself where it is killed. At the end of the way is the desktop's real engine.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod broker;
mod computer;
mod enrolment;
mod faults;
mod isolation;
mod killed;
mod kit;
mod leavers;
mod mosquitto;
mod reload;
mod reordered;
mod route;
mod settings;
mod tls;
mod way;
mod webhooks;
mod whole;
mod whole_faults;
