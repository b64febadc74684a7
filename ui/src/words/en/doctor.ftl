### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = { $name } diagnosis
doctor-back = Back to health
doctor-when = { $time } · { $seconds } s
doctor-running = Checking
doctor-again = Run again
doctor-try = Test with record { $record }
doctor-looking = Looking at the way to the CRM, the sign-in and a record that exists.
doctor-well = Everything that was checked works.
doctor-failed = { $n ->
    [one] { $n } failed
    *[other] { $n } failed
    }
doctor-warned = { $n ->
    [one] { $n } warning
    *[other] { $n } warnings
    }
doctor-passed = { $n ->
    [one] { $n } passed
    *[other] { $n } passed
    }
doctor-cause = Cause
doctor-effect = Effect
doctor-fix = Fix
doctor-by_admin = Only an administrator can change this.
doctor-by_vendor = Only whoever runs the CRM can change this.
doctor-copy = Copy fix for admin
doctor-copied = Fix copied
doctor-more = Read more
doctor-until = valid to { $date }
doctor-used = { $percent } % used
doctor-tried = Tried
doctor-expected = Expected
doctor-came = Came
doctor-is_passed = Passed
doctor-is_warning = Warning
doctor-is_failed = Failed
doctor-is_skipped = Not checked
doctor-run = Run diagnosis
doctor-of = Diagnosis of { $name }
