package wording

// priceTexts are the sentences of what an act costs, and of what a sample proves.
func priceTexts() map[string]Text {
	return map[string]Text{
		"price.title": {
			Fr: "Ce que chaque opération demande aux dépositaires (%d secondes par contact) :",
			En: "What each act asks of the custodians (at %d seconds a touch):",
		},
		"price.ceremony": {
			Fr: "- cérémonie, échantillon de %[4]d clés : %[1]d dépositaires, %[2]s contacts, %[3]s",
			En: "- ceremony, sample of %[4]d keys: %[1]d custodians, %[2]s touches, %[3]s",
		},
		"price.release": {
			Fr: "- restitution de %[4]d clé : %[1]d dépositaires, %[2]s contacts, %[3]s",
			En: "- release of %[4]d key: %[1]d custodians, %[2]s touches, %[3]s",
		},
		"price.samples": {
			Fr: "Taille de l’échantillon, à décider dans le script : si toutes les clés tirées au sort s’ouvrent (confiance de %s %%),",
			En: "Size of the sample, to be decided in the script: if all the keys drawn open (%s %% confidence),",
		},
		"price.sample": {
			Fr: "- %d clés prouvent que moins de %s %% sont défectueuses (%s contacts, %s)",
			En: "- %d keys prove that fewer than %s %% are defective (%s touches, %s)",
		},
	}
}
