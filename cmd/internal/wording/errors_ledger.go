package wording

// ledgerErrors are about the ledger.
func ledgerErrors() []faultText {
	return []faultText{
		{"ledger.fork", Text{
			"une autre histoire a été signée : deux registres de ce coffre existent",
			"another history was signed: two ledgers of this vault exist",
		}, hintFork()},
		{"ledger.stale", Text{
			"il manque les dernières inscriptions : cette copie est plus ancienne que ce qui a été signé",
			"entries are missing at the end: this copy is older than what was signed",
		}, hintStale()},
		{"ledger.clock", Text{
			"l’horloge de cette machine est antérieure à la dernière inscription du registre",
			"this machine’s clock is before the last entry of the ledger",
		}, Text{
			"mettez l’horloge à l’heure UTC exacte, puis relancez la commande",
			"set the clock to the right UTC time, then run the command again",
		}},
		{"ledger.moved", Text{
			"un autre programme a complété le registre entre-temps",
			"another program has added to the ledger meanwhile",
		}, Text{
			"assurez-vous que personne d’autre ne travaille sur ce coffre, puis relancez la commande",
			"make sure that nobody else works on this vault, then run the command again",
		}},
		{"ledger.reopen", Text{
			"une écriture antérieure dans le registre a échoué",
			"an earlier write to the ledger failed",
		}, Text{
			"vérifiez le disque et sa place libre, puis relancez la commande : elle reprend à partir de ce qui a été écrit",
			"check the disk and its free space, then run the command again: it goes on from what was written",
		}},
		{"ledger.old", Text{
			"un point de contrôle de cette taille ou plus grand existe déjà",
			"a checkpoint of this size or a larger one is there already",
		}, Text{
			"relancez la commande, afin qu’elle lise le registre tel qu’il est maintenant",
			"run the command again, so that it reads the ledger as it stands now",
		}},
		{"ledger.full", Text{
			"le registre a atteint son nombre maximal d’inscriptions",
			"the ledger has reached its largest number of entries",
		}, Text{
			"créez un nouveau coffre pour les actes à venir et conservez celui-ci en lecture",
			"make a new vault for further acts, and keep this one to be read",
		}},
		{"ledger.erased", Text{
			"la partie personnelle n’est plus là : elle a été effacée, ou manque dans cette copie",
			"the personal part is not there any more: it was erased, or is missing from this copy",
		}, Text{
			"consultez une autre copie du coffre, sauf si son effacement a été décidé",
			"look into another copy of the vault, unless its erasure was decided",
		}},
		{"ledger.none", Text{
			"cette inscription, ce point de contrôle ou cette partie personnelle n’existe pas",
			"there is no such entry, checkpoint or personal part",
		}, Text{
			"choisissez un numéro que liste `bailiff ledger show --vault coffre`",
			"choose a number that `bailiff ledger show --vault vault` lists",
		}},
		{"ledger.checkpoint", Text{
			"ce n’est pas un point de contrôle sous sa forme unique",
			"not a checkpoint in its only form",
		}, hintCopy()},
		{"ledger.signature", Text{
			"une cosignature du registre est fausse",
			"a cosignature of the ledger is wrong",
		}, hintCopy()},
		{"ledger.signer", Text{
			"une cosignature émane d’une personne qui n’est pas dépositaire",
			"a cosignature by somebody who is no custodian",
		}, hintCopy()},
		{"ledger.twice", Text{
			"un dépositaire a cosigné deux fois",
			"a custodian cosigned twice",
		}, hintCopy()},
		{"ledger.too-few", Text{
			"le point de contrôle porte moins de cosignatures qu’il n’en faut",
			"the checkpoint bears fewer cosignatures than it must",
		}, hintCopy()},
		{"ledger.cosigners", Text{
			"la liste des cosignataires, ou leur nombre requis, est inutilisable",
			"the list of cosigners, or how many must sign, cannot be used",
		}, hintCopy()},
		{"ledger.kind", Text{
			"type d’inscription inconnu au registre",
			"an unknown kind of ledger entry",
		}, hintNewer()},
		{"ledger.first", Text{
			"le registre ne commence pas par sa première politique, ou celle-ci y revient",
			"the ledger does not begin with its first policy, or that policy comes again",
		}, hintCopy()},
		{"ledger.vault", Text{
			"le registre appartient à un autre coffre",
			"the ledger belongs to another vault",
		}, hintCopy()},
		{"ledger.number", Text{
			"le numéro inscrit dans le fichier n’est pas celui de son nom",
			"the number inside the file is not that of its name",
		}, hintCopy()},
		{"ledger.gap", Text{
			"il manque une inscription avant celle-ci",
			"an entry is missing before this one",
		}, hintCopy()},
		{"ledger.time", Text{
			"l’inscription est plus ancienne que la précédente",
			"the entry is older than the one before it",
		}, hintCopy()},
		{"ledger.unexpected", Text{
			"un fichier ou dossier qui n’a pas sa place dans le registre",
			"a file or folder that does not belong into the ledger",
		}, Text{
			"sortez-le du dossier du registre, notez-le au procès-verbal et vérifiez à nouveau le coffre",
			"move it out of the ledger’s folder, note it in the minutes, and verify the vault again",
		}},
		{"ledger.folder", Text{
			"il manque un dossier au registre",
			"a folder of the ledger is missing",
		}, hintCopy()},
		{"ledger.personal", Text{
			"la partie personnelle n’est pas celle que désigne l’inscription",
			"the personal part is not the one that the entry names",
		}, hintCopy()},
		{"ledger.changed", Text{
			"le fichier a changé depuis l’ouverture du registre",
			"the file changed after the ledger was opened",
		}, Text{
			"assurez-vous que personne d’autre ne travaille sur ce disque, puis lancez `bailiff vault verify --vault coffre`",
			"make sure that nobody else works on this disk, then run `bailiff vault verify --vault vault`",
		}},
		{"ledger.proof", Text{
			"la preuve d’inclusion est fausse",
			"the inclusion proof is wrong",
		}, Text{
			"ne vous fiez pas à cette preuve : redemandez-la, avec son inscription et son point de contrôle",
			"do not rely on this proof: obtain it again, together with its entry and checkpoint",
		}},
	}
}

