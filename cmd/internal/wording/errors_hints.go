package wording

// Hints that several errors share.

func hintCopy() Text {
	return Text{
		"cessez d’utiliser cette copie, conservez-la telle quelle comme preuve et lancez `bailiff vault verify --vault autre-copie` sur une autre copie du coffre",
		"stop using this copy, keep it as it is as evidence, and run `bailiff vault verify --vault other-copy` on another copy of the vault",
	}
}

func hintBatch() Text {
	return Text{
		"n’importez rien de ce fichier ; redemandez-le au commissaire de justice et comparez son SHA-256 à celui du procès-verbal",
		"import nothing from this file; ask the bailiff for it again and compare its SHA-256 with the one written in the minutes",
	}
}

func hintZip() Text {
	return Text{
		"prenez une autre copie du fichier et comparez son SHA-256 à celui du manifeste ou du procès-verbal avant de l’utiliser",
		"take another copy of the file, and compare its SHA-256 with the one in the manifest or in the minutes before you use it",
	}
}

func hintForm() Text {
	return Text{
		"ne corrigez pas le fichier à la main : redemandez-le à la personne qui l’a produit et comparez les deux exemplaires",
		"do not correct the file by hand: obtain it again from whoever made it, and compare the two copies",
	}
}

func hintText() Text {
	return Text{
		"ressaisissez le texte avec de simples lettres, chiffres, signes de ponctuation et espaces uniques",
		"write the text anew with plain letters, digits, punctuation and single spaces",
	}
}

func hintDraft() Text {
	return Text{
		"corrigez le projet de politique, faites-le relire, puis relancez `bailiff vault init --vault coffre --policy policy.toml`",
		"correct the policy draft, have it reviewed again, then start `bailiff vault init --vault vault --policy policy.toml` once more",
	}
}

func hintScript() Text {
	return Text{
		"corrigez le script, faites-le relire et noter à nouveau son SHA-256, puis lancez la cérémonie",
		"correct the script, have it reviewed and its SHA-256 noted again, then start the ceremony",
	}
}

func hintOrder() Text {
	return Text{
		"renvoyez l’ordre à la plateforme, qui doit en émettre un autre, corrigé, sous un nouveau numéro, et le faire signer de nouveau",
		"send the order back to the platform, which must issue a corrected one under a new number and have it signed again",
	}
}

func hintContent() Text {
	return Text{
		"corrigez-le dans un nouvel ordre ; s’il est déjà signé, renvoyez-le à la plateforme",
		"correct it in a new order; if it is signed already, send it back to the platform",
	}
}

func hintSign() Text {
	return Text{
		"faites signer à nouveau l’ordre inchangé par ce responsable, avec `bailiff-platform order sign --order order.txt --signatures order.sig --key officer-1.secret.asc --database sqlite:pool.db` ou `gpg --detach-sign`",
		"have this officer sign the unchanged order again, with `bailiff-platform order sign --order order.txt --signatures order.sig --key officer-1.secret.asc --database sqlite:pool.db` or `gpg --detach-sign`",
	}
}

func hintSigner() Text {
	return Text{
		"faites signer l’ordre par un autre responsable de la liste et signalez cette clé à la plateforme",
		"have another officer of the roster sign the order, and tell the platform about this key",
	}
}

func hintCert() Text {
	return Text{
		"redemandez le certificat au responsable, exporté par `gpg --export --export-options export-minimal`",
		"ask the officer for the certificate again, exported with `gpg --export --export-options export-minimal`",
	}
}

func hintUserid() Text {
	return Text{
		"faites ajouter un nom simple par le responsable avec `gpg --quick-add-uid EMPREINTE 'Prénom Nom'`, puis exporter à nouveau ; l’ancien nom peut rester",
		"have the officer add a plain name with `gpg --quick-add-uid FINGERPRINT 'First Last'`, then export again; the old name may stay",
	}
}

func hintOfficer() Text {
	return Text{
		"demandez au responsable une autre clé, sans date de fin : `bailiff-platform officer new --name 'A. Exemple' --out responsable-1` en crée une",
		"ask the officer for another key, without an end date: `bailiff-platform officer new --name 'A. Sample' --out officer-1` makes one",
	}
}

func hintKey() Text {
	return Text{
		"n’utilisez pas cette clé et ne publiez rien de son lot ; notez son numéro au procès-verbal et prévenez les dépositaires",
		"do not use this key nor publish anything of its batch; note the key number in the minutes and tell the custodians",
	}
}

func hintVault() Text {
	return Text{
		"indiquez le dossier du coffre, par exemple : --vault coffre",
		"name the folder of the vault, for example: --vault vault",
	}
}

func hintFork() Text {
	return Text{
		"arrêtez tout, conservez les deux registres et le jeton comme preuves, et comparez taille et racine à celles du procès-verbal signé",
		"stop the act, keep both ledgers and the token as evidence, and compare size and root with the signed minutes",
	}
}

func hintStale() Text {
	return Text{
		"prenez la copie la plus récente du coffre : le procès-verbal signé indique la taille et la racine du registre",
		"take the most recent copy of the vault: the signed minutes tell the ledger’s size and root",
	}
}

func hintDefect() Text {
	return Text{
		"c’est un défaut du programme : notez l’opération en cours et signalez-le comme l’indique SECURITY.md",
		"this is a defect of the program: note what was being done and report it as SECURITY.md says",
	}
}

func hintAnchorwords() Text {
	return Text{
		"ressaisissez les douze mots du procès-verbal papier signé ; rien n’a été comparé",
		"type again the twelve words from the signed paper minutes; nothing was compared",
	}
}

func hintNewtoken() Text {
	return Text{
		"demandez au dépositaire d’utiliser son jeton de secours et mettez celui-ci de côté pour examen",
		"have the custodian use their spare token, and put this one aside for examination",
	}
}

func hintEnrol() Text {
	return Text{
		"demandez au dépositaire d’enrôler à nouveau le jeton et comparez le numéro de série à celui du jeton",
		"have the custodian enrol the token again, and compare the serial with the one on the token",
	}
}

func hintShare() Text {
	return Text{
		"arrêtez l’ouverture, notez le dépositaire et la clé au procès-verbal, et lancez `bailiff vault verify --vault autre-copie` sur une autre copie du coffre",
		"stop the opening, note the custodian and the key in the minutes, and run `bailiff vault verify --vault other-copy` on another copy of the vault",
	}
}

func hintKit() Text {
	return Text{
		"ne remettez rien ; mettez de côté ce qui a été écrit et relancez la restitution avec le même ordre et un autre emplacement pour le pli",
		"hand nothing over; put what was written aside, and run the release again with the same order and a new kit path",
	}
}

func hintGather() Text {
	return Text{
		"réunissez à nouveau les signatures, une seule par responsable",
		"gather the signatures anew, one an officer",
	}
}

func hintRoster() Text {
	return Text{
		"prenez la liste que le coffre conserve dans son dossier `policies`, sans la modifier",
		"take the roster file that the vault holds in its `policies` folder, unchanged",
	}
}

func hintNewer() Text {
	return Text{
		"vérifiez que ce programme n’est pas plus ancien que le coffre, puis vérifiez une autre copie du coffre",
		"check that this program is not older than the vault, then verify another copy of the vault",
	}
}

func hintGenerate() Text {
	return Text{
		"relancez `bailiff ceremony run --vault coffre --script script.toml` avec le même script : le lot commencé est abandonné et un nouveau commence",
		"run `bailiff ceremony run --vault vault --script script.toml` again with the same script: the batch begun is given up, and a new one begins",
	}
}
