package wording

// shareErrors are about shares.
func shareErrors() []faultText {
	return []faultText{
		{"share.wrong-share", Text{
			"la part de ce dépositaire est fausse : ce n’est pas celle qui a fait l’objet de l’engagement",
			"this custodian’s share is wrong: it is not the one that was committed to",
		}, hintShare()},
		{"share.foreign", Text{
			"la part vient d’un autre coffre, d’un autre lot, d’une autre clé ou d’un autre dépositaire",
			"the share is of another vault, batch, key or custodian",
		}, hintShare()},
		{"share.duplicate", Text{
			"la même part ou le même dépositaire deux fois",
			"the same share or the same custodian twice",
		}, hintShare()},
		{"share.too-few", Text{
			"moins de parts que le seuil",
			"fewer shares than the threshold",
		}, Text{
			"réunissez d’autres dépositaires et donnez un jeton de chacun avec `--token`",
			"gather more custodians and name a token of each with `--token`",
		}},
		{"share.uncommitted", Text{
			"aucun engagement pour une part de ce dépositaire",
			"no commitment to a share of this custodian",
		}, hintShare()},
		{"share.x", Text{
			"le point x de la part est 0, ce qu’aucune part n’a",
			"the share’s point x is 0, which no share has",
		}, hintShare()},
		{"share.size", Text{
			"le secret ne compte pas 32 octets",
			"the secret is not of 32 bytes",
		}, hintShare()},
		{"share.threshold", Text{
			"la part indique un seuil qu’aucune politique n’admet",
			"the share states a threshold that no policy allows",
		}, hintShare()},
		{"share.record", Text{
			"ce n’est pas une part sous sa forme unique",
			"not a share in its only form",
		}, hintShare()},
	}
}

// sealErrors are about sealed shares and keys.
func sealErrors() []faultText {
	return []faultText{
		{"seal.not-for-token", Text{
			"la part n’est pas scellée pour ce jeton",
			"the share is not sealed to this token",
		}, Text{
			"utilisez le jeton du dépositaire que liste `bailiff vault show --vault coffre`",
			"use the custodian’s token that `bailiff vault show --vault vault` lists",
		}},
		{"seal.damaged", Text{
			"endommagé, ou scellé avec une autre clé",
			"damaged, or sealed under another key",
		}, hintCopy()},
		{"seal.recipients", Text{
			"la part n’est pas scellée pour les seuls jetons de ce dépositaire",
			"the share is not sealed to exactly this custodian’s tokens",
		}, hintCopy()},
		{"seal.file", Text{
			"ce n’est pas une part scellée",
			"not a sealed share",
		}, hintCopy()},
		{"seal.key-file", Text{
			"ce n’est pas une clé privée scellée",
			"not a sealed private key",
		}, hintCopy()},
		{"seal.too-large", Text{
			"le fichier est plus gros que toute part ou clé scellée",
			"the file is larger than any sealed share or key",
		}, hintCopy()},
		{"seal.tokens", Text{
			"la part d’un dépositaire se scelle pour un à trois jetons différents à clé P-256",
			"a custodian’s share is sealed to one to three different tokens with P-256 keys",
		}, hintEnrol()},
		{"seal.data-key", Text{
			"la clé de données ne compte pas 32 octets",
			"the data key is not of 32 bytes",
		}, hintDefect()},
		{"seal.key-size", Text{
			"la clé privée est vide ou dépasse 64 Kio",
			"the private key is empty or larger than 64 KiB",
		}, hintDefect()},
	}
}
