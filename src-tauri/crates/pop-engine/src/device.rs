//! The name under which a gateway knows this device. It is no secret, and outlives a sign-in.

use std::fs;
use std::io;
use std::path::Path;

/// Its file in the profile's folder.
const DEVICE: &str = "device";

/// The name of this device: made once, and the same for every sign-in.
pub(crate) fn name(data: &Path) -> io::Result<String> {
    let path = data.join(DEVICE);
    match fs::read_to_string(&path) {
        Ok(known) if is_device(&known) => return Ok(known),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let name = format!("{:032x}", u128::from_ne_bytes(random));
    fs::create_dir_all(data)?;
    fs::write(&path, &name)?;
    Ok(name)
}

fn is_device(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    (1..=32).contains(&text.len()) && text.bytes().all(is_sign)
}
