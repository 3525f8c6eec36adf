package wording

// tokenTexts are the sentences of tokens, PINs and touches.
func tokenTexts() map[string]Text {
	return map[string]Text{
		"help.token":      {"Jetons : préparer, lister, montrer, vérifier, codes", "Tokens: prepare, list, show, check, codes"},
		"help.token init": {"Préparer un jeton et écrire son enrôlement", "Prepare a token and write its enrolment"},
		"about.token init": {`Prépare un jeton pour un coffre et écrit le fichier d’enrôlement que le
dépositaire remet au rédacteur de la politique. Le dépositaire choisit le code
PIN et le code PUK ; les clés naissent dans le jeton et sont essayées en deux
contacts. Rien n’est effacé : un jeton déjà préparé reçoit une clé de plus, un
jeton qui sert à autre chose n’est pris que si son numéro est recopié. Après
une interruption, relancez la même commande : elle reprend. Pour une
répétition sans clavier, --pin-file donne les codes, une ligne chacun : le
code PIN de la carte 20001001 dans « 20001001 271828 », son code PUK dans
« 20001001.puk 31415926 » ; « * » et « *.puk » valent pour toutes.

Avec --soft, crée un jeton logiciel, réservé aux répétitions, et son
enrôlement à côté de lui. Son code PIN a de 4 à 64 caractères, sans accent ni
espace ; trois codes faux le bloquent pour toujours. Rien n’est remplacé : des
fichiers de ce nom sont refusés. Un jeton resté sans enrôlement reçoit le sien
contre le code PIN qui lui fut donné.`,
			`Prepares a token for a vault and writes the enrolment file that the custodian
hands to whoever writes the policy. The custodian chooses PIN and PUK; the keys
are born in the token and tried, in two touches. Nothing is erased: a token
that is prepared already gets one key more, one that is in use by something
else is taken only when its number is typed. After an interruption run the same
command again: it goes on. For a rehearsal without a keyboard --pin-file gives
the codes, a line each: the PIN of the card 20001001 in “20001001 271828”, its
PUK in “20001001.puk 31415926”; “*” and “*.puk” are for all.

With --soft it makes a software token, for rehearsals only, and its enrolment
beside it. Its PIN has 4 to 64 characters, no accents and no blanks; three
wrong PINs block it for ever. Nothing is replaced: files of that name are
refused. A token that was left without its enrolment gets it for the PIN that
it was given.`},
		"help.token show": {"Montrer le côté public d’un jeton", "Show the public side of a token"},
		"about.token show": {`Montre ce qu’un jeton dit sans code PIN : pour un numéro de série, le jeton
inséré, ses essais restants et ce que contient chaque emplacement ; pour un
fichier, un jeton logiciel. Aucun essai n’est dépensé. Cette commande n’écrit
rien.`,
			`Shows what a token tells without a PIN: for a serial number the token that is
in a reader, its tries left and what each slot holds; for a file, a software
token. No try is spent. This command writes nothing.`},
		"help.token list": {"Lister les jetons des lecteurs ou d’un dossier", "List the tokens in the readers or in a folder"},
		"about.token list": {`Liste les lecteurs et les jetons qu’ils contiennent : numéro de série,
micrologiciel, à quoi chacun peut servir et, pour un lecteur occupé, par qui.
Avec un dossier, liste les jetons logiciels qui s’y trouvent ; un jeton
illisible est signalé parmi les autres, et la commande finit par une erreur.
Avec --vault, dit aussi quel dépositaire tient chaque jeton selon la politique
du coffre. Aucun code PIN n’est demandé. Cette commande n’écrit rien.`,
			`Lists the readers and the tokens in them: serial number, firmware, what each
could be used for and, of a busy reader, who holds it. With a folder it lists
the software tokens there; one that cannot be read is reported among the
others, and the command ends with an error. With --vault it also says which
custodian holds each token according to the vault’s policy. No PIN is asked
for. This command writes nothing.`},
		"flag.soft": {"jeton logiciel, pour les répétitions seulement", "software token, for rehearsals only"},
		"flag.token-out": {"nouveau `fichier` d’enrôlement ; avec --soft celui du jeton, qui finit par .token",
			"new enrolment `file`; with --soft that of the token, ending in .token"},
		"token.resumed": {"Le jeton %s existe déjà, sans son enrôlement : la commande reprend où elle s’était arrêtée.",
			"Token %s is there already, without its enrolment: the command goes on where it stopped."},
		"token.made": {"Jeton %s créé : %s", "Token %s made: %s"},
		"token.enrolment": {"Fichier d’enrôlement, à remettre au rédacteur de la politique : %s",
			"Enrolment file, to be handed to whoever writes the policy: %s"},
		"token.rehearsal": {"Ce jeton est logiciel : il sert aux répétitions et la production le refuse.",
			"This is a software token: it serves rehearsals, and production refuses it."},
		"token.line": {"Jeton logiciel %s ; essais de code PIN restants : %d ; fichier : %s",
			"Software token %s; PIN tries left: %d; file: %s"},
		"token.held": {"Jeton logiciel %s ; essais de code PIN restants : %d ; fichier : %s ; dépositaire : %s",
			"Software token %s; PIN tries left: %d; file: %s; custodian: %s"},
		"token.unread":      {"Jeton illisible. %s", "Unreadable token. %s"},
		"token.sealing":     {"Clé de scellement : %s", "Sealing key: %s"},
		"token.signing":     {"Clé de signature : %s", "Signing key: %s"},
		"token.count":       {"Jetons : %d", "Tokens: %d"},
		"ask.new-pin":       {"Choisissez un code PIN :", "Choose a PIN:"},
		"ask.new-pin-again": {"Saisissez-le encore une fois :", "Type it once more:"},
		"note.pin-form": {"Un code PIN compte 4 à 64 lettres, chiffres ou signes, sans accent ni espace.",
			"A PIN has 4 to 64 letters, digits or signs, without accents or blanks."},
		"ask.pin": {"Dépositaire %s, code PIN du jeton %s (essais restants : %d) :", "Custodian %s, PIN of token %s (tries left: %d):"},
		"ask.last-try": {"Il ne reste qu’un essai : un code PIN faux bloquera ce jeton pour toujours. Ce n’est PAS le code PIN qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			"One try is left: a wrong PIN will block this token for ever. This is NOT the PIN that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):"},
		"note.not-serial": {"Ce n’est pas le numéro de série ; aucun essai n’a été dépensé. Pour arrêter : Ctrl-C.",
			"That is not the serial number; no try was spent. To stop: Ctrl-C."},
		"note.wrong-pin": {"Code PIN du jeton %s erroné : il vous reste %d essais.", "Wrong PIN for token %s: you have %d tries left."},
		"note.wrong-pin.one": {"Code PIN du jeton %s erroné : il ne vous reste qu’un essai.",
			"Wrong PIN for token %s: you have one try left."},
		"note.wrong-pin.some": {"Code PIN du jeton %s erroné : un essai de moins.", "Wrong PIN for token %s: one try less."},
		"touch.sign": {"Dépositaire %s : le jeton logiciel %s cosigne, sans contact.",
			"Custodian %s: software token %s, no touch, to cosign the ledger."},
		"touch.open": {"Dépositaire %s : le jeton logiciel %s ouvre une part, sans contact.",
			"Custodian %s: software token %s, no touch, to open one share of one key."},
	}
}

