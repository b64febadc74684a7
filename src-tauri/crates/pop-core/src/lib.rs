//! pop-core
