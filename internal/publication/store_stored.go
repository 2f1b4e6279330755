package publication

import "elyco/internal/db"

func queueStored(b *db.Batch, found *bool, room string, files *int, bytes *int64) {
	db.Row(b, found, []any{files, bytes}, `
		select count(*), coalesce(sum(a.size), 0)
		from publication_attachment a
		join publication p on p.tenant_id = a.tenant_id and p.id = a.publication_id
		where a.tenant_id = current_setting('app.tenant')::bigint and p.room = $1`, room)
}
