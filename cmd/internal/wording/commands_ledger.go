package wording

// ledgerTexts are the sentences of the ledger.
func ledgerTexts() map[string]Text {
	return map[string]Text{
		"help.ledger":      {"Registre : lire, vérifier, prouver, cosigner", "Ledger: read, verify, prove, cosign"},
		"help.ledger show": {"Lire les inscriptions du registre", "Read the entries of the ledger"},
		"about.ledger show": {`Montre chaque inscription du registre, dans l’ordre, avec sa date et ses
champs, et dit si elle est cosignée. Les parties personnelles (noms, adresses)
ne sont pas montrées. Aucun jeton n’est nécessaire. Cette commande n’écrit
rien.`,
			`Shows each entry of the ledger, in order, with its time and its fields, and
tells whether it is cosigned. The personal parts (names, places) are not
shown. No token is needed. This command writes nothing.`},
		"help.ledger verify": {"Vérifier les inscriptions et les cosignatures du registre", "Verify the ledger’s entries and cosignatures"},
		"about.ledger verify": {`Relit toutes les inscriptions, recalcule la racine du registre et vérifie
chaque point de contrôle avec ses cosignatures. Les lots ne sont pas relus :
voyez vault verify. Aucun jeton n’est nécessaire. Cette commande n’écrit rien.`,
			`Reads all the entries again, recomputes the ledger’s root and verifies each
checkpoint with its cosignatures. The batches are not read: see vault verify.
No token is needed. This command writes nothing.`},
		"help.ledger prove": {"Produire la preuve d’une inscription", "Print the proof of an entry"},
		"about.ledger prove": {`Écrit sur la sortie standard la preuve qu’une inscription figure dans le
dernier point de contrôle cosigné. Chacun peut la recalculer avec sha256sum et
la page formats de la documentation. Une inscription qui n’est pas encore
cosignée n’a pas de preuve. Cette commande n’écrit aucun fichier.`,
			`Writes to standard output the proof that an entry is part of the last cosigned
checkpoint. Anyone can recompute it with sha256sum and the documentation’s
page on formats. An entry that is not cosigned yet has no proof. This command
writes no file.`},
		"help.ledger cosign": {"Faire cosigner le registre par le quorum", "Have the quorum cosign the ledger"},
		"about.ledger cosign": {`Fait cosigner par les dépositaires présents, le quorum au moins, les
inscriptions qu’aucun point de contrôle ne couvre encore. Il faut leurs jetons
et leurs codes PIN ; chaque jeton signe une fois. La commande ajoute un point
de contrôle au registre et n’ouvre aucune clé. S’il n’y a rien à cosigner,
elle le dit et ne demande aucun code PIN. Après une interruption, relancez-la.

Les jetons PIV s’insèrent dans n’importe quel ordre ; s’il y a moins de lecteurs
que de dépositaires, la commande dit lequel insérer et lequel retirer, et
attend. Ce qui peut être réparé sur place n’interrompt rien.`,
			`Has the custodians present, at least the quorum, cosign the entries that no
checkpoint covers yet. It needs their tokens and PINs; each token signs once.
It adds a checkpoint to the ledger and opens no key. When there is nothing to
cosign, it says so and asks for no PIN. After an interruption, run it again.

PIV tokens are put in in any order; with fewer readers than custodians the
command says which one to put in and which to take out, and waits. What can be
mended on the spot interrupts nothing.`},
		"flag.entry":  {"`N` : numéro de l’inscription, à partir de 0", "`number` of the entry, from 0"},
		"ledger.head": {"Registre ; inscriptions : %d ; racine : %s", "Ledger; entries: %d; root: %s"},
		"cosign.nothing": {"Rien à cosigner : les %d inscriptions le sont déjà.",
			"Nothing to cosign: the %d entries are cosigned already."},
		"ledger.tail": {"Des inscriptions attendent d’être cosignées. Qui cosigne le registre les cosigne aussi :",
			"Entries wait to be cosigned. Whoever cosigns the ledger cosigns these too:"},
		"ledger.tail-ends": {"Ce sont toutes les inscriptions à cosigner : %d. Si l’une d’elles surprend, ne saisissez aucun code PIN et interrompez par Ctrl-C.",
			"These are all the entries to be cosigned: %d. If one of them is a surprise, type no PIN and interrupt with Ctrl-C."},
		"ledger.entry": {"%d. %s : %s (%s)", "%d. %s: %s (%s)"},
		"ledger.field": {"- %s : %s", "- %s: %s"},
		"refused.recorded": {"Ce refus est inscrit au registre du coffre, et sera cosigné avec la prochaine inscription.",
			"This refusal is on record in the vault’s ledger, and will be cosigned with the next entry."},
		"refused.unreadable":     {"illisible", "unreadable"},
		"abandoned.interrupted":  {"interrompue avant d’être cosignée", "cut short before it was cosigned"},
		"field.policy-number":    {"numéro de la politique", "policy number"},
		"field.policy":           {"empreinte de la politique", "digest of the policy"},
		"field.batch":            {"lot", "batch"},
		"field.script":           {"empreinte du script", "digest of the script"},
		"field.software":         {"empreinte du programme", "digest of the program"},
		"field.publish":          {"clés à publier", "keys to publish"},
		"field.sample":           {"clés à tirer au sort", "keys to be drawn"},
		"field.reserve":          {"réserve", "reserve"},
		"field.why":              {"motif", "why"},
		"field.keys":             {"clés scellées", "keys sealed"},
		"field.root":             {"racine du lot", "root of the batch"},
		"field.manifest":         {"empreinte du manifeste", "digest of the manifest"},
		"field.dice":             {"dés", "dice"},
		"field.numbers":          {"clés tirées au sort", "keys drawn"},
		"field.published":        {"clés publiables", "keys that may be published"},
		"field.burnt":            {"empreinte de la liste des clés consommées", "digest of the list of burnt keys"},
		"field.file":             {"empreinte du lot public", "digest of the public batch"},
		"field.order":            {"ordre", "order"},
		"field.order-digest":     {"empreinte de l’ordre", "digest of the order"},
		"field.signature-digest": {"empreinte des signatures", "digest of the signatures"},
		"field.replaces":         {"remplace l’ordre", "replaces order"},
		"field.key-number":       {"numéro de la clé", "number of the key"},
		"field.key":              {"empreinte de la clé", "fingerprint of the key"},
		"field.opening":          {"dépositaires qui ouvrent", "custodians who open"},
		"field.kit":              {"empreinte du pli (private-key.asc)", "digest of the kit (private-key.asc)"},
		"field.waiting":          {"jours d’attente", "days of waiting"},
		"field.not-before":       {"pas avant", "not before"},
		"field.day":              {"jour de la remise", "day of the handover"},
		"ledger.cosigned":        {"inscription cosignée", "cosigned"},
		"ledger.uncosigned":      {"inscription pas encore cosignée", "not cosigned yet"},
		"kind.policy":            {"politique du coffre", "policy of the vault"},
		"kind.ceremony-opened":   {"cérémonie ouverte", "ceremony opened"},
		"kind.batch-abandoned":   {"lot abandonné", "batch abandoned"},
		"kind.batch-sealed":      {"lot scellé", "batch sealed"},
		"kind.sample-chosen":     {"échantillon tiré", "sample chosen"},
		"kind.batch-proved":      {"lot éprouvé", "batch proved"},
		"kind.batch-exported":    {"lot public écrit", "public batch written"},
		"kind.release-refused":   {"ordre refusé", "order refused"},
		"kind.release-intent":    {"restitution décidée", "release intended"},
		"kind.release-opened":    {"clé ouverte", "key opened"},
		"kind.release-delivered": {"pli prêt", "kit ready"},
		"kind.order-received":    {"ordre reçu", "order received"},
		"kind.kit-handed-over":   {"pli remis", "kit handed over"},
	}
}

