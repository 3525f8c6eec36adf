package wording

// tokenCardTexts are the sentences of tokens that are devices: what is in the readers, and what the
// commands of the group token say of a card.
func tokenCardTexts() map[string]Text {
	return map[string]Text{
		"argument.serial": {"NUMÉRO", "SERIAL"},
		"flag.serial": {
			Fr: "`N` : numéro de série du jeton ; sans lui, celui du seul jeton inséré",
			En: "serial `number` of the token; without it, that of the only one there",
		},
		"flag.enrolment": {"`fichier` d’enrôlement du jeton", "enrolment `file` of the token"},
		"card.line": {
			Fr: "Jeton %s : micrologiciel %s, %s",
			En: "Token %s: firmware %s, %s",
		},
		"card.shape.unknown":        {"forme inconnue", "form factor not told"},
		"card.preparation.fresh":    {"- Neuf, comme à la sortie de l’usine.", "- New, as from the factory."},
		"card.preparation.started":  {"- Préparation interrompue : relancez `bailiff token init --out c01.enrolment`.", "- Its preparation was cut short: run `bailiff token init --out c01.enrolment` again."},
		"card.preparation.prepared": {"- Préparé par bailiff.", "- Prepared by bailiff."},
		"card.preparation.in use":   {"- Sert déjà à autre chose.", "- In use by something else."},
		"card.codes": {
			Fr: "- Essais restants : code PIN %d, code PUK %d.",
			En: "- Tries left: PIN %d, PUK %d.",
		},
		"card.default-codes": {
			Fr: "- Le code PIN ou le code PUK est encore celui de l’usine.",
			En: "- PIN or PUK is still that of the factory.",
		},
		"card.slot": {
			Fr: "- Emplacement %s, %s : %s, %s ; code PIN %s, contact %s",
			En: "- Slot %s, %s: %s, %s; PIN %s, touch %s",
		},
		"card.slot.signing":  {"clé de signature", "signing key"},
		"card.slot.sealing":  {"clé de scellement", "sealing key"},
		"card.slot.other":    {"clé étrangère à bailiff", "a key that is not bailiff’s"},
		"card.key.born":      {"née dans le jeton", "born in the token"},
		"card.key.imported":  {"importée", "imported"},
		"card.policy.never":  {"jamais", "never"},
		"card.policy.once":   {"une fois", "once"},
		"card.policy.always": {"à chaque usage", "at each use"},
		"card.policy.cached": {"valable 15 secondes", "good for 15 seconds"},
		"card.free": {
			Fr: "- Emplacements libres pour d’autres coffres : %d",
			En: "- Slots free for other vaults: %d",
		},
		"card.waiting": {
			Fr: "En attente : %s. La commande continuera d’elle-même (Ctrl-C pour arrêter).",
			En: "Waiting: %s. The command will go on by itself (Ctrl-C stops it).",
		},
		"card.stopped": {"Arrêté : %s.", "Stopped: %s."},
		"card.todo":    {"- À faire : %s", "- To do: %s"},
		"card.again":   {"Le jeton %s est là : la commande continue.", "Token %s is there: the command goes on."},
		"card.touch.signing": {
			Fr: ">>> TOUCHEZ MAINTENANT le jeton %s (%d sur %d : essai de signature).",
			En: ">>> TOUCH token %s NOW (%d of %d: trial signature).",
		},
		"card.touch.opening": {
			Fr: ">>> TOUCHEZ MAINTENANT le jeton %s (%d sur %d : essai d’ouverture).",
			En: ">>> TOUCH token %s NOW (%d of %d: trial opening).",
		},
		"card.touched": {"Contact reçu.", "Touch received."},
		"card.pin-rules": {
			Fr: "Seul le dépositaire connaît son code PIN : 6 à 8 chiffres, lettres ou signes, sans accent ni espace, ni suite ni répétition. Il ne s’affiche pas. Trois codes erronés bloquent le jeton.",
			En: "The PIN is the custodian’s alone: 6 to 8 digits, letters or signs, without accents or blanks, no sequence and no repetition. It is not shown. Three wrong ones lock the token.",
		},
		"card.puk-rules": {
			Fr: "Le code PUK sert à remplacer un code PIN oublié ou bloqué : 8 chiffres, lettres ou signes. Choisissez-le, ou appuyez sur Entrée pour qu’il soit tiré au sort.",
			En: "The PUK replaces a PIN that was forgotten or locked: 8 digits, letters or signs. Choose it, or press Enter to have one drawn by lot.",
		},
		"card.differ":  {"Les deux saisies diffèrent. Recommençons.", "The two entries differ. Once more."},
		"card.nothing": {"Rien d’utilisable n’a été saisi. Pour arrêter : Ctrl-C.", "Nothing usable was typed. To stop: Ctrl-C."},
		"card.refused": {"Refusé : %s.", "Refused: %s."},
		"card.puk": {
			Fr: "Code PUK de ce jeton, affiché cette seule fois. Écrivez-le à la main ; la feuille ira dans une pochette de sécurité numérotée, à part du jeton :",
			En: "PUK of this token, shown this once. Write it down by hand; the sheet goes into a sealed bag, apart from the token:",
		},
		"ask.puk-written": {
			Fr: "Quand il est écrit et relu, saisissez %s (l’écran sera effacé) :",
			En: "When it is written and read back, type %s (the screen will be cleared):",
		},
		"ask.new-puk":       {"Choisissez un code PUK (ou Entrée) :", "Choose a PUK (or Enter):"},
		"ask.new-puk-again": {"Saisissez-le encore une fois :", "Type it once more:"},
		"ask.card-pin": {
			Fr: "Code PIN du jeton %s (essais restants : %d) :",
			En: "PIN of token %s (tries left: %d):",
		},
		"ask.puk": {
			Fr: "Code PUK du jeton %s (essais restants : %d) :",
			En: "PUK of token %s (tries left: %d):",
		},
		"ask.no-more-codes": {
			Fr: "C’était le dernier essai : le jeton %s ne demande plus de code. N’en tapez plus ; pour finir, appuyez sur Entrée :",
			En: "That was the last try: token %s asks for no code any more. Type no more of them; to end, press Enter:",
		},
		"ask.last-puk-try": {
			Fr: "Il ne reste qu’un essai : un code PUK faux le perdra pour toujours. Ce n’est PAS le code PUK qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			En: "One try is left: a wrong PUK will lose it for ever. This is NOT the PUK that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):",
		},
	}
}

