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
