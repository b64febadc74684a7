### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = Diagnóstico de { $name }
doctor-back = Volver a estado
doctor-when = { $time } · { $seconds } s
doctor-running = Comprobando
doctor-again = Repetir
doctor-try = Probar con el registro { $record }
doctor-looking = Se mira el camino al CRM, el inicio de sesión y un registro conocido.
doctor-well = Todo lo comprobado funciona.
doctor-failed = { $n ->
    [one] { $n } falló
    *[other] { $n } fallaron
    }
doctor-warned = { $n ->
    [one] { $n } aviso
    *[other] { $n } avisos
    }
doctor-passed = { $n ->
    [one] { $n } superada
    *[other] { $n } superadas
    }
doctor-cause = Causa
doctor-effect = Efecto
doctor-fix = Remedio
doctor-by_admin = Solo un administrador puede cambiarlo.
doctor-by_vendor = Solo quien opera el CRM puede cambiarlo.
doctor-copy = Copiar remedio para administrador
doctor-copied = Remedio copiado
doctor-more = Más información
doctor-until = válido hasta { $date }
doctor-used = { $percent } % gastado
doctor-tried = Intentado
doctor-expected = Esperado
doctor-came = Llegó
doctor-is_passed = Superado
doctor-is_warning = Aviso
doctor-is_failed = Falló
doctor-is_skipped = Sin comprobar
doctor-run = Ejecutar diagnóstico
doctor-of = Diagnóstico de { $name }
