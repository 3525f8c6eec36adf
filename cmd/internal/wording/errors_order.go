package wording

// orderErrors are about orders and their signatures.
func orderErrors() []faultText {
	return []faultText{
		{"order.other-vault", Text{
			"l’ordre vise un autre coffre",
			"the order is made for another vault",
		}, Text{
			"renvoyez l’ordre ; la plateforme doit l’adresser au coffre qui détient la clé",
			"send the order back; the platform must address it to the vault that holds the key",
		}},
		{"order.mode", Text{
			"l’ordre est établi pour l’autre mode, répétition ou production",
			"the order is made for the other mode, rehearsal or production",
		}, Text{
			"n’utilisez un ordre de répétition que dans un coffre de répétition, et un ordre de production dans un coffre de production",
			"use a rehearsal order in a rehearsal vault only, and a production order in a production vault",
		}},
		{"order.old-roster", Text{
			"l’ordre désigne une autre liste des responsables que celle en vigueur",
			"the order names another roster of officers than the one in force",
		}, Text{
			"renvoyez l’ordre ; la plateforme doit l’établir avec la liste qu’affiche `bailiff vault show --vault coffre`",
			"send the order back; the platform must issue it under the roster that `bailiff vault show --vault vault` prints",
		}},
		{"order.expired", Text{
			"l’ordre a expiré",
			"the order has expired",
		}, Text{
			"vérifiez l’horloge de cette machine ; si elle est juste, demandez un nouvel ordre à la plateforme",
			"check this machine’s clock; if it is right, ask the platform for a new order",
		}},
		{"order.no-rule", Text{
			"la politique du coffre ne prévoit aucune restitution pour ce motif",
			"the vault’s policy provides for no release for this reason",
		}, Text{
			"renvoyez l’ordre en indiquant les motifs que la politique admet",
			"send the order back with the reasons that the policy accepts",
		}},
		{"order.waiting", Text{
			"le délai d’attente de l’ordre est plus court que la politique ne l’exige",
			"the order’s waiting time is shorter than the policy demands",
		}, hintOrder()},
		{"order.missing-paper", Text{
			"l’ordre ne cite pas toutes les pièces que la politique exige",
			"the order does not name all papers that the policy requires",
		}, Text{
			"renvoyez l’ordre ; la plateforme doit obtenir ce qui manque et le citer dans un nouvel ordre",
			"send the order back; the platform must obtain what is missing and name it in a new order",
		}},
		{"order.self-checked", Text{
			"le destinataire est aussi l’une des deux personnes qui ont vérifié l’identité et les pièces",
			"the recipient is one of the two who checked identity and papers",
		}, Text{
			"renvoyez l’ordre ; deux personnes qui ne reçoivent rien doivent vérifier l’identité et les pièces",
			"send the order back; two people who receive nothing must check identity and papers",
		}},
		{"order.too-short", Text{
			"l’ordre expire avant d’avoir pu attendre aussi longtemps que la politique l’exige, même reçu aujourd’hui",
			"the order expires before it can have waited as long as the policy demands, even if it is received today",
		}, Text{
			"rédigez un ordre qui dure plus longtemps : `--expires` compte les jours à partir de son émission",
			"write an order that lasts longer: `--expires` counts the days from its issue",
		}},
		{"order.not-officer", Text{
			"cette clé n’est celle d’aucun responsable habilité du coffre",
			"this key is of no officer of the vault",
		}, Text{
			"signez avec la clé dont le commissaire de justice a reçu le certificat à la création du coffre ; `bailiff vault show --vault coffre` nomme les responsables",
			"sign with the key whose certificate the bailiff took in when the vault was made; `bailiff vault show --vault vault` names the officers",
		}},
		{"order.too-few", Text{
			"l’ordre porte moins de signatures de responsables habilités qu’il n’en faut",
			"fewer officers signed the order than must",
		}, Text{
			"faites signer l’ordre inchangé par d’autres responsables de la liste, puis présentez-le à nouveau",
			"have further officers of the roster sign the unchanged order, then present it again",
		}},
		{"order.unknown-signer", Text{
			"une signature émane d’une clé qui n’appartient à aucun responsable de la liste",
			"a signature is by a key that belongs to no officer of the roster",
		}, Text{
			"n’exécutez rien et demandez à la plateforme qui a signé ; seuls le peuvent les responsables de la liste du coffre",
			"carry out nothing, and ask the platform who signed; only officers of the vault’s roster may",
		}},
		{"order.twice", Text{
			"un responsable habilité a signé l’ordre deux fois",
			"an officer signed the order twice",
		}, hintGather()},
		{"order.wrong-signature", Text{
			"une signature ne porte pas sur cet ordre, ou elle est endommagée",
			"a signature is not over this order, or is damaged",
		}, Text{
			"comparez le SHA-256 de l’ordre avec celui des responsables ; s’il est identique, faites signer à nouveau ce responsable",
			"compare the order’s SHA-256 with the officers’; if it is the same, have this officer sign again",
		}},
		{"order.future", Text{
			"une signature porte une date à venir",
			"a signature is dated in the future",
		}, Text{
			"vérifiez d’abord l’horloge de cette machine, puis celle du responsable signataire",
			"check this machine’s clock first, then the signing officer’s",
		}},
		{"order.signed-late", Text{
			"l’ordre avait expiré lorsqu’il a été signé",
			"the order had expired when it was signed",
		}, Text{
			"émettez un nouvel ordre avec des dates ultérieures et faites-le signer à temps",
			"issue a new order with later dates and have it signed in time",
		}},
		{"order.lapsed", Text{
			"la durée de validité d’une signature est écoulée",
			"a signature’s own time of validity is over",
		}, hintSign()},
		{"order.before-key", Text{
			"une signature est antérieure à la création de sa clé",
			"a signature is dated before its key was made",
		}, Text{
			"faites vérifier son horloge au responsable, qui doit signer à nouveau l’ordre inchangé",
			"have the officer check their clock and sign the unchanged order again",
		}},
		{"order.revoked", Text{
			"la clé de signature est révoquée",
			"the signing key is revoked",
		}, hintSigner()},
		{"order.key-expired", Text{
			"la clé de signature a expiré",
			"the signing key has expired",
		}, hintSigner()},
		{"order.not-valid", Text{
			"la clé de signature n’était pas valable à la date de la signature, ou ne l’est plus",
			"the signing key was not valid at the time of the signature, or is not now",
		}, hintSigner()},
		{"order.not-signing", Text{
			"la clé n’est pas destinée à signer",
			"the key is not meant for signing",
		}, Text{
			"faites signer le responsable avec sa clé de signature",
			"have the officer sign with their signing key",
		}},
		{"order.no-user-id", Text{
			"tous les noms de la clé de signature sont révoqués",
			"every name of the signing key is revoked",
		}, hintSigner()},
		{"order.weak-kind", Text{
			"la clé de signature est d’un type qui n’est pas admis",
			"the signing key is of a kind that is not accepted",
		}, hintSigner()},
		{"order.weak-key", Text{
			"la clé de signature est trop courte",
			"the signing key is too short",
		}, hintSigner()},
		{"order.weak-hash", Text{
			"la clé de signature repose sur SHA-1",
			"the signing key rests on SHA-1",
		}, hintSigner()},
		{"order.too-many-signatures", Text{
			"le fichier de signatures en contient plus de 16, ou dépasse 64 Kio",
			"the signature file holds more than 16 signatures, or more than 64 KiB",
		}, hintGather()},
		{"order.other-packet", Text{
			"le fichier de signatures contient autre chose que des signatures",
			"the signature file holds something else than signatures",
		}, Text{
			"faites-le refaire, avec des signatures binaires détachées uniquement",
			"have it made anew from detached binary signatures only",
		}},
		{"order.header", Text{
			"une signature n’est pas écrite sous sa forme la plus courte",
			"a signature is not written in its shortest form",
		}, hintSign()},
		{"order.armored", Text{
			"une signature est en texte (-----BEGIN PGP) au lieu d’être binaire",
			"a signature is armored text (-----BEGIN PGP) where a binary one belongs",
		}, Text{
			"convertissez-la par `gpg --dearmor`, puis joignez-la de nouveau ; ou faites signer sans `--armor` ni `--clear-sign`",
			"convert it with `gpg --dearmor`, then join it again; or have the officer sign without `--armor` and `--clear-sign`",
		}},
		{"order.is-signatures", Text{
			"ce fichier contient des signatures, et non l’ordre",
			"this file holds signatures, and not the order",
		}, hintMixedUp()},
		{"order.is-order", Text{
			"ce fichier est un ordre, et non ses signatures",
			"this file is an order, and not its signatures",
		}, hintMixedUp()},
		{"order.version", Text{
			"une signature n’est ni de version 4 ni de version 6",
			"a signature is of neither version 4 nor version 6",
		}, hintSign()},
		{"order.type", Text{
			"une signature ne porte pas sur un document binaire",
			"a signature is not over a binary document",
		}, hintSign()},
		{"order.algorithm", Text{
			"une signature emploie un algorithme à clé publique qui n’est pas admis",
			"a signature uses a public-key algorithm that is not accepted",
		}, hintSigner()},
		{"order.hash", Text{
			"une signature emploie une autre fonction de hachage que SHA-256, SHA-384 ou SHA-512",
			"a signature was made with a hash other than SHA-256, SHA-384 or SHA-512",
		}, Text{
			"faites signer à nouveau le responsable avec `gpg --digest-algo SHA512 --detach-sign`",
			"have the officer sign again with `gpg --digest-algo SHA512 --detach-sign`",
		}},
		{"order.issuer", Text{
			"une signature ne désigne pas sa clé de façon unique et claire",
			"a signature does not name its key once and clearly",
		}, hintSign()},
		{"order.unhashed", Text{
			"la partie non signée d’une signature contient plus que l’identifiant de la clé",
			"a signature carries more in its unsigned part than the signer’s key id",
		}, Text{
			"n’exécutez rien : le fichier a pu être modifié après la signature ; faites signer à nouveau ce responsable",
			"carry out nothing: the file may have been altered after signing; have the officer sign again",
		}},
		{"order.subpacket", Text{
			"une signature a un élément endommagé ou répété",
			"a signature has a damaged or repeated part",
		}, hintSign()},
		{"order.critical", Text{
			"une signature exige quelque chose que ce programme ne connaît pas",
			"a signature demands something that this program does not know",
		}, hintSign()},
		{"order.encoding", Text{
			"un nombre d’une signature n’est pas sous sa forme la plus courte",
			"a number in a signature is not in its shortest form",
		}, hintSign()},
		{"order.no-creation", Text{
			"une signature ne dit pas quand elle a été faite",
			"a signature does not say when it was made",
		}, hintSign()},
	}
}
