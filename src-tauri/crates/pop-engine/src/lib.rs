//! pop-engine
