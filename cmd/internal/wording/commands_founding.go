package wording

// foundingTexts are the sentences of the review before a vault is founded.
func foundingTexts() map[string]Text {
	return map[string]Text{
		"vault.concentrated": {
			Fr: "Attention : un seul office ou un seul lieu réunit assez de dépositaires pour atteindre le seuil. Une répétition l’admet ; la production le refuse.",
			En: "Note: one office or one place alone has enough custodians to reach the threshold. A rehearsal allows it; production refuses it.",
		},
		"vault.review.rehearsal": {
			Fr: "RÉPÉTITION (exercice). Voici ce que chaque dépositaire va signer.",
			En: "REHEARSAL (exercise). This is what every custodian is about to sign.",
		},
		"vault.review.production": {
			Fr: "PRODUCTION. Voici ce que chaque dépositaire va signer.",
			En: "PRODUCTION. This is what every custodian is about to sign.",
		},
		"vault.compare-tokens": {
			Fr: "À comparer : les numéros de série, jetons de secours compris, avec ceux qui sont gravés sur les jetons.",
			En: "Compare: the serial numbers, spare tokens included, with those engraved on the tokens.",
		},
		"vault.compare-officers": {
			Fr: "À comparer : les empreintes des responsables avec celles qu’ils ont données eux-mêmes sur papier.",
			En: "Compare: the officers’ fingerprints with those that they gave on paper themselves.",
		},
		"vault.seat": {"- %s : %s ; %s, %s", "- %s: %s; %s, %s"},
		"vault.draft": {
			Fr: "Empreinte du projet de politique, à comparer avec celle qui a été lue à haute voix : %s",
			En: "Digest of the policy draft, to be compared with the one read aloud: %s",
		},
		"vault.reviewed": {
			Fr: "Un jeton ou un responsable de trop suffit à ruiner la garde.",
			En: "One token or officer too many is enough to ruin the custody.",
		},
		"vault.decided.rehearsal": {
			Fr: "RÉPÉTITION (exercice) : coffre de %[1]d dépositaires sur %[2]d et de %[3]d responsables sur %[4]d ; empreinte du projet : %[5]s…",
			En: "REHEARSAL (exercise): a vault of %[1]d custodians out of %[2]d and %[3]d officers out of %[4]d; digest of the draft: %[5]s…",
		},
		"vault.decided.production": {
			Fr: "PRODUCTION : coffre de %[1]d dépositaires sur %[2]d et de %[3]d responsables sur %[4]d ; empreinte du projet : %[5]s…",
			En: "PRODUCTION: a vault of %[1]d custodians out of %[2]d and %[3]d officers out of %[4]d; digest of the draft: %[5]s…",
		},
		"ask.founding": {
			Fr: "Tout est-il exact, sur chaque page ? Tapez oui pour créer le coffre, non pour arrêter là :",
			En: "Is all of this right, on each page? Type yes to make the vault, no to stop here:",
		},
		"doubt.one-custodian": {
			Fr: "À confirmer : les dépositaires %[1]s (%[2]s) et %[3]s (%[4]s) semblent être une seule personne, qui compterait deux fois.",
			En: "To be confirmed: the custodians %[1]s (%[2]s) and %[3]s (%[4]s) seem to be one person, who would count twice.",
		},
		"doubt.one-officer": {
			Fr: "À confirmer : deux responsables, %[2]s (clé %[1]s) et %[4]s (clé %[3]s), semblent être une seule personne, qui signerait deux fois.",
			En: "To be confirmed: two officers, %[2]s (key %[1]s) and %[4]s (key %[3]s), seem to be one person, who would sign twice.",
		},
		"doubt.officer-in-seat": {
			Fr: "À confirmer : le dépositaire %[1]s (%[2]s) semble être aussi le responsable %[4]s, qui signe les ordres (clé %[3]s).",
			En: "To be confirmed: the custodian %[1]s (%[2]s) seems to be the officer %[4]s too, who signs orders (key %[3]s).",
		},
		"doubt.one-office": {
			Fr: "À confirmer : les offices « %[2]s » et « %[4]s » semblent être un seul office, écrit de deux façons.",
			En: "To be confirmed: the offices “%[2]s” and “%[4]s” seem to be one office, written in two ways.",
		},
		"doubt.one-place": {
			Fr: "À confirmer : les lieux « %[2]s » et « %[4]s » semblent être un seul lieu, écrit de deux façons.",
			En: "To be confirmed: the places “%[2]s” and “%[4]s” seem to be one place, written in two ways.",
		},
		"doubt.two-alphabets": {
			Fr: "À confirmer : le nom « %[2]s » (%[1]s) mêle deux alphabets dans un même mot ; les lettres étrangères sont affichées par leur numéro.",
			En: "To be confirmed: the name “%[2]s” (%[1]s) mixes two alphabets in one word; the foreign letters are shown by their number.",
		},
		"doubt.ask": {
			Fr: "Si c’est bien voulu, tapez l’un de ces noms ; sinon, Ctrl-C, et corrigez le projet de politique :",
			En: "If it is meant, type one of these names; if not, press Ctrl-C and correct the policy draft:",
		},
	}
}
