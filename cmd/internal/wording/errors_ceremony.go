package wording

// ceremonyErrors are about ceremonies and their scripts.
func ceremonyErrors() []faultText {
	return []faultText{
		{"keyceremony.other-script", Text{
			"une cérémonie inachevée a commencé avec un autre script",
			"an unfinished ceremony began with another script",
		}, Text{
			"reprenez le script d’alors, tel qu’il était à l’octet près : `bailiff ledger show --vault coffre` en donne l’empreinte, à « cérémonie ouverte »",
			"take the script of that time, as it was to the byte: `bailiff ledger show --vault vault` has its digest, at “ceremony opened”",
		}},
		{"script.counts", Text{
			"publish doit être compris entre 1 et 100000, sample entre 2 et 1000, reserve entre 0 et 10000",
			"publish must be 1 to 100000, sample 2 to 1000, reserve 0 to 10000",
		}, hintScript()},
		{"script.bulk", Text{
			"le lot public de ce profil de clés ne peut tenir plus de 50000 clés",
			"a public batch of this key profile holds at most 50000 keys",
		}, Text{
			"abaissez publish dans le script et tenez plusieurs cérémonies",
			"lower publish in the script and hold several ceremonies",
		}},
		{"script.no-witness", Text{
			"une cérémonie de production a au moins un témoin, et le script n’en nomme aucun",
			"a production ceremony has at least one witness, and the script names none",
		}, Text{
			"inscrivez les témoins dans le script, à la ligne witnesses, et faites-le relire",
			"write the witnesses into the script, in the line witnesses, and have it reviewed again",
		}},
		{"script.no-bailiff", Text{
			"une cérémonie de production nomme le commissaire de justice qui la conduit",
			"a production ceremony names the bailiff who conducts it",
		}, Text{
			"inscrivez-le dans le script, par exemple bailiff = \"Maître Exemple\", et faites-le relire",
			"write the name into the script, for example bailiff = \"Maître Exemple\", and have it reviewed again",
		}},
		{"script.partial", Text{
			"un témoin ne peut être ni dépositaire du coffre, ni le commissaire de justice, ni un autre témoin",
			"a witness can be neither a custodian of the vault, nor the bailiff, nor another witness",
		}, Text{
			"prenez pour témoin une personne qui n’a pas d’autre rôle dans la cérémonie, corrigez le script et faites-le relire",
			"take for a witness somebody who has no other part in the ceremony, correct the script and have it reviewed again",
		}},
		{"keyceremony.die", Text{
			"ce dé n’est pas un chiffre de 1 à 6",
			"this die is not a digit from 1 to 6",
		}, hintDice()},
		{"keyceremony.few-dice", Text{
			"moins de 20 dés ont été saisis",
			"fewer than 20 dice were typed",
		}, hintDice()},
		{"keyceremony.many-dice", Text{
			"plus de 1000 dés ont été saisis",
			"more than 1000 dice were typed",
		}, hintDice()},
		{"keyceremony.alike-dice", Text{
			"les dés ne montrent qu’une ou deux faces : ils n’ont pas été jetés",
			"the dice show one or two faces only: they were not thrown",
		}, hintDice()},
		{"script.vault", Text{
			"le script est écrit pour un autre coffre",
			"the script is written for another vault",
		}, Text{
			"inscrivez dans le script l’identifiant qu’affiche `bailiff vault show --vault coffre`, et faites-le relire",
			"write the vault id that `bailiff vault show --vault vault` prints into the script, and have it reviewed again",
		}},
		{"script.mode", Text{
			"le script est écrit pour l’autre mode",
			"the script is written for the other mode",
		}, Text{
			"prenez le script du mode de ce coffre, répétition ou production",
			"take the script of this vault’s mode, rehearsal or production",
		}},
		{"script.profile", Text{
			"le script désigne un autre profil de clés que la politique",
			"the script names another key profile than the policy",
		}, hintScript()},
		{"generator.start", Text{
			"un processus qui crée les clés n’a pas pu démarrer",
			"a process that makes keys cannot be started",
		}, Text{
			"vérifiez la mémoire libre et que le fichier du programme est exécutable, puis relancez `bailiff ceremony run --vault coffre --script script.toml` avec le même script",
			"check the free memory and that the program’s file may be executed, then run `bailiff ceremony run --vault vault --script script.toml` again with the same script",
		}},
		{"generator.died", Text{
			"un processus qui crée les clés s’est arrêté brutalement",
			"a process that makes keys died",
		}, hintGenerate()},
		{"generator.short", Text{
			"un processus qui crée les clés a fini avant sa dernière clé",
			"a process that makes keys ended before its last key",
		}, hintGenerate()},
		{"generator.output", Text{
			"un processus qui crée les clés a rendu autre chose que la clé attendue",
			"a process that makes keys gave something else than the key that was due",
		}, hintGenerate()},
		{"generator.parent", Text{
			"la cérémonie qui demandait des clés s’est arrêtée",
			"the ceremony that asked for keys has ended",
		}, hintGenerate()},
		{"generator.job", Text{
			"ce n’est pas une demande de clés sous sa forme unique",
			"not a request for keys in its only form",
		}, hintDefect()},
		{"words.not-twelve", Text{
			"une ancre de confiance en a douze",
			"a trust anchor has twelve",
		}, Text{
			"recomptez les mots du procès-verbal papier signé et ressaisissez-les tous ; rien n’a été comparé",
			"count the words of the signed paper minutes and type all of them again; nothing was compared",
		}},
	}
}