// policyErrors are about policies and trust anchors.
func policyErrors() []faultText {
	return []faultText{
		{"policy.anchor", Text{
			"l’ancre de confiance ne correspond pas à la première politique du coffre",
			"the trust anchor does not match the vault’s first policy",
		}, Text{
			"n’importez rien ; comparez les douze mots de l’ancre à ceux du procès-verbal papier signé",
			"import nothing; compare the anchor’s twelve words with the signed paper minutes",
		}},
		{"policy.quorum", Text{
			"le seuil doit être d’au moins 2, au plus le nombre de dépositaires, et supérieur à leur moitié",
			"the threshold must be at least 2, at most the number of custodians, and more than half of them",
		}, hintDraft()},
		{"policy.custodians", Text{
			"une politique compte 2 à 16 dépositaires, numérotés c01, c02 et ainsi de suite",
			"a policy has 2 to 16 custodians, numbered c01, c02 and so on",
		}, hintDraft()},
		{"policy.tokens", Text{
			"un dépositaire a un à trois jetons, numérotés 1, 2, 3",
			"a custodian has one to three tokens, numbered 1, 2, 3",
		}, hintDraft()},
		{"policy.shared-token", Text{
			"deux jetons portent le même numéro de série ou la même clé",
			"two tokens bear the same serial or key",
		}, Text{
			"donnez à chaque dépositaire ses propres jetons, enrôlez-les et corrigez le projet",
			"give each custodian tokens of their own, enrol them, and correct the draft",
		}},
		{"policy.concentrated", Text{
			"un office ou un lieu pourrait réunir seul le quorum",
			"one office or one place could gather a quorum alone",
		}, Text{
			"répartissez les dépositaires entre davantage d’offices et de lieux, ou relevez le seuil",
			"spread the custodians over more offices and places, or raise the threshold",
		}},
		{"policy.unconfirmed", Text{
			"la politique contient une ressemblance que personne n’a confirmée en tapant le nom",
			"the policy holds a likeness that nobody confirmed by typing the name",
		}, Text{
			"corrigez le projet de politique ; si c’est bien voulu, relancez et tapez l’un des noms affichés",
			"correct the policy draft; if it is meant, run it again and type one of the names shown",
		}},
		{"policy.officers", Text{
			"une politique compte 2 à 16 responsables habilités, chacun une fois, dont au moins 2 signent",
			"a policy has 2 to 16 officers, each once, of whom at least 2 sign",
		}, hintDraft()},
		{"policy.reasons", Text{
			"ce motif ou cette pièce n’est dans aucune liste",
			"this reason or paper is of no list",
		}, Text{
			"motifs : `death`, `incapacity`, `request`, `wind-down` ; `bailiff-platform order new --help` montre les pièces",
			"reasons: `death`, `incapacity`, `request`, `wind-down`; `bailiff-platform order new --help` shows the papers",
		}},
		{"policy.no-reason", Text{
			"la politique ne prévoit aucun motif de restitution",
			"the policy provides for no reason for a release",
		}, Text{
			"reprenez les blocs `[[reason]]` de docs/policy-example.toml : sans motif, aucune clé ne pourrait jamais être rendue",
			"take the blocks `[[reason]]` of docs/policy-example.toml: without a reason no key could ever be released",
		}},
		{"policy.reason-twice", Text{
			"ce motif, ou cette pièce du même motif, est cité deux fois",
			"this reason, or this paper of one reason, stands twice",
		}, Text{
			"n’en gardez qu’une mention, puis faites relire le fichier",
			"keep one of the two, then have the file reviewed again",
		}},
		{"policy.reason-order", Text{
			"ce motif ou cette pièce n’est pas à sa place",
			"this reason or paper is out of order",
		}, Text{
			"suivez l’ordre de docs/formats.md ; pour les motifs : death, incapacity, request, wind-down",
			"follow the order of docs/formats.md; of reasons: death, incapacity, request, wind-down",
		}},
		{"policy.waiting", Text{
			"le délai d’attente de ce motif va de 0 à 3650 jours",
			"the waiting time of this reason is 0 to 3650 days",
		}, Text{
			"corrigez `waiting-days`, un nombre de jours sans guillemets, puis faites relire le fichier",
			"correct `waiting-days`, a number of days without quotes, then have the file reviewed again",
		}},
		{"policy.profile", Text{
			"profil de clés ou mode de scellement inconnu",
			"an unknown key profile or kind of sealing",
		}, Text{
			"indiquez l’un des profils de docs/interop.md, v4-curve25519 par défaut",
			"name one of the profiles in docs/interop.md, v4-curve25519 by default",
		}},
		{"policy.soft-token", Text{
			"un jeton logiciel dans une politique de production",
			"a software token in a production policy",
		}, Text{
			"enrôlez des jetons matériels pour la production, ou choisissez le mode rehearsal",
			"enrol hardware tokens for production, or set the mode to rehearsal",
		}},
		{"policy.mode", Text{
			"un jeton enrôlé pour l’autre mode, répétition ou production",
			"a token enrolled for the other mode, rehearsal or production",
		}, Text{
			"enrôlez un jeton pour le mode de cette politique",
			"enrol a token for the mode of this policy",
		}},
		{"policy.previous", Text{
			"la première politique n’en désigne aucune antérieure, toute autre en désigne une",
			"the first policy names no previous one, and every other does",
		}, hintCopy()},
	}
}
