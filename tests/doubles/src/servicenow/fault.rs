//! A refusal in the words of the REST APIs.

use serde_json::json;

use crate::call::Answer;

pub(super) fn refused(status: u16, message: &str, detail: Option<&str>) -> Answer {
    let error = json!({ "message": message, "detail": detail });
    Answer::json(status, &json!({ "error": error, "status": "failure" }))
}

pub(super) fn not_found() -> Answer {
    let detail = "Record doesn't exist or ACL restricts the record retrieval";
    refused(404, "No Record found", Some(detail))
}

pub(super) fn not_signed_in() -> Answer {
    let detail = "Required to provide Auth information";
    refused(401, "User Not Authenticated", Some(detail))
        .with("www-authenticate", "BASIC realm=\"Service-now\"")
}