// deskTexts are the sentences at the table with the card readers.
func deskTexts() map[string]Text {
	return map[string]Text{
		"desk.want": {"Jetons prêts : %d sur %d. Insérez une des clés YubiKey (« jetons ») attendues, dans n’importe quel ordre :",
			"Tokens ready: %d of %d. Put in one of the tokens that are awaited, in any order:"},
		"desk.want.one": {"– %s : jeton %s", "– %s: token %s"},
		"desk.either":   {"%s ou %s", "%s or %s"},
		"desk.seated":   {"Jeton %s ouvert : %s est en place.", "Token %s is open: %s is ready."},
		"desk.need":     {"Insérez le jeton %s, de %s.", "Put in token %s, of %s."},
		"desk.offer":    {"Si aucun lecteur n’est libre, retirez le jeton %s, de %s.", "If no reader is free, take out token %s, of %s."},
		"desk.offer.stranger": {"Si aucun lecteur n’est libre, retirez le jeton %s, qui n’est pas de ce coffre.",
			"If no reader is free, take out token %s, which is not of this vault."},
		"desk.out":   {"Le jeton %s, de %s, est retiré.", "Token %s, of %s, was taken out."},
		"desk.other": {"Le jeton %s est celui de %s ; est attendu : %s.", "Token %s is that of %s; awaited: %s."},
		"desk.spare": {"Le jeton %s est un jeton de secours de %s, mais c’est avec le jeton %s que cet acte a commencé. S’il est perdu, interrompez par Ctrl-C et relancez la commande avec le jeton de secours : rien n’est perdu.",
			"Token %s is a spare token of %s, but it is with token %s that this act began. If that one is lost, interrupt with Ctrl-C and run the command again with the spare token: nothing is lost."},
		"desk.declined": {"Aucun code PIN n’a été essayé.", "No PIN was tried."},
		"desk.aside": {"Le jeton %s est mis de côté, l’opération est suspendue. Retirez-le ; remettez-le quand tout est en ordre, ou insérez un jeton de secours du même dépositaire. Pour abandonner : Ctrl-C.",
			"Token %s is left aside; the act waits. Take it out, then put it in again once this is mended, or put in a spare token of the same custodian. To give up: Ctrl-C."},
		"desk.aside.seated": {"Le jeton %s est mis de côté, l’opération est suspendue. Retirez-le ; remettez-le quand tout est en ordre. S’il est hors d’usage, interrompez par Ctrl-C et relancez la commande avec un jeton de secours du même dépositaire : rien n’est perdu.",
			"Token %s is left aside; the act waits. Take it out, then put it in again once this is mended. If it is out of order, interrupt with Ctrl-C and run the command again with a spare token of the same custodian: nothing is lost."},
		"desk.aside.still": {"Le jeton %[1]s est toujours de côté. Retirez-le, puis attendez que l’écran confirme le retrait avant de le remettre.",
			"Token %[1]s is still left aside. Take it out, and wait until the screen confirms it before you put it in again."},
		"desk.amiss": {"difficulté : %s", "trouble: %s"},
		"desk.hint":  {"conseil : %s", "hint: %s"},
		"desk.touch.sign": {"TOUCHEZ maintenant le jeton %s, de %s, pour cosigner le registre…",
			"TOUCH token %s, of %s, now, to cosign the ledger…"},
		"desk.touch.open": {"TOUCHEZ maintenant le jeton %s, de %s, pour ouvrir une part d’une clé…",
			"TOUCH token %s, of %s, now, to open one share of one key…"},
		"count.touch":    {"(%d sur %d)", "(%d of %d)"},
		"desk.touched":   {"Touché, merci.", "Touched, thank you."},
		"desk.untouched": {"Le jeton n’a pas été touché à temps ; il le redemande.", "The token was not touched in time; it asks again."},
		"note.no-pin": {"Cette saisie ne peut pas être le code PIN du jeton %s, qui compte 6 à 8 caractères. Aucun essai n’a été dépensé. Si vous n’avez rien tapé, le jeton l’a fait : ne le touchez que lorsque le programme le demande.",
			"What was typed cannot be the PIN of token %s, which has 6 to 8 characters. No try was spent. If you typed nothing, the token did: touch it only when the program asks for it."},
		"note.fewer-tries": {"Le jeton %s a moins d’essais qu’au moment de la question : une saisie fausse a été comptée sans qu’il ait pu le dire, ou un autre programme s’en est servi. Rien n’est essayé de nouveau sans vous.",
			"Token %s has fewer tries left than when you were asked: a wrong entry was counted before it could say so, or another program used it. Nothing is tried again without you."},
		"ask.last-try.piv": {"Il ne reste qu’un essai : un code PIN faux bloquera ce jeton, que seul son code PUK débloquera. Ce n’est PAS le code PIN qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			"One try is left: a wrong PIN will block this token, and only its PUK can unblock it. This is NOT the PIN that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):"},
	}
}
