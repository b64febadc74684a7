### Words of an interaction's card.

channel-voice = مكالمة
channel-video = مكالمة فيديو
channel-chat = محادثة
channel-messaging = رسالة
channel-sms = رسالة نصية
channel-email = بريد إلكتروني
channel-social = رسالة اجتماعية
channel-callback = معاودة اتصال
channel-cobrowse = تصفح مشترك
channel-other = تفاعل

offered-voice = مكالمة معروضة
offered-video = مكالمة فيديو معروضة
offered-chat = محادثة معروضة
offered-messaging = رسالة معروضة
offered-sms = رسالة نصية معروضة
offered-email = بريد إلكتروني معروض
offered-social = رسالة اجتماعية معروضة
offered-callback = معاودة اتصال معروضة
offered-cobrowse = تصفح مشترك معروض
offered-other = تفاعل معروض

phase-offered = معروض
phase-accepted = تم القبول
phase-held = قيد الانتظار
phase-withdrawn = تم السحب
phase-missed = لم يتم الرد
phase-wrap_up = إنهاء
phase-transferred = تم التحويل
phase-ended = انتهى
phase-looked_up = تم البحث

tab-withdrawn = تم السحب
tab-missed = لم يتم الرد
tab-transferred = تم التحويل
tab-ended = انتهى

outbound-voice = أنت تتصل
outbound-other = أنت تكتب

transfer-by = { $channel } · تم التحويل من { $who }
transfer-to = { $channel } · تم التحويل إلى { $who }
state-voicemail = { $channel } · تُركت رسالة صوتية

party-consulted = استشارة { $name }
party-consulted_unnamed = استشارة زميل
party-conference = مع { $name }
party-conference_unnamed = مكالمة جماعية
party-supervisor = { $name } يستمع
party-supervisor_unnamed = مشرف يستمع
also-on = جارٍ أيضًا: { $channel }، علامة التبويب { $n }

answer-voice = أجب من برنامج الهاتف
answer-other = أجب من برنامج المحادثة

record-opened = فُتح في المتصفح
record-shown = معروض في نظام CRM
record-not_opened = لم يُفتح السجل
record-not_yet = لم يُفتح السجل بعد
record-held_back = لم يُفتح تلقائيًا
record-nothing = لم يُفتح شيء
record-failed = تعذر فتح السجل

# when: a time of day or a date.
saved-copy = نسخة محفوظة، { $when }
saved-text = ما تراه قُرئ في { $when } وقد يكون تغيّر بعد ذلك. تُفتح السجلات وتُكتب الملاحظات حالما يجيب نظام CRM.

identity-verified = تم التحقق من الهوية
identity-attached = غير متحقق منها، أرسلها مركز الاتصال
identity-claimed = غير متحقق منها، كما كُتبت
identity-caller_number = غير متحقق منها، رقم المتصل فقط
identity-unknown = غير متحقق منها

short-verified = تم التحقق من الهوية
short-unverified = غير متحقق منه

advice-voice = تحقق من هوية المتصل قبل مشاركة تفاصيل الحساب.
advice-other = تحقق من هوية الكاتب قبل مشاركة تفاصيل الحساب.

mark-vip = VIP
mark-sandbox = تجريبي
mark-urgent = حالة عاجلة مفتوحة
mark-status_unknown = الوضع غير معروف

id-label = الرقم
id-copy = نسخ الرقم { $id } للعميل
id-copy_known = نسخ { $what }

hint-priority = الأولوية
hint-queue = قائمة الانتظار
hint-language = اللغة
hint-region = المنطقة
hint-record = السجل
hint-find = بحث

hints-label = التوجيه

quote-by = { $who }:
quote-open = «
quote-close = »

cases-title = الحالات المفتوحة
cases-none = لا حالات مفتوحة
cases-open = فتح الحالة
cases-all = عرض الكل ({ $n })
cases-fewer = عرض أقل
cases-more =
    { $n ->
        [zero] لا مزيد في { $source }
        [one] واحدة أخرى في { $source }
        [two] اثنتان أخريان في { $source }
        [few] { $n } أخرى في { $source }
        [many] { $n } أخرى في { $source }
       *[other] { $n } أخرى في { $source }
    }
cases-new =
    { $n ->
        [zero] لا جديد
        [one] حالة جديدة، عرض
        [two] حالتان جديدتان، عرض
        [few] { $n } حالات جديدة، عرض
        [many] { $n } حالة جديدة، عرض
       *[other] { $n } حالة جديدة، عرض
    }

case-age_today = اليوم
case-due = مستحقة { $when }
case-overdue = متأخرة منذ { $when }
case-left = بقي { $time }
case-status = الوضع { $status }

priority-urgent = عاجلة
priority-high = أولوية عالية
priority-normal = أولوية عادية
priority-low = أولوية منخفضة

activities-title = التفاعلات السابقة
activities-none = أول تواصل

# when: a time of day or a date.
part-as_of = بتاريخ { $when }
part-missing = { $source } · غير متاح
part-missing_text = تُحمَّل تلقائيًا بمجرد أن يجيب { $source } مجددًا.
part-missing_any = غير متاح
part-missing_any_text = تُحمَّل تلقائيًا بمجرد أن يجيب نظام CRM مجددًا.

