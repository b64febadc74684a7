### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = لماذا هذا العميل
explain-people = من تم العثور عليه
explain-opening = السجل في نظام CRM
explain-rules = ما الذي فعلته القواعد
explain-asked = من تم سؤاله

explain-who-one = يطابق عميل واحد فقط
    .text = عُثر عليه في { $crm } بواسطة { $by }.
explain-who-unsure = يطابق عميل واحد، لكن الأمر غير مؤكد
    .text = عُثر عليه في { $crm } بواسطة { $by }. لم يُجب نظام آخر أو جزء من هذا النظام وقد يعرف شخصًا آخر؛ أو أنك استبعدت شخصًا.
explain-who-chosen = أنت من اختار هذا العميل
    .text = السجل في { $crm }. سيأتي اختيارك أولًا في المرة القادمة، ولا يفتح شيئًا من تلقاء نفسه.
explain-who-several =
    { $n ->
        [zero] لا يطابق أي عميل؛ الاختيار لك
        [one] يطابق عميل واحد؛ الاختيار لك
        [two] يطابق عميلان؛ الاختيار لك
        [few] يطابق { $n } عملاء؛ الاختيار لك
        [many] يطابق { $n } عميلًا؛ الاختيار لك
       *[other] يطابق { $n } عميل؛ الاختيار لك
    }
    .text = عُثر عليهم جميعًا بما هو موثوق بالقدر نفسه. لا يُفتح شيء ولا يُكتب شيء حتى تختار.
explain-who-conflict = ما وصل يشير إلى أشخاص مختلفين
    .text = عثرت معرّفات متفاوتة الموثوقية على أشخاص مختلفين. لا يُفتح شيء ولا يُكتب شيء حتى تختار.
explain-who-none = لا أحد يعرف هذا العميل
    .text = أجابت كل الأنظمة، ولا يوجد سجل لما وصل.
explain-who-failed = لا يُعرف من هو
    .text = نظام قد يعرف ذلك لم يستطع الإجابة.
explain-who-looking = ما زال البحث جاريًا
    .text = لم تُجب كل الأنظمة بعد.
explain-who-nothing = لم يصل ما يُعرف به عميل
    .text = الرقم المحجوب أو القصير أو الخاص بنا لا يطابق أحدًا.
explain-came = وصل: { $by }
explain-refused = لم يُستخدم، { $kind }: { $why }

explain-kind-id = معرّف السجل
explain-kind-external_id = رقم العميل
explain-kind-email = عنوان البريد الإلكتروني
explain-kind-phone = رقم الهاتف
explain-by-authenticated = { $kind }، تحققت منه المنصة
explain-by-attached = { $kind }، أرفقته المنصة
explain-by-claimed = { $kind }، مُصرَّح به
explain-by-caller = { $kind }، من شبكة الهاتف وقد يُزوَّر

explain-person = { $why } { $crm }: { $by }
explain-person-meant = العميل على البطاقة.
explain-person-same = الشخص نفسه في نظام آخر.
explain-person-among = قد يكون هو المقصود.
explain-person-undecided = لم يُحسم بعد.
explain-person-weaker = ليس المقصود: ما هو أوثق عثر على شخص آخر.
explain-person-rejected = ليس المقصود: أنت قلت ذلك.
explain-person-not_chosen = ليس المقصود: اخترت شخصًا آخر.
explain-person-less = ليس المقصود: نظام أهم هو الذي يقرر.

explain-opening-browser = فُتح في المتصفح
explain-opening-crm = عُرض في نافذة نظام CRM
explain-opening-way = يجري فتحه
explain-opening-would = سيُفتح
explain-opening-failed = تعذّر فتحه
explain-opening-held_back = تم حجزه
    .text = كان سيُفتح أكثر من ثلاثة سجلات تلقائيًا خلال عشر ثوانٍ. افتحه بنفسك.
explain-opening-pausing = ينتظر توقفك عن الكتابة
    .text = المتصفح الذي يظهر يأخذ لوحة المفاتيح. يُفتح بعد ثماني ثوانٍ على الأكثر.