// tokenCardTexts are the sentences of tokens that are devices: what is in the readers, and what the
// commands of the group token say of a card.
func tokenCardTexts() map[string]Text {
	return map[string]Text{
		"argument.serial": {"NUMÉRO", "SERIAL"},
		"flag.serial": {"`N` : numéro de série du jeton ; sans lui, celui du seul jeton inséré",
			"serial `number` of the token; without it, that of the only one there"},
		"flag.enrolment":         {"`fichier` d’enrôlement du jeton", "enrolment `file` of the token"},
		"card.line":              {"Jeton %s : micrologiciel %s, %s", "Token %s: firmware %s, %s"},
		"card.shape.unknown":     {"forme inconnue", "form factor not told"},
		"card.preparation.fresh": {"- Neuf, comme à la sortie de l’usine.", "- New, as from the factory."},
		"card.preparation.started": {"- Préparation interrompue : relancez `bailiff token init --out c01.enrolment`.",
			"- Its preparation was cut short: run `bailiff token init --out c01.enrolment` again."},
		"card.preparation.prepared": {"- Préparé par bailiff.", "- Prepared by bailiff."},
		"card.preparation.in use":   {"- Sert déjà à autre chose.", "- In use by something else."},
		"card.codes":                {"- Essais restants : code PIN %d, code PUK %d.", "- Tries left: PIN %d, PUK %d."},
		"card.default-codes":        {"- Le code PIN ou le code PUK est encore celui de l’usine.", "- PIN or PUK is still that of the factory."},
		"card.slot":                 {"- Emplacement %s, %s : %s, %s ; code PIN %s, contact %s", "- Slot %s, %s: %s, %s; PIN %s, touch %s"},
		"card.slot.signing":         {"clé de signature", "signing key"},
		"card.slot.sealing":         {"clé de scellement", "sealing key"},
		"card.slot.other":           {"clé étrangère à bailiff", "a key that is not bailiff’s"},
		"card.key.born":             {"née dans le jeton", "born in the token"},
		"card.key.imported":         {"importée", "imported"},
		"card.policy.never":         {"jamais", "never"},
		"card.policy.once":          {"une fois", "once"},
		"card.policy.always":        {"à chaque usage", "at each use"},
		"card.policy.cached":        {"valable 15 secondes", "good for 15 seconds"},
		"card.free":                 {"- Emplacements libres pour d’autres coffres : %d", "- Slots free for other vaults: %d"},
		"card.waiting": {"En attente : %s. La commande continuera d’elle-même (Ctrl-C pour arrêter).",
			"Waiting: %s. The command will go on by itself (Ctrl-C stops it)."},
		"card.stopped": {"Arrêté : %s.", "Stopped: %s."},
		"card.todo":    {"- À faire : %s", "- To do: %s"},
		"card.again":   {"Le jeton %s est là : la commande continue.", "Token %s is there: the command goes on."},
		"card.touch.signing": {">>> TOUCHEZ MAINTENANT le jeton %s (%d sur %d : essai de signature).",
			">>> TOUCH token %s NOW (%d of %d: trial signature)."},
		"card.touch.opening": {">>> TOUCHEZ MAINTENANT le jeton %s (%d sur %d : essai d’ouverture).",
			">>> TOUCH token %s NOW (%d of %d: trial opening)."},
		"card.touched": {"Contact reçu.", "Touch received."},
		"card.pin-rules": {"Seul le dépositaire connaît son code PIN : 6 à 8 chiffres, lettres ou signes, sans accent ni espace, ni suite ni répétition. Il ne s’affiche pas. Trois codes erronés bloquent le jeton.",
			"The PIN is the custodian’s alone: 6 to 8 digits, letters or signs, without accents or blanks, no sequence and no repetition. It is not shown. Three wrong ones lock the token."},
		"card.puk-rules": {"Le code PUK sert à remplacer un code PIN oublié ou bloqué : 8 chiffres, lettres ou signes. Choisissez-le, ou appuyez sur Entrée pour qu’il soit tiré au sort.",
			"The PUK replaces a PIN that was forgotten or locked: 8 digits, letters or signs. Choose it, or press Enter to have one drawn by lot."},
		"card.differ":  {"Les deux saisies diffèrent. Recommençons.", "The two entries differ. Once more."},
		"card.nothing": {"Rien d’utilisable n’a été saisi. Pour arrêter : Ctrl-C.", "Nothing usable was typed. To stop: Ctrl-C."},
		"card.refused": {"Refusé : %s.", "Refused: %s."},
		"card.puk": {"Code PUK de ce jeton, affiché cette seule fois. Écrivez-le à la main ; la feuille ira dans une pochette de sécurité numérotée, à part du jeton :",
			"PUK of this token, shown this once. Write it down by hand; the sheet goes into a sealed bag, apart from the token:"},
		"ask.puk-written": {"Quand il est écrit et relu, saisissez %s (l’écran sera effacé) :",
			"When it is written and read back, type %s (the screen will be cleared):"},
		"ask.new-puk":       {"Choisissez un code PUK (ou Entrée) :", "Choose a PUK (or Enter):"},
		"ask.new-puk-again": {"Saisissez-le encore une fois :", "Type it once more:"},
		"ask.card-pin":      {"Code PIN du jeton %s (essais restants : %d) :", "PIN of token %s (tries left: %d):"},
		"ask.puk":           {"Code PUK du jeton %s (essais restants : %d) :", "PUK of token %s (tries left: %d):"},
		"ask.no-more-codes": {"C’était le dernier essai : le jeton %s ne demande plus de code. N’en tapez plus ; pour finir, appuyez sur Entrée :",
			"That was the last try: token %s asks for no code any more. Type no more of them; to end, press Enter:"},
		"ask.last-puk-try": {"Il ne reste qu’un essai : un code PUK faux le perdra pour toujours. Ce n’est PAS le code PUK qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			"One try is left: a wrong PUK will lose it for ever. This is NOT the PUK that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):"},
	}
}

