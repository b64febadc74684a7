//! pop-sandbox
