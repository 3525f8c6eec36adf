package wording

// toolErrors are about the command line.
func toolErrors() []faultText {
	return []faultText{
		{"cli.usage", Text{
			"la ligne de commande n’est pas comprise à cet endroit",
			"the command line is wrong here",
		}, Text{
			"ajoutez `--help` à la commande pour voir ses options et un exemple",
			"add `--help` to the command to see its flags and an example",
		}},
		{"cli.value", Text{
			"la valeur de cette option n’a pas la forme requise",
			"the value of this flag is not of its form",
		}, Text{
			"donnez-la sous la forme que décrit `--help`",
			"give it in the form that `--help` describes",
		}},
		{"cli.day", Text{
			"ce n’est pas un jour du calendrier, ou il s’écrit autrement",
			"this is no day of the calendar, or it is written otherwise",
		}, Text{
			"écrivez l’année, le mois et le jour en chiffres : AAAA-MM-JJ",
			"write year, month and day in digits: YYYY-MM-DD",
		}},
		{"cli.paper-parts", Text{
			"une pièce se donne en quatre parties, séparées par | : nature, émetteur, date, et fichier ou empreinte",
			"a paper is given in four parts, with | between them: type, issuer, date, and file or digest",
		}, Text{
			"écrivez par exemple",
			"write for example",
		}},
		{"cli.paper-type", Text{
			"il n’y a pas de pièce de cette nature",
			"there is no such type of paper",
		}, Text{
			"écrivez la nature en tête, telle que la politique la nomme",
			"write the type first, as the policy names it",
		}},
		{"cli.paper-digest", Text{
			"ce n’est pas une empreinte SHA-256, qui a 64 chiffres hexadécimaux, en minuscules",
			"this is no SHA-256, which has 64 hexadecimal digits in lower case",
		}, Text{
			"donnez plutôt le fichier, dont l’empreinte est alors calculée",
			"give the file instead, whose digest is then computed",
		}},
		{"cli.unknown-command", Text{
			"cette commande n’existe pas",
			"there is no such command",
		}, Text{
			"ajoutez `--help` pour voir les commandes qui existent",
			"add `--help` to see the commands that there are",
		}},
		{"cli.unknown-flag", Text{
			"cette option n’existe pas",
			"there is no such flag",
		}, Text{
			"ajoutez `--help` à la commande pour voir ses options",
			"add `--help` to the command to see its flags",
		}},
		{"cli.no-value", Text{
			"cette option veut une valeur",
			"this flag needs a value",
		}, Text{
			"écrivez la valeur après l’option ; `--help` montre un exemple",
			"write the value after the flag; `--help` shows an example",
		}},
		{"cli.number", Text{
			"un nombre entier est attendu",
			"a whole number is expected",
		}, Text{
			"écrivez le nombre en chiffres, comme 42",
			"write the number in digits, such as 42",
		}},
		{"cli.too-many", Text{
			"un argument de trop",
			"one argument too many",
		}, Text{
			"retirez-le ; une valeur qui contient une espace se met entre guillemets simples",
			"leave it out; a value that holds a blank is put between single quotes",
		}},
		{"cli.soft-token", Text{
			"c’est un jeton logiciel, dont le code PIN ne se change ni ne se débloque",
			"this is a software token, whose PIN can be neither changed nor unblocked",
		}, Text{
			"en répétition, créez-en un autre sous un nom nouveau, par exemple `bailiff token init --soft --out c01-2.token`, et fondez un autre coffre",
			"in a rehearsal, make another one under a new name, for example `bailiff token init --soft --out c01-2.token`, and found another vault",
		}},
		{"cli.unnamed", Text{
			"les jetons de ces dépositaires sont des fichiers, et aucun n’est indiqué",
			"the tokens of these custodians are files, and none is named",
		}, Text{
			"ajoutez à la même commande `--tokens DOSSIER`, le dossier qui contient les fichiers en .token (`--tokens .` pour celui-ci)",
			"add `--tokens FOLDER` to the same command, the folder that holds the .token files (`--tokens .` for this one)",
		}},
		{"cli.no-tokens", Text{
			"ce dossier ne contient aucun jeton logiciel d’un dépositaire de ce coffre",
			"this folder holds no software token of a custodian of this vault",
		}, Text{
			"listez ses jetons : `bailiff token list tokens`",
			"list its tokens: `bailiff token list tokens`",
		}},
		{"cli.no-vault", Text{
			"aucun coffre n’est indiqué, et il n’y en a pas dans ce dossier",
			"no vault is named, and there is none in this folder",
		}, hintVault()},
		{"cli.several-vaults", Text{
			"plusieurs coffres se trouvent dans ce dossier",
			"there are several vaults in this folder",
		}, hintVault()},
		{"cli.no-kit", Text{
			"aucun pli de ce coffre ne reste à remettre",
			"no kit of this vault is still to be handed over",
		}, Text{
			"`bailiff vault show --vault coffre` dit où en est chaque ordre, et si sa remise est déjà inscrite",
			"`bailiff vault show --vault vault` says how far each order is, and whether its handover is on record already",
		}},
		{"cli.no-batch", Text{
			"ce coffre ne contient aucun lot dont la cérémonie soit achevée",
			"this vault has no batch whose ceremony is complete",
		}, Text{
			"voyez ce que contient le coffre : `bailiff vault show --vault coffre`",
			"look at what the vault holds: `bailiff vault show --vault vault`",
		}},
		{"cli.several-choices", Text{
			"il y en a plusieurs dans ce coffre",
			"there are several in this vault",
		}, Text{
			"nommez celui qu’il faut par cette option",
			"name the one that is meant with this flag",
		}},
		{"cli.bare", Text{
			"ce dossier se donne par l’option --vault",
			"this folder is given with the flag --vault",
		}, hintVault()},
		{"cli.interrupted", Text{
			"interrompu",
			"interrupted",
		}, Text{
			"rien n’est perdu : relancez la même commande",
			"nothing is lost: run the same command again",
		}},
		{"cli.untold", Text{
			"le résultat n’a pas pu être écrit en entier sur la sortie standard",
			"the result could not be written whole to the standard output",
		}, Text{
			"la commande a fait ce qu’elle devait faire : regardez-en l’effet avant de la relancer, et faites afficher le résultat dans un terminal",
			"the command has done what it was to do: look at its effect before you run it again, and have the result shown in a terminal",
		}},
		{"cli.missing", Text{
			"option ou argument manquant",
			"a flag or argument is missing",
		}, Text{
			"donnez-le ; `--help` montre un exemple",
			"give it; `--help` shows an example",
		}},
		{"cli.differ", Text{
			"les deux saisies diffèrent, rien n’a été écrit",
			"the two entries differ, and nothing was written",
		}, Text{
			"recommencez",
			"begin again",
		}},
		{"cli.no-terminal", Text{
			"une personne doit répondre ici, et il n’y a pas de terminal",
			"a person must answer here, and there is no terminal",
		}, Text{
			"lancez la commande dans un terminal, ou donnez la réponse avec l’option qu’indique `--help`",
			"run the command at a terminal, or give the answer with the flag that `--help` names",
		}},
		{"cli.declined", Text{
			"non confirmé, rien de plus n’a été fait",
			"not confirmed, so nothing more was done",
		}, Text{
			"pour continuer, relancez la commande, et répondez exactement ce qui est demandé",
			"to go on, run the command again, and answer exactly what is asked",
		}},
		{"cli.rehearsal", Text{
			"cette option n’est admise qu’en répétition",
			"this flag is accepted in rehearsals only",
		}, Text{
			"retirez-la et répondez au terminal quand la question est posée",
			"leave it out and answer at the terminal when you are asked",
		}},
		{"cli.absent", Text{
			"ces dépositaires doivent être là, et aucun jeton n’est donné pour eux",
			"these custodians must be there, and no token is named for them",
		}, Text{
			"ajoutez un jeton de chacun d’eux, par `--token FICHIER` ou dans le dossier de `--tokens` ; aucun code PIN n’a encore été demandé",
			"add a token of each of them, with `--token FILE` or in the folder of `--tokens`; no PIN has been asked for yet",
		}},
		{"cli.several", Text{
			"plusieurs jetons sont dans les lecteurs",
			"several tokens are in the readers",
		}, Text{
			"nommez celui que vous voulez avec `--serial` et son numéro, ou retirez les autres",
			"name the one you want with `--serial` and its number, or take the others out",
		}},
		{"cli.serial", Text{
			"aucun jeton n’a un tel numéro de série",
			"no token has such a serial number",
		}, Text{
			"recopiez les chiffres gravés sur le jeton ; `bailiff token list` montre ceux des jetons présents",
			"copy the digits engraved on the token; `bailiff token list` shows those of the tokens that are there",
		}},
		{"cli.slot", Text{
			"il n’y a pas de clé de scellement dans un tel emplacement",
			"there are no sealing keys in such a slot",
		}, Text{
			"les emplacements des clés de scellement vont de 82 à 95 ; `bailiff token show 20001001` dit lesquels sont occupés",
			"the slots of sealing keys are 82 to 95; `bailiff token show 20001001` tells which of them are occupied",
		}},
		{"checkup.no-token", Text{
			"aucun jeton n’est dans les lecteurs",
			"no token is in the readers",
		}, Text{
			"insérez le jeton",
			"put the token in",
		}},
		{"checkup.network", Text{
			"le service des cartes à puce (pcscd) accepte des cartes venues du réseau, que n’importe qui peut lui présenter",
			"the smart card daemon (pcscd) takes cards from the network, where anybody can offer it one",
		}, Text{
			"supprimez ce qui est nommé (`sudo apt purge vsmartcard-vpcd`, ou `sudo rm`), puis `sudo systemctl restart pcscd` ; d’ici là, ne saisissez ici aucun code PIN",
			"remove what is named (`sudo apt purge vsmartcard-vpcd`, or `sudo rm`), then `sudo systemctl restart pcscd`; type no PIN here before that",
		}},
		{"cli.no-puk", Text{
			"le fichier des codes PIN ne contient pas de code PUK pour ce jeton",
			"the PIN file has no PUK for this token",
		}, Text{
			"ajoutez-y une ligne : numéro de série suivi de `.puk` (ou `*.puk` pour tous), une espace, le code PUK de 8 caractères que le jeton recevra",
			"add a line: serial number followed by `.puk` (or `*.puk` for all), a blank, the PUK of 8 characters that the token will get",
		}},
		{"cli.same-pin", Text{
			"c’est déjà le code PIN actuel",
			"this is the present PIN already",
		}, Text{
			"choisissez-en un autre",
			"choose another one",
		}},
		{"cli.no-pin", Text{
			"le fichier de codes PIN n’en donne aucun ici",
			"the PIN file has no PIN here",
		}, Text{
			"écrivez une ligne par jeton : son numéro de série ou `*`, une espace, son code PIN",
			"write one line a token: its serial or `*`, one blank, its PIN",
		}},
	}
}
