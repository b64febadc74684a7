### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = فقدت النافذة التطبيق
app-lost_text = لا يظهر هنا جديد. أغلق النافذة وشغّل Screenpop مجددًا.

strip-label = التفاعلات الجارية
strip-empty = لا تفاعلات جارية
strip-more = +{ $n }
strip-more_label =
    { $n ->
        [zero] لا تفاعلات أخرى
        [one] تفاعل آخر
        [two] تفاعلان آخران
        [few] { $n } تفاعلات أخرى
        [many] { $n } تفاعلًا آخر
       *[other] { $n } تفاعل آخر
    }

tab-name = { $name }، { $channel }، { $phase }

nav-label = العروض
nav-search = بحث
nav-today = اليوم
nav-health = الحالة الفنية
nav-settings = الإعدادات
nav-back = العودة إلى العميل

status-label = الاتصالات
status-connected = { $n } متصل
status-sign_in = { $name }: سجّل الدخول مجددًا
status-problem = { $name }: مشكلة
status-unreachable = أنظمة CRM غير متاحة
status-since = منذ { $when }
status-slow = { $name } بطيء
status-events = مباشر
status-events_failed = لا تصل الأحداث
status-none = لا نظام CRM متصل

banner-unlock = فتح القفل

toast-label = ما حدث
toast-arrived = { $what }: { $name }
toast-view = عرض
toast-close = إغلاق هذا الإشعار
toast-more =
    { $n ->
        [zero] لا أحد ينتظر
        [one] واحد آخر ينتظر
        [two] اثنان آخران ينتظران
        [few] { $n } آخرون ينتظرون
        [many] { $n } آخرون ينتظرون
       *[other] { $n } آخرون ينتظرون
    }

copy-done = نُسخ { $what }
copy-link = تم نسخ الرابط
pin-done = ثُبّت في البحث
pin-undone = لم يعد مثبّتًا
copy-failed = الحافظة غير متاحة. حدد النص وانسخه يدويًا.
copy-what = نسخ: { $what }
copy-details = نُسخت التفاصيل
copy-request = نُسخ الطلب لمسؤولك

key-ctrl = Ctrl
key-shift = Shift
key-enter = Enter
key-esc = Esc

title-key = { $what } ({ $key })

say-arrived = { $what }. { $who }، { $identity }.
say-vip = VIP.
say-reason = { $reason }.
say-found = { $name }.
say-found_tier = { $name }، { $tier }.
say-cases =
    { $n ->
        [zero] لا حالات مفتوحة.
        [one] حالة مفتوحة واحدة.
        [two] حالتان مفتوحتان.
        [few] { $n } حالات مفتوحة.
        [many] { $n } حالة مفتوحة.
       *[other] { $n } حالة مفتوحة.
    }
say-several =
    { $n ->
        [zero] لا عميل محتمل.
        [one] عميل محتمل واحد. اختره.
        [two] عميلان محتملان. اختر أحدهما. الأول هو { $name }.
        [few] { $n } عملاء محتملين. اختر أحدهم. الأول هو { $name }.
        [many] { $n } عميلًا محتملًا. اختر أحدهم. الأول هو { $name }.
       *[other] { $n } عميل محتمل. اختر أحدهم. الأول هو { $name }.
    }
# time: a time of day or a date.
say-saved = نسخة محفوظة من { $time }، لم تُؤكَّد بعد.
say-none = لم يُعثر على عميل. ابحث، أو تابع من دونه.
say-nothing = لا شيء للبحث عنه.
say-withdrawn = { $name }: تم السحب.
say-missed = { $name }: لم يتم الرد. حُفظ لمعاودة الاتصال.
say-transferred_by = تم التحويل من { $who }.
say-transferred = { $name }: تم التحويل.
say-ended = { $name }: انتهى.
say-problem = { $title }.
say-urgent = حالة عاجلة مفتوحة: { $subject }.
say-urgent_due = حالة عاجلة مفتوحة: { $subject }، بقي { $time }.

hidden-char = حرف مخفي { $code }

unit-ms = { $n } م.ث
unit-s = { $n } ث
unit-seconds = ث
