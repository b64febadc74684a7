### What is said of writes that wait: their room, and what would be lost by quitting or signing out.

banner-outbox_filling = What waits to be sent fills { $percent } % of its room. Ask your administrator before it is full.
banner-outbox_full = What waits to be sent fills its room: nothing new can be saved until some of it is sent. What was saved is safe.

banner-unsent =
    { $count ->
        [one] 1 write has not reached the CRM, and this computer would forget it. It was tried once more. Quit again to give it up.
       *[other] { $count } writes have not reached the CRM, and this computer would forget them. They were tried once more. Quit again to give them up.
    }
unsent-sign_out =
    { $count ->
        [one] 1 write has not reached { $crm } and would be lost. It was tried once more. Sign out again to give it up.
       *[other] { $count } writes have not reached { $crm } and would be lost. They were tried once more. Sign out again to give them up.
    }
