package wording

// tokenErrors are about tokens.
func tokenErrors() []faultText {
	return []faultText{
		{"token.locked", Text{
			"le code PIN du jeton est bloqué après trois essais erronés",
			"the token’s PIN is locked after three wrong tries",
		}, Text{
			"continuez avec le jeton de secours du dépositaire, ou débloquez celui-ci avec le code PUK (`bailiff token unblock 20001001`) ; en répétition, créez-en un autre sous un nom nouveau, par exemple `bailiff token init --soft --out c01-2.token`, et fondez un autre coffre",
			"go on with the custodian’s spare token, or unblock this one with its PUK (`bailiff token unblock 20001001`); in a rehearsal, make another one under a new name, for example `bailiff token init --soft --out c01-2.token`, and found another vault",
		}},
		{"token.pin", Text{
			"code PIN erroné",
			"wrong PIN",
		}, Text{
			"ne devinez pas : regardez les essais restants avec `bailiff token show 20001001` et vérifiez le code PIN sur papier ; la troisième erreur bloque le jeton",
			"do not guess: look at the tries left with `bailiff token show 20001001`, and check the PIN on paper; the third wrong one blocks the token",
		}},
		{"token.backwards", Text{
			"le registre est plus court que celui que ce jeton a déjà cosigné",
			"the ledger is shorter than one that this token cosigned before",
		}, hintStale()},
		{"token.forked", Text{
			"ce jeton a déjà cosigné un autre registre de même longueur",
			"this token cosigned another ledger of the same length before",
		}, hintFork()},
		{"token.busy", Text{
			"un autre programme utilise le jeton",
			"another program is using the token",
		}, Text{
			"fermez l’autre programme qui utilise ce jeton (celui de GnuPG avec `gpgconf --kill scdaemon`) ; si le jeton attend encore d’être touché pour une commande interrompue, patientez un instant ; si la commande s’est arrêtée, relancez-la",
			"close the other program that uses this token (that of GnuPG with `gpgconf --kill scdaemon`); if the token still waits to be touched for a command that was interrupted, wait a moment; if the command has ended, run it again",
		}},
		{"token.closed", Text{
			"le jeton est déjà fermé",
			"the token is closed already",
		}, Text{
			"relancez la commande et déverrouillez à nouveau le jeton",
			"run the command again and unlock the token anew",
		}},
		{"token.damaged", Text{
			"le jeton est endommagé, ou ses éléments ne vont pas ensemble",
			"the token is damaged, or its parts do not belong together",
		}, hintNewtoken()},
		{"token.peer", Text{
			"la part ne contient pas de clé utilisable par le jeton",
			"the share names no usable key for the token",
		}, hintCopy()},
		{"token.key", Text{
			"ce n’est pas une clé publique du type que portent les jetons",
			"not a public key of the kind that tokens have",
		}, hintEnrol()},
		{"token.twin", Text{
			"deux clés de ce jeton sont une seule et même clé : son générateur est défaillant",
			"two keys of this token are one and the same: its generator is broken",
		}, Text{
			"n’employez plus ce jeton, ni aucune clé qu’il a faite : d’autres peuvent avoir les mêmes ; prenez-en un autre, acheté neuf",
			"use this token no more, nor any key that it made: others may have the same ones; take another one, bought new",
		}},
		{"token.kind", Text{
			"type de jeton inconnu",
			"an unknown kind of token",
		}, hintEnrol()},
		{"token.mode", Text{
			"ce type de jeton n’existe pas dans ce mode",
			"this kind of token does not exist in this mode",
		}, Text{
			"n’utilisez les jetons logiciels qu’en répétition",
			"use software tokens in rehearsals only",
		}},
		{"token.serial", Text{
			"ce n’est pas un numéro de série de ce type de jeton",
			"not a serial number of this kind of token",
		}, hintEnrol()},
		{"token.proof", Text{
			"la preuve d’enrôlement n’émane pas de la clé de signature du jeton",
			"the proof of the enrolment is not by the token’s signing key",
		}, hintEnrol()},
		{"soft.name", Text{
			"le nom du fichier d’un jeton logiciel doit finir par .token",
			"the name of a software token’s file must end in .token",
		}, Text{
			"donnez un nom qui finit par .token, tel que c01.token",
			"give a name that ends in .token, such as c01.token",
		}},
		{"soft.pin-form", Text{
			"un code PIN compte 4 à 64 lettres, chiffres ou signes, sans accent ni espace",
			"a PIN has 4 to 64 letters, digits or signs, without accents or blanks",
		}, Text{
			"ressaisissez le code PIN ; aucun essai n’a été décompté",
			"type the PIN again; this has cost no try",
		}},
		{"soft.random", Text{
			"la source d’aléa de la machine se répète",
			"the machine’s source of randomness repeats itself",
		}, Text{
			"ne créez aucune clé sur cette machine : redémarrez-la, et prenez-en une autre si cela se répète",
			"make no key on this machine: start it anew, and use another one if this appears again",
		}},
		{"token.heads", Text{
			"le jeton retient déjà autant de coffres qu’il le peut",
			"the token remembers as many vaults as it can already",
		}, Text{
			"faites employer au dépositaire un autre jeton pour ce coffre",
			"have the custodian use another token for this vault",
		}},
		{"secret.ephemeral", Text{
			"ce processus pourrait laisser des traces de sa mémoire en se terminant",
			"this process could leave its memory behind when it ends",
		}, Text{
			"lancez le programme hors de tout débogueur, sur une machine où les images mémoire (core dumps) peuvent être désactivées",
			"run the program outside any debugger, on a machine where core dumps can be turned off",
		}},
	}
}
