### The tray and the system's notifications.

tray-show = Show panel
tray-quit = Quit
tray-compact = Compact bar
tray-pause = Pause pops for 15 min
tray-simulate = Simulate an interaction
tray-scene-one = One match
tray-scene-vip = VIP with an urgent case
tray-scene-several = Several matches
tray-scene-none = No match
tray-scene-slow = Slow CRM
tray-scene-expired = Sign-in expired
tray-scene-offline = CRM not reachable
tray-health = Health
tray-settings = Settings
notice-show = Show
notice-open = Open record

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] Call offered
        [video] Video call offered
        [chat] Chat offered
        [messaging] Message offered
        [sms] Text message offered
        [email] E-mail offered
        [social] Social message offered
        [callback] Callback offered
        [cobrowse] Co-browsing offered
       *[other] Interaction offered
    }
notice-accepted =
    { $channel ->
        [voice] Call accepted
        [video] Video call accepted
        [chat] Chat accepted
        [messaging] Message accepted
        [sms] Text message accepted
        [email] E-mail accepted
        [social] Social message accepted
        [callback] Callback accepted
        [cobrowse] Co-browsing accepted
       *[other] Interaction accepted
    }
