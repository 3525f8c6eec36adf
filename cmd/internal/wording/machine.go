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
		"machine.not-erasing": {
			Fr: "Attention : cette compilation du programme n’efface pas toutes les copies des secrets ; elle ne convient qu’aux répétitions.",
			En: "Warning: this build of the program does not erase every copy of a secret. It is fit for rehearsals only.",
		},
	}
}

// machineErrors are about the machine that runs the program.
func machineErrors() []faultText {
	return []faultText{
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
		{"machine.swaps", Text{
			"la liste des mémoires d’échange actives (swap), que tient le noyau, est illisible",
			"the kernel’s list of active swap cannot be read",
		}, Text{
			"vérifiez que `/proc` est monté et que `cat /proc/swaps` répond, puis relancez la même commande",
			"check that `/proc` is mounted and that `cat /proc/swaps` answers, and run the same command again",
		}},
	}
}
