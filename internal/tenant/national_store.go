package tenant

import (
	"context"
	"encoding/json"
	"fmt"
)

// patch writes the changes of known establishments in one statement. Address and telephone are filled in where nobody
// has written any.
func (w registryTx) patch(ctx context.Context, patches []patch) (int, error) {
	if len(patches) == 0 {
		return 0, nil
	}
	body, err := json.Marshal(patches)
	if err != nil {
		return 0, err
	}
	tag, err := w.tx.Exec(ctx, `
		update tenant t
		set uai = coalesce(nullif(p.code, ''), t.uai), provisional = t.provisional and p.code = '',
		    name = coalesce(nullif(p.name, ''), t.name), city = coalesce(nullif(p.city, ''), t.city),
		    sector = coalesce(nullif(p.sector, ''), t.sector),
		    address = coalesce(nullif(t.address, ''), p.address), contact_phone = coalesce(nullif(t.contact_phone, ''), p.phone),
		    state = case when p.closed then 'closed' else t.state end,
		    state_note = case when p.closed and t.state_note = '' then 'Fermé selon l’annuaire national' else t.state_note end,
		    updated_at = now()
		from jsonb_to_recordset($1) as p(uai text, code text, name text, city text, sector text, address text, phone text, closed boolean)
		where t.uai = p.uai`, string(body))
	if err != nil {
		return 0, fmt.Errorf("change establishments: %w", err)
	}
	return int(tag.RowsAffected()), nil
}
