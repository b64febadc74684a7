### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = لا يُحفظ شيء بعد هذه الجلسة: { $why }. ستسجّل الدخول من جديد عند كل تشغيل.
banner-keychain_locked = سلسلة المفاتيح مقفلة. تستمر البطاقات في الظهور؛ وينتظر تسجيل الدخول والسجلّ حتى تفتحها.
banner-secrets_refused = تعذّر فتح بيانات الدخول المحفوظة فوُضعت جانبًا. سجّل الدخول من جديد.
banner-loopback_http = يُتصل بـ { $crm } دون تشفير على هذا الجهاز.
banner-nothing_kept = لا يمكن حفظ السجلّ: { $why }. تستمر البطاقات في الظهور.
banner-sign_in_ends = تسجيل دخولك إلى { $name } ينتهي { $days ->
    [zero] اليوم
    [one] بعد يوم واحد
    [two] بعد يومين
    [few] بعد { $days } أيام
    [many] بعد { $days } يومًا
   *[other] بعد { $days } يوم
}. سجّل الدخول من جديد قبل ذلك حين يناسبك.
banner-sign_in_ends_today = تسجيل دخولك إلى { $name } ينتهي اليوم. سجّل الدخول من جديد حين يناسبك.
banner-gateway = البوابة

## Events that were refused or dropped, by code

refusal-too_many_connections = اتصلت برامج أكثر مما يُسمح به في وقت واحد.
refusal-head_malformed = لم يكن أحد الطلبات HTTP صحيحًا. تحقق من البرنامج المرسِل.
refusal-framing_ambiguous = لم يكن أحد الطلبات HTTP صحيحًا. تحقق من البرنامج المرسِل.
refusal-cut = لم يكن أحد الطلبات HTTP صحيحًا. تحقق من البرنامج المرسِل.
refusal-head_too_large = كانت ترويسة أحد الطلبات كبيرة جدًا. أرسل حقول ترويسة أقل.
refusal-head_too_slow = جاء أحد الطلبات ببطء شديد فأُنهي.
refusal-body_too_slow = جاء أحد الطلبات ببطء شديد فأُنهي.
refusal-foreign_host = كان أحد الطلبات موجّهًا إلى اسم مضيف آخر. ربما حاولت ذلك صفحة ويب.
refusal-foreign_page = حاولت صفحة ويب إرسال حدث. لا يُسمح للصفحات بذلك.
refusal-no_such_path = ذهب أحد الطلبات إلى مسار آخر. تُرسل الأحداث إلى ‎/v1/events.
refusal-wrong_method = لم يكن أحد الطلبات POST. تُرسل الأحداث بـ POST.
refusal-wrong_type = لم يكن نوع المحتوى من أنواع CloudEvents ولا JSON.
refusal-no_length = لم يكن لأحد الطلبات طول. أرسل Content-Length.
refusal-body_too_large = كان أحد الأحداث أكبر من 64 كيبيبايت.
refusal-signature_missing = لم يكن أحد الأحداث موقّعًا. وقّعه وفق Standard Webhooks.
refusal-signature_malformed = لم يكن توقيع أحد الأحداث على صورة Standard Webhooks.
refusal-signature_outside_window = اختلف وقت أحد الأحداث بأكثر من 5 دقائق. تحقق من الساعتين.
refusal-signature_wrong = لم يتطابق توقيع أحد الأحداث. تحقق من سرّ المرسِل.
refusal-too_fast = أرسل أحد المرسِلين أحداثًا أكثر مما يُسمح له.
refusal-E_EVENT = لم يكن حدث موقّع على الصورة المتوقعة. تحقق من ربط الحقول لدى المرسِل.
refusal-conflict = استُخدم معرّف مرة أخرى لحدث آخر.
refusal-not_ours = كان أحد الأحداث لموظف آخر.
refusal-foreign_agent = كان أحد الأحداث لموظف آخر.
refusal-by_rule = لا بطاقة لتفاعلٍ ما بموجب قاعدة من قواعد مؤسستك.
refusal-unavailable = تعذّر حفظ أحد الأحداث، فطُلب من المرسِل أن يحاول مرة أخرى.
refusal-late = كان العرض قد انتهى عندما وصل.
refusal-stale_event = جاء حدث بعد انتهاء التفاعل أو بغير ترتيبه.
refusal-stale_answer = أجاب أحد الأنظمة عن سؤال لم يعد مطروحًا.
refusal-stale_command = كانت نقرة موجّهة إلى بطاقة تغيّرت منذ ذلك الحين.
refusal-not_decided = كان سيُكتب شيء دون أن يتضح في سجلّ مَن.
refusal-rule_without_facts = في نهاية تفاعل لم تكتب قاعدة شيئًا، لأن ما تحتاج إليه غير معروف.
refusal-end_waits = انتهى تفاعل بلا بطاقة. تنتظر قواعده إلى أن يمكن البحث عن عميله: لم يُجب نظام إدارة العملاء.
refusal-end_unasked = انتهى تفاعل بلا بطاقة، ولم يمكن البحث عن عميله طوال يوم كامل. لم تكتب أي قاعدة شيئًا.
refusal-end_several = انتهى تفاعل بلا بطاقة، وقد يعود إلى عدة عملاء. لم تكتب أي قاعدة شيئًا.
refusal-end_nobody = انتهى تفاعل بلا بطاقة، ولا يعرف أي نظام لإدارة العملاء عميله. لم تكتب أي قاعدة شيئًا.
refusal-end_repeats = لم تذكر نهاية تفاعل أي تفاعل تخص، وقد تعود إلى تفاعل معروف. لم تكتب أي قاعدة شيئًا.
refusal-E_LINK = لم يكن رابط أو سطر أوامر على الصورة المتوقعة.
refusal-other = مرفوض.

wrong-required = املأ هذا الحقل
wrong-too_long = { $most } من الأحرف على الأكثر
wrong-several_lines = سطر واحد فقط
wrong-no_text = فيه رموز ليست نصًا
wrong-no_choice = لم يعد النظام يعرض هذا. اختر غيره
wrong-no_field = لم يعد نموذج النظام يحوي هذا الحقل
wrong-refused = لم يقبل النظام هذا
wrong-text = اكتب نصًا
wrong-choice = اختر واحدًا
wrong-email = اكتب عنوان بريد إلكتروني، مثل name@example.com
wrong-phone = اكتب رقم هاتف مع رمز البلد، مثل ‎+34 600 012 345
wrong-number = اكتب رقمًا
wrong-switch = اختر نعم أو لا
wrong-date = اكتب يومًا، مثل 2026-11-30

not-saved = تعذّر حفظ هذا
    .text = { $why }. لم يُرسل شيء؛ وما كتبته ما زال في النموذج.