// readerTexts are what token list says of readers and their cards.
func readerTexts() map[string]Text {
	return map[string]Text{
		"reader.name":           {"- Lecteur : %s", "- Reader: %s"},
		"reader.unread":         {"- Illisible : %s", "- Cannot be read: %s"},
		"reader.use.production": {"- Convient à la production.", "- Fit for production."},
		"reader.use.rehearsal":  {"- Répétitions seulement.", "- Rehearsals only."},
		"reader.use.none": {"- Inutilisable en l’état : ce jeton ne peut pas être enrôlé.",
			"- Of no use as it is: this token cannot be enrolled."},
		"reader.stranger": {"- N’appartient à aucun dépositaire de ce coffre.", "- Belongs to no custodian of this vault."},
		"reader.enrolled": {"- Dépositaire %s ; ses clés enrôlées y sont (9c et %s).",
			"- Custodian %s; the enrolled keys are there (9c and %s)."},
		"reader.why":            {"- car : %s", "- because: %s"},
		"reader.custodian":      {"- Dépositaire %s, clé de scellement en %s ; à examiner :", "- Custodian %s, sealing key in %s; amiss:"},
		"reader.empty":          {"Lecteur vide : %s", "Empty reader: %s"},
		"reader.busy":           {"Lecteur occupé : %s ; par : %s", "Busy reader: %s; held by: %s"},
		"reader.holder-unknown": {"un programme que le système ne nomme pas", "a program that the system does not name"},
		"reader.failed":         {"Lecteur %s : %s", "Reader %s: %s"},
		"readers.count":         {"Lecteurs : %d", "Readers: %d"},
	}
}

