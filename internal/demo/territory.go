package demo

import (
	"fmt"

	"elyco/internal/tenant"
)

// OneEstablishment cuts a territory down to the establishment at a path such as "vendee/haxo", with its collectivity:
// the small side of a comparison between one school and all of them.
func OneEstablishment(t tenant.Territory, at string) (tenant.Territory, error) {
	for _, c := range t.Collectivities {
		for _, e := range c.Establishments {
			if c.Slug+"/"+e.Slug == at {
				c.Establishments = []tenant.Establishment{e}
				t.Collectivities = []tenant.Collectivity{c}
				return t, nil
			}
		}
	}
	return tenant.Territory{}, fmt.Errorf("« %s » n’est pas un établissement du territoire ; écrivez par exemple « vendee/haxo »", at)
}
