//! Real windows on a private desktop: run by `cargo xtask test --only e2e`.

#[cfg(test)]
mod app;
#[cfg(test)]
mod attack;
#[cfg(test)]
mod attention;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod canaries;
#[cfg(test)]
mod desktop;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod pops;
#[cfg(test)]
mod system;
