package wording

// initTexts are what token init says while it prepares a card.
func initTexts() map[string]Text {
	return map[string]Text{
		"flag.slot": {
			Fr: "`emplacement`, tel que 82 : écrire de nouveau l’enrôlement de la clé qui s’y trouve",
			En: "`slot`, such as 82: write the enrolment of the key that is there again",
		},
		"flag.pin-file.init": {
			Fr: "répétition seulement : `fichier` des codes, deux lignes par carte : numéro de série (ou *), une espace, code PIN ; le même suivi de .puk, une espace, code PUK",
			En: "rehearsals only: `file` of codes, two lines for each card: serial number (or *), a blank, PIN; the same followed by .puk, a blank, PUK",
		},
		"flag.token-rehearsal": {
			Fr: "enrôler pour des répétitions, jamais pour la production",
			En: "enrol for rehearsals, never for production",
		},
		"flag.confirm-serial": {
			Fr: "répétition seulement : `N` : numéro de série d’un jeton qui sert déjà, au lieu de le saisir",
			En: "rehearsals only: serial `number` of a token in use, instead of typing it",
		},
		"init.card": {
			Fr: "Jeton %s : micrologiciel %s, %s.",
			En: "Token %s: firmware %s, %s.",
		},
		"init.unchanged": {
			Fr: "Ce jeton ne peut pas être enrôlé ; rien n’y a été changé.",
			En: "This token cannot be enrolled; nothing on it was changed.",
		},
		"init.fresh": {
			Fr: "Il est neuf. Vous allez choisir son code PIN et son code PUK ; puis le jeton crée ses clés et les essaie.",
			En: "It is new. You will choose its PIN and its PUK; then the token makes its keys and tries them.",
		},
		"init.resumed": {
			Fr: "La préparation du jeton %s a été interrompue : elle reprend où elle s’était arrêtée. Un code PUK déjà écrit pour lui ne vaut plus : barrez-le, un nouveau le remplace.",
			En: "The preparation of token %s was cut short: it goes on where it stopped. A PUK that was written down for it is void: cross it out, a new one takes its place.",
		},
		"init.puk-void": {
			Fr: "Le code PUK que vous avez écrit ne vaut pas : barrez-le.",
			En: "The PUK that you wrote down is void: cross it out.",
		},
		"init.resumed-codes": {
			Fr: "La préparation du jeton %s a été interrompue : elle reprend où elle s’était arrêtée, avec ses codes PIN et PUK.",
			En: "The preparation of token %s was cut short: it goes on where it stopped, with its PIN and PUK.",
		},
		"init.prepared": {
			Fr: "Il est déjà préparé (clés de scellement : %s). Il reçoit une clé de plus, pour un autre coffre, en %s ; ses codes PIN et PUK restent. S’il ne vous manque que le fichier d’enrôlement, arrêtez (Ctrl-C) et ajoutez --slot avec l’emplacement de sa clé.",
			En: "It is prepared already (sealing keys: %s). It gets one key more, for another vault, in %s; its PIN and PUK stay. If all you miss is the enrolment file, stop (Ctrl-C) and add --slot with the slot of its key.",
		},
		"init.in-use": {
			Fr: "Attention : le jeton %s sert déjà à autre chose (clés : %s). bailiff n’efface rien, ajoute ses clés à côté et garde les codes PIN et PUK ; mais qui connaît ces codes peut se servir du jeton.",
			En: "Warning: token %s is in use by something else (keys: %s). bailiff erases nothing, adds its keys beside and keeps PIN and PUK; but whoever knows these can use the token.",
		},
		"ask.in-use": {
			Fr: "Pour vous en servir malgré tout, recopiez le numéro gravé sur le jeton :",
			En: "To use it all the same, copy the number engraved on the token:",
		},
		"init.begins": {
			Fr: "Le jeton travaille quelques secondes. Ne le touchez que lorsque c’est demandé : %d contacts, à la fin.",
			En: "The token works for some seconds. Touch it only when you are asked to: %d touches, at the end.",
		},
		"init.step.begin":      {"%d. note sur le jeton que sa préparation commence", "%d. notes on the token that its preparation begins"},
		"init.step.retries":    {"%d. accorde trois essais à chaque code", "%d. allows three tries for each code"},
		"init.step.management": {"%d. met en place la clé d’administration", "%d. puts the management key in place"},
		"init.step.puk":        {"%d. pose le code PUK", "%d. sets the PUK"},
		"init.step.pin":        {"%d. pose le code PIN", "%d. sets the PIN"},
		"init.step.signing":    {"%d. met en place la clé de signature, née dans le jeton", "%d. puts the signing key in place, born in the token"},
		"init.step.sealing":    {"%d. met en place la clé de scellement, née dans le jeton", "%d. puts the sealing key in place, born in the token"},
		"init.step.proof":      {"%d. essaie les deux clés : deux contacts", "%d. tries both keys: two touches"},
		"init.step.end":        {"%d. note sur le jeton que tout est fait", "%d. notes on the token that all is done"},
		"init.unwritten": {
			Fr: "Le jeton est prêt, mais son fichier d’enrôlement n’a pas pu être écrit : relancez la commande avec --slot %s.",
			En: "The token is ready, but its enrolment file could not be written: run the command again with --slot %s.",
		},
		"init.made": {
			Fr: "Jeton %s prêt : clé de signature en 9c, clé de scellement en %s, toutes deux essayées.",
			En: "Token %s is ready: signing key in 9c, sealing key in %s, both tried.",
		},
		"init.rehearsal": {
			Fr: "Cet enrôlement vaut pour des répétitions seulement.",
			En: "This enrolment is good for rehearsals only.",
		},
		"init.bag": {
			Fr: "Rangez le code PUK, écrit à la main, dans une pochette de sécurité numérotée, à part du jeton.",
			En: "Keep the PUK, written by hand, in a sealed bag apart from the token.",
		},
	}
}

