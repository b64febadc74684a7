//! The command line seen from outside: the program is run, and a true listener hears it.
//!
//! The scenes of the sandbox are read here as well, because this is the one room that knows both
//! the sandbox, which shares no code with the product, and what the product understands.

#[cfg(test)]
mod audit;
#[cfg(test)]
mod bundle;
#[cfg(test)]
mod connect;
#[cfg(test)]
mod crm;
#[cfg(test)]
mod erase;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod fleet;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod host;
#[cfg(test)]
mod import;
#[cfg(test)]
mod manual;
#[cfg(test)]
mod mapping;
#[cfg(test)]
mod publish;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod rehearse;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod scenes;
#[cfg(test)]
mod simulate;
#[cfg(test)]
mod support;
