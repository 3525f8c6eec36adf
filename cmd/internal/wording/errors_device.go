package wording

// deviceErrors are about tokens that are devices, and what they say of themselves.
func deviceErrors() []faultText {
	return []faultText{
		{"token.removed", Text{
			"le jeton a été retiré pendant une opération",
			"the token was pulled out during an operation",
		}, Text{
			"réinsérez le jeton et laissez-le en place ; rien n’est perdu, l’opération recommence",
			"put the token back and leave it there; nothing is lost, the operation begins again",
		}},
		{"token.absent", Text{
			"ce jeton n’est dans aucun lecteur",
			"this token is in none of the readers",
		}, Text{
			"insérez le jeton qui porte ce numéro de série, ou celui de secours du même dépositaire",
			"put in the token that bears this serial number, or a spare of the same custodian",
		}},
		{"token.touch", Text{
			"le jeton n’a pas été touché à temps",
			"the token was not touched in time",
		}, Text{
			"rien à relancer : touchez le jeton dès que c’est demandé",
			"nothing to run again: touch the token as soon as you are asked to",
		}},
		{"token.slot", Text{
			"ce n’est pas un emplacement de clé de scellement pour ce type de jeton",
			"not a slot for the sealing key of this kind of token",
		}, hintEnrol()},
		{"token.statement", Text{
			"l’attestation est celle d’un autre appareil, d’un autre emplacement ou d’une autre clé",
			"the attestation is of another device, another slot or another key",
		}, Text{
			"refaites l’enrôlement avec ce jeton en main ; si l’erreur revient, ce fichier a pu être altéré : conservez-le et n’employez pas ce jeton",
			"enrol again with this very token; if the error comes back the file may have been tampered with: keep it, and do not use this token",
		}},
		{"token.unattested", Text{
			"aucune attestation ne prouve que les clés sont nées dans un véritable appareil",
			"no attestation shows that the keys were born in a genuine device",
		}, Text{
			"en production, prenez un jeton qui atteste ses clés, créées dans l’appareil, et refaites l’enrôlement",
			"in production use a token that attests its keys, made in the device, and enrol it again",
		}},
		{"policy.signing-key", Text{
			"une clé de signature P-256 dans une politique de production",
			"a P-256 signing key in a production policy",
		}, Text{
			"en production, prenez un jeton qui signe en Ed25519 (micrologiciel 5.7 ou plus récent)",
			"in production use a token that signs with Ed25519 (firmware 5.7 or later)",
		}},
	}
}
