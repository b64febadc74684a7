//! Running a compiled definition: writing requests, sending them, reading answers.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod batch;
pub(crate) mod budget;
pub(crate) mod cache;
pub(crate) mod check;
pub(crate) mod connection;
pub(crate) mod context;
pub(crate) mod error;
pub(crate) mod example;
pub(crate) mod exchange;
pub(crate) mod find;
pub(crate) mod learn;
pub(crate) mod link;
pub(crate) mod lists;
pub(crate) mod merge;
pub(crate) mod names;
pub(crate) mod quota;
pub(crate) mod recent;
pub(crate) mod record;
pub(crate) mod script;
pub(crate) mod send;
pub(crate) mod shown;
pub(crate) mod values;
pub(crate) mod write;
