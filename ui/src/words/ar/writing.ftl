### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = حالة جديدة
kind-log_interaction = تسجيل
kind-add_note = ملاحظة
kind-set_status = الوضع
kind-set_priority = الأولوية
kind-create_customer = عميل جديد
kind-update_customer = عميل

form-new_case = حالة جديدة
form-new_customer = عميل جديد
form-update_customer = تعديل العميل
form-note = ملاحظة
form-wrap_up = إنهاء
form-back = العودة إلى العميل
form-draft = حُفظت المسودة
form-required = مطلوب
form-loading = جارٍ قراءة النموذج
form-failed = تعذرت قراءة النموذج
form-again = إعادة المحاولة
form-none = لم يُختر شيء
form-cancel = إلغاء
form-create = إنشاء في { $where }
form-save = حفظ في { $where }
form-add_note = إضافة ملاحظة
form-note_in = إلى { $where }
form-case = الحالة
form-similar = حالة مشابهة ومفتوحة: { $case }.
form-note_instead = أضِف ملاحظة إليها بدلًا من ذلك
form-open_after = فتح الحالة في المتصفح بعد إنشائها

status-change = الوضع: { $status }. تغيير
status-of = وضع { $number }
status-in = { $number } في { $where }
status-reading = جارٍ قراءة الخيارات
priority-set = الأولوية: { $priority }

write-saving = جارٍ الحفظ
write-held = للإرسال
write-waiting = للإرسال
write-sending = جارٍ الإرسال
write-parked = لم يُقبل
write-done = تم
write-discarded = تُرك
write-not_saved = لم يُحفظ
write-unsure = ربما تم ذلك رغم هذا. انظر في { $where } قبل أن ترسله مجددًا.

wrote-held = { $what }: حُفظ
wrote-not_kept = { $what }: لم يُحفظ على هذا الحاسوب، للإرسال
wrote-undo = تراجع
wrote-undone = تم التراجع. ما كتبته موجود في النموذج.
wrote-case = أُنشئت الحالة { $number }
wrote-case_plain = أُنشئت الحالة
wrote-open = فتح
wrote-look = عرض
wrote-logged = سُجّل التفاعل

wrap-left = متبقٍ من { $time }
wrap-left_label = الوقت المتبقي للإنهاء
wrap-say_left =
    { $n ->
        [zero] لم يبقَ وقت للإنهاء.
        [one] بقيت ثانية واحدة للإنهاء.
        [two] بقيت ثانيتان للإنهاء.
        [few] بقيت { $n } ثوانٍ للإنهاء.
        [many] بقيت { $n } ثانية للإنهاء.
       *[other] بقيت { $n } ثانية للإنهاء.
    }
wrap-extend = مزيد من الوقت
wrap-outcome = النتيجة
wrap-note = ملاحظة
wrap-case = الحالة
wrap-no_case = بلا حالة
wrap-status = تغيير الوضع إلى
wrap-keep_status = إبقاؤه كما هو
wrap-follow_up = المتابعة في
wrap-writes = يُكتب إلى
wrap-nowhere = محفوظ هنا فقط: لا نظام CRM متصل يقبله
wrap-log = تسجيل التفاعل
wrap-later = حفظ لوقت لاحق
wrap-not_logged = لم يُسجّل في الوقت. ينتظر هنا حتى تسجّله.

tab-wrap_up = إنهاء
tab-not_logged = غير مسجّل

action-new_case = حالة جديدة
action-note = ملاحظة
action-wrap_up = إنهاء
action-group = إجراءات
action-new_customer = عميل جديد
action-update_customer = تعديل العميل
hint-wrap_up = إنهاء

queue-title = للإرسال
queue-count =
    { $n ->
        [zero] لا شيء للإرسال
        [one] واحد للإرسال
        [two] اثنان للإرسال
        [few] { $n } للإرسال
        [many] { $n } للإرسال
       *[other] { $n } للإرسال
    }
queue-none = لا شيء ينتظر الإرسال
queue-none_text = يبقى ما تكتبه هنا حتى يصل إلى نظام CRM، حتى دون اتصال.
queue-not_kept = لا يحفظ هذا الحاسوب شيئًا: ما ينتظر هنا يضيع عند إنهاء التطبيق.
queue-tries =
    { $n ->
        [zero] بلا محاولات
        [one] محاولة واحدة
        [two] محاولتان
        [few] { $n } محاولات
        [many] { $n } محاولة
       *[other] { $n } محاولة
    }
queue-next = التالية عند { $time }
queue-since = منذ { $time }
queue-edit = تعديل وإرسال مجددًا
queue-send = إرسال مجددًا
queue-discard = ترك
queue-reason = سبب الترك
queue-keep = إبقاء

told-title = ما أُبلغت به أنظمة أخرى
told-text = رسائل إلى العناوين التي حددتها مؤسستك، الأحدث أولًا.
told-gone = لم تعد مؤسستك تذكر هذا العنوان.
told-none = لم يُبلَّغ بشيء بعد
told-tries = المحاولات
told-try = { $time }:
told-sent = المحتوى، SHA-256:
told-answer = الرد، SHA-256:
told-id = الرسالة:

say-wrap_up = إنهاء التفاعل مع { $name }
say-thirty = بقيت 30 ثانية لإنهاء التفاعل مع { $name }
