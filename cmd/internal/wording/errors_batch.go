package wording

// batchErrors are about sealed batches.
func batchErrors() []faultText {
	return []faultText{
		{"vault.digest", Text{
			"le contenu ne correspond pas à son empreinte",
			"the content does not match its digest",
		}, hintCopy()},
		{"vault.root", Text{
			"la racine de Merkle des clés n’est pas celle du manifeste",
			"the keys’ Merkle root is not the one in the manifest",
		}, hintCopy()},
		{"vault.tree", Text{
			"l’arbre enregistré ne mène pas de la clé à la racine du lot",
			"the stored tree does not lead from the key to the batch’s root",
		}, hintCopy()},
		{"vault.size", Text{
			"le fichier n’a pas la taille indiquée au manifeste",
			"the file is not as large as the manifest says",
		}, hintCopy()},
		{"vault.missing", Text{
			"un élément du lot manque ou n’est pas à sa place",
			"something of the batch is missing or not where it must be",
		}, hintCopy()},
		{"vault.keys", Text{
			"les clés ne sont pas numérotées de 000001 au nombre indiqué par le manifeste",
			"the keys are not numbered from 000001 up to the manifest’s count",
		}, hintCopy()},
		{"vault.stray", Text{
			"un fichier ou un élément étranger au lot",
			"a file or entry that is not part of the batch",
		}, Text{
			"sortez-le du dossier du lot, notez-le au procès-verbal et vérifiez à nouveau le coffre",
			"move it out of the batch’s folder, note it in the minutes, and verify the vault again",
		}},
		{"vault.record", Text{
			"un bloc de la liste des clés scellées est mal formé",
			"a block of the list of records is malformed",
		}, hintCopy()},
		{"vault.list-order", Text{
			"les clés de la liste ne sont pas dans l’ordre croissant, ou figurent deux fois",
			"the keys of the list are not in ascending order, or stand twice",
		}, hintCopy()},
		{"vault.manifest-threshold", Text{
			"le manifeste indique un seuil qu’aucune politique n’admet",
			"the manifest states a threshold that no policy allows",
		}, hintCopy()},
		{"vault.manifest-volumes", Text{
			"les volumes du manifeste n’ont pas le nom, le numéro ou la taille requis",
			"the manifest’s volumes are not named, numbered or sized as they must be",
		}, hintCopy()},
		{"vault.manifest-profile", Text{
			"le profil de clés du manifeste est inconnu",
			"the manifest’s key profile is not known",
		}, hintNewer()},
		{"vault.sample-dice", Text{
			"les dés ne donnent pas 1 à 1000 chiffres de 1 à 6, ou trop peu ont été jetés",
			"the dice are not 1 to 1000 digits from 1 to 6, or too few were thrown",
		}, Text{
			"faites relire les dés à voix haute par les témoins et saisissez un chiffre par dé",
			"have the witnesses read the dice aloud again, and type one digit for each die",
		}},
		{"vault.sample-checkpoint", Text{
			"l’échantillon ne peut être tiré que d’un point de contrôle, et ceci n’en est pas un",
			"the sample can be drawn from a checkpoint only, and this is none",
		}, hintCopy()},
		{"vault.sample-count", Text{
			"le lot ne contient pas autant de clés que l’échantillon en demande",
			"the batch does not hold as many keys as the sample asks for",
		}, hintCopy()},
		{"vault.batch-custodians", Text{
			"les dépositaires d’un lot sont 2 à 16 identifiants dans l’ordre croissant",
			"a batch’s custodians are 2 to 16 ids in ascending order",
		}, hintDefect()},
		{"vault.batch-volume", Text{
			"un volume compte de 1 octet à 2 Gio moins 1 Mio",
			"a volume holds 1 byte to 2 GiB less 1 MiB",
		}, hintDefect()},
		{"vault.batch-number", Text{
			"les numéros de clés ne se suivent pas à partir de 000001",
			"key numbers do not follow each other from 000001",
		}, hintDefect()},
		{"vault.batch-key", Text{
			"l’empreinte n’est pas de celles du profil",
			"the fingerprint is not one of the profile’s",
		}, hintDefect()},
		{"vault.batch-duplicate", Text{
			"une clé figure deux fois dans le lot",
			"a key stands twice in the batch",
		}, Text{
			"ne publiez rien de ce lot ; redémarrez la machine et recommencez la cérémonie",
			"publish nothing of this batch; restart the machine and hold the ceremony again",
		}},
		{"vault.batch-entry", Text{
			"un contenu est vide ou dépasse 1 Mio",
			"a content is empty or larger than 1 MiB",
		}, hintDefect()},
		{"vault.batch-shares", Text{
			"il n’y a pas une part par dépositaire, dans l’ordre, chacune en un autre point",
			"not one share of each custodian, in order, each at another point",
		}, hintDefect()},
		{"vault.batch-empty", Text{
			"le lot ne contient aucune clé",
			"the batch holds no keys",
		}, hintDefect()},
		{"vault.batch-closed", Text{
			"le lot était déjà clos",
			"the batch was closed already",
		}, hintDefect()},
	}
}

