//! Devices as Mosquitto's dynamic-security plugin keeps them.
//!
//! A device is a client whose id is bound to its name; the devices of an agent are a group, and the
//! group has one role, which names the agent's four topics literally. Only what is not as it should
//! be is changed, because the plugin throws out whoever a change concerns.

use serde_json::{Value, json};

use crate::broker::control::{Control, NoAnswer, Said};
use crate::message::{Topic, topic};

/// Why a device could not be entered or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The broker did not answer.
    NoAnswer(NoAnswer),
    /// The plugin refused; the word of what it said.
    Plugin(&'static str),
    /// The agent has as many devices as one may have.
    TooMany,
    /// Somebody has switched the device off at the broker.
    Disabled,
}

impl From<NoAnswer> for Refused {
    fn from(no_answer: NoAnswer) -> Self {
        Self::NoAnswer(no_answer)
    }
}

/// A device of an agent.
pub(crate) struct Device<'d> {
    pub(crate) tenant: &'d str,
    pub(crate) agent: &'d str,
    pub(crate) device: &'d str,
}

impl Device<'_> {
    /// Its user name and its client id.
    pub(crate) fn username(&self) -> String {
        format!("{}.{}.{}", self.tenant, self.agent, self.device)
    }

    /// The group and the role of its agent.
    fn group(&self) -> String {
        format!("{}.{}", self.tenant, self.agent)
    }

    fn acls(&self) -> Value {
        let topic = |which| topic(self.tenant, self.agent, which);
        let allowed = |kind: &str, which| json!({ "acltype": kind, "topic": topic(which), "priority": 0, "allow": true });
        json!([
            allowed("subscribeLiteral", Topic::Interactions),
            allowed("subscribeLiteral", Topic::Control),
            allowed("publishClientReceive", Topic::Interactions),
            allowed("publishClientReceive", Topic::Control),
            allowed("publishClientSend", Topic::Ack),
            allowed("publishClientSend", Topic::Presence),
        ])
    }
}

/// Enters a device with a new password; one that is there already gets it too.
pub(crate) async fn enter(
    control: &Control,
    device: &Device<'_>,
    password: &str,
    most: usize,
) -> Result<(), Refused> {
    let (group, username) = (device.group(), device.username());
    let found = control
        .ask(vec![
            json!({ "command": "getRole", "rolename": group }),
            json!({ "command": "getGroup", "groupname": group }),
            json!({ "command": "getClient", "username": username }),
        ])
        .await?;
    let role = found_in(&found, "getRole", "role")?;
    let devices = found_in(&found, "getGroup", "group")?;
    let client = found_in(&found, "getClient", "client")?;
    if client.is_some_and(|client| client["disabled"] == true) {
        return Err(Refused::Disabled);
    }
    let names = devices.map_or(&[][..], |group| list(group, "clients"));
    let is_member = names.iter().any(|member| member["username"] == *username);
    if !is_member && names.len() >= most {
        return Err(Refused::TooMany);
    }
    let acls = device.acls();
    let mut commands = Vec::new();
    match role {
        None => commands.push(json!({ "command": "createRole", "rolename": group, "acls": acls })),
        Some(role) if same_acls(list(role, "acls"), list(&acls, "")) => {}
        Some(_) => {
            commands.push(json!({ "command": "modifyRole", "rolename": group, "acls": acls }));
        }
    }
    let roles = json!([{ "rolename": group }]);
    match devices {
        None => {
            commands.push(json!({ "command": "createGroup", "groupname": group, "roles": roles }));
        }
        Some(devices)
            if list(devices, "roles")
                .iter()
                .any(|it| it["rolename"] == *group) => {}
        Some(_) => commands
            .push(json!({ "command": "addGroupRole", "groupname": group, "rolename": group })),
    }
    let command = if client.is_some() {
        "modifyClient"
    } else {
        "createClient"
    };
    commands.push(json!({
        "command": command,
        "username": username,
        "clientid": username,
        "password": password,
        "roles": [],
        "groups": [{ "groupname": group }],
    }));
    done(&control.ask(commands).await?)
}

/// Removes a device; one that is not there is removed already.
pub(crate) async fn remove(control: &Control, device: &Device<'_>) -> Result<(), Refused> {
    let command = json!({ "command": "deleteClient", "username": device.username() });
    match done(&control.ask(vec![command]).await?) {
        Err(Refused::Plugin("client_not_found")) | Ok(()) => Ok(()),
        Err(refused) => Err(refused),
    }
}

/// What a question found, or that there is no such thing.
fn found_in<'s>(said: &'s [Said], command: &str, key: &str) -> Result<Option<&'s Value>, Refused> {
    let said = said.iter().find(|it| it.command == command);
    let said = said.ok_or(Refused::Plugin("incomplete"))?;
    match &said.error {
        None => Ok(said.data.get(key)),
        Some(error) if error.ends_with("not found") => Ok(None),
        Some(error) => Err(Refused::Plugin(word(error))),
    }
}

/// Whether all was done; what was not, by the first word.
fn done(said: &[Said]) -> Result<(), Refused> {
    let error = said.iter().find_map(|it| it.error.as_deref());
    error.map_or(Ok(()), |error| Err(Refused::Plugin(word(error))))
}

/// The plugin's errors as words of a closed list: what the broker says is outside text.
fn word(error: &str) -> &'static str {
    match error {
        "Client already exists" => "client_exists",
        "Client not found" => "client_not_found",
        "Group already exists" => "group_exists",
        "Group not found" => "group_not_found",
        "Role already exists" => "role_exists",
        "Role not found" => "role_not_found",
        "Unknown command" => "unknown_command",
        "Internal error" => "internal",
        _ => "other",
    }
}

fn list<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    let list = if key.is_empty() {
        Some(of)
    } else {
        of.get(key)
    };
    list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a role allows exactly this, in whatever order.
fn same_acls(found: &[Value], wanted: &[Value]) -> bool {
    found.len() == wanted.len() && wanted.iter().all(|one| found.contains(one))
}