explain-opening-looking = لم يُفتح: ما زال البحث عمن هو
explain-opening-nobody = لم يُفتح: لا يوجد عميل معروف
explain-opening-several = لم يُفتح: يطابق عدة عملاء والقرار لك
explain-opening-conflict = لم يُفتح: ما وصل يشير إلى أشخاص مختلفين
explain-opening-not_sure = لم يُفتح: من لم يُجب قد يعرف عميلًا آخر
explain-opening-used = لم يُفتح ثانية: فُتح تلقائيًا مرة لهذا التفاعل
explain-opening-over = لم يُفتح: انتهى التفاعل
explain-opening-before_accept = يُفتح عند قبولك
explain-opening-never = لم يُفتح: لا شيء يُفتح تلقائيًا هنا
explain-opening-paused = لم يُفتح: أوقفت العرض مؤقتًا
explain-opening-follower = لم يُفتح: جهاز آخر لك هو المتصدّر
explain-opening-bundle = لم يُفتح: انتهت صلاحية إعدادات مؤسستك
explain-opening-no_record = لم يُفتح: لا يوجد سجل من النوع المطلوب
explain-opening_by-setting = وقت الفتح إعداد
explain-opening_by-outbound = وقت الفتح هو إعداد المكالمات الصادرة
explain-opening_by-rule = وقت الفتح تحدده القاعدة «{ $rule }»

explain-rule-none = لم تنطبق أي قاعدة
explain-rule-by = القاعدة «{ $rule }»
explain-rule-silent = بلا بطاقة
explain-rule-offer = يُفتح عند العرض
explain-rule-accept = يُفتح عند القبول
explain-rule-never = لا يُفتح تلقائيًا أبدًا
explain-rule-records = أي سجل يُفتح
explain-rule-vip = مميَّز كعميل VIP
explain-rule-priority = الأولوية: { $value }
explain-rule-queue = قائمة الانتظار: { $value }
explain-rule-language = اللغة: { $value }

explain-asked-found =
    { $n ->
        [zero] لم يعثر { $crm } على أي عميل
        [one] عثر { $crm } على عميل واحد
        [two] عثر { $crm } على عميلين
        [few] عثر { $crm } على { $n } عملاء
        [many] عثر { $crm } على { $n } عميلًا
       *[other] عثر { $crm } على { $n } عميل
    }
explain-asked-waiting = لم يُجب { $crm } بعد

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = استُلم
mark-verified = تم التحقق من التوقيع
mark-mapped = قُرئ كحدث
mark-popped = أُنشئت البطاقة
mark-accepted = قبله الموظف
mark-rule = انطبقت قاعدة
mark-asked_who = سُئل من هو
mark-asked_cases = طُلبت الحالات
mark-asked_activities = طُلب السجل السابق
mark-answered_who = أُجيب من هو
mark-answered_cases = وصلت الحالات
mark-answered_activities = وصل السجل السابق
mark-request = طلب
mark-matched_one = عميل واحد
mark-matched_several = عدة عملاء
mark-matched_none = لا أحد معروف
mark-match_failed = تعذّر البحث
mark-link_chosen = اختير الرابط
mark-link_missing = لا يمكن تكوين رابط
mark-opened = فُتح في المتصفح
mark-shown_in_crm = عُرض في نظام CRM
mark-open_failed = تعذّر الفتح
mark-held_back = حُجز الفتح
mark-painted = البطاقة على الشاشة
mark-painted_complete = مكتملة على الشاشة
mark-ended = انتهى
mark-write_kept = حُفظ الإدخال هنا
mark-write_waiting = الإدخال بانتظار الإرسال
mark-write_sent = يجري إرسال الإدخال
mark-write_failed = فشل الإرسال وسيُعاد
mark-write_parked = الإدخال ينتظر شخصًا
mark-written = كُتب في نظام CRM
mark-write_discarded = سُحب الإدخال
mark-write_lost = تعذّر حفظ الإدخال
