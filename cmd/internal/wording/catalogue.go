package wording

import (
	"maps"
	"sync"
)

// catalogue returns every sentence by its id. It is put together once.
var catalogue = sync.OnceValue(func() map[string]Text {
	all := map[string]Text{}
	for _, part := range []map[string]Text{exitTexts(), commandTexts(), demoTexts(), cardTexts()} {
		maps.Copy(all, part)
	}
	return all
})
