//! The command line seen from outside: the program is run, and a true listener hears it.

#[cfg(test)]
mod refusals;
#[cfg(test)]
mod simulate;
#[cfg(test)]
mod support;
