### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = ما الذي حدث
flight-back = رجوع
flight-again = إعادة القراءة
flight-views = العرض
flight-why = لماذا
flight-way = التسلسل الزمني
flight-trace = التتبّع
flight-copy_trace = نسخ معرّف التتبّع
flight-none = لم يُسجَّل شيء عن هذا التفاعل.
flight-gone = لم تعد البطاقة على الشاشة. ما زال تسلسلها الزمني متاحًا.
flight-first = من الحدث إلى البطاقة
flight-later = بعد { $after }
flight-step = الخطوة
flight-bar = المدة
flight-at = بعد
flight-took = استغرق { $time }
flight-ms = { $n } م.ث
flight-s = { $n } ث
flight-legend = أين ذهب وقت الطلب
flight-part_dns = الاسم (DNS)
flight-part_connect = الاتصال
flight-part_wait = الانتظار
flight-part_body = الإجابة
flight-sign_for = يؤيّد
flight-sign_against = يعارض
flight-sign_careful = انتبه
flight-copy = نسخ
flight-copied = نُسخ التسلسل الزمني
flight-save = حفظ JSON
flight-saved = حُفظ باسم { $path }
flight-evidence = تصدير الأدلة

dry-title = تجربة حدث
dry-text = يعرض ما سيحدث. تُسأل الأنظمة، ولا يُفتح شيء ولا يُكتب ولا يدخل السجل.
dry-open = تجربة حدث
dry-body = الحدث
dry-example = الصق JSON الذي ترسله المنصة
dry-mapping = اقرأ كـ
dry-own = حدث Screenpop (CloudEvents أو بسيط)
dry-go = اعرض ما سيحدث
dry-read = قُرئ الحدث
dry-unread = هذا ليس حدثًا.
dry-no_card = بلا بطاقة.
dry-card = البطاقة: { $name }
dry-nobody = بطاقة بلا عميل
dry-would = سيُفتح

evidence-title = تصدير الأدلة
evidence-size = نحو { $n } ك.ب
evidence-text = ملف ZIP واحد لمسؤولك أو للمورّد. يمكنك قراءة كل سطر قبل إرساله.
evidence-parts = المحتويات
evidence-timeline = التسلسل الزمني
evidence-timeline_text = هذا التفاعل أو آخر 20 تفاعلًا خطوة بخطوة
evidence-requests = آخر الطلبات إلى الأنظمة
evidence-requests_text = الاستدعاء والمسار والحالة والمدة وأسماء الحقول. بلا قيم ولا رموز
evidence-versions = الإصدارات والإعدادات
evidence-versions_text = التطبيق والنظام والحزمة والاتصالات وما حددته المؤسسة
evidence-diagnosis = نتائج الفحوص
evidence-diagnosis_text = حالة كل اتصال مع السبب والحل حيث أُجري فحص
evidence-masked = تُستبعد بيانات العملاء
evidence-masked_text = لا تُسجَّل الأسماء والأرقام والملاحظات أبدًا، وما يتسرّب يُستبدل
evidence-clean = تم الفحص: لا شيء شخصي أو سري
evidence-removed =
    { $n ->
        [zero] لم يُستبدل شيء
        [one] استُبدلت نتيجة واحدة
        [two] استُبدلت نتيجتان
        [few] استُبدلت { $n } نتائج
        [many] استُبدلت { $n } نتيجة
       *[other] استُبدلت { $n } نتيجة
    }
evidence-looked =
    { $n ->
        [zero] لم يُبحث عن شيء
        [one] بُحث عن اسم أو رقم أو سر واحد بست صيغ
        [two] بُحث عن عنصرين بست صيغ لكل منهما
        [few] بُحث عن { $n } أسماء وأرقام وأسرار بست صيغ
        [many] بُحث عن { $n } اسمًا ورقمًا وسرًا بست صيغ
       *[other] بُحث عن { $n } اسم ورقم وسر بست صيغ
    }
evidence-preview = معاينة
evidence-files = الملفات
evidence-remark = أضف ملاحظة
evidence-optional = اختياري
evidence-remark_hint = ماذا رأيت، ومنذ متى؟
evidence-save = حفظ ZIP
evidence-saved = حُفظ باسم { $path }
evidence-copy = نسخ الملخص
evidence-copied = نُسخ الملخص

menu-timeline = عرض التسلسل الزمني
today-timeline = التسلسل الزمني لـ { $name }
