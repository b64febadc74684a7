### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = إعدادات مؤسستك
bundle-none = لم يُستلم أي منها بعد.
bundle-version = الإصدار { $version } لـ { $tenant }
bundle-for_all = للجميع
bundle-for_some = لعدد { $percent } من كل مئة شخص، وأنت منهم
bundle-since = سارية منذ
bundle-from = مصدرها
bundle-ends = صالحة حتى
bundle-signed = موقَّعة بالمفتاح
bundle-checked = آخر بحث عنها
bundle-probation = جديدة: تُسحب تلقائيًا إذا كان أداؤها أسوأ من سابقتها.
bundle-note = الجديد
bundle-soon =
    { $days ->
        [zero] يجب تجديدها اليوم ({ $days }). أبلغ المسؤول.
        [one] يجب تجديدها خلال يوم واحد ({ $days }). أبلغ المسؤول.
        [two] يجب تجديدها خلال يومين ({ $days }). أبلغ المسؤول.
        [few] يجب تجديدها خلال { $days } أيام. أبلغ المسؤول.
        [many] يجب تجديدها خلال { $days } يومًا. أبلغ المسؤول.
       *[other] يجب تجديدها خلال { $days } يوم. أبلغ المسؤول.
    }
bundle-over =
    { $days ->
        [zero] انتهت صلاحيتها وتبقى سارية اليوم فقط ({ $days }). أبلغ المسؤول.
        [one] انتهت صلاحيتها وتبقى سارية يومًا واحدًا ({ $days }). أبلغ المسؤول.
        [two] انتهت صلاحيتها وتبقى سارية يومين ({ $days }). أبلغ المسؤول.
        [few] انتهت صلاحيتها وتبقى سارية { $days } أيام. أبلغ المسؤول.
        [many] انتهت صلاحيتها وتبقى سارية { $days } يومًا. أبلغ المسؤول.
       *[other] انتهت صلاحيتها وتبقى سارية { $days } يوم. أبلغ المسؤول.
    }
bundle-ended = انتهت صلاحيتها. لن تُفتح السجلات تلقائيًا حتى يجددها المسؤول.
bundle-waits = الإصدار { $version } متاح أولًا لعدد { $percent } من كل مئة شخص؛ وستحصل عليه لاحقًا.
bundle-locked_why = لتغيير أي من هذه الإعدادات، اطلب ذلك من المسؤول واذكر الإصدار { $version }.
bundle-trouble_reach = يتعذر جلب أحدث الإعدادات حاليًا.
bundle-trouble_signature = ما تم جلبه غير موقَّع من مؤسستك. لم يُعتمد.
bundle-trouble_rollback = ما عُثر عليه أقدم مما كان ساريًا. لم يُعتمد.
bundle-trouble_time = ما تم جلبه غير صالح اليوم. لم يُعتمد.
bundle-trouble_not_for_us = ما تم جلبه مخصص لمؤسسة أخرى أو لإصدار آخر من Screenpop. لم يُعتمد.
bundle-trouble_content = ما تم جلبه يحتوي على أخطاء. لم يُعتمد؛ وتبيّن صفحة الحالة مواضعها.
bundle-trouble_worse = أداء ما تم جلبه أسوأ مما هو سارٍ. لم يُعتمد.
bundle-trouble_back = كان أداء الإصدار { $version } أسوأ من سابقه فسُحب.
bundle-trouble_damaged = الإعدادات المحفوظة على هذا الحاسوب تالفة. لن يُفتح شيء تلقائيًا حتى تُجلب من جديد.
bundle-goes_on = كل شيء يستمر كما كان.
bundle-off = متوقف

join-title = إعدادات مؤسستك
join-text = يعطيك المسؤول عنوانًا وبصمة مفتاح. ترى ما تضبطه هذه الإعدادات قبل أن تقبلها.
join-from = العنوان
join-from_text = عنوان https أو مسار ملف على مجلد مشترك.
join-key = بصمة المفتاح
join-key_text = 32 حرفًا ورقمًا. خذها من المسؤول شخصيًا أو عبر الهاتف، لا من الرسالة التي فيها العنوان.
join-look = عرض
join-found = ستضبط { $tenant } هذا الحاسوب
join-locked =
    { $n ->
        [zero] لن يُحصر أي إعداد ({ $n }) بالمؤسسة.
        [one] لن يستطيع تغيير إعداد واحد ({ $n }) بعد ذلك إلا المؤسسة.
        [two] لن يستطيع تغيير إعدادين ({ $n }) بعد ذلك إلا المؤسسة.
        [few] لن يستطيع تغيير { $n } إعدادات بعد ذلك إلا المؤسسة.
        [many] لن يستطيع تغيير { $n } إعدادًا بعد ذلك إلا المؤسسة.
       *[other] لن يستطيع تغيير { $n } إعداد بعد ذلك إلا المؤسسة.
    }
join-crm = يتصل بـ
join-gateway = مصدر التفاعلات
join-report = يبلّغ هذا الحاسوب عن حالته إلى
join-take = الوثوق والقبول
join-taken = تسري إعدادات { $tenant } فور التحقق منها
join-open = استخدام إعدادات مؤسستك
join-leave = التوقف عن استخدامها
join-leave_sure = لن تسري بعد ذلك. يبقى ما ضبطته بنفسك.

feature-search = البحث عن العملاء
feature-simulate = التفاعلات التجريبية
feature-create_customer = إنشاء العملاء
feature-update_customer = تعديل العملاء
feature-create_case = إنشاء الحالات
feature-add_note = الملاحظات على الحالات
feature-set_status = وضع الحالات
