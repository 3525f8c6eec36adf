package wording

// platformTexts are the sentences of the platform’s batches, pool and officers.
func platformTexts() map[string]Text {
	return map[string]Text{
		"help.batch verify": {"Vérifier un lot public", "Verify a public batch"},
		"about.batch verify": {
			Fr: `Vérifie hors ligne un lot public d’après l’ancre de confiance du coffre :
chaque clé, sa preuve de création, les inscriptions du registre et les
cosignatures des dépositaires. L’ancre elle-même se vérifie par ses douze
mots, à comparer avec ceux du procès-verbal. Cette commande n’écrit rien.`,
			En: `Verifies a public batch offline against the vault’s trust anchor: each key,
its proof of birth, the entries of the ledger and the custodians’
cosignatures. The anchor itself is checked by its twelve words, to be compared
with those on the minutes. This command writes nothing.`,
		},
		"help.batch import": {
			Fr: "Vérifier un lot public et le verser dans le stock de clés",
			En: "Verify a public batch and take it into the key pool",
		},
		"about.batch import": {
			Fr: `Vérifie un lot public comme batch verify, puis verse ses clés dans la base de
données. La première fois, pour un coffre encore inconnu, elle demande les
douze mots de l’ancre de confiance, tels qu’ils figurent sur le procès-verbal
signé. Un lot de répétition est refusé, sauf avec --rehearsal ; une base ne
mêle jamais les deux modes. Tout le lot entre, ou rien : après une
interruption, relancez la commande ; un lot déjà connu n’est pas versé deux
fois.`,
			En: `Verifies a public batch as batch verify does, then takes its keys into the
database. The first time, for a vault not known yet, it asks for the twelve
words of the trust anchor as they stand on the signed minutes. A rehearsal
batch is refused without --rehearsal; a database never mixes the two modes.
All of the batch enters, or nothing: after an interruption, run the command
again; a batch that is known is not taken twice.`,
		},
		"help.officer": {"Responsables habilités", "Officers"},
		"help.officer new": {
			Fr: "Créer la clé de signature d’un responsable habilité",
			En: "Make an officer’s signing key",
		},
		"about.officer new": {
			Fr: `Crée une clé OpenPGP de signature pour un responsable habilité qui n’en a
pas ; une clé créée par gpg convient aussi. La phrase secrète est demandée
deux fois. La commande écrit deux nouveaux fichiers : le certificat, public, à
remettre au rédacteur de la politique du coffre, et la clé secrète,
verrouillée par la phrase secrète. Elle ne remplace aucun fichier. Après une
interruption, effacez les fichiers de ce nom et recommencez.`,
			En: `Makes an OpenPGP signing key for an officer who has none; a key made by gpg
will do as well. The passphrase is asked for twice. It writes two new files:
the certificate, public, for whoever writes the vault’s policy, and the secret
key, locked with the passphrase. It replaces no file. After an interruption,
delete the files of that name and begin again.`,
		},
		"flag.trust":    {"`fichier` de l’ancre de confiance du coffre", "`file` of the vault’s trust anchor"},
		"flag.database": {"`base` de données du stock : sqlite:FICHIER", "`database` of the pool: sqlite:FILE"},
		"flag.anchor-words": {
			Fr: "`mots` de l’ancre, séparés comme on veut, au lieu de les saisir quand ils sont demandés",
			En: "`words` of the anchor, parted in any way, instead of typing them when asked",
		},
		"flag.officer-name": {
			Fr: "`nom` du responsable, suivi s’il le faut de <adresse>",
			En: "`name` of the officer, followed by <address> if need be",
		},
		"flag.officer-out": {
			Fr: "début du `nom` des fichiers : .asc et .secret.asc y sont ajoutés",
			En: "beginning of the files’ `name`: .asc and .secret.asc are added to it",
		},
		"flag.passphrase-file": {
			Fr: "répétition seulement : `fichier` d’une ligne : *, une espace, la phrase secrète",
			En: "rehearsals only: `file` of one line: *, a blank, the passphrase",
		},
		"note.wrong-passphrase": {
			Fr: "Phrase secrète erronée, ou fichier de clé endommagé. Pour arrêter : Ctrl-C.",
			En: "Wrong passphrase, or a damaged key file. To stop: Ctrl-C.",
		},
		"ask.passphrase": {"Phrase secrète de la clé de signature :", "Passphrase of the signing key:"},
		"ask.new-passphrase": {
			Fr: "Choisissez la phrase secrète de la clé de signature (au moins 12 caractères) :",
			En: "Choose the passphrase of the signing key (at least 12 characters):",
		},
		"ask.passphrase-again": {"Saisissez-la encore une fois :", "Type it once more:"},
		"ask.anchor-words": {
			Fr: "Ce coffre est nouveau pour le stock. Saisissez les douze mots du procès-verbal signé, quatre lettres de chacun suffisent (séparateurs, accents et majuscules sont indifférents) :",
			En: "This vault is new to the pool. Type the twelve words of the signed minutes; four letters of each will do (what stands between them, accents and capitals do not matter):",
		},
		"anchor-words.form": {
			Fr: "%s. Relisez et recomptez les douze mots, puis ressaisissez-les tous ; rien n’a été comparé.",
			En: "%s. Read and count the twelve words again, and type all of them; nothing was compared.",
		},
		"anchor-words.wrong": {
			Fr: "Le mot n° %d n’est pas celui de l’ancre. Relisez le procès-verbal signé ; essais restants : %d",
			En: "Word no. %d is not the anchor’s. Read the signed minutes again; tries left: %d",
		},
		"officer.made": {
			Fr: "Clé créée ; empreinte : %s ; certificat à remettre : %s ; clé secrète à garder : %s",
			En: "Key made; fingerprint: %s; certificate to hand over: %s; secret key to keep: %s",
		},
		"proved.file": {"Lot %s du coffre %s", "Batch %s of vault %s"},
		"proved.mode.rehearsal": {
			Fr: "RÉPÉTITION : ces clés sont des clés d’exercice.",
			En: "REHEARSAL: these keys are made for exercise.",
		},
		"proved.mode.production": {"Mode : production", "Mode: production"},
		"proved.keys": {
			Fr: "Clés publiées : %d ; ouvertes à l’épreuve, donc définitivement écartées : %d ; en réserve chez les dépositaires : %d",
			En: "Keys published: %d; burnt in the proof: %d; in the custodians’ reserve: %d",
		},
		"proved.each": {
			Fr: "Chaque clé publiée est conforme au profil %s et appartient au lot que les dépositaires ont scellé.",
			En: "Each published key conforms to profile %s and belongs to the batch that the custodians sealed.",
		},
		"proved.cosigned": {
			Fr: "Cosignatures du point de contrôle : %d ; il couvre les %d premières inscriptions du registre.",
			En: "Cosignatures of the checkpoint: %d; it covers the first %d entries of the ledger.",
		},
		"proved.sample": {
			Fr: "Avant la publication, les dés ont désigné des clés que les jetons ont ouvertes ; leur nombre : %d",
			En: "Before publication dice chose keys that the tokens then opened; their number: %d",
		},
		"token.origin.genuine": {
			Fr: "Jeton n° %[2]d de %[1]s, série %[3]s : véritable YubiKey, micrologiciel %[4]s ; ses clés y sont nées. Racine : %[5]s",
			En: "Token no. %[2]d of %[1]s, serial %[3]s: genuine YubiKey, firmware %[4]s; its keys were born in it. Root: %[5]s",
		},
		"token.origin.test-root": {
			Fr: "Jeton n° %[2]d de %[1]s, série %[3]s : attesté par la racine d’essai, qui ne vaut qu’en répétition",
			En: "Token no. %[2]d of %[1]s, serial %[3]s: attested by the test root, which counts in rehearsals only",
		},
		"token.origin.none": {
			Fr: "Jeton n° %[2]d de %[1]s, série %[3]s : aucune attestation ne dit où ses clés sont nées",
			En: "Token no. %[2]d of %[1]s, serial %[3]s: no attestation tells where its keys were born",
		},
		"token.origin.software": {
			Fr: "Jeton n° %[2]d de %[1]s, série %[3]s : jeton logiciel, pour les répétitions",
			En: "Token no. %[2]d of %[1]s, serial %[3]s: a software token, for rehearsals",
		},
		"proved.anchor": {
			Fr: "Mots de l’ancre de confiance, à comparer avec le procès-verbal signé : %s",
			En: "Words of the trust anchor, to be compared with the signed minutes: %s",
		},
		"import.done": {
			Fr: "Clés nouvelles dans le stock : %d ; déjà connues : %d",
			En: "Keys new to the pool: %d; known already: %d",
		},
	}
}
