package main

import (
	"strings"

	"bailiff/custody/policy"
)

// natures lists the natures of papers and the reasons, as they are typed and as people call them.
func (t *tool) natures() string {
	var b strings.Builder
	b.WriteString("\n\n" + t.T("order-new.natures"))
	for _, name := range policy.PaperTypes() {
		b.WriteString("\n  " + t.T("order-new.nature", name, t.T("paper."+name)))
	}
	b.WriteString("\n\n" + t.T("order-new.reasons"))
	for _, name := range policy.ReasonNames() {
		b.WriteString("\n  " + t.T("order-new.nature", name, t.T("reason."+name)))
	}
	return b.String()
}
