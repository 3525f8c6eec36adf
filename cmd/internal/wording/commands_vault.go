package wording

// vaultTexts are the sentences of vaults: making, showing, verifying one, and what its acts cost.
func vaultTexts() map[string]Text {
	return map[string]Text{
		"help.vault": {"Coffres : créer, montrer, vérifier", "Vaults: make, show, verify"},
		"help.vault init": {
			Fr: "Créer un coffre, devant tous les dépositaires",
			En: "Make a vault, before all the custodians",
		},
		"about.vault init": {
			Fr: `Crée un coffre d’après un projet de politique relu. Il faut le jeton et le code
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
			En: `Makes a vault from a reviewed policy draft. It needs the token and PIN of every
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
mended on the spot interrupts nothing.`,
		},
		"help.vault show": {"Montrer l’état du coffre", "Show the state of the vault"},
		"about.vault show": {
			Fr: `Montre la politique, les dépositaires et leurs jetons, les responsables
habilités, l’étendue du registre, les mots de l’ancre de confiance, les lots
et les ordres exécutés ou en cours. Aucun jeton n’est nécessaire. Le registre
est contrôlé, mais les lots ne sont pas relus : voyez vault verify. Cette
commande n’écrit rien.`,
			En: `Shows the policy, the custodians and their tokens, the officers, the extent of
the ledger, the words of the trust anchor, the batches, and the orders carried
out or under way. No token is needed. The ledger is checked, but the batches
are not read again: see vault verify. This command writes nothing.`,
		},
		"help.vault verify": {
			Fr: "Relire chaque octet du coffre et le confronter au registre",
			En: "Read every byte of the vault and hold it against the ledger",
		},
		"about.vault verify": {
			Fr: `Relit chaque octet de chaque lot, recalcule les empreintes, tire de nouveau
l’échantillon d’après les dés inscrits, et confronte le tout au registre et à
ses points de contrôle. Un fichier qui n’a pas sa place dans le coffre est
signalé comme une erreur. Aucun jeton n’est nécessaire et aucune clé n’est
ouverte. Cette commande n’écrit rien ; elle peut être interrompue et relancée.`,
			En: `Reads every byte of every batch, recomputes the digests, draws the sample
again from the dice on record, and holds it all against the ledger and its
checkpoints. A file that has no place in the vault is reported as an error. No
token is needed and no key is opened. This command writes nothing; it may be
interrupted and run again.`,
		},
		"flag.policy": {
			Fr: "`fichier` TOML du projet de politique, relu",
			En: "`file` with the reviewed policy draft, in TOML",
		},
		"flag.confirm-names": {
			Fr: "`nom` qui confirme une ressemblance signalée ; plusieurs fois",
			En: "`name` that confirms a likeness that is shown; repeatable",
		},
		"vault.anew": {
			Fr: "Une exécution antérieure a été interrompue avant que le coffre n’existe : ce qu’elle a laissé est supprimé, et tout recommence.",
			En: "An earlier run was cut short before the vault existed: what it left is removed, and everything begins anew.",
		},
		"vault.made": {"Le coffre est créé dans %s ; identifiant : %s", "The vault is made in %s; its id: %s"},
		"vault.quorum": {
			Fr: "Quorum : %d dépositaires sur %d pour ouvrir une clé ; %d responsables habilités sur %d pour signer un ordre.",
			En: "Quorum: %d custodians of %d to open a key; %d officers of %d to sign an order.",
		},
		"vault.rehearsal": {
			Fr: "RÉPÉTITION : ce coffre est un exercice. Ses clés ne protègent rien.",
			En: "REHEARSAL: this vault is an exercise. Its keys protect nothing.",
		},
		"vault.officer-too": {"Refusé aussi : %s.", "Refused as well: %s."},
		"vault.words": {
			Fr: "Mots de l’ancre de confiance. Un témoin les recopie à la main sur le procès-verbal, un autre les relit :",
			En: "Words of the trust anchor. A witness copies them by hand onto the minutes, another reads them back:",
		},
		"vault.qr": {
			Fr: "Les douze mots en QR code, en capitales, et rien d’autre :",
			En: "The twelve words as a QR code, in capitals, and nothing else:",
		},
		"vault.place": {"Lieu de garde inscrit au registre : %s", "Place of keeping on record: %s"},
		"show.vault":  {"Coffre %s", "Vault %s"},
		"show.mode.rehearsal": {
			Fr: "Mode : RÉPÉTITION (exercice), ce coffre ne protège rien ; profil des clés : %s",
			En: "Mode: REHEARSAL, this vault protects nothing; key profile: %s",
		},
		"show.mode.production": {"Mode : production ; profil des clés : %s", "Mode: production; key profile: %s"},
		"show.custodians": {
			Fr: "Dépositaires : il en faut %d sur %d pour ouvrir une clé",
			En: "Custodians: it takes %d of %d to open a key",
		},
		"show.custodian":  {"- %s : %s", "- %s: %s"},
		"show.unnamed":    {"(nom effacé)", "(name erased)"},
		"show.token":      {"· jeton %s", "· token %s"},
		"token.kind.soft": {"logiciel %s", "in software, %s"},
		"token.kind.piv":  {"n° %s", "no. %s"},
		"show.officers": {
			Fr: "Responsables habilités : il en faut %d sur %d pour signer un ordre",
			En: "Officers: it takes %d of %d to sign an order",
		},
		"show.officer": {"- %s : %s", "- %s: %s"},
		"show.officer-endless": {
			Fr: "· clé %s, sans date de fin",
			En: "· %s key, without an end date",
		},
		"show.officer-ends": {
			Fr: "· clé %s ; signe jusqu’au %s (UTC)",
			En: "· %s key; signs until %s (UTC)",
		},
		"show.officer-soon": {
			Fr: "· Attention : cette clé prend fin dans moins d’un an ; ensuite, ses signatures ne compteront plus.",
			En: "· Note: this key ends within a year; after that its signatures count no more.",
		},
		"show.officer-ended": {
			Fr: "· Ne peut plus signer : sa clé a pris fin le %s (UTC).",
			En: "· Can sign no more: the key ended on %s (UTC).",
		},
		"show.officer-unable": {
			Fr: "· Ne peut pas signer : %s.",
			En: "· Cannot sign: %s.",
		},
		"show.officers-until": {
			Fr: "Attention : après le %s (UTC), il restera moins de %d responsables capables de signer. Ce coffre ne pourra plus recevoir aucun ordre.",
			En: "Note: after %s (UTC) fewer than %d officers can sign. This vault can then receive no order any more.",
		},
		"show.officers-few": {
			Fr: "Attention : moins de %d responsables peuvent signer. Ce coffre ne peut plus recevoir aucun ordre nouveau.",
			En: "Note: fewer than %d officers can sign. This vault can receive no new order any more.",
		},
		"show.ledger": {
			Fr: "Registre : inscriptions : %d, dont cosignées : %d ; racine : %s",
			En: "Ledger: entries: %d, of which cosigned: %d; root: %s",
		},
		"show.uncosigned": {
			Fr: "Inscriptions qui attendent d’être cosignées : %d. Tapez : `bailiff ledger cosign --vault coffre`.",
			En: "Entries that wait to be cosigned: %d. Type: `bailiff ledger cosign --vault vault`.",
		},
		"show.words": {"Mots de l’ancre de confiance : %s", "Words of the trust anchor: %s"},
		"show.batch.opened": {
			Fr: "Lot %[1]s : cérémonie commencée, lot non scellé. Relancez `bailiff ceremony run --vault coffre --script script.toml` : ce lot sera abandonné et un autre commencera.",
			En: "Batch %[1]s: ceremony begun, not sealed. Run `bailiff ceremony run --vault vault --script script.toml` again: this batch is then abandoned and another begins.",
		},
		"show.batch.abandoned": {
			Fr: "Lot %[1]s : abandonné après une interruption ; aucune de ses clés ne sert.",
			En: "Batch %[1]s: abandoned after an interruption; none of its keys is in use.",
		},
		"show.batch.sealed": {
			Fr: "Lot %[1]s : scellé, échantillon non tiré. Relancez avec le même script : `bailiff ceremony run --vault coffre --script script.toml`.",
			En: "Batch %[1]s: sealed, sample not chosen. Run it again with the same script: `bailiff ceremony run --vault vault --script script.toml`.",
		},
		"show.batch.sampled": {
			Fr: "Lot %s : échantillon tiré, épreuve non achevée ; clés à publier : %d, consommées : %d, en réserve : %d. Relancez avec le même script : `bailiff ceremony run --vault coffre --script script.toml`.",
			En: "Batch %s: sample chosen, not proved yet; keys to publish: %d, burnt: %d, in reserve: %d. Run it again with the same script: `bailiff ceremony run --vault vault --script script.toml`.",
		},
		"show.batch.proved": {
			Fr: "Lot %s : éprouvé ; clés publiées : %d, consommées : %d, en réserve : %d",
			En: "Batch %s: proved; keys published: %d, burnt: %d, in reserve: %d",
		},
		"show.publishable": {
			Fr: "Lot %[1]s : éprouvé, pas encore remis ; clés publiables : %[2]d, consommées : %[3]d, en réserve : %[4]d. Tapez : `bailiff batch export --vault coffre --batch %[1]s --out %[1]s.zip`.",
			En: "Batch %[1]s: proved, not handed over yet; keys to publish: %[2]d, burnt: %[3]d, in reserve: %[4]d. Type: `bailiff batch export --vault vault --batch %[1]s --out %[1]s.zip`.",
		},
		"show.no-batch":       {"Aucun lot.", "No batch."},
		"show.order.received": {"Ordre %s, clé %s : reçu", "Order %s, key %s: received"},
		"show.ready":          {"· exécutable à partir du %s", "· may be carried out from %s"},
		"show.order.intent": {
			Fr: "Ordre %s, clé %s : restitution commencée, clé non ouverte. Relancez avec le même ordre : `bailiff release run --vault coffre --order order.txt --signatures order.sig --kit pli`.",
			En: "Order %s, key %s: release begun, key not opened. Run it again with the same order: `bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit`.",
		},
		"show.order.opened": {
			Fr: "Ordre %s, clé %s : clé ouverte, pli non terminé. Relancez avec le même ordre : `bailiff release run --vault coffre --order order.txt --signatures order.sig --kit pli`.",
			En: "Order %s, key %s: key opened, kit not finished. Run it again with the same order: `bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit`.",
		},
		"show.order.delivered": {
			Fr: "Ordre %s, clé %s : pli prêt, remise non inscrite",
			En: "Order %s, key %s: kit ready, no handover on record",
		},
		"show.hand-over":         {"· une fois le pli remis : `%s`", "· once the kit is handed over: `%s`"},
		"show.order.handed-over": {"Ordre %s, clé %s : pli remis", "Order %s, key %s: kit handed over"},
		"show.handed-over":       {"· remis le %s, selon le commissaire de justice", "· handed over on %s, as the bailiff states"},
		"show.replaced":          {"· remplacé par l’ordre %s", "· replaced by order %s"},
		"show.no-order":          {"Aucun ordre reçu.", "No order received."},
		"progress.left":          {"%s ; encore %d min environ", "%s; about %d min left"},
		"progress.verify":        {"Vérification des clés : %d sur %d", "Verifying keys: %d of %d"},
		"verify.ledger": {
			Fr: "Registre vérifié ; inscriptions : %d ; points de contrôle : %d",
			En: "Ledger verified; entries: %d; checkpoints: %d",
		},
		"verify.batches": {
			Fr: "Lots relus en entier : %d ; clés : %d ; octets : %d",
			En: "Batches read in full: %d; keys: %d; bytes: %d",
		},
		"verify.uncosigned": {
			Fr: "Inscriptions qui ne sont pas encore cosignées : %d. Tapez : `bailiff ledger cosign --vault coffre`.",
			En: "Entries that are not cosigned yet: %d. Type: `bailiff ledger cosign --vault vault`.",
		},
		"verify.unfinished": {
			Fr: "Cérémonie inachevée : lot %s. Relancez avec le même script : `bailiff ceremony run --vault coffre --script script.toml`.",
			En: "Unfinished ceremony: batch %s. Run it again with the same script: `bailiff ceremony run --vault vault --script script.toml`.",
		},
		"verify.pending": {
			Fr: "Restitution inachevée : ordre %s. Relancez avec le même ordre : `bailiff release run --vault coffre --order order.txt --signatures order.sig --kit pli`.",
			En: "Unfinished release: order %s. Run it again with the same order: `bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit`.",
		},
		"verify.leftover": {
			Fr: "Reste d’une écriture interrompue, sans effet : %s",
			En: "Left over from an interrupted write, harmless: %s",
		},
		"verify.good": {
			Fr: "Constat : aucun écart entre le coffre et son registre.",
			En: "Finding: no difference between the vault and its ledger.",
		},
	}
}
