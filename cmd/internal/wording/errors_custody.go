package wording

// custodyErrors are about the operations on a vault.
func custodyErrors() []faultText {
	return []faultText{
		{"custody.no-vault", Text{
			"il n’y a pas de coffre ici",
			"there is no vault here",
		}, Text{
			"vérifiez le chemin donné par `--vault`, et que le disque du coffre est monté",
			"check the path given with `--vault`, and that the vault’s disk is mounted",
		}},
		{"custody.damaged", Text{
			"un fichier du coffre ne correspond pas à son registre",
			"a file of the vault does not match its ledger",
		}, hintCopy()},
		{"custody.not-made", Text{
			"ce qui se trouve sur le disque n’est pas ce qui vient d’être fait",
			"what lies on the disk is not what was made",
		}, Text{
			"un autre programme a écrit dans ce dossier : ne continuez pas sur cette machine, notez-le au procès-verbal, et recommencez sur une autre",
			"another program wrote to this folder: do not go on with this machine, note it in the minutes, and begin again on another one",
		}},
		{"custody.unknown-file", Text{
			"un fichier qui n’a pas sa place dans un coffre",
			"a file that does not belong into a vault",
		}, Text{
			"sortez ce fichier du dossier du coffre, notez-le au procès-verbal et vérifiez à nouveau le coffre",
			"move the file out of the vault’s folder, note it in the minutes, and verify the vault again",
		}},
		{"custody.stranger", Text{
			"ce jeton n’appartient à aucun dépositaire du coffre",
			"this token belongs to no custodian of the vault",
		}, Text{
			"utilisez un jeton que liste `bailiff vault show --vault coffre`",
			"use a token that `bailiff vault show --vault vault` lists",
		}},
		{"custody.twice", Text{
			"deux jetons d’un même dépositaire, qui ne compte qu’une fois",
			"two tokens of one custodian, who counts once",
		}, Text{
			"donnez un seul jeton par dépositaire, et réunissez un autre dépositaire s’ils sont trop peu nombreux",
			"give one token for each custodian, and gather another custodian if there are too few",
		}},
		{"custody.quorum", Text{
			"il y a moins de dépositaires présents que l’acte n’en demande",
			"fewer custodians are present than the act needs",
		}, Text{
			"réunissez d’autres dépositaires et donnez un jeton de chacun avec `--token` ; `bailiff vault show --vault coffre` indique combien il en faut",
			"gather more custodians and name a token of each with `--token`; `bailiff vault show --vault vault` tells how many are needed",
		}},
		{"custody.history", Text{
			"le registre n’autorise pas cet acte à ce stade",
			"the ledger does not allow this act now",
		}, Text{
			"consultez les actes inscrits avec `bailiff ledger show --vault coffre`, puis terminez ou abandonnez ce qui est commencé",
			"look at the acts recorded with `bailiff ledger show --vault vault`, and finish or abandon what was begun",
		}},
		{"custody.not-cosigned", Text{
			"l’inscription qui le permettrait n’est pas encore cosignée",
			"the entry that would allow this is not cosigned yet",
		}, Text{
			"faites cosigner le registre par les dépositaires avec `bailiff ledger cosign --vault coffre`",
			"have the custodians cosign the ledger with `bailiff ledger cosign --vault vault`",
		}},
		{"custody.unfinished", Text{
			"une cérémonie antérieure n’est pas terminée",
			"an earlier ceremony is unfinished",
		}, Text{
			"reprenez-la avec `bailiff ceremony run --vault coffre --script script.toml` et le même script",
			"resume it with `bailiff ceremony run --vault vault --script script.toml` and the same script",
		}},
		{"custody.abandoned", Text{
			"ce lot est abandonné : aucune de ses clés ne sera publiée",
			"this batch is abandoned: none of its keys will be published",
		}, Text{
			"prenez un lot éprouvé, que liste `bailiff vault show --vault coffre`",
			"take a batch that was proved; `bailiff vault show --vault vault` lists them",
		}},
		{"custody.no-batch", Text{
			"le coffre ne contient pas ce lot",
			"the vault holds no such batch",
		}, Text{
			"comparez le lot avec ceux que liste `bailiff vault show --vault coffre`",
			"compare the batch with those that `bailiff vault show --vault vault` lists",
		}},
		{"custody.no-key", Text{
			"le lot ne contient pas cette clé sous ce numéro",
			"the batch holds no such key under this number",
		}, Text{
			"renvoyez l’ordre ; la plateforme doit désigner la clé comme l’indique son stock : lot, numéro et empreinte",
			"send the order back; the platform must name the key as its pool shows it: batch, number and fingerprint",
		}},
		{"custody.unsealed", Text{
			"ce lot est commencé, mais il n’est pas scellé",
			"this batch was begun, and is not sealed",
		}, Text{
			"relancez sa cérémonie : `bailiff ceremony run --vault coffre --script script.toml` ; si elle fut interrompue, ce lot sera abandonné et un autre commencera",
			"run its ceremony again: `bailiff ceremony run --vault vault --script script.toml`; if it was cut short, this batch will be abandoned and another begun",
		}},
		{"custody.published", Text{
			"le lot n’est pas éprouvé, rien ne peut donc en sortir",
			"the batch is not proved, so nothing of it may leave the vault",
		}, Text{
			"terminez sa cérémonie avec `bailiff ceremony run --vault coffre --script script.toml` et le même script",
			"finish its ceremony with `bailiff ceremony run --vault vault --script script.toml` and the same script",
		}},
		{"custody.burnt", Text{
			"la clé a été ouverte comme échantillon, elle est consommée",
			"the key was opened as a sample and is burnt",
		}, Text{
			"n’exécutez rien et demandez à la plateforme comment cette clé a été attribuée à un membre",
			"carry out nothing, and ask the platform how this key came to be assigned to a member",
		}},
		{"custody.reserved", Text{
			"la clé est une réserve et n’a jamais été publiée",
			"the key is a reserve and was never published",
		}, Text{
			"n’exécutez rien et demandez à la plateforme d’où elle tient cette clé",
			"carry out nothing, and ask the platform where it has this key from",
		}},
		{"custody.used", Text{
			"l’ordre a déjà servi : il a ouvert sa clé une fois",
			"the order is used: it opened its key once already",
		}, Text{
			"si le pli est perdu, demandez à la plateforme un nouvel ordre qui désigne celui-ci (--replaces) et dit pourquoi (--replaces-why)",
			"if the kit was lost, ask the platform for a new order that names this one (--replaces) and says why (--replaces-why)",
		}},
		{"custody.same-order", Text{
			"un ordre portant ce numéro, mais d’un autre texte, a déjà été reçu",
			"an order of this number, but with another text, was received before",
		}, Text{
			"n’exécutez rien et demandez à la plateforme lequel fait foi ; celui-ci ne pourra être exécuté que sous un autre numéro",
			"carry out nothing and ask the platform which one counts; this one needs another number",
		}},
		{"custody.not-received", Text{
			"l’ordre n’a pas encore été reçu dans ce coffre ; son délai d’attente n’a pas commencé",
			"the order was not received in this vault yet; its waiting time has not begun",
		}, Text{
			"inscrivez sa réception avec `bailiff order receive --vault coffre --order order.txt --signatures order.sig` : le délai court de ce jour",
			"record its receipt with `bailiff order receive --vault vault --order order.txt --signatures order.sig`: the wait runs from that day",
		}},
		{"custody.still-waiting", Text{
			"le délai d’attente de l’ordre court jusqu’à cette date",
			"the order has to wait until that time",
		}, Text{
			"revenez après cette date avec la même commande, et recevez jusque-là les oppositions",
			"come back after that time with the same command, and hear oppositions until then",
		}},
		{"custody.no-kit", Text{
			"aucun pli de cet ordre n’est prêt dans ce coffre, ou son inscription n’est pas encore cosignée",
			"no kit of this order is ready in this vault, or its entry is not cosigned yet",
		}, Text{
			"comparez le numéro avec `bailiff vault show --vault coffre` ; si le pli est écrit, faites d’abord cosigner le registre avec `bailiff ledger cosign --vault coffre`",
			"compare the number with `bailiff vault show --vault vault`; if the kit is written, have the ledger cosigned first with `bailiff ledger cosign --vault vault`",
		}},
		{"custody.handed-over", Text{
			"la remise de ce pli est déjà inscrite",
			"the handover of this kit is on record already",
		}, Text{
			"`bailiff ledger show --vault coffre` montre l’inscription ; si elle est inexacte, notez-le au procès-verbal : le registre ne se corrige pas",
			"`bailiff ledger show --vault vault` shows the entry; if it is wrong, note that in the minutes: the ledger is not corrected",
		}},
		{"custody.handover-day", Text{
			"ce jour est antérieur au pli, ou n’est pas encore venu",
			"that day is before the kit was made, or has not come yet",
		}, Text{
			"donnez le jour de la remise avec `--day AAAA-MM-JJ`, et comparez l’horloge de l’ordinateur à une autre",
			"give the day of the handover with `--day YYYY-MM-DD`, and compare the computer’s clock with another one",
		}},
		{"custody.key-taken", Text{
			"cet ordre a déjà demandé la même clé",
			"this order has asked for the same key already",
		}, Text{
			"reprenez cet ordre, ou demandez-en un qui le remplace si son pli est perdu",
			"resume that order, or ask for one that replaces it if its kit was lost",
		}},
		{"custody.replaces", Text{
			"l’ordre à remplacer n’a pas été exécuté pour cette clé, ou est déjà remplacé",
			"the order to be replaced was not delivered for this key, or is replaced already",
		}, Text{
			"renvoyez l’ordre ; `bailiff vault show --vault coffre` liste les ordres exécutés et leurs clés",
			"send the order back; `bailiff vault show --vault vault` lists the orders delivered and their keys",
		}},
	}
}

