package wording

// fieldErrors are about fields of an order that contradict each other, or that are seldom meant.
func fieldErrors() []faultText {
	return []faultText{
		{"order.paper-later", Text{
			"une pièce est datée d’après l’ordre : personne n’a pu la voir",
			"a paper is dated after the order: nobody can have seen it",
		}, hintContent()},
		{"order.paper-old", Text{
			"une pièce est datée de plus de 130 ans avant l’ordre",
			"a paper is dated more than 130 years before the order",
		}, hintContent()},
		{"order.paper-unborn", Text{
			"cette pièce, qui concerne le destinataire, est datée d’avant sa naissance",
			"this paper, which is about the recipient, is dated before their birth",
		}, hintContent()},
		{"order.paper-empty", Text{
			"la pièce est un fichier vide",
			"the paper is an empty file",
		}, Text{
			"numérisez la pièce dans un fichier, ouvrez-le pour voir qu’elle y est, et citez-le dans un nouvel ordre",
			"scan the paper into a file, open it to see that it is there, and name it in a new order",
		}},
		{"order.born-later", Text{
			"le destinataire serait né après l’ordre",
			"the recipient would be born after the order",
		}, hintContent()},
		{"order.born-old", Text{
			"le destinataire aurait plus de 130 ans",
			"the recipient would be more than 130 years old",
		}, hintContent()},
		{"order.alphabets", Text{
			"un mot mêle des lettres de deux alphabets ; celles qui imitent sont montrées par leur numéro",
			"a word mixes letters of two alphabets; those that imitate are shown by their number",
		}, Text{
			"retapez ce nom au clavier, sans le copier, dans un nouvel ordre",
			"type this name anew, without copying it, in a new order",
		}},
		{"order.issued-later", Text{
			"l’ordre porte une date à venir",
			"the order is dated in the future",
		}, Text{
			"vérifiez l’horloge de cette machine, puis celle de la plateforme",
			"check this machine’s clock, then the platform’s",
		}},
		{"order.one-file", Text{
			"un seul et même fichier tient lieu de plusieurs pièces",
			"one and the same file stands for several papers",
		}, Text{
			"numérisez chaque pièce dans un fichier à part et citez-les dans un nouvel ordre",
			"scan each paper into a file of its own, and name them in a new order",
		}},
		{"order.long-lived", Text{
			"l’ordre pourrait être exécuté pendant plus d’un an",
			"the order could be carried out for more than a year",
		}, Text{
			"donnez dans un nouvel ordre un `--expires` à moins d’un an de `--not-before`",
			"give in a new order an `--expires` within a year of `--not-before`",
		}},
		{"order.long-wait", Text{
			"l’ordre n’est exécutable qu’après plus de dix ans",
			"the order may be carried out only after more than ten years",
		}, Text{
			"donnez dans un nouvel ordre un `--not-before` plus proche",
			"give an earlier `--not-before` in a new order",
		}},
	}
}
