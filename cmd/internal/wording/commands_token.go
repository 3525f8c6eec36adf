package wording

// tokenTexts are the sentences of tokens, PINs and touches.
func tokenTexts() map[string]Text {
	return map[string]Text{
		"help.token":      {"Jetons : créer, montrer, lister", "Tokens: make, show, list"},
		"help.token init": {"Créer un jeton et son enrôlement", "Make a token and its enrolment"},
		"about.token init": {
			Fr: `Crée un jeton logiciel, réservé aux répétitions, et à côté de lui le fichier
d’enrôlement que le dépositaire remet au rédacteur de la politique. Le code
PIN est demandé deux fois ; il a de 4 à 64 caractères, sans accent ni espace.
Trois codes faux bloquent le jeton pour toujours. Rien n’est remplacé : des
fichiers de ce nom sont refusés. Après une interruption, relancez la même
commande : un jeton resté sans enrôlement reçoit le sien contre le code PIN qui
lui fut donné.`,
			En: `Makes a software token, for rehearsals only, and beside it the enrolment file
that the custodian hands to whoever writes the policy. The PIN is asked for
twice; it has 4 to 64 characters, no accents and no blanks. Three wrong PINs
block the token for ever. Nothing is replaced: files of that name are refused.
After an interruption, run the same command again: a token that was made and is
left without its enrolment gets it for the PIN that it was given.`,
		},
		"help.token show": {"Montrer le côté public d’un jeton", "Show the public side of a token"},
		"about.token show": {
			Fr: `Montre le numéro de série, les clés publiques et les essais de code PIN
restants d’un jeton. Aucun code PIN n’est demandé et aucun essai n’est
dépensé. Cette commande n’écrit rien.`,
			En: `Shows a token’s serial number, its public keys and the PIN tries left. No PIN
is asked for and no try is spent. This command writes nothing.`,
		},
		"help.token list": {"Lister les jetons d’un dossier", "List the tokens of a folder"},
		"about.token list": {
			Fr: `Liste les jetons logiciels d’un dossier, avec les essais de code PIN restants.
Avec --vault, dit aussi quel dépositaire tient chaque jeton selon la politique
du coffre. Un jeton illisible est signalé parmi les autres, et la commande
finit par une erreur. Aucun code PIN n’est demandé. Cette commande n’écrit
rien.`,
			En: `Lists the software tokens of a folder, with the PIN tries left. With --vault
it also says which custodian holds each token according to the vault’s policy.
A token that cannot be read is reported among the others, and the command ends
with an error. No PIN is asked for. This command writes nothing.`,
		},
		"flag.soft": {"jeton logiciel, pour les répétitions seulement", "software token, for rehearsals only"},
		"flag.token-out": {
			Fr: "`fichier` du nouveau jeton, qui finit par .token",
			En: "`file` of the new token, ending in .token",
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
			Fr: "Jeton %s (%s) ; essais de code PIN restants : %d ; fichier : %s",
			En: "Token %s (%s); PIN tries left: %d; file: %s",
		},
		"token.held": {
			Fr: "Jeton %s (%s) ; essais de code PIN restants : %d ; fichier : %s ; dépositaire : %s",
			En: "Token %s (%s); PIN tries left: %d; file: %s; custodian: %s",
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
			Fr: "Dépositaire %s, code PIN du jeton %s (essais restants : %d) :",
			En: "Custodian %s, PIN of token %s (tries left: %d):",
		},
		"ask.last-try": {
			Fr: "Il ne reste qu’un essai : un code PIN faux bloquera ce jeton pour toujours. Ce n’est PAS le code PIN qui est demandé ici. Pour continuer, recopiez le numéro de série du jeton, %s (il ne s’affiche pas) :",
			En: "One try is left: a wrong PIN will block this token for ever. This is NOT the PIN that is asked for here. To go on, copy the token’s serial number, %s (it is not shown):",
		},
		"note.wrong-pin": {
			Fr: "Le code PIN du jeton %s est faux. Un essai a été dépensé.",
			En: "Wrong PIN for token %s. One try was spent.",
		},
		"touch.sign": {
			Fr: "Dépositaire %s : touchez le jeton %s, pour cosigner le registre.",
			En: "Custodian %s: touch token %s, to cosign the ledger.",
		},
		"touch.open": {
			Fr: "Dépositaire %s : touchez le jeton %s, pour ouvrir une part d’une clé.",
			En: "Custodian %s: touch token %s, to open one share of one key.",
		},
	}
}
