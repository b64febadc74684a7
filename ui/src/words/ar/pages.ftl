### Words of the pages: idle, today, search, health, settings, first run.

idle-title = جاهز
idle-text = يظهر العميل التالي هنا.
idle-deaf = لا تصل تفاعلات بعد
idle-deaf_text = يرسل برنامج المحادثة أو الهاتف أحداثًا موقّعة إلى هذا الحاسوب.
idle-no_crm = لا نظام CRM متصل
idle-connect = ربط نظام CRM
idle-listen = بدء الاستماع
idle-listening = يستمع
idle-not_listening = لا يستمع
idle-last = آخر حدث { $when }
idle-handled = عولجت اليوم
idle-to_log = بانتظار التسجيل
idle-typical = الزمن المعتاد
idle-see_all = عرض الكل
idle-find = البحث عن عميل

simulate-title = محاكاة تفاعل
simulate-note = عملاء وهميون

scene-one = تطابق واحد
scene-vip = VIP مع حالة عاجلة
scene-several = تطابقات عدة
scene-none = لا تطابق
scene-slow = نظام CRM بطيء
scene-expired = انتهت صلاحية الدخول
scene-offline = تعذر الوصول إلى نظام CRM

today-title = اليوم
today-sub =
    { $n ->
        [zero] { $date } · لا تفاعلات
        [one] { $date } · تفاعل واحد
        [two] { $date } · تفاعلان
        [few] { $date } · { $n } تفاعلات
        [many] { $date } · { $n } تفاعلًا
       *[other] { $date } · { $n } تفاعل
    }
today-none = لا شيء اليوم بعد
today-none_text = يُسرد هنا كل تفاعل في اليوم.
today-all = الكل { $n }
today-filter = التصفية حسب القناة
today-earlier = عرض الأيام السابقة
today-outcome = تصفية حسب النتيجة
today-none_such = لا شيء من هذا النوع
today-filter_channel = { $channel }: { $n }
today-call_back = لمعاودة الاتصال { $n }
today-not_logged = غير مسجّل { $n }
today-unlogged =
    { $n ->
        [zero] كل التفاعلات مسجّلة
        [one] تفاعل واحد لم يُسجَّل بعد
        [two] تفاعلان لم يُسجَّلا بعد
        [few] { $n } تفاعلات لم تُسجَّل بعد
        [many] { $n } تفاعلًا لم يُسجَّل بعد
       *[other] { $n } تفاعل لم يُسجَّل بعد
    }
today-log = تسجيل { $name }
today-none_open = لا أحد ينتظر معاودة الاتصال
today-none_open_text = تُسرد هنا المكالمات التي لم يتم الرد عليها والرسائل الصوتية حتى تعاود الاتصال.
today-show = عرض { $name } مجددًا

history-offered = جارٍ
history-accepted = جارٍ
history-ended = انتهى
history-held = جارٍ
history-withdrawn = تم السحب
history-missed = لم يتم الرد
history-wrap_up = إنهاء
history-transferred = تم التحويل
history-looked_up = تم البحث

follow_up-missed = لم يتم الرد
follow_up-voicemail = رسالة صوتية
follow_up-done = { $name }: تمت معاودة الاتصال

search-title = بحث
search-label = البحث عن العملاء
search-placeholder = الاسم أو البريد أو الهاتف أو رقم العميل
search-clear = مسح
search-results = النتائج
search-none = لا عميل يطابق «{ $words }»
search-none_text = تحقق من الإملاء، أو جرّب بريدًا أو رقمًا.
search-for = من أجل { $name }
search-pinned = المثبّتون
search-recent = الأخيرون
search-all = كل أنظمة CRM
search-show = عرض
search-link = ربط بالتفاعل
search-back = رجوع
search-found =
    { $n ->
        [zero] لم يُعثر على عميل
        [one] عُثر على عميل واحد
        [two] عُثر على عميلين
        [few] عُثر على { $n } عملاء
        [many] عُثر على { $n } عميلًا
       *[other] عُثر على { $n } عميل
    }
search-found_all =
    { $n ->
        [zero] لا نتائج
        [one] نتيجة واحدة
        [two] نتيجتان
        [few] { $n } نتائج
        [many] { $n } نتيجة
       *[other] { $n } نتيجة
    }
search-customers = العملاء

health-title = الحالة الفنية
health-check_all = فحص الكل
health-checking = جارٍ الفحص
health-crm = CRM
health-no_crm = لا نظام CRM متصل بعد.
health-signed_in = { $who } · مسجّل الدخول
health-not_checked = لم يُفحص بعد
health-answers = يجيب
health-is_slow = بطيء
health-sign_in = سجّل الدخول مجددًا
health-problem = لا يجيب
health-checked = تم التحقق { $when }
health-sign_in_ends = ينتهي تسجيل الدخول: { $when }
health-allowance = { $label }: بقي { $left } من { $limit } عند { $time }
health-allowance_open = { $label }: بقي { $left } عند { $time }
health-waits = لا يسمح { $name } بمزيد من الطلبات حتى { $time }
health-interactions = التفاعلات
health-listener = المستمع على هذا الحاسوب
health-listener_on = { $address } · آخر حدث { $when }
health-listener_quiet = { $address } · لا أحداث بعد
health-listener_off = متوقف
health-listener_failed = تعذر تشغيله
health-heard =
    { $n ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $n } أحداث
        [many] { $n } حدثًا
       *[other] { $n } حدث
    }
