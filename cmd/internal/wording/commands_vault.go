package wording

// vaultTexts are the sentences of vaults: making, showing, verifying one, and what its acts cost.
func vaultTexts() map[string]Text {
	return map[string]Text{
		"help.vault":      {"Coffres : créer, montrer, vérifier", "Vaults: make, show, verify"},
		"help.vault init": {"Créer un coffre, devant tous les dépositaires", "Make a vault, before all the custodians"},
		"about.vault init": {`Crée un coffre d’après un projet de politique relu. Il faut le jeton et le code
PIN de chaque dépositaire, ainsi que les enrôlements et les certificats que le
projet désigne. La commande écrit le dossier du coffre : la politique, la liste
des responsables, le registre et sa première inscription, cosignée par tous, et
l’ancre de confiance. Elle affiche douze mots à recopier à la main sur le
procès-verbal, et sur un terminal les mêmes en QR code. Elle ne crée aucune clé
de membre et refuse un dossier qui existe déjà. Ce que les dépositaires vont
signer est montré, page par page, et se confirme par oui avant le premier code
PIN ; ce qui est rarement voulu, une personne en deux places ou un office écrit
de deux façons, se confirme en tapant le nom. Après une interruption, aucun
coffre n’existe : relancez la même commande.

Les jetons PIV s’insèrent dans n’importe quel ordre ; s’il y a moins de lecteurs
que de dépositaires, la commande dit lequel insérer et lequel retirer, et
attend. Ce qui peut être réparé sur place n’interrompt rien.`,
			`Makes a vault from a reviewed policy draft. It needs the token and PIN of every
custodian, and the enrolments and certificates that the draft names. It writes
the vault’s folder: the policy, the roster, the ledger with its first entry,
cosigned by all, and the trust anchor. It shows twelve words to be copied by
hand onto the minutes, and on a terminal the same as a QR code. It makes no
member’s key, and refuses a folder that exists. What the custodians are about
to sign is shown page by page, and agreed to with yes before the first PIN; what
is seldom meant, a person in two seats or an office written in two ways, is
confirmed by typing the name. After an interruption there is no vault: run the
same command again.

PIV tokens are put in in any order; with fewer readers than custodians the
command says which one to put in and which to take out, and waits. What can be
mended on the spot interrupts nothing.`},
		"help.vault show": {"Montrer l’état du coffre", "Show the state of the vault"},
		"about.vault show": {`Montre la politique, les dépositaires et leurs jetons, les responsables
habilités, l’étendue du registre, les mots de l’ancre de confiance, les lots
et les ordres exécutés ou en cours. Aucun jeton n’est nécessaire. Le registre
est contrôlé, mais les lots ne sont pas relus : voyez vault verify. Cette
commande n’écrit rien.`,
			`Shows the policy, the custodians and their tokens, the officers, the extent of
the ledger, the words of the trust anchor, the batches, and the orders carried
out or under way. No token is needed. The ledger is checked, but the batches
are not read again: see vault verify. This command writes nothing.`},
		"help.vault verify": {"Relire chaque octet du coffre et le confronter au registre",
			"Read every byte of the vault and hold it against the ledger"},
		"about.vault verify": {`Relit chaque octet de chaque lot, recalcule les empreintes, tire de nouveau
l’échantillon d’après les dés inscrits, et confronte le tout au registre et à
ses points de contrôle. Un fichier qui n’a pas sa place dans le coffre est
signalé comme une erreur. Aucun jeton n’est nécessaire et aucune clé n’est
ouverte. Cette commande n’écrit rien ; elle peut être interrompue et relancée.`,
			`Reads every byte of every batch, recomputes the digests, draws the sample
again from the dice on record, and holds it all against the ledger and its
checkpoints. A file that has no place in the vault is reported as an error. No
token is needed and no key is opened. This command writes nothing; it may be
interrupted and run again.`},
		"flag.policy": {"`fichier` TOML du projet de politique, relu", "`file` with the reviewed policy draft, in TOML"},
		"flag.confirm-names": {"`nom` qui confirme une ressemblance signalée ; plusieurs fois",
			"`name` that confirms a likeness that is shown; repeatable"},
		"vault.anew": {"Une exécution antérieure a été interrompue avant que le coffre n’existe : ce qu’elle a laissé est supprimé, et tout recommence.",
			"An earlier run was cut short before the vault existed: what it left is removed, and everything begins anew."},
		"vault.made": {"Le coffre est créé dans %s ; identifiant : %s", "The vault is made in %s; its id: %s"},
		"vault.quorum": {"Quorum : %d dépositaires sur %d pour ouvrir une clé ; %d responsables habilités sur %d pour signer un ordre.",
			"Quorum: %d custodians of %d to open a key; %d officers of %d to sign an order."},
		"vault.rehearsal": {"RÉPÉTITION : ce coffre est un exercice. Ses clés ne protègent rien.",
			"REHEARSAL: this vault is an exercise. Its keys protect nothing."},
		"vault.officer-too": {"Refusé aussi : %s.", "Refused as well: %s."},
		"vault.words": {"Mots de l’ancre de confiance. Un témoin les recopie à la main sur le procès-verbal, un autre les relit :",
			"Words of the trust anchor. A witness copies them by hand onto the minutes, another reads them back:"},
		"vault.qr": {"Les douze mots en QR code, en capitales, et rien d’autre :",
			"The twelve words as a QR code, in capitals, and nothing else:"},
		"vault.place": {"Lieu de garde inscrit au registre : %s", "Place of keeping on record: %s"},
		"show.vault":  {"Coffre %s", "Vault %s"},
		"show.mode.rehearsal": {"Mode : RÉPÉTITION (exercice), ce coffre ne protège rien ; profil des clés : %s",
			"Mode: REHEARSAL, this vault protects nothing; key profile: %s"},
		"show.mode.production": {"Mode : production ; profil des clés : %s", "Mode: production; key profile: %s"},
		"show.custodians":      {"Dépositaires : il en faut %d sur %d pour ouvrir une clé", "Custodians: it takes %d of %d to open a key"},
		"show.custodian":       {"- %s : %s", "- %s: %s"},
		"show.unnamed":         {"(nom effacé)", "(name erased)"},
		"show.token":           {"· jeton %s", "· token %s"},
		"token.kind.soft":      {"logiciel %s", "in software, %s"},
		"token.kind.piv":       {"n° %s", "no. %s"},
		"show.officers": {"Responsables habilités : il en faut %d sur %d pour signer un ordre",
			"Officers: it takes %d of %d to sign an order"},
		"show.officer":         {"- %s : %s", "- %s: %s"},
		"show.officer-endless": {"· clé %s, sans date de fin", "· %s key, without an end date"},
		"show.officer-ends":    {"· clé %s ; signe jusqu’au %s (UTC)", "· %s key; signs until %s (UTC)"},
		"show.officer-soon": {"· Attention : cette clé prend fin dans moins d’un an ; ensuite, ses signatures ne compteront plus.",
			"· Note: this key ends within a year; after that its signatures count no more."},
		"show.officer-ended":  {"· Ne peut plus signer : sa clé a pris fin le %s (UTC).", "· Can sign no more: the key ended on %s (UTC)."},
		"show.officer-unable": {"· Ne peut pas signer : %s.", "· Cannot sign: %s."},
		"show.officers-until": {"Attention : après le %s (UTC), il restera moins de %d responsables capables de signer. Ce coffre ne pourra plus recevoir aucun ordre.",
			"Note: after %s (UTC) fewer than %d officers can sign. This vault can then receive no order any more."},
		"show.officers-few": {"Attention : moins de %d responsables peuvent signer. Ce coffre ne peut plus recevoir aucun ordre nouveau.",
			"Note: fewer than %d officers can sign. This vault can receive no new order any more."},
		"show.ledger": {"Registre : inscriptions : %d, dont cosignées : %d ; racine : %s",
			"Ledger: entries: %d, of which cosigned: %d; root: %s"},
		"show.uncosigned": {"Inscriptions qui attendent d’être cosignées : %d. Tapez : `bailiff ledger cosign --vault coffre`.",
			"Entries that wait to be cosigned: %d. Type: `bailiff ledger cosign --vault vault`."},
		"show.words": {"Mots de l’ancre de confiance : %s", "Words of the trust anchor: %s"},
		"show.batch.opened": {"Lot %[1]s : cérémonie commencée, lot non scellé. Relancez `bailiff ceremony run --vault coffre --script script.toml` : ce lot sera abandonné et un autre commencera.",
			"Batch %[1]s: ceremony begun, not sealed. Run `bailiff ceremony run --vault vault --script script.toml` again: this batch is then abandoned and another begins."},
		"show.batch.abandoned": {"Lot %[1]s : abandonné après une interruption ; aucune de ses clés ne sert.",
			"Batch %[1]s: abandoned after an interruption; none of its keys is in use."},
		"show.batch.sealed": {"Lot %[1]s : scellé, échantillon non tiré. Relancez avec le même script : `bailiff ceremony run --vault coffre --script script.toml`.",
			"Batch %[1]s: sealed, sample not chosen. Run it again with the same script: `bailiff ceremony run --vault vault --script script.toml`."},
		"show.batch.sampled": {"Lot %s : échantillon tiré, épreuve non achevée ; clés à publier : %d, consommées : %d, en réserve : %d. Relancez avec le même script : `bailiff ceremony run --vault coffre --script script.toml`.",
			"Batch %s: sample chosen, not proved yet; keys to publish: %d, burnt: %d, in reserve: %d. Run it again with the same script: `bailiff ceremony run --vault vault --script script.toml`."},
		"show.batch.proved": {"Lot %s : éprouvé ; clés publiées : %d, consommées : %d, en réserve : %d",
			"Batch %s: proved; keys published: %d, burnt: %d, in reserve: %d"},
		"show.publishable": {"Lot %[1]s : éprouvé, pas encore remis ; clés publiables : %[2]d, consommées : %[3]d, en réserve : %[4]d. Tapez : `bailiff batch export --vault coffre --batch %[1]s --out %[1]s.zip`.",
			"Batch %[1]s: proved, not handed over yet; keys to publish: %[2]d, burnt: %[3]d, in reserve: %[4]d. Type: `bailiff batch export --vault vault --batch %[1]s --out %[1]s.zip`."},
		"show.no-batch":       {"Aucun lot.", "No batch."},
		"show.order.received": {"Ordre %s, clé %s : reçu", "Order %s, key %s: received"},
		"show.ready":          {"· exécutable à partir du %s", "· may be carried out from %s"},
		"show.order.intent": {"Ordre %s, clé %s : restitution commencée, clé non ouverte. Relancez avec le même ordre : `bailiff release run --vault coffre --order order.txt --signatures order.sig --kit pli`.",
			"Order %s, key %s: release begun, key not opened. Run it again with the same order: `bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit`."},
		"show.order.opened": {"Ordre %s, clé %s : clé ouverte, pli non terminé. Relancez avec le même ordre : `bailiff release run --vault coffre --order order.txt --signatures order.sig --kit pli`.",
			"Order %s, key %s: key opened, kit not finished. Run it again with the same order: `bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit`."},
		"show.order.delivered":   {"Ordre %s, clé %s : pli prêt, remise non inscrite", "Order %s, key %s: kit ready, no handover on record"},
		"show.hand-over":         {"· une fois le pli remis : `%s`", "· once the kit is handed over: `%s`"},
		"show.order.handed-over": {"Ordre %s, clé %s : pli remis", "Order %s, key %s: kit handed over"},
		"show.handed-over":       {"· remis le %s, selon le commissaire de justice", "· handed over on %s, as the bailiff states"},
		"show.replaced":          {"· remplacé par l’ordre %s", "· replaced by order %s"},
		"show.no-order":          {"Aucun ordre reçu.", "No order received."},
		"progress.left":          {"%s ; encore %d min environ", "%s; about %d min left"},
		"progress.verify":        {"Vérification des clés : %d sur %d", "Verifying keys: %d of %d"},
		"verify.ledger": {"Registre vérifié ; inscriptions : %d ; points de contrôle : %d",
			"Ledger verified; entries: %d; checkpoints: %d"},
		"verify.batches": {"Lots relus en entier : %d ; clés : %d ; octets : %d", "Batches read in full: %d; keys: %d; bytes: %d"},
		"verify.uncosigned": {"Inscriptions qui ne sont pas encore cosignées : %d. Tapez : `bailiff ledger cosign --vault coffre`.",
			"Entries that are not cosigned yet: %d. Type: `bailiff ledger cosign --vault vault`."},
		"verify.unfinished": {"Cérémonie inachevée : lot %s. Relancez avec le même script : `bailiff ceremony run --vault coffre --script script.toml`.",
			"Unfinished ceremony: batch %s. Run it again with the same script: `bailiff ceremony run --vault vault --script script.toml`."},
		"verify.pending": {"Restitution inachevée : ordre %s. Relancez avec le même ordre : `bailiff release run --vault coffre --order order.txt --signatures order.sig --kit pli`.",
			"Unfinished release: order %s. Run it again with the same order: `bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit`."},
		"verify.leftover": {"Reste d’une écriture interrompue, sans effet : %s", "Left over from an interrupted write, harmless: %s"},
		"verify.good": {"Constat : aucun écart entre le coffre et son registre.",
			"Finding: no difference between the vault and its ledger."},
	}
}