// codeTexts are what token check, token pin and token unblock say.
func codeTexts() map[string]Text {
	return map[string]Text{
		"help.token check": {"Dire si c’est toujours le jeton enrôlé", "Tell whether it is still the enrolled token"},
		"about.token check": {
			Fr: `Dit si un jeton est toujours celui qui fut enrôlé : ses clés, les règles de code
PIN et de contact, son attestation, les essais restants. Ce qui cloche est dit
ligne à ligne, avec ce qu’il faut faire. Aucun code PIN n’est demandé. Avec
--pin, le code PIN est demandé et les deux clés sont essayées, en deux
contacts, sans ouvrir la clé d’aucun membre : à faire chaque année, pour chaque
jeton, ceux de secours compris. Cette commande n’écrit rien.`,
			En: `Tells whether a token is still the one that was enrolled: its keys, the rules
of PIN and touch, its attestation, the tries left. What is amiss is told line
by line, with what to do. No PIN is asked for. With --pin the PIN is asked for
and both keys are tried, in two touches, without opening any member’s key: to
be done every year for each token, spares too. This command writes nothing.`,
		},
		"flag.check-pin": {
			Fr: "demander le code PIN et essayer les deux clés : deux contacts",
			En: "ask for the PIN and try both keys: two touches",
		},
		"check.custodian": {"Jeton %s, clé de scellement en %s, dépositaire %s :", "Token %s, sealing key in %s, custodian %s:"},
		"check.token":     {"Jeton %s, clé de scellement en %s :", "Token %s, sealing key in %s:"},
		"check.found":     {"%s : %s", "%s: %s"},
		"check.same":      {"c’est le jeton enrôlé, mêmes clés et mêmes règles", "it is the enrolled token, same keys and same rules"},
		"check.proved":    {"le code PIN est connu et les deux clés répondent", "the PIN is known, and both keys answer"},
		"help.token pin":  {"Changer le code PIN d’un jeton", "Change the PIN of a token"},
		"about.token pin": {
			Fr: `Change le code PIN d’un jeton : demande l’actuel, puis le nouveau deux fois. Les
essais restants sont affichés, et le dernier ne se dépense jamais sans que le
numéro du jeton soit recopié. Un code PIN oublié se remplace avec
` + "`bailiff token unblock 20001001`" + `. Cette commande n’écrit que sur le jeton.`,
			En: `Changes the PIN of a token: asks for the present one, then twice for the new
one. The tries left are shown, and the last one is never spent without the
token’s number being copied. A PIN that was forgotten is replaced with
` + "`bailiff token unblock 20001001`" + `. This command writes to the token only.`,
		},
		"pin.begins":  {"D’abord le code PIN actuel, puis deux fois le nouveau.", "First the present PIN, then twice the new one."},
		"pin.changed": {"Le code PIN du jeton %s est changé.", "The PIN of token %s is changed."},
		"pin.perhaps": {
			Fr: "Le jeton %s a été coupé pendant le changement : son code PIN est encore l’ancien, ou déjà le nouveau. Saisissez celui qui vaut ; le nouveau sera posé.",
			En: "Token %s was cut off during the change: its PIN is still the old one, or the new one already. Type the one that holds; the new one will be set.",
		},
		"help.token unblock": {"Remplacer un code PIN oublié, avec le code PUK", "Replace a forgotten PIN, with the PUK"},
		"about.token unblock": {
			Fr: `Donne un nouveau code PIN à un jeton dont le code PIN est oublié ou bloqué,
contre le code PUK écrit à la main et gardé dans une pochette de sécurité
numérotée. Les essais restants sont affichés, et le dernier ne se dépense
jamais sans que le numéro du jeton soit recopié : après lui, le jeton ne peut
plus jamais être débloqué.
Les clés restent les mêmes. Cette commande n’écrit que sur le jeton.`,
			En: `Gives a new PIN to a token whose PIN was forgotten or locked, for the PUK that
was written by hand and kept in a sealed bag. The tries left are shown, and
the last one is never spent without the token’s number being copied: after it
the token can never be unblocked again. The keys stay the same. This command
writes to the token only.`,
		},
		"unblock.begins": {
			Fr: "Ouvrez la pochette qui contient le code PUK du jeton %s ; le procès-verbal mentionne son numéro.",
			En: "Open the bag with the PUK of token %s; the minutes say so.",
		},
		"unblock.wrong": {
			Fr: "Code PUK du jeton %s erroné : un essai de moins.",
			En: "Wrong PUK for token %s: one try less.",
		},
		"unblock.done": {
			Fr: "Le jeton %s a un nouveau code PIN et tous ses essais. Remettez la feuille du code PUK dans une pochette neuve.",
			En: "Token %s has a new PIN and all its tries. Put the sheet with the PUK into a new bag.",
		},
	}
}
