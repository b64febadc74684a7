//! pop-source
