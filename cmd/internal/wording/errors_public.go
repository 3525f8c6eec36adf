package wording

// keybatchErrors are about public batches.
func keybatchErrors() []faultText {
	return []faultText{
		{"keybatch.mode", Text{
			"le lot public est de l’autre mode, répétition ou production",
			"the public batch is of the other mode, rehearsal or production",
		}, Text{
			"n’utilisez un lot de répétition qu’avec une ancre et un stock de répétition, et un lot de production qu’avec ceux de production",
			"use a rehearsal batch with a rehearsal anchor and pool only, and a production batch with those of production",
		}},
		{"keybatch.vault", Text{
			"le lot public vient d’un autre coffre que l’ancre de confiance",
			"the public batch is of another vault than the trust anchor",
		}, Text{
			"donnez l’ancre de confiance du coffre d’où vient le lot, après en avoir vérifié les douze mots au procès-verbal papier",
			"give the trust anchor of the vault that made the batch, after checking its twelve words on the paper minutes",
		}},
		{"keybatch.missing", Text{
			"il manque un fichier au lot public",
			"the public batch lacks a file",
		}, hintBatch()},
		{"keybatch.unexpected", Text{
			"le lot public contient un fichier qui n’y a pas sa place",
			"the public batch holds a file that does not belong there",
		}, hintBatch()},
		{"keybatch.not-published", Text{
			"une clé consommée ou de réserve figure parmi les clés publiées",
			"a burnt or reserve key stands among the published ones",
		}, hintBatch()},
		{"keybatch.counts", Text{
			"les nombres de clés ne concordent pas",
			"the counts of keys do not agree",
		}, hintBatch()},
		{"keybatch.profile", Text{
			"le profil de clés n’est pas celui de la politique",
			"the key profile is not the policy’s",
		}, hintBatch()},
		{"keybatch.batch", Text{
			"un élément provient d’un autre lot",
			"a part belongs to another batch",
		}, hintBatch()},
		{"keybatch.digest", Text{
			"ce n’est pas le fichier dont le lot donne l’empreinte",
			"not the file whose digest the batch states",
		}, hintBatch()},
		{"keybatch.policy-entry", Text{
			"la première inscription du registre désigne une autre politique",
			"the ledger’s first entry names another policy",
		}, hintBatch()},
		{"keybatch.entries", Text{
			"les inscriptions au registre ne sont pas les quatre attendues, dans leur ordre",
			"the ledger entries of the batch are not the four expected, in their order",
		}, hintBatch()},
		{"keybatch.entry-number", Text{
			"une inscription ou sa preuve porte un autre numéro que son nom de fichier",
			"an entry or its proof is of another number than its file name",
		}, hintBatch()},
		{"keybatch.time", Text{
			"les dates des inscriptions ou des clés contredisent leur ordre",
			"the times of the entries or of the keys contradict their order",
		}, hintBatch()},
		{"keybatch.root", Text{
			"la racine de Merkle n’est pas celle que les dépositaires ont cosignée",
			"the Merkle root is not the one that the custodians cosigned",
		}, hintBatch()},
		{"keybatch.manifest", Text{
			"le manifeste n’est pas celui que les dépositaires ont cosigné",
			"the manifest is not the one that the custodians cosigned",
		}, hintBatch()},
		{"keybatch.burnt-list", Text{
			"la liste des clés consommées n’est pas celle de l’échantillon",
			"the burnt list is not that of the sample",
		}, hintBatch()},
		{"keybatch.reserve-list", Text{
			"la liste des clés de réserve n’est pas celle que les dépositaires ont cosignée",
			"the reserve list is not the one that the custodians cosigned",
		}, hintBatch()},
		{"keybatch.leaves", Text{
			"une ligne de la liste des clés est mal formée",
			"a line of the list of keys is malformed",
		}, hintBatch()},
		{"keybatch.role", Text{
			"le rôle d’une clé n’est pas celui que lui donnent l’échantillon et la réserve",
			"a key’s role is not the one that sample and reserve give it",
		}, hintBatch()},
		{"keybatch.duplicate", Text{
			"l’empreinte d’une clé figure deux fois dans le lot",
			"a key’s fingerprint stands twice in the batch",
		}, hintBatch()},
		{"keybatch.enrolment", Text{
			"un enrôlement n’est pas celui du jeton de la politique",
			"an enrolment is not that of the policy’s token",
		}, hintBatch()},
		{"keybatch.key", Text{
			"ce n’est pas la clé dont les dépositaires ont cosigné l’empreinte",
			"not the key whose digest the custodians cosigned",
		}, hintBatch()},
		{"keybatch.fingerprint", Text{
			"la clé a une autre empreinte que celle annoncée",
			"the key has another fingerprint than stated",
		}, hintBatch()},
		{"keybatch.armor", Text{
			"la clé en texte n’est pas la clé binaire sous sa forme unique",
			"the armored key is not the binary one in its only form",
		}, hintBatch()},
		{"keybatch.tree", Text{
			"l’arbre du lot ne contient pas ces clés",
			"the batch’s tree does not hold these keys",
		}, hintCopy()},
	}
}

// poolErrors are about the key pool.
func poolErrors() []faultText {
	return []faultText{
		{"registry.mode", Text{
			"répétition et production ne se mélangent pas dans un stock de clés",
			"rehearsal and production do not mix in a pool of keys",
		}, Text{
			"employez une base pour les répétitions et une autre pour la production ; `--rehearsal` dit laquelle est visée",
			"use one database for rehearsals and another for production; `--rehearsal` says which is meant",
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
			"employez la version du programme qui a créé cette base",
			"use the version of the program that made this database",
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
			"affichez cette clé avec `bailiff-platform pool key` ; un membre n’en a qu’une",
			"print that key with `bailiff-platform pool key`; a member has one key only",
		}},
		{"registry.empty", Text{
			"il ne reste aucune clé à attribuer",
			"no key is left to give",
		}, Text{
			"importez un autre lot avec `bailiff-platform batch import`",
			"import another batch with `bailiff-platform batch import`",
		}},
		{"registry.no-key", Text{
			"le stock n’a pas cette clé ou ce membre",
			"the pool has no such key or member",
		}, Text{
			"vérifiez la référence, et que c’est la bonne base",
			"check the reference, and that this is the right database",
		}},
	}
}
