### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = الشريط المضغوط
bar-expand = توسيع
bar-show = عرض { $name }
bar-empty = جاهز
bar-more =
    { $n ->
        [zero] لا تفاعلات أخرى
        [one] تفاعل آخر
        [two] تفاعلان آخران
        [few] { $n } تفاعلات أخرى
        [many] { $n } تفاعلًا آخر
       *[other] { $n } تفاعل آخر
    }
bar-verified = تم التحقق
bar-cases =
    { $n ->
        [zero] لا حالات مفتوحة
        [one] حالة مفتوحة واحدة
        [two] حالتان مفتوحتان
        [few] { $n } حالات مفتوحة
        [many] { $n } حالة مفتوحة
       *[other] { $n } حالة مفتوحة
    }
bar-severe = عاجلة: { $subject }
bar-compact = الشريط المضغوط
bar-pin = الإبقاء في المقدمة

notice-show = إظهار
notice-open = فتح السجل
notice-cases =
    { $n ->
        [zero] لا حالات مفتوحة
        [one] حالة مفتوحة واحدة
        [two] حالتان مفتوحتان
        [few] { $n } حالات مفتوحة
        [many] { $n } حالة مفتوحة
       *[other] { $n } حالة مفتوحة
    }
notice-more =
    { $n ->
        [zero] لا أحد ينتظر
        [one] واحد آخر ينتظر
        [two] اثنان آخران ينتظران
        [few] { $n } آخرون ينتظرون
        [many] { $n } آخرون ينتظرون
       *[other] { $n } آخرون ينتظرون
    }
notice-hidden = لا تُعرض الأسماء هنا.

curtain-title = مخفي
curtain-key = أخفيت جميع بيانات العملاء. ما كتبته محفوظ.
curtain-idle = أُخفيت البيانات لأنه لم يُكتب شيء منذ مدة. ما كتبته محفوظ.
curtain-screen = البيانات مخفية ما دامت الشاشة مقفلة. ما كتبته محفوظ.
curtain-lift = إظهار مجددًا

ask-close = يستمر Screenpop في العمل
ask-close_tray = يبقى في علبة النظام ويعرض التفاعل التالي. تجد «إنهاء» في قائمة أيقونته هناك.
ask-close_bar = يبقى في شريط المهام ويعرض التفاعل التالي.
ask-close_yes = إغلاق النافذة
ask-quit =
    { $n ->
        [zero] لا عناصر تنتظر الإرسال
        [one] عنصر واحد لم يُرسل بعد
        [two] عنصران لم يُرسلا بعد
        [few] { $n } عناصر لم تُرسل بعد
        [many] { $n } عنصرًا لم يُرسل بعد
       *[other] { $n } عنصر لم يُرسل بعد
    }
ask-quit_text = يبقى ما لم يُرسل محفوظًا، ويُرسل عند التشغيل التالي.
ask-quit_lost = لا يحفظ هذا الحاسوب شيئًا بعد الإنهاء. يُحاوَل الإرسال الآن مرة أخرى، وما لا يصل يضيع.
ask-quit_yes = إنهاء رغم ذلك
ask-no = البقاء

pause-text = النوافذ المنبثقة موقوفة مؤقتًا حتى { $time }.
pause-end = استئناف الآن

masked-show = إظهار: { $what }
masked-hidden = مخفي: { $what }

hotkey-no_keys = لا يمكن استخدام { $keys } اختصارًا.
hotkey-no_modifier = يحتاج { $keys } إلى Ctrl أو Alt.
hotkey-twice = { $keys } معيّن مرتين.
hotkey-taken = يستخدم برنامج آخر { $keys }.
hotkey-unsupported = لا تتيح بيئة سطح المكتب هذه اختصارات للبرامج.

settings-sound = الصوت
settings-sound_text = فقط إذا لم تكن هذه النافذة ظاهرة
settings-sound_tap = نقرة خفيفة
settings-sound_off = بلا صوت
settings-shown_by = مصدر الإشعارات
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = النظام
settings-quiet = الوضع الهادئ
settings-quiet_text = لا صوت، ولا أسماء في الإشعارات.
settings-quiet_blind = لا تُبلغ بيئة سطح المكتب هذه بأنك تقدّم عرضًا: فعّله بنفسك.
settings-notice_blind = لا تعرض بيئة سطح المكتب هذه إلا إشعاراتها.
settings-dock = الإرساء
settings-dock_free = بلا إرساء
settings-dock_left = الحافة اليسرى
settings-dock_right = الحافة اليمنى
settings-place_blind = قد تتجاهل بيئة سطح المكتب هذه ذلك.
settings-start = التشغيل عند تسجيل دخولي إلى الحاسوب
settings-privacy = الخصوصية
settings-lock_after = دقائق دون إدخال قبل الإخفاء
settings-lock_after_text = 0 لا يُخفي أبدًا.
settings-lock_blind = لا تُبلغ بيئة سطح المكتب هذه منذ متى لم يُكتب شيء.
settings-no_capture = استثناء هذه النافذة من التقاط الشاشة
settings-no_capture_blind = لا يمكن لبيئة سطح المكتب هذه استثناء نافذة.
settings-mask = مخفي حتى يُشار إليه بالمؤشر
settings-mask_none = لا شيء
settings-mask_id = رقم العميل
settings-mask_quote = كلام العميل
settings-keys = اختصارات من أي نافذة
settings-keys_text = معطّل حتى يُحدَّد، مثل Ctrl+Alt+P
settings-key_show = إظهار Screenpop
settings-key_open = فتح السجل
settings-key_case = حالة جديدة
settings-key_copy = نسخ رقم العميل
settings-key_curtain = إخفاء بيانات العملاء
settings-change = طلب تغيير
settings-change_copied = نُسخ الطلب لمسؤولك
settings-change_line = { $name }: { $value }
settings-minutes =
    { $n ->
        [zero] لا دقائق
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }
