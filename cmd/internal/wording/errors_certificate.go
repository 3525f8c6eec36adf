package wording

// orderFormErrors are about orders, certificates and rosters as files.
func orderFormErrors() []faultText {
	return []faultText{
		{"order.too-large", Text{
			"l’ordre dépasse 64 Kio",
			"the order is larger than 64 KiB",
		}, hintOrder()},
		{"order.reason", Text{
			"motif de restitution inconnu",
			"an unknown reason for a release",
		}, Text{
			"indiquez l’un des motifs death, incapacity, request ou wind-down",
			"name one of the reasons death, incapacity, request or wind-down",
		}},
		{"order.paper", Text{
			"une pièce n’indique pas un type connu, une date, une empreinte et un émetteur, ou elle est citée deux fois",
			"a paper is not a known type, a date, a digest and an issuer, or it is named twice",
		}, Text{
			"corrigez la pièce dans un nouvel ordre ; docs/formats.md donne la liste des types",
			"correct the paper in a new order; docs/formats.md lists the types",
		}},
		{"order.checkers", Text{
			"deux personnes différentes doivent avoir vérifié l’identité et les pièces",
			"two different persons must have checked identity and papers",
		}, Text{
			"désignez deux vérificateurs différents dans un nouvel ordre, une fois que tous deux ont vérifié",
			"name two different checkers in a new order, after both have checked",
		}},
		{"order.replaces", Text{
			"le numéro de l’ordre remplacé et la raison vont ensemble et désignent un autre ordre",
			"the order that it replaces, and why, must be given together, and be another order",
		}, Text{
			"donnez à la fois `--replaces` et `--replaces-why`, ou aucun des deux",
			"give both `--replaces` and `--replaces-why`, or neither",
		}},
		{"order.too-long", Text{
			"un nom ou une référence dépasse 300 octets",
			"a name or reference is longer than 300 bytes",
		}, Text{
			"raccourcissez le nom ou la référence dans un nouvel ordre",
			"shorten the name or reference in a new order",
		}},
		{"order.times", Text{
			"les dates doivent se suivre : émission, début d’exécution, expiration",
			"the times must be issued, not before and expires, in that order",
		}, Text{
			"corrigez `--not-before` et `--expires`, qui comptent les jours à partir de maintenant",
			"correct `--not-before` and `--expires`, which count days from now",
		}},
		{"order.certificate", Text{
			"le certificat est endommagé, ou une de ses signatures ne peut être vérifiée",
			"the certificate is damaged, or a signature in it cannot be verified",
		}, hintCert()},
		{"order.packet", Text{
			"les données OpenPGP sont endommagées, ou n’en sont pas",
			"the OpenPGP data is damaged, or is none",
		}, Text{
			"vérifiez que c’est le bon fichier et faites-le exporter ou signer à nouveau",
			"check that this is the right file, and have it exported or signed again",
		}},
		{"order.certificate-size", Text{
			"le fichier de certificat ou de clé est trop volumineux",
			"the certificate or key file is too large",
		}, hintCert()},
		{"order.secret-key", Text{
			"le fichier contient une clé secrète, qui ne doit pas quitter son propriétaire",
			"the file holds a secret key, which must not leave its owner",
		}, Text{
			"supprimez cette copie, faites remplacer cette clé par le responsable et ne demandez que le certificat public",
			"delete this copy, have the officer replace that key, and ask for the public certificate only",
		}},
		{"order.several", Text{
			"le fichier contient plus d’un certificat",
			"the file holds more than one certificate",
		}, Text{
			"donnez un fichier par responsable",
			"give one file for each officer",
		}},
		{"order.weak-certificate", Text{
			"le certificat ne repose que sur SHA-1 ou MD5",
			"the certificate rests on SHA-1 or MD5 alone",
		}, Text{
			"faites renouveler le certificat par le responsable avec SHA-256 ou mieux, puis exporter à nouveau",
			"have the officer renew the certificate with SHA-256 or better, then export it again",
		}},
		{"order.back-signature", Text{
			"une sous-clé de signature n’atteste pas son appartenance à la clé principale",
			"a signing subkey did not sign back that it belongs to the primary key",
		}, Text{
			"faites ajouter l’attestation manquante par le responsable avec `gpg --edit-key` et `cross-certify`, puis exporter à nouveau",
			"have the officer add the missing back signature with `gpg --edit-key` and `cross-certify`, then export again",
		}},
		{"order.not-canonical", Text{
			"un certificat n’est pas sous la forme que prennent les listes des responsables",
			"a certificate is not in the form in which rosters hold it",
		}, hintRoster()},
		{"order.armor", Text{
			"le bloc OpenPGP est endommagé, ou entouré d’un autre texte (courriel, citation)",
			"the armored block is damaged, or has other text around it (a mail, a quotation)",
		}, Text{
			"donnez un fichier qui contient ce bloc et rien d’autre, de -----BEGIN à -----END",
			"give a file that holds the armored block and nothing else, from -----BEGIN to -----END",
		}},
		{"order.name", Text{
			"le nom d’un responsable compte 1 à 200 octets de texte simple, suivis au besoin de <adresse>",
			"an officer’s name has 1 to 200 bytes of plain text, possibly followed by <address>",
		}, Text{
			"écrivez le nom sous la forme `Prénom Nom <adresse>` ou `Prénom Nom`",
			"write the name as `First Last <address>` or `First Last`",
		}},
		{"order.passphrase", Text{
			"la phrase secrète est erronée, ou la clé est endommagée",
			"the passphrase is wrong, or the key is damaged",
		}, Text{
			"ressaisissez la phrase secrète ; si elle est juste, prenez une copie de sauvegarde de la clé",
			"type the passphrase again; if it is right, take a backup copy of the key",
		}},
		{"order.mismatch", Text{
			"la partie publique de la clé secrète n’est pas la sienne",
			"the public part of the secret key is not its own",
		}, Text{
			"ne signez rien avec cette clé : elle a pu être altérée ; prenez-en une copie de sauvegarde",
			"sign nothing with this key: it may have been altered; take a backup copy of it",
		}},
		{"order.no-secret", Text{
			"le fichier ne contient pas exactement une clé secrète capable de signer maintenant",
			"the file does not hold exactly one secret key that can sign now",
		}, Text{
			"exportez la clé du responsable avec `gpg --export-secret-keys`, une clé par fichier, et vérifiez qu’elle n’a pas expiré",
			"export the officer’s key with `gpg --export-secret-keys`, one key a file, and check that it is not expired",
		}},
		{"order.short", Text{
			"cette phrase secrète est trop courte : il faut au moins 12 caractères, dont 5 différents",
			"this passphrase is too short: it takes at least 12 characters, 5 of them different",
		}, Text{
			"prenez quatre mots sans rapport entre eux, séparés par des espaces",
			"take four words that have nothing to do with one another, parted by blanks",
		}},
		{"order.signed", Text{
			"la signature de ce responsable figure déjà dans le fichier des signatures, qui n’a pas changé",
			"this officer’s signature stands in the signature file already, which was not changed",
		}, Text{
			"il manque peut-être celle d’un autre responsable ; si le fichier appartient à un autre ordre, donnez-en un nouveau à `--signatures`",
			"perhaps another officer’s is missing; if the file belongs to another order, give a new one to `--signatures`",
		}},
		{"order.threshold", Text{
			"au moins deux responsables doivent signer, et pas plus que la liste n’en compte",
			"at least two officers must sign, and no more than the roster has",
		}, Text{
			"donnez un nombre de responsables compris entre 2 et la taille de la liste",
			"give a number of officers from 2 to the size of the roster",
		}},
		{"order.officers", Text{
			"les certificats de la liste ne sont pas ceux des responsables de la politique, dans l’ordre de leurs empreintes",
			"the roster’s certificates are not those of the policy’s officers, in the order of their fingerprints",
		}, hintRoster()},
		{"order.shared-key", Text{
			"une clé, ou un identifiant de clé, figure deux fois dans la liste",
			"a key, or a key id, stands in the roster twice",
		}, Text{
			"faites employer à chaque responsable une clé qui lui est propre",
			"have each officer use a key of their own",
		}},
	}
}