// readerTexts are what token list says of readers and their cards.
func readerTexts() map[string]Text {
	return map[string]Text{
		"reader.name":           {"- Lecteur : %s", "- Reader: %s"},
		"reader.unread":         {"- Illisible : %s", "- Cannot be read: %s"},
		"reader.use.production": {"- Convient à la production.", "- Fit for production."},
		"reader.use.rehearsal":  {"- Répétitions seulement.", "- Rehearsals only."},
		"reader.use.none":       {"- Inutilisable en l’état : ce jeton ne peut pas être enrôlé.", "- Of no use as it is: this token cannot be enrolled."},
		"reader.stranger":       {"- N’appartient à aucun dépositaire de ce coffre.", "- Belongs to no custodian of this vault."},
		"reader.enrolled": {
			Fr: "- Dépositaire %s ; ses clés enrôlées y sont (9c et %s).",
			En: "- Custodian %s; the enrolled keys are there (9c and %s).",
		},
		"reader.why":            {"- car : %s", "- because: %s"},
		"reader.custodian":      {"- Dépositaire %s, clé de scellement en %s ; à examiner :", "- Custodian %s, sealing key in %s; amiss:"},
		"reader.empty":          {"Lecteur vide : %s", "Empty reader: %s"},
		"reader.busy":           {"Lecteur occupé : %s ; par : %s", "Busy reader: %s; held by: %s"},
		"reader.holder-unknown": {"un programme que le système ne nomme pas", "a program that the system does not name"},
		"reader.failed":         {"Lecteur %s : %s", "Reader %s: %s"},
		"readers.count":         {"Lecteurs : %d", "Readers: %d"},
	}
}
