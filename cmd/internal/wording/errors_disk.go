package wording

// recordErrors are about records, texts and reviewed files.
func recordErrors() []faultText {
	return []faultText{
		{"reviewed.too-large", Text{
			"le fichier relu dépasse 256 Kio",
			"the reviewed file is larger than 256 KiB",
		}, Text{
			"vérifiez que c’est le bon fichier : projets et scripts tiennent en quelques pages",
			"check that this is the right file: drafts and scripts are a few pages",
		}},
		{"reviewed.syntax", Text{
			"cette ligne est mal écrite, ou sa valeur n’est pas du genre attendu",
			"this line is not written as it must be, or its value is of another kind",
		}, Text{
			"comparez-la à celle de l’exemple (guillemets droits \" obligatoires autour des textes, pas autour des nombres), puis faites relire le fichier",
			"compare it with that of the example (straight quotes \" around texts, none around numbers), then have the file reviewed again",
		}},
		{"reviewed.missing", Text{
			"cette clé du fichier manque",
			"this key of the file is missing",
		}, Text{
			"ajoutez-la, même vide ou nulle : rien n’a de valeur par défaut ; les exemples dans docs la montrent",
			"add it, even if empty or zero: nothing has a default; the examples in docs show it",
		}},
		{"reviewed.unknown", Text{
			"cette clé n’est pas connue",
			"this key is not known",
		}, Text{
			"corrigez ou retirez cette clé, puis faites relire le fichier",
			"correct or remove the key, then have the file reviewed again",
		}},
		{"reviewed.case", Text{
			"une clé s’écrit en minuscules",
			"a key must be written in lower case",
		}, Text{
			"écrivez cette clé en minuscules, puis faites relire le fichier",
			"write the key in lower case, then have the file reviewed again",
		}},
		{"record.too-large", Text{
			"le fichier dépasse 1 Mio",
			"the file is larger than 1 MiB",
		}, hintForm()},
		{"record.format", Text{
			"la première ligne ne désigne pas le format attendu",
			"the first line does not name the format expected",
		}, Text{
			"vérifiez que c’est bien le fichier que l’option demande, et pas un autre",
			"check that this is the file that the flag asks for, and not another one",
		}},
		{"record.line", Text{
			"une ligne n’est pas de la forme `clé: valeur`",
			"a line is not of the form `key: value`",
		}, hintForm()},
		{"record.final-line", Text{
			"la dernière ligne est tronquée",
			"the last line is cut short",
		}, hintForm()},
		{"record.missing", Text{
			"ce champ manque ou n’est pas à sa place",
			"this field is missing or out of place",
		}, hintForm()},
		{"record.trailing", Text{
			"ce champ est inconnu, répété ou mal placé",
			"this field is unknown, repeated or out of place",
		}, hintForm()},
		{"record.value", Text{
			"la valeur n’a pas la forme attendue ici",
			"the value is not of the form that is asked for here",
		}, Text{
			"comparez la valeur avec la forme que donne docs/formats.md et corrigez-la là où elle a été écrite",
			"compare the value with its form in docs/formats.md, and correct it where it was first written",
		}},
		{"record.utf8", Text{
			"le texte n’est pas de l’UTF-8 valable",
			"the text is not valid UTF-8",
		}, Text{
			"enregistrez le fichier en UTF-8 et relisez-le avant de l’utiliser",
			"save the file as UTF-8, and look at it again before you use it",
		}},
		{"record.control", Text{
			"le texte contient un caractère de commande",
			"the text holds a control character",
		}, hintText()},
		{"record.invisible", Text{
			"le texte contient un caractère invisible, bidirectionnel ou à usage privé",
			"the text holds an invisible, bidirectional or private character",
		}, hintText()},
		{"record.space", Text{
			"le texte contient une espace inhabituelle, initiale ou finale",
			"the text has unusual, leading or trailing white space",
		}, hintText()},
		{"record.nfc", Text{
			"une lettre accentuée du texte est écrite en plusieurs morceaux",
			"an accented letter of the text is written in parts",
		}, Text{
			"ressaisissez les lettres accentuées au clavier au lieu de les coller",
			"type the accented letters anew at the keyboard rather than pasting them",
		}},
		{"record.length", Text{
			"le texte est vide ou dépasse 65536 octets",
			"the text is empty or longer than 65536 bytes",
		}, Text{
			"remplissez ce texte, ou raccourcissez-le",
			"fill the text in, or shorten it",
		}},
	}
}

