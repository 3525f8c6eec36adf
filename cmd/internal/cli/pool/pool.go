// Package pool adds the errors of the platform's key pool to those that a program explains. It is apart from
// package cli since the pool links database/sql, which the bailiff's tool must not.
package pool

import (
	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/keyceremony/registry"
	"bailiff/keyceremony/registry/journal"
)

// AddErrors lets a explain the errors of package registry and of its journal.
func AddErrors(a *cli.App) {
	strange := wording.Text{Fr: "ne chiffrez rien pour cette clé et cherchez d’où elle vient",
		En: "encrypt nothing to this key, and find out where it comes from"}
	a.AddError(registry.ErrMemory, "registry.memory", cli.ExitUsage,
		wording.Text{Fr: "une base qui n’est pas un fichier oublie quelles clés ont été attribuées",
			En: "a database that is no file forgets which keys were given"},
		wording.Text{Fr: "donnez à la base un autre nom de fichier : `--database sqlite:pool.db`",
			En: "give the database another file name: `--database sqlite:pool.db`"})
	a.AddError(registry.ErrRestored, "registry.restored", cli.ExitUnfinished,
		wording.Text{Fr: "cette base est plus ancienne que son journal des attributions : elle vient d’une sauvegarde, et d’autres clés ont été attribuées depuis",
			En: "this database is older than its journal of assignments: it comes from a backup, and more keys were given since"},
		wording.Text{Fr: "rien n’est attribué avant `bailiff-platform pool reconcile --database sqlite:pool.db`, qui montre ces clés et les rend à leurs membres",
			En: "nothing is assigned before `bailiff-platform pool reconcile --database sqlite:pool.db`, which shows those keys and returns them to their members"})
	a.AddError(registry.ErrJournalMissing, "registry.journal-missing", cli.ExitStorage,
		wording.Text{Fr: "le journal des attributions manque", En: "the journal of assignments is missing"},
		wording.Text{Fr: "indiquez où il se trouve avec `--journal` ou remettez-le en place ; s’il est perdu, lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avec la liste des membres et de leurs clés",
			En: "tell where it is with `--journal`, or put it back; if it is lost, run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` with the list of the members and their keys"})
	a.AddError(registry.ErrJournal, "registry.journal", cli.ExitDamaged,
		wording.Text{Fr: "ce n’est pas le journal des attributions de cette base, ou il est plus ancien qu’elle, ou endommagé",
			En: "this is not the journal of assignments of this database, or it is older than that, or damaged"},
		wording.Text{Fr: "remettez en place le journal le plus récent ; s’il est perdu, lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avec la liste des membres et de leurs clés",
			En: "put the newest journal back; if it is lost, run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` with the list of the members and their keys"})
	a.AddError(registry.ErrIncomplete, "registry.incomplete", cli.ExitUnfinished,
		wording.Text{Fr: "ce journal ne peut pas dire toutes les clés qui ont été attribuées",
			En: "this journal cannot tell all keys that were given"},
		wording.Text{Fr: "donnez avec `--assigned` la liste des membres et de leurs clés, prise ailleurs que dans cette base, ou renoncez avec `--withdraw-free` à toute clé encore libre",
			En: "give with `--assigned` the list of the members and their keys, taken from elsewhere than this database, or give up every key that is still free with `--withdraw-free`"})
	a.AddError(registry.ErrNotImported, "registry.not-imported", cli.ExitUnfinished,
		wording.Text{Fr: "une clé a été attribuée qui n’est d’aucun lot du stock", En: "a key was given that is of no batch in the pool"},
		wording.Text{Fr: "versez d’abord ce lot avec `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`, au besoin redemandé au commissaire de justice, puis relancez la commande",
			En: "import that batch first with `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`, asking the bailiff for it if need be, then run the command again"})
	a.AddError(registry.ErrConflict, "registry.conflict", cli.ExitDamaged,
		wording.Text{Fr: "une clé aurait deux membres, ou un membre deux clés", En: "a key would have two members, or a member two keys"},
		wording.Text{Fr: "rien n’a été modifié ; cherchez qui a chiffré pour quelle clé, corrigez la liste ou, si la base se trompe, versez les lots dans une base nouvelle ; une clé que deux membres ont eue se note sans membre, et chacun en reçoit une autre",
			En: "nothing was changed; find out who encrypted to which key, correct the list or, if the database is wrong, import the batches into a new one; a key that two members had is listed without a member, and each is given another"})
	a.AddError(registry.ErrList, "registry.list", cli.ExitMalformed,
		wording.Text{Fr: "la ligne ne se compose pas d’un membre, d’une virgule et d’une empreinte",
			En: "the line is not a member, a comma and a fingerprint"},
		wording.Text{Fr: "écrivez un membre par ligne, sans titre : `MEMBRE,EMPREINTE` ; rien n’a été modifié",
			En: "write one member a line, without a heading: `MEMBER,FINGERPRINT`; nothing was changed"})
	a.AddError(journal.ErrNotJournal, "journal.not-journal", cli.ExitMalformed,
		wording.Text{Fr: "ce n’est pas un journal des attributions", En: "this is no journal of assignments"},
		wording.Text{Fr: "vérifiez le nom donné à `--journal`", En: "check the name given to `--journal`"})
	a.AddError(journal.ErrDiffers, "journal.differs", cli.ExitDamaged,
		wording.Text{Fr: "le journal ne continue pas ce que la base en connaît",
			En: "the journal does not continue what the database knows of it"},
		wording.Text{Fr: "remettez en place le journal le plus récent, ou lancez `bailiff-platform pool reconcile --database sqlite:pool.db`",
			En: "put the newest journal back, or run `bailiff-platform pool reconcile --database sqlite:pool.db`"})
	a.AddError(registry.ErrMode, "registry.mode", cli.ExitPolicy,
		wording.Text{Fr: "répétition et production ne se mélangent pas dans un stock de clés",
			En: "rehearsal and production do not mix in a pool of keys"},
		wording.Text{Fr: "chaque mode a sa propre base ; si c’est une répétition, ajoutez `--rehearsal` à la commande, sinon retirez-le",
			En: "each mode has a database of its own; if this is a rehearsal, add `--rehearsal` to the command, otherwise leave it out"})
	a.AddError(registry.ErrDatabase, "registry.database", cli.ExitMalformed,
		wording.Text{Fr: "ce n’est pas la base d’un stock de clés, ou elle est endommagée",
			En: "this is not the database of a key pool, or it is damaged"},
		wording.Text{Fr: "vérifiez le nom donné à `--database` ; si c’est la bonne base, reprenez-la d’une sauvegarde",
			En: "check the name given to `--database`; if it is the right one, restore it from a backup"})
	a.AddError(registry.ErrOpen, "registry.open", cli.ExitStorage,
		wording.Text{Fr: "la base du stock ne peut pas être ouverte, lue ou écrite",
			En: "the pool’s database cannot be opened, read or written"},
		wording.Text{Fr: "vérifiez le chemin, les droits et la place sur le disque ; après une interruption, relancez d’abord la commande interrompue",
			En: "check the path, the permissions and the room on the disk; after an interruption, first run the interrupted command again"})
	a.AddError(registry.ErrSchema, "registry.schema", cli.ExitMalformed,
		wording.Text{Fr: "les tables de la base sont d’une autre version que ce programme",
			En: "the database’s tables are of another version than this program"},
		wording.Text{Fr: "employez la version du programme qui a créé cette base, ou versez les lots dans une base nouvelle et lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avec la liste des membres et de leurs clés",
			En: "use the version of the program that made this database, or import the batches into a new one and run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` with the list of the members and their keys"})
	a.AddError(registry.ErrBusy, "registry.busy", cli.ExitExists,
		wording.Text{Fr: "d’autres programmes ont occupé la base trop longtemps", En: "other programs held the database for too long"},
		wording.Text{Fr: "attendez qu’ils aient fini, puis relancez la commande ; rien n’a été modifié",
			En: "wait until they have ended, then run the command again; nothing was changed"})
	a.AddError(registry.ErrWords, "registry.words", cli.ExitDamaged,
		wording.Text{Fr: "les mots saisis ne sont pas ceux de l’ancre de confiance",
			En: "the words typed are not those of the trust anchor"},
		wording.Text{Fr: "comparez-les au procès-verbal papier signé ; si la saisie est juste, ne vous fiez pas à cette ancre",
			En: "compare them with the signed paper minutes; if they were typed right, do not trust this anchor"})
	a.AddError(registry.ErrAnchorChanged, "registry.anchor-changed", cli.ExitDamaged,
		wording.Text{Fr: "une autre ancre de confiance est épinglée pour ce coffre", En: "another trust anchor is pinned for this vault"},
		wording.Text{Fr: "n’importez rien, conservez les deux ancres et comparez leurs douze mots au procès-verbal papier signé",
			En: "import nothing, keep both anchors, and compare their twelve words with the signed paper minutes"})
	a.AddError(registry.ErrNotPinned, "registry.not-pinned", cli.ExitUnfinished,
		wording.Text{Fr: "aucune ancre de confiance n’est épinglée pour ce coffre", En: "no trust anchor is pinned for this vault"},
		wording.Text{Fr: "donnez l’ancre du coffre avec `--trust` et saisissez ses douze mots d’après le procès-verbal papier",
			En: "give the vault’s anchor with `--trust`, and type its twelve words from the paper minutes"})
	a.AddError(registry.ErrBatchChanged, "registry.batch-changed", cli.ExitDamaged,
		wording.Text{Fr: "le lot est déjà connu, avec un autre contenu", En: "the batch is known already, with other contents"},
		wording.Text{Fr: "n’importez rien de ce fichier ; comparez son SHA-256 à celui du procès-verbal et interrogez le commissaire de justice",
			En: "import nothing from this file; compare its SHA-256 with the one in the minutes, and ask the bailiff"})
	a.AddError(registry.ErrBurnt, "registry.burnt", cli.ExitPolicy,
		wording.Text{Fr: "la clé a été consommée par une cérémonie, elle ne doit jamais servir",
			En: "the key was burnt by a ceremony, and must never be used"},
		strange)
	a.AddError(registry.ErrReserve, "registry.reserve", cli.ExitPolicy,
		wording.Text{Fr: "la clé est une clé de réserve de son coffre, elle ne doit jamais servir",
			En: "the key is kept in reserve by its vault, and must never be used"},
		strange)
	a.AddError(registry.ErrKnown, "registry.known", cli.ExitDamaged,
		wording.Text{Fr: "la clé est déjà connue, venant d’un autre lot", En: "the key is known already, from another batch"},
		wording.Text{Fr: "n’importez rien de ce fichier et interrogez le commissaire de justice : deux lots n’ont jamais une clé en commun",
			En: "import nothing from this file, and ask the bailiff: no two batches share a key"})
	a.AddError(registry.ErrMember, "registry.member", cli.ExitUsage,
		wording.Text{Fr: "la référence d’un membre compte 1 à 256 octets de texte simple",
			En: "a member’s reference has 1 to 256 bytes of plain text"},
		wording.Text{Fr: "donnez la référence courte que la plateforme attribue au membre",
			En: "give the platform’s own short reference of the member"})
	a.AddError(registry.ErrAssigned, "registry.assigned", cli.ExitExists,
		wording.Text{Fr: "le membre a déjà une clé", En: "the member has a key already"},
		wording.Text{Fr: "affichez cette clé avec `bailiff-platform pool key member-0001 --database sqlite:pool.db` ; un membre n’en a qu’une",
			En: "print that key with `bailiff-platform pool key member-0001 --database sqlite:pool.db`; a member has one key only"})
	a.AddError(registry.ErrEmpty, "registry.empty", cli.ExitUnfinished,
		wording.Text{Fr: "il ne reste aucune clé à attribuer", En: "no key is left to give"},
		wording.Text{Fr: "importez un autre lot avec `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`",
			En: "import another batch with `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`"})
	a.AddError(registry.ErrNoKey, "registry.no-key", cli.ExitStorage,
		wording.Text{Fr: "le stock n’a pas cette clé ou ce membre", En: "the pool has no such key or member"},
		wording.Text{Fr: "vérifiez la référence, et que c’est la bonne base",
			En: "check the reference, and that this is the right database"})
	a.AddError(registry.ErrOtherKey, "registry.other-key", cli.ExitOrder,
		wording.Text{Fr: "le stock n’a pas attribué cette clé à ce membre", En: "the pool did not give this key to this member"},
		wording.Text{Fr: "la clé d’un autre ouvrirait le coffre d’un autre : affichez celle du membre avec `bailiff-platform pool key member-0001 --database sqlite:pool.db`, et cherchez laquelle des deux indications est fausse",
			En: "another’s key would open another’s safe: print the member’s with `bailiff-platform pool key member-0001 --database sqlite:pool.db`, and find out which of the two is wrong"})
	a.AddError(registry.ErrWithdrawn, "registry.withdrawn", cli.ExitPolicy,
		wording.Text{Fr: "la clé a été retirée du stock et n’appartient à personne",
			En: "the key was withdrawn from the pool, and is nobody’s"},
		wording.Text{Fr: "cherchez d’où vient cette empreinte ; `bailiff-platform pool key member-0001 --database sqlite:pool.db` affiche la clé d’un membre",
			En: "find out where this fingerprint comes from; `bailiff-platform pool key member-0001 --database sqlite:pool.db` prints a member’s key"})
	a.AddError(registry.ErrNoPolicy, "registry.no-policy", cli.ExitUnfinished,
		wording.Text{Fr: "la base ne connaît pas encore la politique de ce coffre",
			En: "the database does not know this vault’s policy yet"},
		wording.Text{Fr: "importez de nouveau l’un de ses lots avec `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db` : les clés restent comme elles sont, la politique s’ajoute",
			En: "import one of its batches again with `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`: the keys stay as they are, the policy is added"})
}
