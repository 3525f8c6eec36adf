package wording

// deskTexts are the sentences at the table with the card readers.
func deskTexts() map[string]Text {
	return map[string]Text{
		"desk.want": {
			Fr: "Jetons prêts : %d sur %d. Insérez une des clés YubiKey (« jetons ») attendues, dans n’importe quel ordre :",
			En: "Tokens ready: %d of %d. Put in one of the tokens that are awaited, in any order:",
		},
		"desk.want.one": {"– %s : jeton %s", "– %s: token %s"},
		"desk.either":   {"%s ou %s", "%s or %s"},
		"desk.seated": {
			Fr: "Jeton %s ouvert : %s est en place.",
			En: "Token %s is open: %s is ready.",
		},
		"desk.need": {
			Fr: "Insérez le jeton %s, de %s.",
			En: "Put in token %s, of %s.",
		},
		"desk.offer": {
			Fr: "Si aucun lecteur n’est libre, retirez le jeton %s, de %s.",
			En: "If no reader is free, take out token %s, of %s.",
		},
		"desk.offer.stranger": {
			Fr: "Si aucun lecteur n’est libre, retirez le jeton %s, qui n’est pas de ce coffre.",
			En: "If no reader is free, take out token %s, which is not of this vault.",
		},
		"desk.out": {
			Fr: "Le jeton %s, de %s, est retiré.",
			En: "Token %s, of %s, was taken out.",
		},
		"desk.other": {
			Fr: "Le jeton %s est celui de %s ; est attendu : %s.",
			En: "Token %s is that of %s; awaited: %s.",
		},
		"desk.spare": {
			Fr: "Le jeton %s est un jeton de secours de %s, mais c’est avec le jeton %s que cet acte a commencé. S’il est perdu, interrompez par Ctrl-C et relancez la commande avec le jeton de secours : rien n’est perdu.",
			En: "Token %s is a spare token of %s, but it is with token %s that this act began. If that one is lost, interrupt with Ctrl-C and run the command again with the spare token: nothing is lost.",
		},
		"desk.declined": {"Aucun code PIN n’a été essayé.", "No PIN was tried."},
		"desk.aside": {
			Fr: "Le jeton %s est mis de côté, l’opération est suspendue. Retirez-le ; remettez-le quand tout est en ordre, ou insérez un jeton de secours du même dépositaire. Pour abandonner : Ctrl-C.",
			En: "Token %s is left aside; the act waits. Take it out, then put it in again once this is mended, or put in a spare token of the same custodian. To give up: Ctrl-C.",
		},
		"desk.aside.seated": {
			Fr: "Le jeton %s est mis de côté, l’opération est suspendue. Retirez-le ; remettez-le quand tout est en ordre. S’il est hors d’usage, interrompez par Ctrl-C et relancez la commande avec un jeton de secours du même dépositaire : rien n’est perdu.",
			En: "Token %s is left aside; the act waits. Take it out, then put it in again once this is mended. If it is out of order, interrupt with Ctrl-C and run the command again with a spare token of the same custodian: nothing is lost.",
		},
		"desk.aside.still": {
			Fr: "Le jeton %[1]s est toujours de côté. Retirez-le, puis attendez que l’écran confirme le retrait avant de le remettre.",
			En: "Token %[1]s is still left aside. Take it out, and wait until the screen confirms it before you put it in again.",
		},
		"desk.amiss": {"difficulté : %s", "trouble: %s"},
		"desk.hint":  {"conseil : %s", "hint: %s"},
		"desk.touch.sign": {
			Fr: "TOUCHEZ maintenant le jeton %s, de %s, pour cosigner le registre…",
			En: "TOUCH token %s, of %s, now, to cosign the ledger…",
		},
		"desk.touch.open": {
			Fr: "TOUCHEZ maintenant le jeton %s, de %s, pour ouvrir une part d’une clé…",
			En: "TOUCH token %s, of %s, now, to open one share of one key…",
		},
		"count.touch":  {"(%d sur %d)", "(%d of %d)"},
		"desk.touched": {"Touché, merci.", "Touched, thank you."},
		"desk.untouched": {
			Fr: "Le jeton n’a pas été touché à temps ; il le redemande.",
			En: "The token was not touched in time; it asks again.",
		},
		"note.no-pin": {
			Fr: "Cette saisie ne peut pas être le code PIN du jeton %s, qui compte 6 à 8 caractères. Aucun essai n’a été dépensé. Si vous n’avez rien tapé, le jeton l’a fait : ne le touchez que lorsque le programme le demande.",
			En: "What was typed cannot be the PIN of token %s, which has 6 to 8 characters. No try was spent. If you typed nothing, the token did: touch it only when the program asks for it.",
		},
		"note.fewer-tries": {
			Fr: "Le jeton %s a moins d’essais qu’au moment de la question : une saisie fausse a été comptée sans qu’il ait pu le dire, ou un autre programme s’en est servi. Rien n’est essayé de nouveau sans vous.",
			En: "Token %s has fewer tries left than when you were asked: a wrong entry was counted before it could say so, or another program used it. Nothing is tried again without you.",
		},
		"ask.last-try.piv": {
			Fr: "Il ne reste qu’un essai : un code PIN faux bloquera ce jeton, que seul son code PUK débloquera. Ce n’est PAS le code PIN qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			En: "One try is left: a wrong PIN will block this token, and only its PUK can unblock it. This is NOT the PIN that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):",
		},
	}
}