// keypairErrors are about key pairs.
func keypairErrors() []faultText {
	return []faultText{
		{"keypair.round-trip", Text{
			"ce qui a été chiffré pour la clé n’a pas pu être déchiffré",
			"what was encrypted to the key did not come back",
		}, hintKey()},
		{"keypair.profile", Text{
			"profil de clés inconnu",
			"an unknown key profile",
		}, Text{
			"indiquez l’un des profils de docs/interop.md, v4-curve25519 par défaut",
			"name one of the profiles in docs/interop.md, v4-curve25519 by default",
		}},
		{"keypair.mark", Text{
			"la marque de répétition de la clé ne correspond pas au mode",
			"the key’s rehearsal mark does not match the mode",
		}, Text{
			"tenez les clés de répétition hors de la production et prenez le lot du bon mode",
			"keep rehearsal keys out of production, and take the batch of the right mode",
		}},
		{"keypair.user-id", Text{
			"l’identité inscrite dans la clé n’est pas celle attendue",
			"the key’s user ID is not the one expected",
		}, hintKey()},
		{"keypair.created", Text{
			"la date de création de la clé n’est pas celle attendue, ou est hors limites",
			"the key’s creation time is not the one expected, or is out of range",
		}, hintKey()},
		{"keypair.packets", Text{
			"la clé n’est pas faite exactement des éléments requis",
			"the key does not consist of exactly the parts it must have",
		}, hintKey()},
		{"keypair.algorithm", Text{
			"la clé emploie un algorithme ou une courbe étrangers à son profil",
			"the key uses an algorithm or curve that is not its profile’s",
		}, hintKey()},
		{"keypair.expiry", Text{
			"la clé expire, ce qu’une clé conservée ne doit pas faire",
			"the key expires, and keys in custody must not",
		}, hintKey()},
		{"keypair.usage", Text{
			"les usages inscrits dans la clé ne sont pas ceux de son profil",
			"the key’s flags are not its profile’s",
		}, hintKey()},
		{"keypair.signature", Text{
			"une signature de la clé n’est pas valable",
			"a signature in the key does not verify",
		}, hintKey()},
		{"keypair.encoding", Text{
			"la clé n’est pas sous l’unique forme que prévoit son profil",
			"the key is not in the one encoding that its profile has",
		}, hintKey()},
		{"keypair.private", Text{
			"la clé privée est mal formée ou appartient à une autre clé publique",
			"the private key is malformed or belongs to another public key",
		}, hintKey()},
	}
}

// wordsErrors are about typed words.
func wordsErrors() []faultText {
	return []faultText{
		{"words.unknown-word", Text{
			"ce mot n’est pas dans la liste des mots",
			"this word is not in the list of words",
		}, hintAnchorwords()},
		{"words.no-words", Text{
			"aucun mot n’a été saisi",
			"no words were typed",
		}, hintAnchorwords()},
		{"words.too-long", Text{
			"plus de 1024 octets ont été saisis",
			"more than 1024 bytes were typed",
		}, hintAnchorwords()},
		{"words.count", Text{
			"le nombre de mots doit être compris entre 1 et 64",
			"the number of words must be 1 to 64",
		}, hintDefect()},
	}
}

func hintDice() Text {
	return Text{
		"faites jeter au moins 20 dés, relisez-les à voix haute avec les témoins et saisissez un chiffre par dé",
		"have at least 20 dice thrown, read them aloud with the witnesses, and type one digit for each die",
	}
}
