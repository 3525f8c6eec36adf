package wording

// platformTexts are the sentences of the platform’s batches, pool and officers.
func platformTexts() map[string]Text {
	return map[string]Text{
		"help.batch verify": {"Vérifier un lot public", "Verify a public batch"},
		"about.batch verify": {`Vérifie hors ligne un lot public d’après l’ancre de confiance du coffre :
chaque clé, sa preuve de création, les inscriptions du registre et les
cosignatures des dépositaires. L’ancre elle-même se vérifie par ses douze
mots, à comparer avec ceux du procès-verbal. Cette commande n’écrit rien.`,
			`Verifies a public batch offline against the vault’s trust anchor: each key,
its proof of birth, the entries of the ledger and the custodians’
cosignatures. The anchor itself is checked by its twelve words, to be compared
with those on the minutes. This command writes nothing.`},
		"help.batch import": {"Vérifier un lot public et le verser dans le stock de clés",
			"Verify a public batch and take it into the key pool"},
		"about.batch import": {`Vérifie un lot public comme batch verify, puis verse ses clés dans la base de
données. La première fois, pour un coffre encore inconnu, elle demande les
douze mots de l’ancre de confiance, tels qu’ils figurent sur le procès-verbal
signé. Un lot de répétition est refusé, sauf avec --rehearsal ; une base ne
mêle jamais les deux modes. Tout le lot entre, ou rien : après une
interruption, relancez la commande ; un lot déjà connu n’est pas versé deux
fois.`,
			`Verifies a public batch as batch verify does, then takes its keys into the
database. The first time, for a vault not known yet, it asks for the twelve
words of the trust anchor as they stand on the signed minutes. A rehearsal
batch is refused without --rehearsal; a database never mixes the two modes.
All of the batch enters, or nothing: after an interruption, run the command
again; a batch that is known is not taken twice.`},
		"help.officer":     {"Responsables habilités", "Officers"},
		"help.officer new": {"Créer la clé de signature d’un responsable habilité", "Make an officer’s signing key"},
		"about.officer new": {`Crée une clé OpenPGP de signature pour un responsable habilité qui n’en a
pas ; une clé créée par gpg convient aussi. La phrase secrète est demandée
deux fois. La commande écrit deux nouveaux fichiers : le certificat, public, à
remettre au rédacteur de la politique du coffre, et la clé secrète,
verrouillée par la phrase secrète. Elle ne remplace aucun fichier. Après une
interruption, effacez les fichiers de ce nom et recommencez.`,
			`Makes an OpenPGP signing key for an officer who has none; a key made by gpg
will do as well. The passphrase is asked for twice. It writes two new files:
the certificate, public, for whoever writes the vault’s policy, and the secret
key, locked with the passphrase. It replaces no file. After an interruption,
delete the files of that name and begin again.`},
		"flag.trust":    {"`fichier` de l’ancre de confiance du coffre", "`file` of the vault’s trust anchor"},
		"flag.database": {"`base` de données du stock : sqlite:FICHIER", "`database` of the pool: sqlite:FILE"},
		"flag.anchor-words": {"`mots` de l’ancre, séparés comme on veut, au lieu de les saisir quand ils sont demandés",
			"`words` of the anchor, parted in any way, instead of typing them when asked"},
		"flag.officer-name": {"`nom` du responsable, suivi s’il le faut de <adresse>",
			"`name` of the officer, followed by <address> if need be"},
		"flag.officer-out": {"début du `nom` des fichiers : .asc et .secret.asc y sont ajoutés",
			"beginning of the files’ `name`: .asc and .secret.asc are added to it"},
		"flag.passphrase-file": {"répétition seulement : `fichier` d’une ligne : *, une espace, la phrase secrète",
			"rehearsals only: `file` of one line: *, a blank, the passphrase"},
		"note.wrong-passphrase": {"Phrase secrète erronée, ou fichier de clé endommagé. Pour arrêter : Ctrl-C.",
			"Wrong passphrase, or a damaged key file. To stop: Ctrl-C."},
		"ask.passphrase": {"Phrase secrète de la clé de signature :", "Passphrase of the signing key:"},
		"ask.new-passphrase": {"Choisissez la phrase secrète de la clé de signature (au moins 12 caractères) :",
			"Choose the passphrase of the signing key (at least 12 characters):"},
		"ask.passphrase-again": {"Saisissez-la encore une fois :", "Type it once more:"},
		"ask.anchor-words": {"Ce coffre est nouveau pour le stock. Saisissez les douze mots du procès-verbal signé, quatre lettres de chacun suffisent (séparateurs, accents et majuscules sont indifférents) :",
			"This vault is new to the pool. Type the twelve words of the signed minutes; four letters of each will do (what stands between them, accents and capitals do not matter):"},
		"anchor-words.form": {"%s. Relisez et recomptez les douze mots, puis ressaisissez-les tous ; rien n’a été comparé.",
			"%s. Read and count the twelve words again, and type all of them; nothing was compared."},
		"anchor-words.wrong": {"Le mot n° %d n’est pas celui de l’ancre. Relisez le procès-verbal signé ; essais restants : %d",
			"Word no. %d is not the anchor’s. Read the signed minutes again; tries left: %d"},
		"officer.made": {"Clé créée ; empreinte : %s ; certificat à remettre : %s ; clé secrète à garder : %s",
			"Key made; fingerprint: %s; certificate to hand over: %s; secret key to keep: %s"},
		"proved.file":            {"Lot %s du coffre %s", "Batch %s of vault %s"},
		"proved.mode.rehearsal":  {"RÉPÉTITION : ces clés sont des clés d’exercice.", "REHEARSAL: these keys are made for exercise."},
		"proved.mode.production": {"Mode : production", "Mode: production"},
		"proved.keys": {"Clés publiées : %d ; ouvertes à l’épreuve, donc définitivement écartées : %d ; en réserve chez les dépositaires : %d",
			"Keys published: %d; burnt in the proof: %d; in the custodians’ reserve: %d"},
		"proved.each": {"Chaque clé publiée est conforme au profil %s et appartient au lot que les dépositaires ont scellé.",
			"Each published key conforms to profile %s and belongs to the batch that the custodians sealed."},
		"proved.cosigned": {"Cosignatures du point de contrôle : %d ; il couvre les %d premières inscriptions du registre.",
			"Cosignatures of the checkpoint: %d; it covers the first %d entries of the ledger."},
		"proved.sample": {"Avant la publication, les dés ont désigné des clés que les jetons ont ouvertes ; leur nombre : %d",
			"Before publication dice chose keys that the tokens then opened; their number: %d"},
		"token.origin.genuine": {"Jeton n° %[2]d de %[1]s, série %[3]s : véritable YubiKey, micrologiciel %[4]s ; ses clés y sont nées. Racine : %[5]s",
			"Token no. %[2]d of %[1]s, serial %[3]s: genuine YubiKey, firmware %[4]s; its keys were born in it. Root: %[5]s"},
		"token.origin.test-root": {"Jeton n° %[2]d de %[1]s, série %[3]s : attesté par la racine d’essai, qui ne vaut qu’en répétition",
			"Token no. %[2]d of %[1]s, serial %[3]s: attested by the test root, which counts in rehearsals only"},
		"token.origin.none": {"Jeton n° %[2]d de %[1]s, série %[3]s : aucune attestation ne dit où ses clés sont nées",
			"Token no. %[2]d of %[1]s, serial %[3]s: no attestation tells where its keys were born"},
		"token.origin.software": {"Jeton n° %[2]d de %[1]s, série %[3]s : jeton logiciel, pour les répétitions",
			"Token no. %[2]d of %[1]s, serial %[3]s: a software token, for rehearsals"},
		"proved.anchor": {"Mots de l’ancre de confiance, à comparer avec le procès-verbal signé : %s",
			"Words of the trust anchor, to be compared with the signed minutes: %s"},
		"import.done": {"Clés nouvelles dans le stock : %d ; déjà connues : %d", "Keys new to the pool: %d; known already: %d"},
	}
}

