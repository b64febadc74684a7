//! Devices as Mosquitto's dynamic-security plugin keeps them.
//!
//! A device is a client whose id is bound to its name; the devices of an agent are a group, and the
//! group has one role, which names the agent's four topics literally. Only what is not as it should
//! be is changed, because the plugin throws out whoever a change concerns.

use serde_json::{Value, json};

use crate::broker::control::{Control, NoAnswer, Said};
use crate::directory::is_opaque;
use crate::message::{Topic, topic};

/// Groups that are asked for at once, so that an answer fits into a packet.
const PAGE: usize = 500;

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

/// The agents of a tenant who seem to have devices: groups that are named as ours are.
pub(crate) async fn agents(control: &Control, tenant: &str) -> Result<Vec<String>, Refused> {
    let prefix = format!("{tenant}.");
    let mut agents = Vec::new();
    for page in 0.. {
        let asked = json!({
            "command": "listGroups", "verbose": false, "count": PAGE, "offset": page * PAGE,
        });
        let said = control.ask(vec![asked]).await?;
        done(&said)?;
        let groups = said
            .first()
            .map_or(&[][..], |said| list(&said.data, "groups"));
        let names = groups.iter().filter_map(Value::as_str);
        let ours = names.filter_map(|name| name.strip_prefix(&prefix));
        agents.extend(ours.filter(|agent| is_opaque(agent)).map(str::to_owned));
        if groups.len() < PAGE {
            break;
        }
    }
    Ok(agents)
}

/// Removes an agent's devices with their group and role, and says how many there were. `None`:
/// what is there is not as we make it, so that it is somebody else's and stays.
pub(crate) async fn forget(
    control: &Control,
    tenant: &str,
    agent: &str,
) -> Result<Option<usize>, Refused> {
    let any = Device {
        tenant,
        agent,
        device: "",
    };
    let name = any.group();
    let found = control
        .ask(vec![
            json!({ "command": "getRole", "rolename": name }),
            json!({ "command": "getGroup", "groupname": name }),
        ])
        .await?;
    let role = found_in(&found, "getRole", "role")?;
    let group = found_in(&found, "getGroup", "group")?;
    let acls = any.acls();
    let is_ours = role.is_some_and(|role| same_acls(list(role, "acls"), list(&acls, "")));
    if !is_ours {
        return Ok(None);
    }
    let members = group.map_or(&[][..], |group| list(group, "clients"));
    let names = members
        .iter()
        .filter_map(|member| member["username"].as_str());
    let devices: Vec<_> = names
        .filter(|username| username.starts_with(&any.username()))
        .collect();
    let mut commands: Vec<_> = devices
        .iter()
        .map(|username| json!({ "command": "deleteClient", "username": username }))
        .collect();
    commands.push(json!({ "command": "deleteGroup", "groupname": name }));
    commands.push(json!({ "command": "deleteRole", "rolename": name }));
    done(&control.ask(commands).await?)?;
    Ok(Some(devices.len()))
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
