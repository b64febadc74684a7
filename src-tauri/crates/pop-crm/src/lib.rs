//! pop-crm