// initTexts are what token init says while it prepares a card.
func initTexts() map[string]Text {
	return map[string]Text{
		"flag.slot": {"`emplacement`, tel que 82 : écrire de nouveau l’enrôlement de la clé qui s’y trouve",
			"`slot`, such as 82: write the enrolment of the key that is there again"},
		"flag.pin-file.init": {"répétition seulement : `fichier` des codes, deux lignes par carte : numéro de série (ou *), une espace, code PIN ; le même suivi de .puk, une espace, code PUK",
			"rehearsals only: `file` of codes, two lines for each card: serial number (or *), a blank, PIN; the same followed by .puk, a blank, PUK"},
		"flag.token-rehearsal": {"enrôler pour des répétitions, jamais pour la production", "enrol for rehearsals, never for production"},
		"flag.confirm-serial": {"répétition seulement : `N` : numéro de série d’un jeton qui sert déjà, au lieu de le saisir",
			"rehearsals only: serial `number` of a token in use, instead of typing it"},
		"init.card": {"Jeton %s : micrologiciel %s, %s.", "Token %s: firmware %s, %s."},
		"init.unchanged": {"Ce jeton ne peut pas être enrôlé ; rien n’y a été changé.",
			"This token cannot be enrolled; nothing on it was changed."},
		"init.fresh": {"Il est neuf. Vous allez choisir son code PIN et son code PUK ; puis le jeton crée ses clés et les essaie.",
			"It is new. You will choose its PIN and its PUK; then the token makes its keys and tries them."},
		"init.resumed": {"La préparation du jeton %s a été interrompue : elle reprend où elle s’était arrêtée. Un code PUK déjà écrit pour lui ne vaut plus : barrez-le, un nouveau le remplace.",
			"The preparation of token %s was cut short: it goes on where it stopped. A PUK that was written down for it is void: cross it out, a new one takes its place."},
		"init.puk-void": {"Le code PUK que vous avez écrit ne vaut pas : barrez-le.", "The PUK that you wrote down is void: cross it out."},
		"init.resumed-codes": {"La préparation du jeton %s a été interrompue : elle reprend où elle s’était arrêtée, avec ses codes PIN et PUK.",
			"The preparation of token %s was cut short: it goes on where it stopped, with its PIN and PUK."},
		"init.prepared": {"Il est déjà préparé (clés de scellement : %s). Il reçoit une clé de plus, pour un autre coffre, en %s ; ses codes PIN et PUK restent. S’il ne vous manque que le fichier d’enrôlement, arrêtez (Ctrl-C) et ajoutez --slot avec l’emplacement de sa clé.",
			"It is prepared already (sealing keys: %s). It gets one key more, for another vault, in %s; its PIN and PUK stay. If all you miss is the enrolment file, stop (Ctrl-C) and add --slot with the slot of its key."},
		"init.in-use": {"Attention : le jeton %s sert déjà à autre chose (clés : %s). bailiff n’efface rien, ajoute ses clés à côté et garde les codes PIN et PUK ; mais qui connaît ces codes peut se servir du jeton.",
			"Warning: token %s is in use by something else (keys: %s). bailiff erases nothing, adds its keys beside and keeps PIN and PUK; but whoever knows these can use the token."},
		"ask.in-use": {"Pour vous en servir malgré tout, recopiez le numéro gravé sur le jeton :",
			"To use it all the same, copy the number engraved on the token:"},
		"init.begins": {"Le jeton travaille quelques secondes. Ne le touchez que lorsque c’est demandé : %d contacts, à la fin.",
			"The token works for some seconds. Touch it only when you are asked to: %d touches, at the end."},
		"init.step.begin":      {"%d. note sur le jeton que sa préparation commence", "%d. notes on the token that its preparation begins"},
		"init.step.retries":    {"%d. accorde trois essais à chaque code", "%d. allows three tries for each code"},
		"init.step.management": {"%d. met en place la clé d’administration", "%d. puts the management key in place"},
		"init.step.puk":        {"%d. pose le code PUK", "%d. sets the PUK"},
		"init.step.pin":        {"%d. pose le code PIN", "%d. sets the PIN"},
		"init.step.signing": {"%d. met en place la clé de signature, née dans le jeton",
			"%d. puts the signing key in place, born in the token"},
		"init.step.sealing": {"%d. met en place la clé de scellement, née dans le jeton",
			"%d. puts the sealing key in place, born in the token"},
		"init.step.proof": {"%d. essaie les deux clés : deux contacts", "%d. tries both keys: two touches"},
		"init.step.end":   {"%d. note sur le jeton que tout est fait", "%d. notes on the token that all is done"},
		"init.unwritten": {"Le jeton est prêt, mais son fichier d’enrôlement n’a pas pu être écrit : relancez la commande avec --slot %s.",
			"The token is ready, but its enrolment file could not be written: run the command again with --slot %s."},
		"init.made": {"Jeton %s prêt : clé de signature en 9c, clé de scellement en %s, toutes deux essayées.",
			"Token %s is ready: signing key in 9c, sealing key in %s, both tried."},
		"init.rehearsal": {"Cet enrôlement vaut pour des répétitions seulement.", "This enrolment is good for rehearsals only."},
		"init.bag": {"Rangez le code PUK, écrit à la main, dans une pochette de sécurité numérotée, à part du jeton.",
			"Keep the PUK, written by hand, in a sealed bag apart from the token."},
	}
}

