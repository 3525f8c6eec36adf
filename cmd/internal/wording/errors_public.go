package wording

// keybatchErrors are about public batches.
func keybatchErrors() []faultText {
	return []faultText{
		{"keybatch.mode", Text{
			"le lot public est de l’autre mode, répétition ou production",
			"the public batch is of the other mode, rehearsal or production",
		}, Text{
			"n’utilisez un lot de répétition qu’avec une ancre et un stock de répétition, et un lot de production qu’avec ceux de production",
			"use a rehearsal batch with a rehearsal anchor and pool only, and a production batch with those of production",
		}},
		{"keybatch.vault", Text{
			"le lot public vient d’un autre coffre que l’ancre de confiance",
			"the public batch is of another vault than the trust anchor",
		}, Text{
			"donnez l’ancre de confiance du coffre d’où vient le lot, après en avoir vérifié les douze mots au procès-verbal papier",
			"give the trust anchor of the vault that made the batch, after checking its twelve words on the paper minutes",
		}},
		{"keybatch.missing", Text{
			"il manque un fichier au lot public",
			"the public batch lacks a file",
		}, hintBatch()},
		{"keybatch.unexpected", Text{
			"le lot public contient un fichier qui n’y a pas sa place",
			"the public batch holds a file that does not belong there",
		}, hintBatch()},
		{"keybatch.not-published", Text{
			"une clé consommée ou de réserve figure parmi les clés publiées",
			"a burnt or reserve key stands among the published ones",
		}, hintBatch()},
		{"keybatch.counts", Text{
			"les nombres de clés ne concordent pas",
			"the counts of keys do not agree",
		}, hintBatch()},
		{"keybatch.profile", Text{
			"le profil de clés n’est pas celui de la politique",
			"the key profile is not the policy’s",
		}, hintBatch()},
		{"keybatch.batch", Text{
			"un élément provient d’un autre lot",
			"a part belongs to another batch",
		}, hintBatch()},
		{"keybatch.digest", Text{
			"ce n’est pas le fichier dont le lot donne l’empreinte",
			"not the file whose digest the batch states",
		}, hintBatch()},
		{"keybatch.policy-entry", Text{
			"la première inscription du registre désigne une autre politique",
			"the ledger’s first entry names another policy",
		}, hintBatch()},
		{"keybatch.entries", Text{
			"les inscriptions au registre ne sont pas les quatre attendues, dans leur ordre",
			"the ledger entries of the batch are not the four expected, in their order",
		}, hintBatch()},
		{"keybatch.entry-number", Text{
			"une inscription ou sa preuve porte un autre numéro que son nom de fichier",
			"an entry or its proof is of another number than its file name",
		}, hintBatch()},
		{"keybatch.time", Text{
			"les dates des inscriptions ou des clés contredisent leur ordre",
			"the times of the entries or of the keys contradict their order",
		}, hintBatch()},
		{"keybatch.root", Text{
			"la racine de Merkle n’est pas celle que les dépositaires ont cosignée",
			"the Merkle root is not the one that the custodians cosigned",
		}, hintBatch()},
		{"keybatch.manifest", Text{
			"le manifeste n’est pas celui que les dépositaires ont cosigné",
			"the manifest is not the one that the custodians cosigned",
		}, hintBatch()},
		{"keybatch.burnt-list", Text{
			"la liste des clés consommées n’est pas celle de l’échantillon",
			"the burnt list is not that of the sample",
		}, hintBatch()},
		{"keybatch.reserve-list", Text{
			"la liste des clés de réserve n’est pas celle que les dépositaires ont cosignée",
			"the reserve list is not the one that the custodians cosigned",
		}, hintBatch()},
		{"keybatch.leaves", Text{
			"une ligne de la liste des clés est mal formée",
			"a line of the list of keys is malformed",
		}, hintBatch()},
		{"keybatch.role", Text{
			"le rôle d’une clé n’est pas celui que lui donnent l’échantillon et la réserve",
			"a key’s role is not the one that sample and reserve give it",
		}, hintBatch()},
		{"keybatch.duplicate", Text{
			"l’empreinte d’une clé figure deux fois dans le lot",
			"a key’s fingerprint stands twice in the batch",
		}, hintBatch()},
		{"keybatch.enrolment", Text{
			"un enrôlement n’est pas celui du jeton de la politique",
			"an enrolment is not that of the policy’s token",
		}, hintBatch()},
		{"keybatch.key", Text{
			"ce n’est pas la clé dont les dépositaires ont cosigné l’empreinte",
			"not the key whose digest the custodians cosigned",
		}, hintBatch()},
		{"keybatch.no-such-key", Text{
			"ce lot n’a pas publié cette clé sous ce numéro",
			"this batch did not publish this key under that number",
		}, Text{
			"donnez le fichier du lot que l’ordre désigne ; si c’est le bon, ne signez rien : l’ordre désigne une clé que personne n’a reçue",
			"give the file of the batch that the order names; if it is the right one, sign nothing: the order names a key that nobody was given",
		}},
		{"keybatch.fingerprint", Text{
			"la clé a une autre empreinte que celle annoncée",
			"the key has another fingerprint than stated",
		}, hintBatch()},
		{"keybatch.armor", Text{
			"la clé en texte n’est pas la clé binaire sous sa forme unique",
			"the armored key is not the binary one in its only form",
		}, hintBatch()},
		{"keybatch.tree", Text{
			"l’arbre du lot ne contient pas ces clés",
			"the batch’s tree does not hold these keys",
		}, hintCopy()},
	}
}
