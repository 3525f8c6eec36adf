// Package cards adds the errors of virtual readers to those that a program explains. It is apart from package
// cli since the readers reach a network of their own, which the bailiff's tool must not link.
package cards

import (
	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/testkit/rig"
)

// AddErrors lets a explain the errors of package rig.
func AddErrors(a *cli.App) {
	a.AddError(rig.ErrMissing, "rig.missing", cli.ExitUnfinished,
		wording.Text{Fr: "il manque ce fichier, sans lequel il n’y a pas de lecteurs virtuels",
			En: "this file is missing, without which there are no virtual readers"},
		wording.Text{Fr: "sous Debian : `sudo apt-get install pcscd vsmartcard-vpcd`, puis `sudo rm /etc/reader.conf.d/vpcd`, sans quoi l’ordinateur attend des cartes du réseau",
			En: "on Debian: `sudo apt-get install pcscd vsmartcard-vpcd`, then `sudo rm /etc/reader.conf.d/vpcd`, without which the computer waits for cards from the network"})
	a.AddError(rig.ErrNamespace, "rig.namespace", cli.ExitUnfinished,
		wording.Text{Fr: "le noyau n’accorde pas aux lecteurs virtuels un réseau à part",
			En: "the kernel grants the virtual readers no network of their own"},
		wording.Text{Fr: "lancez la commande en tant que root, ou autorisez les espaces de noms des utilisateurs (`sysctl user.max_user_namespaces`) ; sans eux les cartes seraient visibles du réseau",
			En: "run the command as root, or allow user namespaces (`sysctl user.max_user_namespaces`); without them the cards could be seen from the network"})
	a.AddError(rig.ErrFolder, "rig.folder", cli.ExitStorage,
		wording.Text{Fr: "ce dossier ne peut pas être celui des lecteurs virtuels : chemin trop long, ou déjà employé",
			En: "this folder cannot be that of the virtual readers: its path is too long, or others use it"},
		wording.Text{Fr: "nommez un dossier au chemin court, par exemple `/tmp/cartes`, et que nulle autre commande n’emploie",
			En: "name a folder with a short path, such as `/tmp/cards`, that no other command uses"})
	a.AddError(rig.ErrStart, "rig.start", cli.ExitFailure,
		wording.Text{Fr: "les lecteurs virtuels n’ont pas démarré", En: "the virtual readers did not start"},
		wording.Text{Fr: "vérifiez que les paquets `pcscd` et `vsmartcard-vpcd` sont ceux de Debian 12, puis relancez la commande",
			En: "check that the packages `pcscd` and `vsmartcard-vpcd` are those of Debian 12, then run the command again"})
	a.AddError(rig.ErrTaken, "rig.taken", cli.ExitExists,
		wording.Text{Fr: "le lecteur est occupé, ou la carte est déjà dans un lecteur",
			En: "the reader is taken, or the card is in a reader already"},
		wording.Text{Fr: "retirez d’abord la carte", En: "pull the card out first"})
	a.AddError(rig.ErrCard, "rig.card", cli.ExitUsage,
		wording.Text{Fr: "la carte logicielle refuse", En: "the software card refuses"},
		wording.Text{Fr: "tapez `list` pour voir quelle carte est dans quel lecteur",
			En: "type `list` to see which card is in which reader"})
}
