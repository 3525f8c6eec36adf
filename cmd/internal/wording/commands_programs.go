package wording

// programTexts are the sentences of the programs themselves, their help and the flags that many commands share.
func programTexts() map[string]Text {
	return map[string]Text{
		"help.bailiff": {
			Fr: "Garde hors ligne des clés privées, par les commissaires de justice",
			En: "Offline custody of private keys, by bailiffs",
		},
		"ask.exactly": {
			Fr: "Ce n’est pas ce qui est demandé. Recopiez-le exactement, ou tapez non pour renoncer.",
			En: "That is not what is asked for. Copy it exactly, or type no to give up.",
		},
		"about.bailiff": {
			Fr: `bailiff garde hors ligne la moitié privée des coffres numériques d’autrui.
Aucune clé ne s’ouvre sans ordre signé, ni sans le quorum des dépositaires.`,
			En: `bailiff keeps, offline, the private half of other people’s digital safes.
No key opens without a signed order and the quorum of custodians.`,
		},
		"help.bailiff-platform": {
			Fr: "Outil de la plateforme : lots de clés publiques et ordres de restitution",
			En: "The platform’s tool: batches of public keys and release orders",
		},
		"about.bailiff-platform": {
			Fr: `bailiff-platform tient le stock de clés publiques de la plateforme et rédige les
ordres de restitution. Il n’ouvre aucune clé : il ne voit ni jeton ni coffre.`,
			En: `bailiff-platform keeps the platform’s pool of public keys and writes release
orders. It opens no key: it never sees a token or a vault.`,
		},
		"help.exit-codes": {"Codes de sortie, pour qui écrit un programme", "Exit codes, for those who write programs"},
		"about.exit-codes": {
			Fr: `Montre par quels codes finit une commande. Ils ne changent jamais.`,
			En: `Shows the codes with which a command ends. They never change.`,
		},
		"help.help": {"Afficher l’aide d’une commande", "Show the help of a command"},
		"help.completion": {
			Fr: "Produire le script de complétion d’un interpréteur de commandes",
			En: "Write the completion script for a shell",
		},
		"completion.shell": {"Produire le script de complétion pour %s", "Write the completion script for %s"},
		"suggest.command": {
			Fr: "vouliez-vous dire : %s ? `--help` montre toutes les commandes",
			En: "did you mean: %s? `--help` shows all commands",
		},
		"suggest.example": {"complétez la commande, par exemple : `%s`", "complete the command, for example: `%s`"},
		"suggest.day":     {"écrivez par exemple %s pour le %s", "write for example %s for %s"},
		"suggest.line":    {"tapez : `%s`", "type: `%s`"},
		"vault.found":     {"Coffre pris : « %s », le seul de ce dossier.", "Vault taken: “%s”, the only one in this folder."},
		"interrupted.generating": {
			Fr: "Interrompu. Les clés en cours de création sont abandonnées ; la prochaine fois, un nouveau lot commence.",
			En: "Interrupted. The keys that were being made are abandoned; next time a new batch begins.",
		},
		"interrupted.sealed": {
			Fr: "Interrompu. Le lot scellé est gardé : relancez la même commande avec le même script, la cérémonie reprend là.",
			En: "Interrupted. The sealed batch is kept: run the same command again with the same script, and the ceremony goes on there.",
		},
		"interrupted.words": {
			Fr: "Interrompu. Le pli n’est pas écrit, et les mots qui étaient affichés ne serviront jamais : barrez-les. Relancez la même commande ; la clé sera ouverte de nouveau, avec d’autres mots.",
			En: "Interrupted. The kit is not written, and the words that were shown will never be used: strike them out. Run the same command again; the key is opened anew, with other words.",
		},
		"interrupted.done": {
			Fr: "Interrompu. L’opération elle-même est achevée : il n’y a rien à relancer.",
			En: "Interrupted. The act itself is complete: there is nothing to run again.",
		},
		"interrupted": {
			Fr: "Interrompu. Rien n’est perdu : relancez la même commande.",
			En: "Interrupted. Nothing is lost: run the same command again.",
		},
		"object.mode.rehearsal":  {"répétition", "rehearsal"},
		"object.mode.production": {"production", "production"},
		"object.line":            {"ligne %s", "line %s"},
		"object.word":            {"mot %s", "word %s"},
		"object.one-word":        {"un seul mot saisi", "one word typed"},
		"object.words":           {"%s mots saisis", "%s words typed"},
		"object.space":           {"%s Mio nécessaires", "%s MiB needed"},
		"object.witness":         {"témoin %s", "witness %s"},
		"argument.command":       {"COMMANDE", "COMMAND"},
		"argument.token":         {"JETON", "TOKEN"},
		"argument.folder":        {"DOSSIER", "FOLDER"},
		"argument.file":          {"FICHIER", "FILE"},
		"argument.member":        {"MEMBRE", "MEMBER"},
		"flag.no-descriptions": {
			Fr: "sans les descriptions des commandes et des options",
			En: "without the descriptions of commands and flags",
		},
		"help.version": {"Afficher l’empreinte et l’origine du programme", "Show the program’s digest and origin"},
		"about.version": {
			Fr: `Affiche l’empreinte SHA-256 du programme qui s’exécute, la version de Go qui
l’a compilé, sa version, le commit de ses sources, et dit si cette compilation
efface les secrets de la mémoire et, pour bailiff, si elle a accès aux cartes à
puce. L’empreinte est lue à voix haute au début d’une cérémonie et comparée à
celle du procès-verbal. Cette commande n’écrit rien.`,
			En: `Shows the SHA-256 digest of the running program, the version of Go that built
it, its version, the commit of its sources, and whether this build erases
secrets from memory and, of bailiff, whether it reaches smart cards. The digest
is read aloud when a ceremony begins and compared with the one on the minutes.
This command writes nothing.`,
		},
		"version.clean": {
			Fr: "Version %s, commit %s, sans modification.",
			En: "Version %s, commit %s, unmodified.",
		},
		"version.changed": {
			Fr: "Version %s, commit %s, modifié : personne d’autre ne peut recompiler ce programme à l’identique.",
			En: "Version %s, commit %s, modified: nobody else can build this program again.",
		},
		"version.unknown": {
			Fr: "Version %s, commit inconnu : compilé sans dépôt git, ou autrement que par `make build`.",
			En: "Version %s, commit unknown: built without a git repository, or otherwise than by `make build`.",
		},
		"version.cards": {
			Fr: "Cette compilation a accès aux cartes à puce.",
			En: "This build reaches smart cards.",
		},
		"version.no-cards": {
			Fr: "Cette compilation n’a pas accès aux cartes à puce : elle ne connaît que les jetons logiciels.",
			En: "This build reaches no smart cards: it knows software tokens only.",
		},
		"version.line": {
			Fr: "%s, empreinte du programme : %s, compilé avec %s",
			En: "%s, digest of the program: %s, built with %s",
		},
		"version.erasing": {
			Fr: "Cette compilation du programme efface les secrets de la mémoire après usage.",
			En: "This build erases secrets from memory after use.",
		},
		"version.not-erasing": {
			Fr: "Cette compilation du programme n’efface pas toutes les copies des secrets en mémoire : ne l’employez pas pour une cérémonie de production.",
			En: "This build does not erase every copy of a secret in memory: hold no production ceremony with it.",
		},
		"usage.usage":    {"Utilisation :", "Usage:"},
		"usage.examples": {"Exemples :", "Examples:"},
		"usage.commands": {"Commandes :", "Commands:"},
		"usage.options":  {"[options]", "[flags]"},
		"flag.default":   {"(%s par défaut)", "(default %s)"},
		"usage.flags":    {"Options :", "Flags:"},
		"usage.global":   {"Options générales :", "Global flags:"},
		"flag.lang": {
			Fr: "`langue` des phrases : fr ou en ; sinon celle du système",
			En: "`language` of the sentences: fr or en; else the system’s",
		},
		"flag.json": {"résultat en JSON sur la sortie standard", "result as JSON on standard output"},
		"flag.qr": {
			Fr: "QR code aussi ailleurs que sur un terminal ; --qr=false : jamais",
			En: "QR code elsewhere than on a terminal too; --qr=false: never",
		},
		"qr.next": {
			Fr: "— Entrée, une fois tout ceci lu, pour le QR code —",
			En: "— Press Enter for the QR code, once all this is read —",
		},
		"qr.not-here": {
			Fr: "Le QR code n’est pas affiché : il veut un terminal de 41 colonnes, en UTF-8 et en couleurs. Il ne contient que ce qui est écrit ci-dessus.",
			En: "The QR code is not shown: it wants a terminal of 41 columns, in UTF-8 and in colour. It holds only what is written above.",
		},
		"flag.help": {"afficher cette aide", "show this help"},
		"flag.vault-found": {
			Fr: "`dossier` du coffre ; sans cette option, le seul coffre du dossier courant",
			En: "`folder` of the vault; without it, the only vault in the current folder",
		},
		"flag.tokens": {
			Fr: "`dossier` de jetons logiciels : ceux des dépositaires nécessaires y sont pris",
			En: "`folder` of software tokens: those of the custodians needed are taken from it",
		},
		"flag.vault": {"`dossier` du coffre", "`folder` of the vault"},
		"flag.token": {
			Fr: "`jeton` attendu : numéro de série d’un jeton PIV, ou fichier d’un jeton logiciel ; à répéter, un par dépositaire présent. Sans cette option : les jetons PIV, à mesure qu’ils sont insérés",
			En: "`token` that is awaited: serial number of a PIV token, or file of a software token; repeat it, one for each custodian present. Without it: the PIV tokens, as they are put in",
		},
		"flag.wait": {
			Fr: "`temps` pendant lequel un jeton PIV est attendu, comme 90s ou 5m ; sans cette option, aussi longtemps qu’il faut devant un terminal, et pas du tout ailleurs",
			En: "`time` for which a PIV token is waited for, such as 90s or 5m; without it, as long as it takes at a terminal, and elsewhere not at all",
		},
		"flag.pin-file": {
			Fr: "répétition seulement : `fichier` des codes PIN, une ligne par jeton : numéro de série (ou *), une espace, code PIN",
			En: "rehearsals only: `file` of PINs, a line for each token: serial number (or *), a blank, PIN",
		},
		"flag.confirm": {
			Fr: "`N` : numéro de l’ordre, au lieu de le saisir quand il est demandé",
			En: "`number` of the order, instead of typing it when asked",
		},
		"flag.rehearsal": {
			Fr: "répétition : données fictives, jamais de production",
			En: "rehearsal: made-up data, never production",
		},
		"line": {"%s", "%s"},
	}
}
