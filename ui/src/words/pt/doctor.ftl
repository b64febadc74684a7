### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = Diagnóstico de { $name }
doctor-back = Voltar ao estado
doctor-when = { $time } · { $seconds } s
doctor-running = Verificando
doctor-again = Executar de novo
doctor-try = Testar com o registro { $record }
doctor-looking = Verificam-se o caminho até o CRM, o acesso e um registro conhecido.
doctor-well = Tudo o que foi verificado funciona.
doctor-failed = { $n ->
    [one] { $n } falhou
    *[other] { $n } falharam
    }
doctor-warned = { $n ->
    [one] { $n } aviso
    *[other] { $n } avisos
    }
doctor-passed = { $n ->
    [one] { $n } aprovada
    *[other] { $n } aprovadas
    }
doctor-cause = Causa
doctor-effect = Efeito
doctor-fix = Remédio
doctor-by_admin = Só um administrador pode mudar isto.
doctor-by_vendor = Só quem opera o CRM pode mudar isto.
doctor-copy = Copiar remédio para o administrador
doctor-copied = Remédio copiado
doctor-more = Saber mais
doctor-until = válido até { $date }
doctor-used = { $percent } % usados
doctor-tried = Tentado
doctor-expected = Esperado
doctor-came = Veio
doctor-is_passed = Aprovado
doctor-is_warning = Aviso
doctor-is_failed = Falhou
doctor-is_skipped = Não verificado
doctor-run = Executar diagnóstico
doctor-of = Diagnóstico de { $name }
