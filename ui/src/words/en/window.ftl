### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = Compact bar
bar-expand = Expand
bar-show = Show { $name }
bar-empty = Ready
bar-more =
    { $n ->
        [one] { $n } more
       *[other] { $n } more
    }
bar-verified = Verified
bar-cases =
    { $n ->
        [one] { $n } open case
       *[other] { $n } open cases
    }
bar-severe = Urgent: { $subject }
bar-compact = Compact bar
bar-pin = Keep on top

notice-show = Show
notice-open = Open record
notice-cases =
    { $n ->
        [one] { $n } open case
       *[other] { $n } open cases
    }
notice-more =
    { $n ->
        [one] { $n } more waits
       *[other] { $n } more wait
    }
notice-hidden = Names are not shown here.

curtain-title = Hidden
curtain-key = You hid all customer data. What you typed is kept.
curtain-idle = Hidden because nothing was typed for a while. What you typed is kept.
curtain-screen = Hidden while the screen is locked. What you typed is kept.
curtain-lift = Show again

ask-close = Screenpop goes on
ask-close_tray = It stays in the tray and shows the next interaction. Quit is in the tray’s menu.
ask-close_bar = It stays in the taskbar and shows the next interaction.
ask-close_yes = Close the window
ask-quit =
    { $n ->
        [one] { $n } item was not sent yet
       *[other] { $n } items were not sent yet
    }
ask-quit_text = They are kept, and sent at the next start.
ask-quit_lost = This computer keeps nothing after the app ends. They are tried once more now; what does not arrive is lost.
ask-quit_yes = Quit all the same
ask-no = Stay

pause-text = Pops are paused until { $time }.
pause-end = Go on now

masked-show = Show { $what }
masked-hidden = { $what } is hidden

hotkey-no_keys = { $keys } is no key that can be used.
hotkey-no_modifier = { $keys } needs Ctrl or Alt.
hotkey-twice = { $keys } is set twice.
hotkey-taken = Another program uses { $keys }.
hotkey-unsupported = This desktop gives no keys to programs.

settings-sound = Sound
settings-sound_text = Only if this window is hidden
settings-sound_tap = Soft tap
settings-sound_off = None
settings-shown_by = Notices come from
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = The system
settings-quiet = Quiet
settings-quiet_text = No sound, and no names in notices.
settings-quiet_blind = This desktop does not tell when you present: switch it on yourself.
settings-notice_blind = This desktop shows its own notices only.
settings-dock = Dock to
settings-dock_free = Nowhere
settings-dock_left = Left edge
settings-dock_right = Right edge
settings-place_blind = This desktop may ignore it.
settings-start = Start when I sign in
settings-privacy = Privacy
settings-lock_after = Hide after minutes without input
settings-lock_after_text = 0 never hides.
settings-lock_blind = This desktop does not tell how long nothing was typed.
settings-no_capture = Leave this window out of screen captures
settings-no_capture_blind = This desktop cannot leave a window out.
settings-mask = Masked until pointed at
settings-mask_none = Nothing
settings-mask_id = Customer ID
settings-mask_quote = The customer’s words
settings-keys = Keys from every window
settings-keys_text = Off until set, such as Ctrl+Alt+P
settings-key_show = Show Screenpop
settings-key_open = Open the record
settings-key_case = New case
settings-key_copy = Copy customer ID
settings-key_curtain = Hide customer data
settings-change = Ask for a change
settings-change_copied = Copied the request for your administrator
settings-change_line = { $name }: { $value }
settings-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