// zipErrors are about the strict ZIP profile.
func zipErrors() []faultText {
	return []faultText{
		{"vault.zip-end", Text{
			"le fichier ZIP est tronqué, ou continue après sa fin",
			"the ZIP file is cut short, or goes on after its end",
		}, hintZip()},
		{"vault.zip64", Text{
			"la fin du fichier ZIP pour de nombreux éléments manque, est superflue ou fausse",
			"the ZIP file’s end for many entries is missing, needless or wrong",
		}, hintZip()},
		{"vault.zip-count", Text{
			"le répertoire ZIP ne contient pas autant d’éléments que le fichier l’indique",
			"the ZIP directory does not hold as many entries as the file says",
		}, hintZip()},
		{"vault.zip-size", Text{
			"les tailles ou positions du fichier ZIP ne concordent pas",
			"the ZIP file’s sizes or places do not add up",
		}, hintZip()},
		{"vault.zip-too-large", Text{
			"le fichier ZIP dépasse 2 Gio moins 1 Mio",
			"the ZIP file is larger than 2 GiB less 1 MiB",
		}, hintZip()},
		{"vault.zip-empty", Text{
			"le fichier ZIP est vide",
			"the ZIP file has no entries",
		}, hintZip()},
		{"vault.zip-header", Text{
			"un en-tête du répertoire ZIP manque ou est tronqué",
			"a header of the ZIP directory is missing or cut short",
		}, hintZip()},
		{"vault.zip-version", Text{
			"l’élément ZIP indique une autre version que celle de ces fichiers",
			"the ZIP entry names another version than these files have",
		}, hintZip()},
		{"vault.zip-flags", Text{
			"l’élément ZIP est marqué comme chiffré, écrit en flux ou autre",
			"the ZIP entry is flagged as encrypted, streamed or otherwise",
		}, hintZip()},
		{"vault.zip-method", Text{
			"l’élément ZIP n’est pas enregistré tel quel",
			"the ZIP entry is not stored as it is",
		}, hintZip()},
		{"vault.zip-date", Text{
			"l’élément ZIP porte une autre date que 1980-01-01 00:00:00",
			"the ZIP entry is dated otherwise than 1980-01-01 00:00:00",
		}, hintZip()},
		{"vault.zip-extra", Text{
			"l’élément ZIP porte un champ supplémentaire",
			"the ZIP entry carries an extra field",
		}, hintZip()},
		{"vault.zip-comment", Text{
			"l’élément ZIP porte un commentaire",
			"the ZIP entry carries a comment",
		}, hintZip()},
		{"vault.zip-attributes", Text{
			"l’élément ZIP n’est pas marqué comme fichier ordinaire en lecture seule",
			"the ZIP entry is not marked as a read-only regular file",
		}, hintZip()},
		{"vault.zip-name", Text{
			"un nom du fichier ZIP n’est pas un chemin relatif sûr fait de a–z, 0–9, . - /",
			"a name in the ZIP file is not a safe relative path of a–z, 0–9, . - /",
		}, hintZip()},
		{"vault.zip-order", Text{
			"les noms du fichier ZIP ne sont pas dans l’ordre croissant",
			"the names in the ZIP file are not in ascending order",
		}, hintZip()},
		{"vault.zip-duplicate", Text{
			"un nom figure deux fois dans le fichier ZIP",
			"a name stands twice in the ZIP file",
		}, hintZip()},
		{"vault.zip-collision", Text{
			"un nom du fichier ZIP est à la fois fichier et dossier",
			"a name in the ZIP file is a file and a folder at once",
		}, hintZip()},
		{"vault.zip-gap", Text{
			"les éléments ZIP laissent un vide, se chevauchent ou ne commencent pas le fichier",
			"the ZIP entries leave a gap, overlap, or do not begin the file",
		}, hintZip()},
		{"vault.zip-local", Text{
			"l’en-tête d’un élément ZIP diffère du répertoire",
			"a ZIP entry’s own header differs from the directory",
		}, hintZip()},
		{"vault.zip-crc", Text{
			"le contenu d’un élément ZIP ne correspond pas à sa somme de contrôle",
			"the content of a ZIP entry does not match its checksum",
		}, hintZip()},
		{"vault.zip-entry-size", Text{
			"un élément ZIP est plus gros qu’il ne peut l’être",
			"a ZIP entry is larger than it may be",
		}, hintZip()},
		{"vault.zip-closed", Text{
			"le fichier ZIP était déjà fermé",
			"the ZIP file was closed already",
		}, hintDefect()},
	}
}
