package wording

// encodingErrors are about what programs make of a file on its way. Each is of a form, not of damage or forgery.
func encodingErrors() []faultText {
	return []faultText{
		{"filetype.other", Text{
			"c’est un autre fichier que celui qu’il fallait",
			"this is another file than the one that was wanted",
		}, Text{
			"vérifiez quel fichier suit chaque option de la commande",
			"check which file stands behind each flag of the command",
		}},
		{"encoding.mark", Text{
			"une marque invisible (BOM) a été ajoutée au début du fichier par un éditeur de texte",
			"a text editor put an invisible mark (BOM) in front of the file",
		}, hintAsItWas()},
		{"encoding.line-ends", Text{
			"ses fins de ligne ont été changées en celles de Windows (CR LF)",
			"its line ends were changed to those of Windows (CR LF)",
		}, hintAsItWas()},
		{"encoding.utf16", Text{
			"le fichier est enregistré en UTF-16, comme le font PowerShell ou le Bloc-notes",
			"the file is saved as UTF-16, as PowerShell or Notepad do",
		}, Text{
			"enregistrez-le de nouveau avec le codage UTF-8 (« Enregistrer sous ») ; s’il est signé, redemandez plutôt l’original",
			"save it again with the encoding UTF-8 (“Save as”); if it is signed, ask for the original instead",
		}},
		{"encoding.rewritten", Text{
			"un programme a réécrit comme du texte ce fichier binaire ; PowerShell le fait en joignant ou en redirigeant des fichiers",
			"a program rewrote this binary file as text; PowerShell does so when it joins or redirects files",
		}, Text{
			"repartez des fichiers d’origine ; sous Windows, joignez-les par `cmd /c copy /b UN.sig+DEUX.sig order.sig`",
			"begin again from the original files; on Windows join them with `cmd /c copy /b ONE.sig+TWO.sig order.sig`",
		}},
		{"encoding.base64", Text{
			"le fichier est encore codé en base64, comme dans le corps d’un courriel",
			"the file is still base64, as in the body of a mail",
		}, Text{
			"enregistrez la pièce jointe elle-même, ou décodez le fichier : `base64 -d FICHIER > DÉCODÉ`",
			"save the attachment itself, or decode the file: `base64 -d FILE > DECODED`",
		}},
		{"encoding.armor", Text{
			"le fichier contient un bloc OpenPGP en texte (-----BEGIN PGP), qui n’a pas sa place ici",
			"the file holds an OpenPGP block as text (-----BEGIN PGP), which does not belong here",
		}, Text{
			"vérifiez que c’est bien le fichier que l’option demande ; si elle veut un fichier OpenPGP, convertissez-le : `gpg --dearmor FICHIER`",
			"check that this is the file that the flag asks for; if it wants an OpenPGP file, convert it: `gpg --dearmor FILE`",
		}},
	}
}

// hintMixedUp is for the two files of an order.
func hintMixedUp() Text {
	return Text{
		"donnez l’ordre par --order et le fichier de ses signatures par --signatures",
		"give the order with --order, and the file of its signatures with --signatures",
	}
}

// hintAsItWas is for a file that counts byte for byte.
func hintAsItWas() Text {
	return Text{
		"redemandez l’original et recopiez-le sans l’ouvrir dans un éditeur : chaque octet compte, et il n’est pas falsifié pour autant",
		"ask for the original and copy it without opening it in an editor: each byte counts, and this is no sign of forgery",
	}
}