gateway-title = البوابة
gateway-off = لم تُضبط أي بوابة
gateway-signing_in = سجّل الدخول في المتصفح، وسيستمر الباقي تلقائيًا
gateway-connecting = جارٍ الاتصال بـ { $place }
gateway-quiet = { $place } · متصلة منذ { $time } · لا أحداث بعد
gateway-heard = { $place } · متصلة منذ { $time } · آخر حدث { $when }
gateway-broken = { $place } · لا يصل شيء منذ { $time }
gateway-sign_in = تسجيل الدخول
gateway-sign_out = تسجيل الخروج
gateway-sign_out_sure = أتريد تسجيل الخروج من البوابة؟ لن تصل إلى هذا الجهاز منها أي تفاعلات حتى يسجّل أحد الدخول من جديد.
gateway-leave = تسجيل الخروج الآن
gateway-stay = البقاء مسجّل الدخول
gateway-try = المحاولة الآن
gateway-follows = جهاز آخر لك هو القائد: تُفتح السجلات تلقائيًا هناك لا هنا.

way-title = الطريق إلى البوابة
way-open = الوكيل والوسيط
way-proxy_enter = إدخال كلمة مرور الوكيل
way-password_enter = إدخال كلمة المرور
way-back = العودة إلى الإعدادات
way-proxy = الوكيل
way-proxy_text = يمر عبره الاتصال الذي يجلب التفاعلات.
way-proxy_which = أي وكيل
way-proxy_system = وكيل النظام
way-proxy_none = بدون
way-proxy_own = هذا
way-address = العنوان
way-broker = وسيط بلا بوابة
way-broker_text = فقط حيث تشغّل مؤسستك وسيطًا ولا توجد بوابة تسجّل دخولك.
way-addresses = العناوين
way-addresses_text = واحد في كل سطر، تُجرَّب بالترتيب، مثل wss://broker.example.com/mqtt
way-client_id = معرّف العميل
way-interactions = موضوع التفاعلات
way-control = موضوع طلبات البوابة
way-ack = موضوع مآل الأحداث
way-presence = موضوع الحضور
way-locked = حدّدت مؤسستك هذا؛ كلمة المرور وحدها تُدخلها أنت.
way-save = حفظ
way-remove = إزالة
way-saved = حُفظ. يسلك Screenpop هذا الطريق الآن.

health-refused = أحداث مرفوضة
health-refused_none = لم يُرفض أي حدث منذ البدء.
health-times =
    { $n ->
        [zero] ولا مرة
        [one] مرة واحدة
        [two] مرتان
        [few] { $n } مرات
        [many] { $n } مرة
       *[other] { $n } مرة
    }
health-files = ملفات فيها خطأ
health-files_text = تبقى آخر نسخة سليمة سارية حتى يُصحَّح الملف.
health-line = السطر { $n }
health-key = المفتاح
health-found = الموجود
health-expected = المتوقع
health-notices = إشعارات
health-version = Screenpop { $version }
health-test = فحص { $name }

settings-title = الإعدادات
settings-locked = حددته مؤسستك
settings-locked_row = حددته مؤسستك، ولا يمكن تغييره هنا
settings-arrival = عند وصول تفاعل
settings-window = النافذة
settings-listening = التفاعلات
settings-crms = أنظمة CRM
settings-open = فتح سجل CRM
settings-open_offer = عند عرضه
settings-open_accept = عندما أقبل
settings-open_never = عندما أطلب فقط
settings-open_cost = ينقل الفتح لوحة المفاتيح إلى المتصفح.
settings-notify = عرض إشعار على الشاشة
settings-notify_name = ذكر اسم العميل في الإشعار
settings-announce = الإعلان لقارئات الشاشة
settings-on_top = الإبقاء في المقدمة
settings-theme = المظهر
settings-theme_system = مثل النظام
settings-theme_light = فاتح
settings-theme_dark = داكن
settings-language = اللغة
settings-language_system = مثل النظام
settings-density = الكثافة
settings-density_comfortable = مريحة
settings-density_compact = مضغوطة
settings-listener = الاستماع على هذا الحاسوب
settings-listener_text = أحداث موقّعة عبر HTTP، من هذا الحاسوب فقط.
settings-port = المنفذ
settings-port_any = أي منفذ حر
settings-port_text = 0 يأخذ أي منفذ حر.
settings-region = منطقة الأرقام التي بلا رمز بلد
settings-region_text = حرفان، مثل ES.
settings-gateway = البوابة
settings-gateway_text = عنوانها، https://… وهي تجلب تفاعلات المنصة.
settings-agent = معرّفي في مركز الاتصال
settings-on = مفعّل
settings-off = معطّل
settings-unset = غير محدد
settings-forget = قطع الاتصال
settings-forget_sure = قطع الاتصال بـ { $name }؟ يُحذف تسجيل دخوله من هذا الحاسوب.
settings-forget_label = قطع الاتصال بـ { $name }
settings-keep = إبقاء
settings-managed = مُدار
settings-add = ربط نظام CRM
settings-empty = لا نظام CRM متصل بعد.

