### Why a request of the person was not carried out.

refused-managed = Your organisation has set this. Ask your administrator
refused-switched_off = Your organisation has switched this off
refused-keychain_locked = The keychain is locked; unlock it first
refused-card_changed = The card has changed meanwhile; look again
refused-not_in_history = There is no such interaction in the history any more
refused-nobody_to_call = Nobody has to be called back because of that
refused-no_form = There is no form for this
refused-cannot_be_asked = { $crm } cannot be asked now
refused-not_offered = { $crm } does not offer this for this customer
refused-reason = Give a reason of 1 to 200 characters
refused-no_link = There is no address of this record: { $why }
refused-clipboard = The clipboard is not available
refused-sandbox_off = The sandbox is switched off. Switch it on in the settings
refused-too_much = Too much is written at once; try again in a moment
refused-setting = The setting was not changed: { $why }
refused-disk = It could not be kept on this computer: { $why }
refused-vault = The keychain refused: { $why }
refused-system = The system refused: { $why }
refused-ending = The program is ending