// releaseErrors are about releases and kits.
func releaseErrors() []faultText {
	return []faultText{
		{"release.awaits-cosignature", Text{
			"le pli est prêt, il ne manque que la cosignature de la dernière inscription",
			"the kit is ready, only the cosignature of the last entry is missing",
		}, Text{
			"comparez le SHA-256 de private-key.asc avec l’inscription (`bailiff ledger show --vault coffre`) : s’il est le même, lancez `bailiff ledger cosign --vault coffre` ; sinon ce pli n’est pas le bon, ne le remettez pas et notez-le au procès-verbal",
			"compare the SHA-256 of private-key.asc with the entry (`bailiff ledger show --vault vault`): if it is the same, run `bailiff ledger cosign --vault vault`; if not, this is not the kit: do not hand it over, and note it in the minutes",
		}},
		{"release.recipient", Text{
			"le nom du destinataire a été effacé du registre",
			"the recipient’s name was erased from the ledger",
		}, Text{
			"indiquez avec `--to` qui a reçu le pli",
			"say with `--to` who received the kit",
		}},
		{"release.bailiff", Text{
			"c’est le numéro de l’ordre, et un nom est attendu",
			"this is the order’s number, and a name is expected",
		}, Text{
			"relancez la même commande et donnez d’abord le nom du commissaire de justice qui a remis le pli ; rien n’a été inscrit",
			"run the same command again and give first the name of the bailiff who handed the kit over; nothing was recorded",
		}},
		{"release.too-short", Text{
			"l’ordre expire avant la fin de son délai d’attente dans ce coffre",
			"the order expires before its waiting time in this vault is over",
		}, Text{
			"renvoyez l’ordre ; le délai court de sa réception ici, et la plateforme doit en établir un qui dure plus longtemps",
			"send the order back; the wait runs from its receipt here, and the platform must issue one that lasts longer",
		}},
		{"release.not-written", Text{
			"personne n’a confirmé avoir recopié les mots",
			"nobody confirmed that the words were written down",
		}, Text{
			"relancez la restitution avec le même ordre et le même emplacement du pli ; de nouveaux mots s’afficheront",
			"run the release again with the same order and kit path; new words will be shown",
		}},
		{"handover.wrong-key", Text{
			"la clé privée n’est pas celle que l’ordre ou le pli désigne",
			"the private key is not the one that the order or kit names",
		}, hintKit()},
		{"handover.mismatch", Text{
			"la partie publique de la clé privée n’est pas la sienne",
			"the public part of the private key is not its own",
		}, hintKit()},
		{"handover.private-key", Text{
			"ce n’est pas une clé privée, seule et sous la forme des plis",
			"not exactly one private key in the form that kits hold",
		}, hintKit()},
		{"handover.words", Text{
			"les mots manquent, ou n’ouvrent pas ce qu’ils ont verrouillé",
			"the words are missing, or do not open what they locked",
		}, hintKit()},
		{"handover.no-words", Text{
			"les mots ne sont écrits dans un pli qu’en répétition",
			"words are written into a kit in rehearsals only",
		}, Text{
			"retirez le fichier de mots du support du pli ; en production, ils se recopient à la main depuis l’écran",
			"remove the file of words from the kit’s medium; in production they are copied by hand from the screen",
		}},
		{"handover.info", Text{
			"un texte de la lettre à l’héritier n’est pas du texte simple, ou est trop long",
			"a text for the heir’s letter is not plain text, or is too long",
		}, Text{
			"corrigez `--office` ou `--contact` : des lignes de 300 octets au plus, et 8 lignes de contact au plus",
			"correct `--office` or `--contact`: lines of at most 300 bytes, and 8 lines of contact at most",
		}},
		{"handover.files", Text{
			"un fichier étranger au pli, ou pas un pli du tout",
			"a file that is not part of a kit, or no kit at all",
		}, Text{
			"choisissez un autre emplacement pour le pli, ou déplacez ce qui n’y a pas sa place",
			"choose another path for the kit, or move what does not belong there",
		}},
		{"handover.digest", Text{
			"la clé privée n’est pas celle que désigne kit.txt",
			"the private key is not the one that kit.txt names",
		}, hintKit()},
		{"handover.not-made", Text{
			"ce fichier du pli n’est pas celui qui a été fait",
			"this file of the kit is not the one that was made",
		}, hintKit()},
		{"handover.unlocked", Text{
			"la clé privée n’est pas verrouillée comme il se doit",
			"the private key is not locked as it must be",
		}, hintKit()},
	}
}
