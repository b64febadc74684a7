#!/bin/sh
# Closes what the broker's accounts leave open at first, and makes the gateway's account.
#
#   accounts.sh TENANT ADMINISTRATOR-PASSWORD-FILE GATEWAY-PASSWORD-FILE [PORT]
#
# It asks the broker on this computer, and may be run again. Passwords are letters, digits, - and _
# (openssl rand -hex 32) and never stand on a command line, where every user could read them.
set -eu
umask 077

tenant=$1
administrator=$(cat "$2")
gateway=$(cat "$3")
port=${4:-1883}
for word in "$tenant" "$administrator" "$gateway"; do
  case $word in
    '' | *[!A-Za-z0-9_-]*) echo "only letters, digits, - and _ fit, and at least one" >&2; exit 2 ;;
  esac
done

# The client's programs read their password from here.
XDG_CONFIG_HOME=$(mktemp -d)
export XDG_CONFIG_HOME
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT
for program in mosquitto_pub mosquitto_rr; do
  printf -- '-h 127.0.0.1\n-p %s\n-u administrator\n-P %s\n-i administrator\n-V mqttv5\n-q 1\n' \
    "$port" "$administrator" >"$XDG_CONFIG_HOME/$program"
done

agents="sp/v1/$tenant/agents/+"
control='$CONTROL/dynamic-security/v1'

# The gateway connects more than once, so its account is bound to no client id; each device's is.
# What exists already is made anew, so that the rights are exactly these.
mosquitto_pub -s -t "$control" <<END
{"commands": [
  {"command": "deleteClient", "username": "screenpop-gateway"},
  {"command": "deleteRole", "rolename": "screenpop-gateway"},
  {"command": "setDefaultACLAccess", "acls": [
    {"acltype": "publishClientSend", "allow": false},
    {"acltype": "publishClientReceive", "allow": false},
    {"acltype": "subscribe", "allow": false},
    {"acltype": "unsubscribe", "allow": false}
  ]},
  {"command": "createRole", "rolename": "screenpop-gateway", "acls": [
    {"acltype": "publishClientSend", "topic": "$agents/interactions", "allow": true},
    {"acltype": "publishClientSend", "topic": "$agents/control", "allow": true},
    {"acltype": "subscribePattern", "topic": "$agents/ack", "allow": true},
    {"acltype": "subscribePattern", "topic": "$agents/presence", "allow": true},
    {"acltype": "unsubscribePattern", "topic": "$agents/#", "allow": true},
    {"acltype": "publishClientReceive", "topic": "$agents/ack", "allow": true},
    {"acltype": "publishClientReceive", "topic": "$agents/presence", "allow": true},
    {"acltype": "publishClientSend", "topic": "$control", "allow": true},
    {"acltype": "subscribeLiteral", "topic": "$control/response", "allow": true},
    {"acltype": "publishClientReceive", "topic": "$control/response", "allow": true}
  ]},
  {"command": "createClient", "username": "screenpop-gateway", "password": "$gateway",
   "roles": [{"rolename": "screenpop-gateway"}]}
]}
END

# mosquitto_rr 2.0.11 sends nothing of what it reads from a file, so the answer is asked for here.
answer=$(mosquitto_rr -W 10 -t "$control" -e "$control/response" -m '{"commands": [
  {"command": "getDefaultACLAccess"},
  {"command": "getRole", "rolename": "screenpop-gateway"},
  {"command": "getClient", "username": "screenpop-gateway"}
]}')
case $answer in
  # Only a default has no topic between these two.
  *'"error"'* | *'Receive","allow":true'* | *'"unsubscribe","allow":true'* | '')
    echo "the broker has not taken it: $answer" >&2
    exit 1
    ;;
esac