// foundingTexts are the sentences of the review before a vault is founded.
func foundingTexts() map[string]Text {
	return map[string]Text{
		"vault.concentrated": {"Attention : un seul office ou un seul lieu réunit assez de dépositaires pour atteindre le seuil. Une répétition l’admet ; la production le refuse.",
			"Note: one office or one place alone has enough custodians to reach the threshold. A rehearsal allows it; production refuses it."},
		"vault.review.rehearsal": {"RÉPÉTITION (exercice). Voici ce que chaque dépositaire va signer.",
			"REHEARSAL (exercise). This is what every custodian is about to sign."},
		"vault.review.production": {"PRODUCTION. Voici ce que chaque dépositaire va signer.",
			"PRODUCTION. This is what every custodian is about to sign."},
		"vault.compare-tokens": {"À comparer : les numéros de série, jetons de secours compris, avec ceux qui sont gravés sur les jetons.",
			"Compare: the serial numbers, spare tokens included, with those engraved on the tokens."},
		"vault.compare-officers": {"À comparer : les empreintes des responsables avec celles qu’ils ont données eux-mêmes sur papier.",
			"Compare: the officers’ fingerprints with those that they gave on paper themselves."},
		"vault.seat": {"- %s : %s ; %s, %s", "- %s: %s; %s, %s"},
		"vault.draft": {"Empreinte du projet de politique, à comparer avec celle qui a été lue à haute voix : %s",
			"Digest of the policy draft, to be compared with the one read aloud: %s"},
		"vault.reviewed": {"Un jeton ou un responsable de trop suffit à ruiner la garde.",
			"One token or officer too many is enough to ruin the custody."},
		"vault.decided.rehearsal": {"RÉPÉTITION (exercice) : coffre de %[1]d dépositaires sur %[2]d et de %[3]d responsables sur %[4]d ; empreinte du projet : %[5]s…",
			"REHEARSAL (exercise): a vault of %[1]d custodians out of %[2]d and %[3]d officers out of %[4]d; digest of the draft: %[5]s…"},
		"vault.decided.production": {"PRODUCTION : coffre de %[1]d dépositaires sur %[2]d et de %[3]d responsables sur %[4]d ; empreinte du projet : %[5]s…",
			"PRODUCTION: a vault of %[1]d custodians out of %[2]d and %[3]d officers out of %[4]d; digest of the draft: %[5]s…"},
		"ask.founding": {"Tout est-il exact, sur chaque page ? Tapez oui pour créer le coffre, non pour arrêter là :",
			"Is all of this right, on each page? Type yes to make the vault, no to stop here:"},
		"doubt.one-custodian": {"À confirmer : les dépositaires %[1]s (%[2]s) et %[3]s (%[4]s) semblent être une seule personne, qui compterait deux fois.",
			"To be confirmed: the custodians %[1]s (%[2]s) and %[3]s (%[4]s) seem to be one person, who would count twice."},
		"doubt.one-officer": {"À confirmer : deux responsables, %[2]s (clé %[1]s) et %[4]s (clé %[3]s), semblent être une seule personne, qui signerait deux fois.",
			"To be confirmed: two officers, %[2]s (key %[1]s) and %[4]s (key %[3]s), seem to be one person, who would sign twice."},
		"doubt.officer-in-seat": {"À confirmer : le dépositaire %[1]s (%[2]s) semble être aussi le responsable %[4]s, qui signe les ordres (clé %[3]s).",
			"To be confirmed: the custodian %[1]s (%[2]s) seems to be the officer %[4]s too, who signs orders (key %[3]s)."},
		"doubt.one-office": {"À confirmer : les offices « %[2]s » et « %[4]s » semblent être un seul office, écrit de deux façons.",
			"To be confirmed: the offices “%[2]s” and “%[4]s” seem to be one office, written in two ways."},
		"doubt.one-place": {"À confirmer : les lieux « %[2]s » et « %[4]s » semblent être un seul lieu, écrit de deux façons.",
			"To be confirmed: the places “%[2]s” and “%[4]s” seem to be one place, written in two ways."},
		"doubt.two-alphabets": {"À confirmer : le nom « %[2]s » (%[1]s) mêle deux alphabets dans un même mot ; les lettres étrangères sont affichées par leur numéro.",
			"To be confirmed: the name “%[2]s” (%[1]s) mixes two alphabets in one word; the foreign letters are shown by their number."},
		"doubt.ask": {"Si c’est bien voulu, tapez l’un de ces noms ; sinon, Ctrl-C, et corrigez le projet de politique :",
			"If it is meant, type one of these names; if not, press Ctrl-C and correct the policy draft:"},
	}
}

// priceTexts are the sentences of what an act costs, and of what a sample proves.
func priceTexts() map[string]Text {
	return map[string]Text{
		"price.title": {"Ce que chaque opération demande aux dépositaires (%d secondes par contact) :",
			"What each act asks of the custodians (at %d seconds a touch):"},
		"price.ceremony": {"- cérémonie, échantillon de %[4]d clés : %[1]d dépositaires, %[2]s contacts, %[3]s",
			"- ceremony, sample of %[4]d keys: %[1]d custodians, %[2]s touches, %[3]s"},
		"price.release": {"- restitution de %[4]d clé : %[1]d dépositaires, %[2]s contacts, %[3]s",
			"- release of %[4]d key: %[1]d custodians, %[2]s touches, %[3]s"},
		"price.samples": {"Taille de l’échantillon, à décider dans le script : si toutes les clés tirées au sort s’ouvrent (confiance de %s %%),",
			"Size of the sample, to be decided in the script: if all the keys drawn open (%s %% confidence),"},
		"price.sample": {"- %d clés prouvent que moins de %s %% sont défectueuses (%s contacts, %s)",
			"- %d keys prove that fewer than %s %% are defective (%s touches, %s)"},
	}
}
