//! The pages that the browser shows when it comes back: static, without anything from outside.

/// The answer was taken.
pub(crate) const TAKEN: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<title>Screenpop</title></head><body><h1>Back to Screenpop</h1>\
<p>Screenpop has the answer and goes on by itself. You can close this tab.</p></body></html>\n";

/// The answer was none that can be used.
pub(crate) const REFUSED: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<title>Screenpop</title></head><body><h1>Nobody was signed in</h1>\
<p>Screenpop says why. You can close this tab and try again there.</p></body></html>\n";