// poolTexts are the sentences of the platform’s key pool.
func poolTexts() map[string]Text {
	return map[string]Text{
		"help.pool":      {"Stock de clés : compter, attribuer, lire, rapprocher", "Key pool: count, assign, read, reconcile"},
		"help.pool show": {"Compter les clés du stock", "Count the keys of the pool"},
		"about.pool show": {`Montre les lots que le stock a reçus, et combien de clés sont libres ou
attribuées. La base doit exister. Cette commande ne change aucune clé.`,
			`Shows the batches that the pool has taken in, and how many keys are free or
assigned. The database must exist. This command changes no key.`},
		"help.pool assign": {"Attribuer la prochaine clé libre à un membre", "Assign the next free key to a member"},
		"about.pool assign": {`Attribue à un membre la prochaine clé libre, une fois pour toutes, et écrit
cette clé publique sur la sortie standard. Un membre qui a déjà une clé n’en
reçoit pas d’autre, et aucune clé ne va à deux membres. L’attribution est
d’abord inscrite au journal, un fichier hors de la base : une base reprise
d’une sauvegarde est plus ancienne que lui, et rien n’est attribué avant pool
reconcile. Après une interruption, relancez la même commande : le membre
reçoit la clé qui lui était destinée, ou pool key la montre.`,
			`Assigns the next free key to a member, once and for all, and writes that
public key to standard output. A member who has a key gets no other, and no
key goes to two members. The assignment is first written to the journal, a
file outside the database: a database restored from a backup is older than
that, and nothing is assigned before pool reconcile. After an interruption,
run the same command again: the member is given the key that was meant for
them, or pool key shows it.`},
		"help.pool key": {"Écrire la clé publique d’un membre", "Write the public key of a member"},
		"about.pool key": {`Écrit sur la sortie standard la clé publique attribuée à un membre, et dit sur
la sortie d’erreur de quelle clé il s’agit. Cette commande ne change rien.`,
			`Writes the public key assigned to a member to standard output, and tells on
standard error which key it is. This command changes nothing.`},
		"help.pool reconcile": {"Rapprocher la base de son journal, après une sauvegarde restaurée",
			"Make the database agree with its journal, after a restored backup"},
		"about.pool reconcile": {`Compare la base au journal des attributions et montre ce qui diffère. Une clé
attribuée depuis la sauvegarde est rendue à son membre ; une clé dont nul ne
sait plus à qui elle est allée est retirée du stock, pour toujours. Le nom de
la base est à saisir avant toute modification.

Le journal perdu, endommagé ou plus ancien que la base ne suffit pas. Donnez
alors avec --assigned la liste que la plateforme tient de ses membres :
MEMBRE,EMPREINTE, un membre par ligne, ou ,EMPREINTE pour une clé à ne plus
attribuer. Sans cette liste, --withdraw-free retire toutes les clés encore
libres : un nouveau lot sera nécessaire. Un nouveau journal commence ;
l’ancien fichier reste à côté, sous son nom suivi de .old-1.

Quand toute la machine a été reprise d’une sauvegarde, journal compris, rien
ne le montre : lancez cette commande avec --assigned avant d’attribuer une
clé. Après une interruption, relancez la commande.`,
			`Compares the database with the journal of assignments and shows what differs.
A key that was given since the backup goes back to its member; a key of which
nobody knows any more who has it is withdrawn from the pool, for ever. The
name of the database is typed before anything is changed.

A journal that is lost, damaged or older than the database does not suffice.
Then give with --assigned the list that the platform keeps of its members:
MEMBER,FINGERPRINT, one member a line, or ,FINGERPRINT for a key that is not
to be given. Without such a list, --withdraw-free withdraws every key that is
still free: a new batch will be needed. A new journal begins; the old file
stays beside it, under its name and .old-1.

When the whole machine was restored from a backup, with the journal, nothing
shows it: run this command with --assigned before a key is assigned. After an
interruption, run the command again.`},
		"flag.journal": {"`fichier` du journal des attributions, de préférence sur un autre disque ; sans cette option, le nom de la base suivi de .assignments",
			"`file` of the journal of assignments, better on another disk; without this flag, the name of the database and .assignments"},
		"flag.assigned": {"`fichier` de la liste complète des membres et de leurs clés : MEMBRE,EMPREINTE par ligne",
			"`file` with the complete list of the members and their keys: MEMBER,FINGERPRINT a line"},
		"flag.withdraw-free": {"retirer pour toujours chaque clé qui est encore libre", "withdraw for ever every key that is still free"},
		"flag.confirm-database": {"`nom` de la base, au lieu de le saisir quand il est demandé",
			"`name` of the database, instead of typing it when asked"},
		"ask.reconcile": {"Clés rendues à leurs membres : %d ; clés retirées pour toujours : %d. Pour l’accepter, saisissez le nom de la base, %s :",
			"Keys returned to their members: %d; keys withdrawn for ever: %d. To accept that, type the name of the database, %s:"},
		"reconcile.same": {"La base et son journal %s concordent ; rien n’est à faire.",
			"The database and its journal %s agree; there is nothing to do."},
		"reconcile.sound": {"La base n’est pas plus ancienne que son journal %s ; il reste ceci :",
			"The database is not older than its journal %s; what remains is this:"},
		"reconcile.restored": {"La base %s est plus ancienne que son journal %s : elle vient d’une sauvegarde.",
			"The database %s is older than its journal %s: it comes from a backup."},
		"reconcile.missing": {"Le journal %s manque.", "The journal %s is missing."},
		"reconcile.other": {"Le fichier %s n’est pas le journal de cette base, ou il est plus ancien qu’elle, ou endommagé ; ce qui s’y lit encore est pris en compte.",
			"The file %s is not the journal of this database, or it is older than that, or damaged; what can still be read there is taken into account."},
		"reconcile.renewed": {"Un nouveau journal %s va commencer ; il contiendra chaque clé qui n’est pas libre.",
			"A new journal %s will begin; it will hold every key that is not free."},
		"reconcile.returned": {"La clé %s du lot %s est libre dans cette base, mais elle a été attribuée à %s : elle lui est rendue.",
			"Key %s of batch %s is free in this database, but was given to %s: it goes back to them."},
		"reconcile.withdrawn": {"La clé %s du lot %s ne sera plus attribuée à personne.",
			"Key %s of batch %s will be given to nobody any more."},
		"reconcile.done": {"La base et son journal concordent. Clés rendues à leurs membres : %d ; retirées pour toujours : %d",
			"The database and its journal agree. Keys returned to their members: %d; withdrawn for ever: %d"},
		"pool.made": {"Une nouvelle base a été créée : %s. Si la plateforme a déjà attribué des clés de ce coffre, lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avant d’en attribuer une.",
			"A new database was made: %s. If the platform has given keys of this vault before, run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` before you assign one."},
		"pool.others-read": {"Tout utilisateur de cette machine peut lire ou modifier la base, avec les références des membres : chmod o= %s",
			"Every user of this machine can read or change the database, with the members’ references: chmod o= %s"},
		"pool.withdrawn": {"Clés de ce lot retirées pour toujours : %d", "Keys of this batch withdrawn for ever: %d"},
		"pool.reconciled": {"Base rapprochée de son journal le %s ; clés rendues : %d ; retirées : %d",
			"Database reconciled with its journal on %s; keys returned: %d; withdrawn: %d"},
		"pool.key": {"Clé %s ; numéro %s du lot %s ; membre : %s", "Key %s; number %s of batch %s; member: %s"},
		"pool.written": {"Clé %s ; numéro %s du lot %s ; membre : %s ; écrite dans %s",
			"Key %s; number %s of batch %s; member: %s; written to %s"},
		"flag.key-out": {"nouveau `fichier` de la clé publique, au lieu de la sortie standard ; refusé s’il existe, avant que rien ne soit attribué",
			"new `file` of the public key, instead of standard output; refused if it exists, before anything is assigned"},
		"pool.empty": {"Le stock est vide : aucun lot n’y a été versé.", "The pool is empty: no batch was taken in."},
		"pool.mode.rehearsal": {"RÉPÉTITION : ce stock ne contient que des clés d’exercice.",
			"REHEARSAL: this pool holds keys made for exercise only."},
		"pool.mode.production": {"Mode : production", "Mode: production"},
		"pool.batch": {"Lot %s du coffre %s ; clés publiées : %d, dont attribuées : %d ; jamais attribuées, consommées : %d, en réserve chez les dépositaires : %d",
			"Batch %s of vault %s; keys published: %d, of which assigned: %d; never assigned, burnt: %d, in the custodians’ reserve: %d"},
		"pool.count": {"Lots : %d ; clés libres : %d ; attribuées : %d", "Batches: %d; keys free: %d; assigned: %d"},
	}
}
