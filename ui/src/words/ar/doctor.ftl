### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = تشخيص { $name }
doctor-back = العودة إلى الحالة
doctor-when = { $time } · { $seconds } ث
doctor-running = جارٍ الفحص
doctor-again = شغّل من جديد
doctor-try = اختبر بالسجل { $record }
doctor-looking = يُفحص الطريق إلى CRM والدخول وسجل معروف.
doctor-well = كل ما فُحص يعمل.
doctor-failed = { $n ->
    [zero] لم يفشل شيء
    [one] فشل فحص واحد
    [two] فشل فحصان
    [few] فشلت { $n } فحوص
    [many] فشل { $n } فحصًا
    *[other] فشل { $n } فحص
    }
doctor-warned = { $n ->
    [zero] لا تحذيرات
    [one] تحذير واحد
    [two] تحذيران
    [few] { $n } تحذيرات
    [many] { $n } تحذيرًا
    *[other] { $n } تحذير
    }
doctor-passed = { $n ->
    [zero] لم ينجح شيء
    [one] نجح فحص واحد
    [two] نجح فحصان
    [few] نجحت { $n } فحوص
    [many] نجح { $n } فحصًا
    *[other] نجح { $n } فحص
    }
doctor-cause = السبب
doctor-effect = الأثر
doctor-fix = العلاج
doctor-by_admin = لا يستطيع تغيير هذا إلا مسؤول.
doctor-by_vendor = لا يستطيع تغيير هذا إلا مشغّل CRM.
doctor-copy = انسخ العلاج للمسؤول
doctor-copied = نُسخ العلاج
doctor-more = اقرأ المزيد
doctor-until = صالحة حتى { $date }
doctor-used = استُهلك { $percent } %
doctor-tried = ما جُرّب
doctor-expected = المتوقع
doctor-came = ما جاء
doctor-is_passed = نجح
doctor-is_warning = تحذير
doctor-is_failed = فشل
doctor-is_skipped = لم يُفحص
doctor-run = شغّل التشخيص
doctor-of = تشخيص { $name }
