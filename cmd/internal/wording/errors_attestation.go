package wording

// attestationErrors are about what a device states of its keys.
func attestationErrors() []faultText {
	return []faultText{
		{"attestation.none", Text{
			"aucune attestation du jeton",
			"no attestation of the token",
		}, hintAttestationInit()},
		{"attestation.form", Text{
			"ce ne sont pas trois certificats en base64, séparés par une espace",
			"not three certificates in base64, with a blank between",
		}, hintAttestationFile()},
		{"attestation.certificate", Text{
			"ce n’est pas un certificat sous sa forme unique",
			"not a certificate in its only form",
		}, hintAttestationFile()},
		{"attestation.root", Text{
			"le certificat de l’appareil ne vient d’aucun fabricant connu",
			"the device’s certificate is by no known maker",
		}, hintAttestationToken()},
		{"attestation.chain", Text{
			"l’attestation n’est pas signée par l’appareil",
			"the attestation is not signed by the device",
		}, hintAttestationToken()},
		{"attestation.algorithm", Text{
			"l’attestation est signée avec un algorithme qui n’est pas admis",
			"the attestation is signed with an algorithm that is not accepted",
		}, hintAttestationToken()},
		{"attestation.date", Text{
			"un certificat de l’attestation n’est pas valable à cette date",
			"a certificate of the attestation is not valid at that time",
		}, Text{
			"vérifiez la date de cette machine et celle de l’enrôlement",
			"check this machine’s date and that of the enrolment",
		}},
		{"attestation.subject", Text{
			"ce certificat n’est pas une attestation : rien n’établit que la clé est née dans le jeton",
			"this certificate is no attestation: nothing shows that the key was born in the token",
		}, hintAttestationInit()},
		{"attestation.extension", Text{
			"une mention de l’attestation manque, figure deux fois ou n’a pas la forme requise",
			"a statement of the attestation is missing, there twice or not in its form",
		}, hintAttestationToken()},
		{"attestation.device", Text{
			"les attestations ne viennent pas du même appareil",
			"the attestations are not of one device",
		}, hintAttestationFile()},
		{"attestation.slot", Text{
			"une clé attestée se trouve dans un autre emplacement du jeton que prévu",
			"an attested key is in another slot of the token than it should be",
		}, hintAttestationInit()},
		{"attestation.key", Text{
			"une clé attestée n’est pas de l’algorithme requis",
			"an attested key is not of the algorithm that is needed",
		}, hintAttestationInit()},
		{"attestation.test-root", Text{
			"cette attestation vient de la racine d’essai, qui ne vaut qu’en répétition",
			"this attestation is by the test root, which counts in rehearsals only",
		}, Text{
			"prenez une YubiKey véritable ; les cartes logicielles ne servent qu’en répétition, et `token init` veut alors `--rehearsal`",
			"take a real YubiKey; software cards are for rehearsals only, and `token init` then needs `--rehearsal`",
		}},
		{"attestation.firmware", Text{
			"le micrologiciel du jeton est trop ancien",
			"the token’s firmware is too old",
		}, Text{
			"prenez une YubiKey au micrologiciel 5.7 ou plus récent ; celui d’un jeton ne peut pas être mis à jour",
			"take a YubiKey of firmware 5.7 or later; a token’s firmware cannot be updated",
		}},
		{"attestation.pin-policy", Text{
			"une clé du jeton ne demande pas le code PIN une fois par session, comme elle le doit",
			"a key of the token does not ask for the PIN once a session, as it must",
		}, hintAttestationInit()},
		{"attestation.touch-policy", Text{
			"une clé du jeton peut servir sans que l’on touche le jeton",
			"a key of the token can be used without the token being touched",
		}, hintAttestationInit()},
	}
}

func hintAttestationFile() Text {
	return Text{
		"demandez à nouveau au dépositaire son fichier d’enrôlement ; si l’erreur demeure, faites-lui enrôler le jeton à nouveau",
		"ask the custodian for the enrolment file again; if the error stays, have the token enrolled anew",
	}
}

func hintAttestationToken() Text {
	return Text{
		"n’utilisez pas ce jeton : mettez-le de côté pour examen et faites enrôler un autre jeton, acheté neuf",
		"do not use this token: put it aside for examination, and have another one enrolled, bought new",
	}
}

func hintAttestationInit() Text {
	return Text{
		"préparez le jeton avec `bailiff token init --out c01.enrolment`, qui crée les clés dans le jeton et les fait attester, puis enrôlez-le à nouveau",
		"prepare the token with `bailiff token init --out c01.enrolment`, which makes the keys in the token and has them attested, then enrol it again",
	}
}
