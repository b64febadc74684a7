### Why a request of the person was not carried out.

refused-managed = حدّدت مؤسستك هذا. اسأل المسؤول
refused-switched_off = أوقفت مؤسستك هذه الميزة
refused-keychain_locked = سلسلة المفاتيح مقفلة؛ افتحها أولًا
refused-card_changed = تغيّرت البطاقة في هذه الأثناء؛ انظر مرة أخرى
refused-not_in_history = لم يعد هذا التفاعل في السجل
refused-nobody_to_call = لا يلزم معاودة الاتصال بأحد بسبب ذلك
refused-no_form = لا يوجد نموذج لهذا
refused-cannot_be_asked = لا يمكن سؤال { $crm } الآن
refused-not_offered = لا يتيح { $crm } هذا لهذا العميل
refused-reason = اكتب سببًا من 1 إلى 200 حرف
refused-no_link = لا يوجد عنوان لهذا السجل: { $why }
refused-clipboard = الحافظة غير متاحة
refused-sandbox_off = بيئة التجربة متوقفة. شغّلها من الإعدادات
refused-too_much = يُكتب الكثير دفعة واحدة؛ حاول مجددًا بعد لحظة
refused-setting = لم يتغيّر الإعداد: { $why }
refused-disk = تعذّر حفظه على هذا الحاسوب: { $why }
refused-vault = رفضت سلسلة المفاتيح: { $why }
refused-system = رفض النظام: { $why }
refused-ending = البرنامج قيد الإنهاء
