### The tray and the system's notifications.

tray-show = إظهار اللوحة
tray-quit = إنهاء
tray-compact = الشريط المضغوط
tray-pause = إيقاف النوافذ المنبثقة مؤقتًا 15 دقيقة
tray-simulate = محاكاة تفاعل
tray-scene-one = تطابق واحد
tray-scene-vip = VIP مع حالة عاجلة
tray-scene-several = تطابقات عدة
tray-scene-none = لا تطابق
tray-scene-slow = نظام CRM بطيء
tray-scene-expired = انتهت صلاحية الدخول
tray-scene-offline = تعذر الوصول إلى نظام CRM
tray-health = الحالة الفنية
tray-settings = الإعدادات
notice-show = إظهار
notice-open = فتح السجل

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
