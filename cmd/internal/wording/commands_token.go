package wording

// tokenTexts are the sentences of tokens, PINs and touches.
func tokenTexts() map[string]Text {
	return map[string]Text{
		"help.token":      {"Jetons : préparer, lister, montrer, vérifier, codes", "Tokens: prepare, list, show, check, codes"},
		"help.token init": {"Préparer un jeton et écrire son enrôlement", "Prepare a token and write its enrolment"},
		"about.token init": {
			Fr: `Prépare un jeton pour un coffre et écrit le fichier d’enrôlement que le
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
			En: `Prepares a token for a vault and writes the enrolment file that the custodian
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
it was given.`,
		},
		"help.token show": {"Montrer le côté public d’un jeton", "Show the public side of a token"},
		"about.token show": {
			Fr: `Montre ce qu’un jeton dit sans code PIN : pour un numéro de série, le jeton
inséré, ses essais restants et ce que contient chaque emplacement ; pour un
fichier, un jeton logiciel. Aucun essai n’est dépensé. Cette commande n’écrit
rien.`,
			En: `Shows what a token tells without a PIN: for a serial number the token that is
in a reader, its tries left and what each slot holds; for a file, a software
token. No try is spent. This command writes nothing.`,
		},
		"help.token list": {"Lister les jetons des lecteurs ou d’un dossier", "List the tokens in the readers or in a folder"},
		"about.token list": {
			Fr: `Liste les lecteurs et les jetons qu’ils contiennent : numéro de série,
micrologiciel, à quoi chacun peut servir et, pour un lecteur occupé, par qui.
Avec un dossier, liste les jetons logiciels qui s’y trouvent ; un jeton
illisible est signalé parmi les autres, et la commande finit par une erreur.
Avec --vault, dit aussi quel dépositaire tient chaque jeton selon la politique
du coffre. Aucun code PIN n’est demandé. Cette commande n’écrit rien.`,
			En: `Lists the readers and the tokens in them: serial number, firmware, what each
could be used for and, of a busy reader, who holds it. With a folder it lists
the software tokens there; one that cannot be read is reported among the
others, and the command ends with an error. With --vault it also says which
custodian holds each token according to the vault’s policy. No PIN is asked
for. This command writes nothing.`,
		},
		"flag.soft": {"jeton logiciel, pour les répétitions seulement", "software token, for rehearsals only"},
		"flag.token-out": {
			Fr: "nouveau `fichier` d’enrôlement ; avec --soft celui du jeton, qui finit par .token",
			En: "new enrolment `file`; with --soft that of the token, ending in .token",
		},
		"token.resumed": {
			Fr: "Le jeton %s existe déjà, sans son enrôlement : la commande reprend où elle s’était arrêtée.",
			En: "Token %s is there already, without its enrolment: the command goes on where it stopped.",
		},
		"token.made": {"Jeton %s créé : %s", "Token %s made: %s"},
		"token.enrolment": {
			Fr: "Fichier d’enrôlement, à remettre au rédacteur de la politique : %s",
			En: "Enrolment file, to be handed to whoever writes the policy: %s",
		},
		"token.rehearsal": {
			Fr: "Ce jeton est logiciel : il sert aux répétitions et la production le refuse.",
			En: "This is a software token: it serves rehearsals, and production refuses it.",
		},
		"token.line": {
			Fr: "Jeton logiciel %s ; essais de code PIN restants : %d ; fichier : %s",
			En: "Software token %s; PIN tries left: %d; file: %s",
		},
		"token.held": {
			Fr: "Jeton logiciel %s ; essais de code PIN restants : %d ; fichier : %s ; dépositaire : %s",
			En: "Software token %s; PIN tries left: %d; file: %s; custodian: %s",
		},
		"token.unread":      {"Jeton illisible. %s", "Unreadable token. %s"},
		"token.sealing":     {"Clé de scellement : %s", "Sealing key: %s"},
		"token.signing":     {"Clé de signature : %s", "Signing key: %s"},
		"token.count":       {"Jetons : %d", "Tokens: %d"},
		"ask.new-pin":       {"Choisissez un code PIN :", "Choose a PIN:"},
		"ask.new-pin-again": {"Saisissez-le encore une fois :", "Type it once more:"},
		"note.pin-form": {
			Fr: "Un code PIN compte 4 à 64 lettres, chiffres ou signes, sans accent ni espace.",
			En: "A PIN has 4 to 64 letters, digits or signs, without accents or blanks.",
		},
		"ask.pin": {
			Fr: "Dépositaire %s, code PIN du jeton %s (essais restants : %d) :",
			En: "Custodian %s, PIN of token %s (tries left: %d):",
		},
		"ask.last-try": {
			Fr: "Il ne reste qu’un essai : un code PIN faux bloquera ce jeton pour toujours. Ce n’est PAS le code PIN qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			En: "One try is left: a wrong PIN will block this token for ever. This is NOT the PIN that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):",
		},
		"note.not-serial": {
			Fr: "Ce n’est pas le numéro de série ; aucun essai n’a été dépensé. Pour arrêter : Ctrl-C.",
			En: "That is not the serial number; no try was spent. To stop: Ctrl-C.",
		},
		"note.wrong-pin": {
			Fr: "Code PIN du jeton %s erroné : il vous reste %d essais.",
			En: "Wrong PIN for token %s: you have %d tries left.",
		},
		"note.wrong-pin.one": {
			Fr: "Code PIN du jeton %s erroné : il ne vous reste qu’un essai.",
			En: "Wrong PIN for token %s: you have one try left.",
		},
		"note.wrong-pin.some": {
			Fr: "Code PIN du jeton %s erroné : un essai de moins.",
			En: "Wrong PIN for token %s: one try less.",
		},
		"touch.sign": {
			Fr: "Dépositaire %s : le jeton logiciel %s cosigne, sans contact.",
			En: "Custodian %s: software token %s, no touch, to cosign the ledger.",
		},
		"touch.open": {
			Fr: "Dépositaire %s : le jeton logiciel %s ouvre une part, sans contact.",
			En: "Custodian %s: software token %s, no touch, to open one share of one key.",
		},
	}
}
