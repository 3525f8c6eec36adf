package wording

// officerErrors are about somebody who is to be an officer, and about the key with which an officer signs.
func officerErrors() []faultText {
	return []faultText{
		{"order.no-certificate", Text{
			"le fichier ne contient pas de certificat",
			"the file holds no certificate",
		}, Text{
			"demandez au responsable son certificat public, exporté par `gpg --export`",
			"ask the officer for their public certificate, exported with `gpg --export`",
		}},
		{"order.nameless", Text{
			"le certificat ne porte aucun nom",
			"the certificate bears no name",
		}, Text{
			"faites ajouter un nom par le responsable avec `gpg --quick-add-uid EMPREINTE 'Prénom Nom'`, puis exporter à nouveau",
			"have the officer add a name with `gpg --quick-add-uid FINGERPRINT 'First Last'`, then export again",
		}},
		{"order.user-id", Text{
			"le seul nom du certificat contient des caractères qui masquent ou déguisent du texte, ou des espaces mal placés",
			"the only name in the certificate holds characters that hide or disguise text, or misplaced blanks",
		}, hintUserid()},
		{"order.user-id-encoding", Text{
			"le seul nom du certificat n’est pas en UTF-8 : un ancien programme l’a écrit dans un autre codage",
			"the only name in the certificate is not UTF-8: an old program wrote it in another encoding",
		}, hintUserid()},
		{"order.user-id-parts", Text{
			"le seul nom du certificat a des accents écrits en deux signes, comme le font certains Mac",
			"the only name in the certificate has accents written in two signs, as a Mac may write them",
		}, hintUserid()},
		{"order.demand", Text{
			"la signature du responsable sur son propre certificat exige quelque chose que ce programme ne connaît pas",
			"the officer’s signature over their own certificate demands something that this program does not know",
		}, hintOfficer()},
		{"order.public-key", Text{
			"ce fichier est le certificat public, pas la clé secrète",
			"this file is the public certificate, not the secret key",
		}, Text{
			"donnez à `--key` la clé secrète : `officer new` l’enregistre sous un nom en .secret.asc, gpg l’exporte par `gpg --export-secret-keys`",
			"give `--key` the secret key: `officer new` writes it under a name in .secret.asc, gpg exports it with `gpg --export-secret-keys`",
		}},
		{"order.on-card", Text{
			"la clé secrète est sur une carte ou un autre appareil ; ce fichier n’en contient que la référence",
			"the secret key is on a card or another device; this file only refers to it",
		}, Text{
			"signez avec la carte : `gpg --output moi.sig --detach-sign order.txt`, puis ajoutez la signature aux autres : `cat moi.sig >> order.sig`",
			"sign with the card: `gpg --output mine.sig --detach-sign order.txt`, then add the signature to the others: `cat mine.sig >> order.sig`",
		}},
		{"order.secret-away", Text{
			"la clé secrète qui signe n’est pas dans ce fichier : elle est gardée ailleurs",
			"the secret key that signs is not in this file: it is kept elsewhere",
		}, Text{
			"exportez-la, là où elle est gardée, par `gpg --export-secret-keys`, ou signez là-bas par `gpg --detach-sign`",
			"export it where it is kept with `gpg --export-secret-keys`, or sign there with `gpg --detach-sign`",
		}},
		{"order.officer-revoked", Text{
			"ce responsable ne pourrait signer aucun ordre : sa clé est révoquée",
			"this officer could sign no order: the key is revoked",
		}, hintOfficer()},
		{"order.officer-expired", Text{
			"ce responsable ne pourrait signer aucun ordre : sa clé est arrivée à sa date de fin",
			"this officer could sign no order: the key has reached its end date",
		}, Text{
			"faites supprimer cette date par le responsable avec `gpg --quick-set-expire EMPREINTE 0`, puis exporter à nouveau",
			"have the officer take that date away with `gpg --quick-set-expire FINGERPRINT 0`, then export again",
		}},
		{"order.officer-not-yet", Text{
			"ce responsable ne pourrait signer aucun ordre : sa clé porte une date à venir",
			"this officer could sign no order: the key is dated in the future",
		}, Text{
			"vérifiez d’abord l’horloge de cette machine, puis celle sur laquelle la clé a été créée",
			"check this machine’s clock first, then that of the machine on which the key was made",
		}},
		{"order.officer-no-user-id", Text{
			"ce responsable ne pourrait signer aucun ordre : tous les noms de sa clé sont révoqués",
			"this officer could sign no order: every name of the key is revoked",
		}, Text{
			"faites ajouter un nom par le responsable avec `gpg --quick-add-uid EMPREINTE 'Prénom Nom'`, puis exporter à nouveau",
			"have the officer add a name with `gpg --quick-add-uid FINGERPRINT 'First Last'`, then export again",
		}},
		{"order.officer-not-valid", Text{
			"ce responsable ne pourrait signer aucun ordre : aucune signature en vigueur n’atteste sa clé",
			"this officer could sign no order: no signature in force attests the key",
		}, Text{
			"vérifiez l’horloge de cette machine, puis demandez au responsable un nouvel export de son certificat",
			"check this machine’s clock, then ask the officer to export the certificate again",
		}},
		{"order.officer-not-signing", Text{
			"ce responsable ne pourrait signer aucun ordre : sa clé n’est pas destinée à signer",
			"this officer could sign no order: the key is not meant for signing",
		}, Text{
			"demandez le certificat entier, sous-clé de signature comprise, ou une autre clé : `bailiff-platform officer new --name 'A. Exemple' --out responsable-1` en crée une",
			"ask for the whole certificate with its signing subkey, or for another key: `bailiff-platform officer new --name 'A. Sample' --out officer-1` makes one",
		}},
		{"order.officer-kind", Text{
			"ce responsable ne pourrait signer aucun ordre : sa clé est d’un type qui n’est pas admis, tel que DSA",
			"this officer could sign no order: the key is of a kind that is not accepted, such as DSA",
		}, hintOfficer()},
		{"order.officer-short", Text{
			"ce responsable ne pourrait signer aucun ordre : sa clé RSA compte moins de 2048 bits",
			"this officer could sign no order: the RSA key has fewer than 2048 bits",
		}, hintOfficer()},
		{"order.officer-hash", Text{
			"ce responsable ne pourrait signer aucun ordre : sa sous-clé de signature repose sur SHA-1",
			"this officer could sign no order: the signing subkey rests on SHA-1",
		}, hintOfficer()},
	}
}
