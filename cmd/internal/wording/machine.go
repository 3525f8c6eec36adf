package wording

// machineTexts warn of a machine on which secrets are less protected than they could be.
func machineTexts() map[string]Text {
	return map[string]Text{
		"machine.swap": {
			Fr: "Attention : la mémoire d’échange (swap) est active : %s. Le système peut y écrire des secrets ; désactivez-la avec swapoff -a.",
			En: "Warning: swap is active: %s. The system may write secrets to it; turn it off with swapoff -a.",
		},
		"machine.unlocked": {
			Fr: "Attention : la mémoire de ce programme n’est pas verrouillée et peut être écrite dans la mémoire d’échange.",
			En: "Warning: the memory of this program is not locked and may go to swap.",
		},
		"machine.core-dumps": {
			Fr: "Attention : la mémoire de ce programme peut être lue par d’autres programmes ou enregistrée dans une image mémoire (core dump).",
			En: "Warning: the memory of this program may be read by other programs, or end up in a core dump.",
		},
		"machine.exposed": {
			Fr: "Attention : un autre programme de ce compte a pu lire la mémoire de celui-ci : %s.",
			En: "Warning: another program of this account may have read the memory of this one: %s.",
		},
		"machine.tracing": {
			Fr: "Attention : un autre programme de ce compte peut prendre la main sur celui-ci à son démarrage. À corriger avant la production : sysctl kernel.yama.ptrace_scope=1.",
			En: "Warning: another program of this account can take hold of this one when it starts. To be set right before production: sysctl kernel.yama.ptrace_scope=1.",
		},
		"machine.not-erasing": {
			Fr: "Attention : cette compilation du programme n’efface pas toutes les copies des secrets ; elle ne convient qu’aux répétitions.",
			En: "Warning: this build of the program does not erase every copy of a secret. It is fit for rehearsals only.",
		},
	}
}

// machineErrors are about the machine that runs the program.
func machineErrors() []faultText {
	return []faultText{
		{"image.forbidden", Text{
			"le noyau a pour consigne de n’exécuter aucun programme depuis la mémoire, donc aucune copie que d’autres programmes ne puissent lire",
			"the kernel is told to run no program from memory, and so no copy that other programs cannot read",
		}, Text{
			"au prochain démarrage, ne donnez pas la valeur 2 à `vm.memfd_noexec` (voyez `/etc/sysctl.d`) ; ou démarrez le système prévu pour les cérémonies",
			"at the next boot, do not set `vm.memfd_noexec` to 2 (see `/etc/sysctl.d`); or boot the system made for ceremonies",
		}},
		{"image.refused", Text{
			"le programme n’a pas pu être relancé depuis une copie que personne ne peut lire",
			"the program could not be started again from a copy that nobody may read",
		}, Text{
			"vérifiez que `/proc` est monté et que ce compte a le droit de lire le fichier du programme ; lancez-le hors de tout bac à sable, avec `ulimit -f unlimited`",
			"check that `/proc` is mounted and that this account may read the program’s file; run it in no sandbox, with `ulimit -f unlimited`",
		}},
		{"machine.kernel", Text{
			"le noyau refuse au programme cet appel, dont il ne peut se passer",
			"the kernel refuses this call to the program, which cannot do without it",
		}, Text{
			"lancez-le hors de tout bac à sable et de tout conteneur",
			"run it in no sandbox and no container",
		}},
		{"image.readable", Text{
			"un autre programme a rendu lisible la copie depuis laquelle celui-ci s’exécute",
			"another program made the copy readable from which this one runs",
		}, Text{
			"rien ne le fait par accident : arrêtez tout, et cherchez quel programme de ce compte s’en est mêlé avant de saisir un code PIN",
			"nothing does that by accident: stop, and find which program of this account meddled before anybody types a PIN",
		}},
		{"image.build", Text{
			"ce programme n’a pas été construit pour repartir d’une copie que personne ne peut lire",
			"this program was not built to start itself again from a copy that nobody may read",
		}, Text{
			"prenez le programme que construit `make build`",
			"take the program that `make build` makes",
		}},
		{"image.namespace", Text{
			"le programme s’exécute dans un espace d’utilisateurs (un conteneur, un bac à sable), où le compte qui l’a créé peut lire sa mémoire",
			"the program runs in a namespace of users (a container, a sandbox), in which the account that made it may read its memory",
		}, Text{
			"lancez-le hors de tout conteneur et de tout bac à sable, sur le système prévu pour les cérémonies",
			"run it in no container and no sandbox, on the system made for ceremonies",
		}},
		{"image.no-digest", Text{
			"le programme ne peut pas lire ses propres octets, dont l’empreinte va au registre",
			"the program cannot read its own bytes, whose digest goes into the ledger",
		}, Text{
			"donnez à ce compte le droit de lire le fichier du programme, puis relancez la même commande",
			"give this account the right to read the program’s file, and run the same command again",
		}},
		{"machine.swap", Text{
			"la mémoire d’échange (swap) est active : le système pourrait y écrire des secrets",
			"swap is active: the system could write secrets to it",
		}, Text{
			"désactivez-la avec `swapoff -a`, ou démarrez le système prévu pour les cérémonies, puis relancez la même commande",
			"turn it off with `swapoff -a`, or boot the system made for ceremonies, and run the same command again",
		}},
		{"machine.core-dumps", Text{
			"la mémoire de ce programme pourrait être lue par d’autres programmes ou enregistrée dans une image mémoire (core dump)",
			"the memory of this program could be read by other programs, or end up in a core dump",
		}, Text{
			"lancez le programme directement, sans débogueur ni bac à sable, avec `ulimit -c 0`",
			"run the program directly, in no debugger or sandbox, with `ulimit -c 0`",
		}},
		{"machine.erasing", Text{
			"cette compilation du programme n’efface pas toutes les copies des secrets : elle ne convient qu’aux répétitions",
			"this build of the program does not erase every copy of a secret: it is fit for rehearsals only",
		}, Text{
			"prenez le programme que `make build` construit avec un Go qui admet runtimesecret ; `bailiff version` dit si une compilation efface les secrets",
			"take the program that `make build` makes with a Go that admits runtimesecret; `bailiff version` tells whether a build erases secrets",
		}},
		{"machine.trace", Text{
			"un autre programme de ce compte peut prendre la main sur celui-ci à son démarrage, et lire ensuite ce qu’on y saisit",
			"another program of this account can take hold of this one when it starts, and then read what is typed into it",
		}, Text{
			"en tant que root : `sysctl kernel.yama.ptrace_scope=1` ; si ce réglage n’existe pas, démarrez le système prévu pour les cérémonies, dont le noyau comporte Yama",
			"as root: `sysctl kernel.yama.ptrace_scope=1`; if there is no such setting, boot the system made for ceremonies, whose kernel has Yama",
		}},
		{"machine.swaps", Text{
			"la liste des mémoires d’échange actives (swap), que tient le noyau, est illisible",
			"the kernel’s list of active swap cannot be read",
		}, Text{
			"vérifiez que `/proc` est monté et que `cat /proc/swaps` répond, puis relancez la même commande",
			"check that `/proc` is mounted and that `cat /proc/swaps` answers, and run the same command again",
		}},
	}
}
