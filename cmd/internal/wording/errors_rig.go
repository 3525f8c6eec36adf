package wording

// rigErrors are about virtual readers and software cards, in rehearsals.
func rigErrors() []faultText {
	return []faultText{
		{"rig.missing", Text{
			"il manque ce fichier, sans lequel il n’y a pas de lecteurs virtuels",
			"this file is missing, without which there are no virtual readers",
		}, Text{
			"sous Debian : `sudo apt-get install pcscd vsmartcard-vpcd`, puis `sudo rm /etc/reader.conf.d/vpcd`, sans quoi l’ordinateur attend des cartes du réseau",
			"on Debian: `sudo apt-get install pcscd vsmartcard-vpcd`, then `sudo rm /etc/reader.conf.d/vpcd`, without which the computer waits for cards from the network",
		}},
		{"rig.namespace", Text{
			"le noyau n’accorde pas aux lecteurs virtuels un réseau à part",
			"the kernel grants the virtual readers no network of their own",
		}, Text{
			"lancez la commande en tant que root, ou autorisez les espaces de noms des utilisateurs (`sysctl user.max_user_namespaces`) ; sans eux les cartes seraient visibles du réseau",
			"run the command as root, or allow user namespaces (`sysctl user.max_user_namespaces`); without them the cards could be seen from the network",
		}},
		{"rig.folder", Text{
			"ce dossier ne peut pas être celui des lecteurs virtuels : chemin trop long, ou déjà employé",
			"this folder cannot be that of the virtual readers: its path is too long, or others use it",
		}, Text{
			"nommez un dossier au chemin court, par exemple `/tmp/cartes`, et que nulle autre commande n’emploie",
			"name a folder with a short path, such as `/tmp/cards`, that no other command uses",
		}},
		{"rig.start", Text{
			"les lecteurs virtuels n’ont pas démarré",
			"the virtual readers did not start",
		}, Text{
			"vérifiez que les paquets `pcscd` et `vsmartcard-vpcd` sont ceux de Debian 12, puis relancez la commande",
			"check that the packages `pcscd` and `vsmartcard-vpcd` are those of Debian 12, then run the command again",
		}},
		{"rig.taken", Text{
			"le lecteur est occupé, ou la carte est déjà dans un lecteur",
			"the reader is taken, or the card is in a reader already",
		}, Text{
			"retirez d’abord la carte",
			"pull the card out first",
		}},
		{"rig.card", Text{
			"la carte logicielle refuse",
			"the software card refuses",
		}, Text{
			"tapez `list` pour voir quelle carte est dans quel lecteur",
			"type `list` to see which card is in which reader",
		}},
	}
}
