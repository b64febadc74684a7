### The tray and the system's notifications.

tray-show = إظهار اللوحة
tray-quit = إنهاء

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] مكالمة معروضة
        [video] مكالمة فيديو معروضة
        [chat] محادثة معروضة
        [messaging] رسالة معروضة
        [sms] رسالة نصية معروضة
        [email] بريد إلكتروني معروض
        [social] رسالة اجتماعية معروضة
        [callback] معاودة اتصال معروضة
        [cobrowse] تصفح مشترك معروض
       *[other] تفاعل معروض
    }
notice-accepted =
    { $channel ->
        [voice] قُبلت مكالمة
        [video] قُبلت مكالمة فيديو
        [chat] قُبلت محادثة
        [messaging] قُبلت رسالة
        [sms] قُبلت رسالة نصية
        [email] قُبل بريد إلكتروني
        [social] قُبلت رسالة اجتماعية
        [callback] قُبلت معاودة اتصال
        [cobrowse] قُبل تصفح مشترك
       *[other] قُبل تفاعل
    }
