package wording

// poolErrors are about the key pool.
func poolErrors() []faultText {
	return []faultText{
		{"registry.mode", Text{
			"répétition et production ne se mélangent pas dans un stock de clés",
			"rehearsal and production do not mix in a pool of keys",
		}, Text{
			"chaque mode a sa propre base ; si c’est une répétition, ajoutez `--rehearsal` à la commande, sinon retirez-le",
			"each mode has a database of its own; if this is a rehearsal, add `--rehearsal` to the command, otherwise leave it out",
		}},
		{"registry.database", Text{
			"ce n’est pas la base d’un stock de clés, ou elle est endommagée",
			"this is not the database of a key pool, or it is damaged",
		}, Text{
			"vérifiez le nom donné à `--database` ; si c’est la bonne base, reprenez-la d’une sauvegarde",
			"check the name given to `--database`; if it is the right one, restore it from a backup",
		}},
		{"registry.open", Text{
			"la base du stock ne peut pas être ouverte, lue ou écrite",
			"the pool’s database cannot be opened, read or written",
		}, Text{
			"vérifiez le chemin, les droits et la place sur le disque ; après une interruption, relancez d’abord la commande interrompue",
			"check the path, the permissions and the room on the disk; after an interruption, first run the interrupted command again",
		}},
		{"registry.schema", Text{
			"les tables de la base sont d’une autre version que ce programme",
			"the database’s tables are of another version than this program",
		}, Text{
			"employez la version du programme qui a créé cette base, ou versez les lots dans une base nouvelle et lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avec la liste des membres et de leurs clés",
			"use the version of the program that made this database, or import the batches into a new one and run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` with the list of the members and their keys",
		}},
		{"registry.busy", Text{
			"d’autres programmes ont occupé la base trop longtemps",
			"other programs held the database for too long",
		}, Text{
			"attendez qu’ils aient fini, puis relancez la commande ; rien n’a été modifié",
			"wait until they have ended, then run the command again; nothing was changed",
		}},
		{"registry.words", Text{
			"les mots saisis ne sont pas ceux de l’ancre de confiance",
			"the words typed are not those of the trust anchor",
		}, Text{
			"comparez-les au procès-verbal papier signé ; si la saisie est juste, ne vous fiez pas à cette ancre",
			"compare them with the signed paper minutes; if they were typed right, do not trust this anchor",
		}},
		{"registry.anchor-changed", Text{
			"une autre ancre de confiance est épinglée pour ce coffre",
			"another trust anchor is pinned for this vault",
		}, Text{
			"n’importez rien, conservez les deux ancres et comparez leurs douze mots au procès-verbal papier signé",
			"import nothing, keep both anchors, and compare their twelve words with the signed paper minutes",
		}},
		{"registry.not-pinned", Text{
			"aucune ancre de confiance n’est épinglée pour ce coffre",
			"no trust anchor is pinned for this vault",
		}, Text{
			"donnez l’ancre du coffre avec `--trust` et saisissez ses douze mots d’après le procès-verbal papier",
			"give the vault’s anchor with `--trust`, and type its twelve words from the paper minutes",
		}},
		{"registry.batch-changed", Text{
			"le lot est déjà connu, avec un autre contenu",
			"the batch is known already, with other contents",
		}, Text{
			"n’importez rien de ce fichier ; comparez son SHA-256 à celui du procès-verbal et interrogez le commissaire de justice",
			"import nothing from this file; compare its SHA-256 with the one in the minutes, and ask the bailiff",
		}},
		{"registry.burnt", Text{
			"la clé a été consommée par une cérémonie, elle ne doit jamais servir",
			"the key was burnt by a ceremony, and must never be used",
		}, Text{
			"ne chiffrez rien pour cette clé et cherchez d’où elle vient",
			"encrypt nothing to this key, and find out where it comes from",
		}},
		{"registry.reserve", Text{
			"la clé est une clé de réserve de son coffre, elle ne doit jamais servir",
			"the key is kept in reserve by its vault, and must never be used",
		}, Text{
			"ne chiffrez rien pour cette clé et cherchez d’où elle vient",
			"encrypt nothing to this key, and find out where it comes from",
		}},
		{"registry.known", Text{
			"la clé est déjà connue, venant d’un autre lot",
			"the key is known already, from another batch",
		}, Text{
			"n’importez rien de ce fichier et interrogez le commissaire de justice : deux lots n’ont jamais une clé en commun",
			"import nothing from this file, and ask the bailiff: no two batches share a key",
		}},
		{"registry.member", Text{
			"la référence d’un membre compte 1 à 256 octets de texte simple",
			"a member’s reference has 1 to 256 bytes of plain text",
		}, Text{
			"donnez la référence courte que la plateforme attribue au membre",
			"give the platform’s own short reference of the member",
		}},
		{"registry.assigned", Text{
			"le membre a déjà une clé",
			"the member has a key already",
		}, Text{
			"affichez cette clé avec `bailiff-platform pool key member-0001 --database sqlite:pool.db` ; un membre n’en a qu’une",
			"print that key with `bailiff-platform pool key member-0001 --database sqlite:pool.db`; a member has one key only",
		}},
		{"registry.empty", Text{
			"il ne reste aucune clé à attribuer",
			"no key is left to give",
		}, Text{
			"importez un autre lot avec `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`",
			"import another batch with `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`",
		}},
		{"registry.no-key", Text{
			"le stock n’a pas cette clé ou ce membre",
			"the pool has no such key or member",
		}, Text{
			"vérifiez la référence, et que c’est la bonne base",
			"check the reference, and that this is the right database",
		}},
		{"registry.other-key", Text{
			"le stock n’a pas attribué cette clé à ce membre",
			"the pool did not give this key to this member",
		}, Text{
			"la clé d’un autre ouvrirait le coffre d’un autre : affichez celle du membre avec `bailiff-platform pool key member-0001 --database sqlite:pool.db`, et cherchez laquelle des deux indications est fausse",
			"another’s key would open another’s safe: print the member’s with `bailiff-platform pool key member-0001 --database sqlite:pool.db`, and find out which of the two is wrong",
		}},
		{"registry.withdrawn", Text{
			"la clé a été retirée du stock et n’appartient à personne",
			"the key was withdrawn from the pool, and is nobody’s",
		}, Text{
			"cherchez d’où vient cette empreinte ; `bailiff-platform pool key member-0001 --database sqlite:pool.db` affiche la clé d’un membre",
			"find out where this fingerprint comes from; `bailiff-platform pool key member-0001 --database sqlite:pool.db` prints a member’s key",
		}},
		{"registry.no-policy", Text{
			"la base ne connaît pas encore la politique de ce coffre",
			"the database does not know this vault’s policy yet",
		}, Text{
			"importez de nouveau l’un de ses lots avec `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db` : les clés restent comme elles sont, la politique s’ajoute",
			"import one of its batches again with `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`: the keys stay as they are, the policy is added",
		}},
		{"registry.memory", Text{
			"une base qui n’est pas un fichier oublie quelles clés ont été attribuées",
			"a database that is no file forgets which keys were given",
		}, Text{
			"donnez à la base un autre nom de fichier : `--database sqlite:pool.db`",
			"give the database another file name: `--database sqlite:pool.db`",
		}},
		{"registry.restored", Text{
			"cette base est plus ancienne que son journal des attributions : elle vient d’une sauvegarde, et d’autres clés ont été attribuées depuis",
			"this database is older than its journal of assignments: it comes from a backup, and more keys were given since",
		}, Text{
			"rien n’est attribué avant `bailiff-platform pool reconcile --database sqlite:pool.db`, qui montre ces clés et les rend à leurs membres",
			"nothing is assigned before `bailiff-platform pool reconcile --database sqlite:pool.db`, which shows those keys and returns them to their members",
		}},
		{"registry.journal-missing", Text{
			"le journal des attributions manque",
			"the journal of assignments is missing",
		}, Text{
			"indiquez où il se trouve avec `--journal` ou remettez-le en place ; s’il est perdu, lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avec la liste des membres et de leurs clés",
			"tell where it is with `--journal`, or put it back; if it is lost, run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` with the list of the members and their keys",
		}},
		{"registry.journal", Text{
			"ce n’est pas le journal des attributions de cette base, ou il est plus ancien qu’elle, ou endommagé",
			"this is not the journal of assignments of this database, or it is older than that, or damaged",
		}, Text{
			"remettez en place le journal le plus récent ; s’il est perdu, lancez `bailiff-platform pool reconcile --database sqlite:pool.db --assigned membres.csv` avec la liste des membres et de leurs clés",
			"put the newest journal back; if it is lost, run `bailiff-platform pool reconcile --database sqlite:pool.db --assigned members.csv` with the list of the members and their keys",
		}},
		{"registry.incomplete", Text{
			"ce journal ne peut pas dire toutes les clés qui ont été attribuées",
			"this journal cannot tell all keys that were given",
		}, Text{
			"donnez avec `--assigned` la liste des membres et de leurs clés, prise ailleurs que dans cette base, ou renoncez avec `--withdraw-free` à toute clé encore libre",
			"give with `--assigned` the list of the members and their keys, taken from elsewhere than this database, or give up every key that is still free with `--withdraw-free`",
		}},
		{"registry.not-imported", Text{
			"une clé a été attribuée qui n’est d’aucun lot du stock",
			"a key was given that is of no batch in the pool",
		}, Text{
			"versez d’abord ce lot avec `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`, au besoin redemandé au commissaire de justice, puis relancez la commande",
			"import that batch first with `bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db`, asking the bailiff for it if need be, then run the command again",
		}},
		{"registry.conflict", Text{
			"une clé aurait deux membres, ou un membre deux clés",
			"a key would have two members, or a member two keys",
		}, Text{
			"rien n’a été modifié ; cherchez qui a chiffré pour quelle clé, corrigez la liste ou, si la base se trompe, versez les lots dans une base nouvelle ; une clé que deux membres ont eue se note sans membre, et chacun en reçoit une autre",
			"nothing was changed; find out who encrypted to which key, correct the list or, if the database is wrong, import the batches into a new one; a key that two members had is listed without a member, and each is given another",
		}},
		{"registry.list", Text{
			"la ligne ne se compose pas d’un membre, d’une virgule et d’une empreinte",
			"the line is not a member, a comma and a fingerprint",
		}, Text{
			"écrivez un membre par ligne, sans titre : `MEMBRE,EMPREINTE` ; rien n’a été modifié",
			"write one member a line, without a heading: `MEMBER,FINGERPRINT`; nothing was changed",
		}},
		{"journal.not-journal", Text{
			"ce n’est pas un journal des attributions",
			"this is no journal of assignments",
		}, Text{
			"vérifiez le nom donné à `--journal`",
			"check the name given to `--journal`",
		}},
		{"journal.differs", Text{
			"le journal ne continue pas ce que la base en connaît",
			"the journal does not continue what the database knows of it",
		}, Text{
			"remettez en place le journal le plus récent, ou lancez `bailiff-platform pool reconcile --database sqlite:pool.db`",
			"put the newest journal back, or run `bailiff-platform pool reconcile --database sqlite:pool.db`",
		}},
	}
}
