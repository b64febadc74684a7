//! Real windows on a private desktop: run by `cargo xtask test --only e2e`.

#[cfg(test)]
mod desktop;
