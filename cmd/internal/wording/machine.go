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
