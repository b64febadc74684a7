//! What the house promises, stated: who may use whom, where things lie, which words stay out.
//!
//! Each check is a function from facts to violations, so that it can be shown a made-up violation
//! and must find it. The facts come from `cargo metadata` and from the files of the checkout.

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod graph;
#[cfg(test)]
mod house;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod words;

/// Fails with all violations at once: whoever mends one wants to see the others.
fn assert_none(violations: &[String], because: &str) {
    assert!(
        violations.is_empty(),
        "{because}:\n  {}",
        violations.join("\n  ")
    );
}
