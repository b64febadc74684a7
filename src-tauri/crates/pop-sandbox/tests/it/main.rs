//! The sandbox seen from outside: everything is asked over HTTP, as a client would.

#[cfg(test)]
mod description;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod life;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod support;
#[cfg(test)]
mod writing;