// codeTexts are what token check, token pin and token unblock say.
func codeTexts() map[string]Text {
	return map[string]Text{
		"help.token check": {"Dire si c’est toujours le jeton enrôlé", "Tell whether it is still the enrolled token"},
		"about.token check": {`Dit si un jeton est toujours celui qui fut enrôlé : ses clés, les règles de code
PIN et de contact, son attestation, les essais restants. Ce qui cloche est dit
ligne à ligne, avec ce qu’il faut faire. Aucun code PIN n’est demandé. Avec
--pin, le code PIN est demandé et les deux clés sont essayées, en deux
contacts, sans ouvrir la clé d’aucun membre : à faire chaque année, pour chaque
jeton, ceux de secours compris. Cette commande n’écrit rien.`,
			`Tells whether a token is still the one that was enrolled: its keys, the rules
of PIN and touch, its attestation, the tries left. What is amiss is told line
by line, with what to do. No PIN is asked for. With --pin the PIN is asked for
and both keys are tried, in two touches, without opening any member’s key: to
be done every year for each token, spares too. This command writes nothing.`},
		"flag.check-pin": {"demander le code PIN et essayer les deux clés : deux contacts",
			"ask for the PIN and try both keys: two touches"},
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
		"pin.perhaps": {"Le jeton %s a été coupé pendant le changement : son code PIN est encore l’ancien, ou déjà le nouveau. Saisissez celui qui vaut ; le nouveau sera posé.",
			"Token %s was cut off during the change: its PIN is still the old one, or the new one already. Type the one that holds; the new one will be set."},
		"help.token unblock": {"Remplacer un code PIN oublié, avec le code PUK", "Replace a forgotten PIN, with the PUK"},
		"about.token unblock": {`Donne un nouveau code PIN à un jeton dont le code PIN est oublié ou bloqué,
contre le code PUK écrit à la main et gardé dans une pochette de sécurité
numérotée. Les essais restants sont affichés, et le dernier ne se dépense
jamais sans que le numéro du jeton soit recopié : après lui, le jeton ne peut
plus jamais être débloqué.
Les clés restent les mêmes. Cette commande n’écrit que sur le jeton.`,
			`Gives a new PIN to a token whose PIN was forgotten or locked, for the PUK that
was written by hand and kept in a sealed bag. The tries left are shown, and
the last one is never spent without the token’s number being copied: after it
the token can never be unblocked again. The keys stay the same. This command
writes to the token only.`},
		"unblock.begins": {"Ouvrez la pochette qui contient le code PUK du jeton %s ; le procès-verbal mentionne son numéro.",
			"Open the bag with the PUK of token %s; the minutes say so."},
		"unblock.wrong": {"Code PUK du jeton %s erroné : un essai de moins.", "Wrong PUK for token %s: one try less."},
		"unblock.done": {"Le jeton %s a un nouveau code PIN et tous ses essais. Remettez la feuille du code PUK dans une pochette neuve.",
			"Token %s has a new PIN and all its tries. Put the sheet with the PUK into a new bag."},
	}
}
