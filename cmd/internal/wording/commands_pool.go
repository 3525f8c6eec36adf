package wording

// poolTexts are the sentences of the platform’s key pool.
func poolTexts() map[string]Text {
	return map[string]Text{
		"help.pool":      {"Stock de clés : compter, attribuer, lire, rapprocher", "Key pool: count, assign, read, reconcile"},
		"help.pool show": {"Compter les clés du stock", "Count the keys of the pool"},
		"about.pool show": {
			Fr: `Montre les lots que le stock a reçus, et combien de clés sont libres ou
attribuées. La base doit exister. Cette commande ne change aucune clé.`,
			En: `Shows the batches that the pool has taken in, and how many keys are free or
assigned. The database must exist. This command changes no key.`,
		},
		"help.pool assign": {
			Fr: "Attribuer la prochaine clé libre à un membre",
			En: "Assign the next free key to a member",
		},
		"about.pool assign": {
			Fr: `Attribue à un membre la prochaine clé libre, une fois pour toutes, et écrit
cette clé publique sur la sortie standard. Un membre qui a déjà une clé n’en
reçoit pas d’autre, et aucune clé ne va à deux membres. L’attribution est
d’abord inscrite au journal, un fichier hors de la base : une base reprise
d’une sauvegarde est plus ancienne que lui, et rien n’est attribué avant pool
reconcile. Après une interruption, relancez la même commande : le membre
reçoit la clé qui lui était destinée, ou pool key la montre.`,
			En: `Assigns the next free key to a member, once and for all, and writes that
public key to standard output. A member who has a key gets no other, and no
key goes to two members. The assignment is first written to the journal, a
file outside the database: a database restored from a backup is older than
that, and nothing is assigned before pool reconcile. After an interruption,
run the same command again: the member is given the key that was meant for
them, or pool key shows it.`,
		},
		"help.pool key": {"Écrire la clé publique d’un membre", "Write the public key of a member"},
		"about.pool key": {
			Fr: `Écrit sur la sortie standard la clé publique attribuée à un membre, et dit sur
la sortie d’erreur de quelle clé il s’agit. Cette commande ne change rien.`,
			En: `Writes the public key assigned to a member to standard output, and tells on
standard error which key it is. This command changes nothing.`,
		},
		"help.pool reconcile": {
			Fr: "Rapprocher la base de son journal, après une sauvegarde restaurée",
			En: "Make the database agree with its journal, after a restored backup",
		},
		"about.pool reconcile": {
			Fr: `Compare la base au journal des attributions et montre ce qui diffère. Une clé
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
			En: `Compares the database with the journal of assignments and shows what differs.
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
interruption, run the command again.`,
		},
		"flag.journal": {
			Fr: "`fichier` du journal des attributions, de préférence sur un autre disque ; sans cette option, le nom de la base suivi de .assignments",
			En: "`file` of the journal of assignments, better on another disk; without this flag, the name of the database and .assignments",
		},
		"flag.assigned": {
			Fr: "`fichier` de la liste complète des membres et de leurs clés : MEMBRE,EMPREINTE par ligne",
			En: "`file` with the complete list of the members and their keys: MEMBER,FINGERPRINT a line",
		},
		"flag.withdraw-free": {
			Fr: "retirer pour toujours chaque clé qui est encore libre",
			En: "withdraw for ever every key that is still free",
		},
		"flag.confirm-database": {
			Fr: "`nom` de la base, au lieu de le saisir quand il est demandé",
			En: "`name` of the database, instead of typing it when asked",
		},
		"ask.reconcile": {
			Fr: "Clés rendues à leurs membres : %d ; clés retirées pour toujours : %d. Pour l’accepter, saisissez le nom de la base, %s :",
			En: "Keys returned to their members: %d; keys withdrawn for ever: %d. To accept that, type the name of the database, %s:",
		},
		"reconcile.same": {
			Fr: "La base et son journal %s concordent ; rien n’est à faire.",
			En: "The database and its journal %s agree; there is nothing to do.",
		},
		"reconcile.sound": {
			Fr: "La base n’est pas plus ancienne que son journal %s ; il reste ceci :",
			En: "The database is not older than its journal %s; what remains is this:",
		},
		"reconcile.restored": {
			Fr: "La base %s est plus ancienne que son journal %s : elle vient d’une sauvegarde.",
			En: "The database %s is older than its journal %s: it comes from a backup.",
		},
		"reconcile.missing": {
			Fr: "Le journal %s manque.",
			En: "The journal %s is missing.",
		},
		"reconcile.other": {
			Fr: "Le fichier %s n’est pas le journal de cette base, ou il est plus ancien qu’elle, ou endommagé ; ce qui s’y lit encore est pris en compte.",
			En: "The file %s is not the journal of this database, or it is older than that, or damaged; what can still be read there is taken into account.",
		},
		"reconcile.renewed": {
			Fr: "Un nouveau journal %s va commencer ; il contiendra chaque clé qui n’est pas libre.",
			En: "A new journal %s will begin; it will hold every key that is not free.",
		},
		"reconcile.returned": {
			Fr: "La clé %s du lot %s est libre dans cette base, mais elle a été attribuée à %s : elle lui est rendue.",
			En: "Key %s of batch %s is free in this database, but was given to %s: it goes back to them.",
		},
		"reconcile.withdrawn": {
			Fr: "La clé %s du lot %s ne sera plus attribuée à personne.",
			En: "Key %s of batch %s will be given to nobody any more.",
		},
		"reconcile.done": {
			Fr: "La base et son journal concordent. Clés rendues à leurs membres : %d ; retirées pour toujours : %d",
			En: "The database and its journal agree. Keys returned to their members: %d; withdrawn for ever: %d",
		},
		"pool.made": {
			Fr: "Une nouvelle base a été créée : %s. Si la plateforme a déjà attribué des clés de ce coffre, lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avant d’en attribuer une.",
			En: "A new database was made: %s. If the platform has given keys of this vault before, run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` before you assign one.",
		},
		"pool.others-read": {
			Fr: "Tout utilisateur de cette machine peut lire ou modifier la base, avec les références des membres : chmod o= %s",
			En: "Every user of this machine can read or change the database, with the members’ references: chmod o= %s",
		},
		"pool.withdrawn": {
			Fr: "Clés de ce lot retirées pour toujours : %d",
			En: "Keys of this batch withdrawn for ever: %d",
		},
		"pool.reconciled": {
			Fr: "Base rapprochée de son journal le %s ; clés rendues : %d ; retirées : %d",
			En: "Database reconciled with its journal on %s; keys returned: %d; withdrawn: %d",
		},
		"pool.key": {"Clé %s ; numéro %s du lot %s ; membre : %s", "Key %s; number %s of batch %s; member: %s"},
		"pool.written": {
			Fr: "Clé %s ; numéro %s du lot %s ; membre : %s ; écrite dans %s",
			En: "Key %s; number %s of batch %s; member: %s; written to %s",
		},
		"flag.key-out": {
			Fr: "nouveau `fichier` de la clé publique, au lieu de la sortie standard ; refusé s’il existe, avant que rien ne soit attribué",
			En: "new `file` of the public key, instead of standard output; refused if it exists, before anything is assigned",
		},
		"pool.empty": {
			Fr: "Le stock est vide : aucun lot n’y a été versé.",
			En: "The pool is empty: no batch was taken in.",
		},
		"pool.mode.rehearsal": {
			Fr: "RÉPÉTITION : ce stock ne contient que des clés d’exercice.",
			En: "REHEARSAL: this pool holds keys made for exercise only.",
		},
		"pool.mode.production": {"Mode : production", "Mode: production"},
		"pool.batch": {
			Fr: "Lot %s du coffre %s ; clés publiées : %d, dont attribuées : %d ; jamais attribuées, consommées : %d, en réserve chez les dépositaires : %d",
			En: "Batch %s of vault %s; keys published: %d, of which assigned: %d; never assigned, burnt: %d, in the custodians’ reserve: %d",
		},
		"pool.count": {
			Fr: "Lots : %d ; clés libres : %d ; attribuées : %d",
			En: "Batches: %d; keys free: %d; assigned: %d",
		},
	}
}