facts-label = بيانات الاتصال

facts-disputed = غير متطابق في جميع الأنظمة

fact-name = الاسم
fact-tier = الفئة
fact-phone = الهاتف
fact-email = البريد
fact-company = الشركة
fact-open = فتح { $name }
fact-owner = مدير العلاقة
fact-extra = المزيد

beside-title = موجود أيضًا في
beside-open = فتح السجل في { $source }
beside-else = عُثر عليه في نظام آخر، وقد يكون شخصًا آخر

several-phone =
    { $n ->
        [zero] لا عميل لديه هذا الرقم
        [one] عميل واحد لديه هذا الرقم
        [two] عميلان لديهما هذا الرقم
        [few] { $n } عملاء لديهم هذا الرقم
        [many] { $n } عميلًا لديهم هذا الرقم
       *[other] { $n } عميل لديهم هذا الرقم
    }
several-other =
    { $n ->
        [zero] لا عميل محتمل
        [one] عميل محتمل واحد
        [two] عميلان محتملان
        [few] { $n } عملاء محتملين
        [many] { $n } عميلًا محتملًا
       *[other] { $n } عميل محتمل
    }
several-who_voice = من المتصل؟
several-who_other = من الكاتب؟
several-ask = اسأل قبل أن تختار
several-conflict = تشير البيانات إلى أشخاص مختلفين. اسأل قبل أن تختار.
several-more =
    { $n ->
        [zero] لم يُعثر على مزيد
        [one] عُثر على واحد آخر
        [two] عُثر على اثنين آخرين
        [few] عُثر على { $n } آخرين
        [many] عُثر على { $n } آخرين
       *[other] عُثر على { $n } آخرين
    }
several-search = البحث عن اسم آخر
several-calm = لا يُفتح شيء في نظام CRM حتى تختار.
several-use = استخدام { $name }
several-choose = اختيار

candidate-cases =
    { $n ->
        [zero] لا حالات مفتوحة
        [one] حالة مفتوحة واحدة
        [two] حالتان مفتوحتان
        [few] { $n } حالات مفتوحة
        [many] { $n } حالة مفتوحة
       *[other] { $n } حالة مفتوحة
    }
candidate-no_cases = لا حالات مفتوحة

reason-record_id = رقم العميل
reason-external_id = رقم خارجي
reason-email = البريد
reason-phone = الهاتف
reason-name = الاسم
reason-chosen_before = اختير من قبل
reason-against = لا يطابق: { $reason }

none-title_voice = متصل مجهول
none-title_other = عميل مجهول
none-phone = لا عميل لديه هذا الرقم
none-other = لم يُعثر على عميل
none-found = عُثر على { $n }
none-found_in = عُثر على { $n } · { $ms } م.ث
none-search = البحث بالاسم أو البريد أو الرقم
none-linked = يُربط العميل الذي تختاره بهذا التفاعل.
none-created_in = يُنشأ في { $where }
none-already = موجود بالفعل: { $name } { $id }.
none-use = استخدام هذا العميل
none-create = إنشاء وربط
none-without = بلا عميل
none-without_title = المتابعة بلا عميل

nothing-title = لا شيء للبحث عنه
nothing-text = لم يصل رقم عميل ولا بريد ولا هاتف.

failed-title = تعذر البحث عن العميل

action-open = فتح السجل
action-copy_link = نسخ الرابط
action-open_later = فتح السجل بمجرد العثور على العميل
action-other = عميل آخر
action-find = البحث عن العميل
action-close = إغلاق
action-more = مزيد من الإجراءات

menu-copy_id = نسخ رقم العميل
menu-copy_link = نسخ رابط السجل
menu-pin = تثبيت في البحث
menu-unpin = إلغاء التثبيت من البحث
menu-refresh = تحديث من أنظمة CRM
menu-other = اختيار عميل آخر
menu-why = لماذا ظهرت هذه البطاقة؟
menu-close = إغلاق هذا التفاعل

slow-title = { $source } بطيء: { $time } حتى الآن
slow-title_usual = { $source } بطيء: { $time } حتى الآن، والمعتاد { $usual }
slow-text = نتوقف عند 10 ثوانٍ. وفي الأثناء يُعرض ما تعرفه الأنظمة الأخرى.
slow-search = البحث في المتصفح

offline-saved = { $title }: نسخة محفوظة في { $when }
offline-changed = قد تكون القيم تغيّرت منذ ذلك الحين.
offline-waiting = { $n } بانتظار الإرسال
offline-again = المحاولة التالية بعد { $time }
offline-now = تجري المحاولة الآن

problem-retry = إعادة المحاولة الآن
problem-diagnose = شغّل التشخيص
problem-search_page = فتح البحث في نظام CRM
problem-sign_in = تسجيل الدخول مجددًا
problem-copy_for_admin = نسخ الطلب للمسؤول
problem-search = البحث مجددًا
problem-connect = ربط نظام CRM
problem-details = نسخ التفاصيل
problem-request = الطلب { $id }