// diskErrors are about disks.
func diskErrors() []faultText {
	return []faultText{
		{"durable.exists", Text{
			"ce nom existe déjà ; rien n’a été remplacé",
			"there is something here already, and nothing is overwritten",
		}, Text{
			"choisissez un autre nom, ou déplacez vous-même ce qui s’y trouve",
			"choose another path, or move what is there away yourself",
		}},
		{"durable.locked", Text{
			"un autre programme l’utilise",
			"another program is using it",
		}, Text{
			"attendez que l’autre programme ait fini, puis relancez la commande",
			"wait until the other program has ended, then run the command again",
		}},
		{"durable.not-regular", Text{
			"ce n’est pas un fichier ordinaire",
			"not a regular file",
		}, Text{
			"donnez le fichier lui-même : ni dossier, ni lien symbolique, ni périphérique",
			"give the file itself: no folder, no symbolic link and no device",
		}},
		{"durable.too-large", Text{
			"le fichier est plus gros qu’il ne peut l’être",
			"the file is larger than it may be",
		}, Text{
			"vérifiez que c’est bien le fichier que l’option demande, et pas un autre",
			"check that this is the file that the flag asks for, and not another one",
		}},
		{"durable.verify", Text{
			"ce qui a été relu n’est pas ce qui a été écrit",
			"what was read back is not what was written",
		}, Text{
			"cessez d’utiliser ce disque et continuez avec un disque sain",
			"stop using this disk, and go on with a sound one",
		}},
		{"durable.name", Text{
			"cela ne peut pas être le nom d’un fichier ici",
			"this cannot be the name of a file here",
		}, Text{
			"donnez le chemin d’un fichier, dont le nom ne finit pas par .part",
			"give the path of a file, with a name that does not end in .part",
		}},
		{"durable.space", Text{
			"il n’y a pas assez de place libre sur ce disque, et rien n’a été commencé",
			"there is not enough free space on this disk, and nothing was begun",
		}, Text{
			"libérez de la place ou prenez un disque plus grand, puis relancez la commande",
			"free some space or take a larger disk, then run the command again",
		}},
		{"durable.unable", Text{
			"le système de fichiers de ce disque ne sait pas faire ce dont le programme a besoin, ou n’admet pas ce nom",
			"the file system of this disk cannot do what the program needs, or does not take this name",
		}, Text{
			"prenez un disque formaté en ext4, et un nom fait de lettres, de chiffres et de tirets",
			"take a disk that is formatted as ext4, and a name of letters, digits and hyphens",
		}},
		{"unix.enospc", Text{
			"le disque est plein",
			"the disk is full",
		}, Text{
			"libérez de la place ou prenez un disque plus grand, puis relancez la commande",
			"free some space or take a larger disk, then run the command again",
		}},
		{"unix.edquot", Text{
			"la place allouée sur ce disque est épuisée",
			"the space allowed on this disk is used up",
		}, Text{
			"libérez de la place ou prenez un autre disque, puis relancez la commande",
			"free some space or take another disk, then run the command again",
		}},
		{"unix.efbig", Text{
			"ce fichier serait plus grand que ce disque ou ce compte ne l’admet",
			"the file would be larger than this disk or this account allows",
		}, Text{
			"prenez un disque formaté autrement qu’en FAT, ou levez la limite (`ulimit -f unlimited`), puis relancez la commande",
			"take a disk that is not formatted as FAT, or lift the limit (`ulimit -f unlimited`), then run the command again",
		}},
		{"unix.emfile", Text{
			"ce compte ne peut ouvrir un fichier de plus",
			"this account cannot open one more file",
		}, Text{
			"fermez le terminal, ouvrez-en un autre et relancez la commande ; la limite se lit avec `ulimit -n`, 64 suffit",
			"close the terminal, open another one and run the command again; `ulimit -n` tells the limit, 64 is enough",
		}},
		{"unix.erofs", Text{
			"le disque est en lecture seule",
			"the disk is read-only",
		}, Text{
			"levez sa protection ou montez-le en écriture, si c’est bien la copie où il faut écrire",
			"lift its write protection or mount it for writing, if it is the copy to be written to",
		}},
		{"unix.eio", Text{
			"le disque ne peut être lu ou écrit",
			"the disk cannot be read or written",
		}, Text{
			"vérifiez le câble, puis prenez une autre copie : ce disque est peut-être défaillant",
			"check the cable, then take another copy: this disk may be failing",
		}},
		{"unix.eloop", Text{
			"les liens symboliques de ce chemin tournent en rond ou ne sont pas admis",
			"the symbolic links of this path lead in a circle, or are not accepted",
		}, Text{
			"donnez le chemin du fichier lui-même",
			"give the path of the file itself",
		}},
		{"unix.enametoolong", Text{
			"ce nom ou ce chemin est trop long",
			"this name or path is too long",
		}, Text{
			"donnez un chemin plus court",
			"give a shorter path",
		}},
		{"unix.enotdir", Text{
			"un élément de ce chemin n’est pas un dossier",
			"a part of this path is no folder",
		}, Text{
			"corrigez le chemin",
			"correct the path",
		}},
		{"fs.not-exist", Text{
			"ce fichier ou ce dossier n’existe pas",
			"there is no such file or folder",
		}, Text{
			"vérifiez le nom, et que la clé USB ou le disque est branché",
			"check the name, and that the USB stick or disk is plugged in",
		}},
		{"fs.permission", Text{
			"votre compte d’utilisateur n’y a pas accès",
			"your user account has no access to it",
		}, Text{
			"vérifiez le propriétaire et les droits du fichier, ou lancez la commande avec le compte qui tient le coffre",
			"check who owns the file and its rights, or run the command as the account that keeps the vault",
		}},
		{"fs.exist", Text{
			"il y a déjà quelque chose ici",
			"there is something here already",
		}, Text{
			"choisissez un autre nom, ou déplacez vous-même ce qui s’y trouve",
			"choose another path, or move what is there away yourself",
		}},
		{"fs.invalid", Text{
			"ce n’est pas un fichier ordinaire, ou il est trop gros pour son contenu",
			"not a regular file, or too large for what it must hold",
		}, Text{
			"vérifiez que c’est bien le fichier que l’option demande, et pas un autre",
			"check that this is the file that the flag asks for, and not another one",
		}},
		{"io.unexpected-eof", Text{
			"le fichier finit trop tôt",
			"the file ends too early",
		}, hintZip()},
	}
}
