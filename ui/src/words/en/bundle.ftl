### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = Your organisation’s settings
bundle-none = None has been received yet.
bundle-version = Version { $version } for { $tenant }
bundle-for_all = For everybody
bundle-for_some = For { $percent } in a hundred people, you among them
bundle-since = In force since
bundle-from = Comes from
bundle-ends = Holds until
bundle-signed = Signed by the key
bundle-checked = Last looked for
bundle-probation = New: it is taken back by itself if it does worse than the one before.
bundle-note = What is new
bundle-soon =
    { $days ->
        [one] It has to be renewed within { $days } day. Tell your administrator.
       *[other] It has to be renewed within { $days } days. Tell your administrator.
    }
bundle-over =
    { $days ->
        [one] It has ended and goes on for { $days } more day. Tell your administrator.
       *[other] It has ended and goes on for { $days } more days. Tell your administrator.
    }
bundle-ended = It has ended. Records no longer open by themselves until your administrator renews it.
bundle-waits = Version { $version } is there for { $percent } in a hundred people at first; you get it later.
bundle-locked_why = To change one of these, ask your administrator and name version { $version }.
bundle-trouble_reach = The latest settings cannot be fetched at the moment.
bundle-trouble_signature = What was fetched is not signed by your organisation. It was not taken.
bundle-trouble_rollback = What was found is older than what was in force. It was not taken.
bundle-trouble_time = What was fetched does not hold today. It was not taken.
bundle-trouble_not_for_us = What was fetched is for another organisation or another version of Screenpop. It was not taken.
bundle-trouble_content = What was fetched has mistakes. It was not taken; Health says where they are.
bundle-trouble_worse = What was fetched does worse than what is in force. It was not taken.
bundle-trouble_back = Version { $version } did worse than the one before it and was taken back.
bundle-trouble_damaged = The settings kept on this computer are damaged. Nothing opens by itself until they are fetched again.
bundle-goes_on = Everything goes on as before.
bundle-off = Switched off

join-title = Settings of your organisation
join-text = Your administrator gives you an address and the fingerprint of a key. You see what they set before you take it.
join-from = Address
join-from_text = An https address, or the path of a file on a share.
join-key = Fingerprint of the key
join-key_text = 32 letters and digits. Take it from your administrator in person or by phone, not from the message with the address.
join-look = Look
join-found = { $tenant } would set up this computer
join-locked =
    { $n ->
        [one] { $n } setting can then be changed by the organisation alone.
       *[other] { $n } settings can then be changed by the organisation alone.
    }
join-crm = Connects
join-gateway = Interactions come from
join-report = This computer reports its health to
join-take = Trust and take
join-taken = The settings of { $tenant } are in force as soon as they are checked
join-open = Take the settings of your organisation
join-leave = Take them no more
join-leave_sure = They no longer hold then. What you have set yourself stays.

feature-search = searching for customers
feature-simulate = simulated interactions
feature-create_customer = creating customers
feature-update_customer = changing customers
feature-create_case = creating cases
feature-add_note = notes on cases
feature-set_status = the status of cases