connect-title = ربط نظام CRM
connect-again = تسجيل الدخول مجددًا إلى { $name }
connect-which = نظام CRM
connect-label = الاسم
connect-label_text = كيف يُسمى في هذه النافذة.
connect-method = تسجيل الدخول بـ
connect-user = اسم المستخدم
connect-secret = رمز أو مفتاح
connect-password = كلمة المرور
connect-secret_text = يُحفظ في سلسلة مفاتيح هذا الحاسوب ولا يُعرض مجددًا.
connect-secret_kept = اتركه فارغًا للإبقاء على المحفوظ.
connect-browser_text = يُفتح متصفحك لتسجيل الدخول. لا تُكتب أي كلمة مرور في هذه النافذة.
connect-waiting = بانتظار المتصفح
connect-waiting_text = سجّل الدخول هناك؛ تتابع هذه النافذة تلقائيًا. تنتظر دقيقتين.
connect-more =
    { $n ->
        [zero] لا إعدادات أخرى
        [one] إعداد آخر
        [two] إعدادان آخران
        [few] { $n } إعدادات أخرى
        [many] { $n } إعدادًا آخر
       *[other] { $n } إعداد آخر
    }
connect-optional = اختياري
connect-example = مثلًا { $example }
connect-go = ربط
connect-going = جارٍ الربط
connect-cancel = إلغاء
connect-needed = هذه المعلومة لازمة.
connect-done = تم الاتصال بـ { $name }
connect-done_as = تم الاتصال بـ { $name } باسم { $who }
connect-failed = غير متصل
connect-none = لا يمكن ربط أي نظام CRM. ملف تعريف مفقود أو فيه خطأ؛ انظر الحالة الفنية.

first-title = اعرف من هو قبل التحية
first-text = يبقى Screenpop بجانب برنامج المحادثة أو الهاتف ويعرض العميل عند عرض تفاعل.
first-picture = يقف Screenpop بجانب برنامج المحادثة، ويبحث عن العميل في نظام CRM، ويفتح السجل في متصفحك
first-try = جرّبه الآن دون ربط
first-try_text = نظام CRM تجريبي بعملاء وهميين. لا شيء يغادر هذا الحاسوب.
first-sandbox_start = بدء التجربة
first-no_sandbox = أوقف مسؤولك النظام التجريبي.
first-crm = اربط نظام CRM لديك
first-crm_text = سجّل الدخول بالمتصفح أو برمز.
first-source = اربط تفاعلاتك
first-source_text = يرسل برنامج المحادثة أو الهاتف أحداثًا موقّعة إلى هذا الحاسوب.
first-source_on = يستمع على { $address }
first-no_listener = أوقف مسؤولك الاستماع.
first-source_switch = بدء الاستماع
first-settings = الإعدادات

audit-title = سجل التدقيق
audit-text = ما جرى على هذا الحاسوب: ما قُرئ وفُتح وكُتب
audit-where = يُكتب في مجلد التنزيلات ويذكر سجلات العملاء. سلّمه إلى فريق الأمن وحده.
audit-write = تصدير
audit-whole =
    { $n ->
        [zero] لا أسطر بعد
        [one] سطر واحد، لم يتغير ولا ينقصه شيء
        [two] سطران، لم يتغيرا ولا ينقصهما شيء
        [few] { $n } أسطر، لم يتغير منها شيء ولا ينقصها شيء
        [many] { $n } سطرًا، لم يتغير منها شيء ولا ينقصها شيء
       *[other] { $n } سطر، لم يتغير منها شيء ولا ينقصها شيء
    }
audit-broken =
    { $n ->
        [zero] لا أسطر، وكان ينبغي أن توجد. أبلغ المسؤول.
        [one] سطر واحد؛ تغير شيء أو ينقص. أبلغ المسؤول.
        [two] سطران؛ تغير شيء أو ينقص. أبلغ المسؤول.
        [few] { $n } أسطر؛ تغير شيء أو ينقص. أبلغ المسؤول.
        [many] { $n } سطرًا؛ تغير شيء أو ينقص. أبلغ المسؤول.
       *[other] { $n } سطر؛ تغير شيء أو ينقص. أبلغ المسؤول.
    }
