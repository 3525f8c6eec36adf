package wording

// cardTexts are the sentences of `bailiff-demo cards`.
func cardTexts() map[string]Text {
	return map[string]Text{
		"help.cards": {
			Fr: "Des lecteurs et des cartes logicielles, pour répéter avec de vrais gestes",
			En: "Readers and software cards, to rehearse with real gestures",
		},
		"about.cards": {
			Fr: `Fait tourner des lecteurs virtuels, vides au départ, et des cartes logicielles
que bailiff prend pour des YubiKey. La première ligne est à coller dans le
terminal où vous lancerez bailiff. Ici, vous insérez et retirez les cartes au
clavier ; « help » rappelle les commandes. Les cartes restent dans le dossier
d’une fois sur l’autre. Leurs clés ne protègent rien : c’est une répétition.
Rien n’est visible du réseau.`,
			En: `Runs virtual readers, empty at first, and software cards that bailiff takes
for YubiKeys. Its first line is for the terminal where you will run bailiff.
Here you put cards in and pull them out at the keyboard; "help" tells how. The
cards stay in the folder from one time to the next. Their keys protect nothing:
this is a rehearsal. Nothing can be seen from the network.`,
		},
		"flag.cards.dir":      {"`dossier` des cartes ; son chemin doit être court", "`folder` of the cards; its path must be short"},
		"flag.cards.readers":  {"`nombre` de lecteurs, de 2 à 16 ; ils vont par deux", "`number` of readers, 2 to 16; they come in pairs"},
		"flag.cards.cards":    {"`nombre` de cartes, de 1 à 40", "`number` of cards, 1 to 40"},
		"flag.cards.firmware": {"`version` du micrologiciel des cartes neuves", "firmware `version` of new cards"},

		"cards.ready": {
			Fr: "RÉPÉTITION : %d cartes, %d lecteurs vides. Tapez `help` pour les commandes.",
			En: "REHEARSAL: %d cards, %d empty readers. Type `help` for the commands.",
		},
		"cards.help": {
			Fr: "`insert 1 2` : met la carte 1 dans le lecteur 2\n" +
				"`remove 2` : retire la carte du lecteur 2\n" +
				"`touch on` : les cartes sont touchées dès qu’elles le demandent\n" +
				"`touch off` : personne ne les touche\n" +
				"`touch ask` : vous les touchez vous-même, avec `press`\n" +
				"`press` : touche la carte qui attend\n" +
				"`list` : ce qu’il y a dans les lecteurs\n" +
				"`quit` : retire tout et termine",
			En: "`insert 1 2`: puts card 1 into reader 2\n" +
				"`remove 2`: pulls the card out of reader 2\n" +
				"`touch on`: the cards are touched as soon as they ask\n" +
				"`touch off`: nobody touches them\n" +
				"`touch ask`: you touch them yourself, with `press`\n" +
				"`press`: touches the card that waits\n" +
				"`list`: what is in the readers\n" +
				"`quit`: pulls everything out and ends",
		},
		"cards.inserted":  {"Carte %d (numéro de série %d) : dans le lecteur %d.", "Card %d (serial number %d): in reader %d."},
		"cards.removed":   {"Lecteur %d : vide.", "Reader %d: empty."},
		"cards.out":       {"Carte %d (numéro de série %d) : dans aucun lecteur.", "Card %d (serial number %d): in no reader."},
		"cards.waiting":   {"La carte %d attend qu’on la touche : tapez `press`.", "Card %d waits for a touch: type `press`."},
		"cards.pressed":   {"Carte %d : touchée.", "Card %d: touched."},
		"cards.untouched": {"Aucune carte n’attend.", "No card waits."},
		"cards.touch":     {"Désormais : touch %s.", "From now on: touch %s."},
		"cards.unknown":   {"Commande inconnue. Tapez `help`.", "Unknown command. Type `help`."},
		"cards.taken":     {"Le lecteur %d est occupé, ou la carte est déjà dans un lecteur. Tapez `list`.", "Reader %d is taken, or the card is in a reader already. Type `list`."},
		"cards.unread":    {"Il n’y a pas de lecteur %d.", "There is no reader %d."},
		"cards.empty":     {"Le lecteur %d est vide.", "Reader %d is empty."},
	}
}
