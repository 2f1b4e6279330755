package documents

import (
	_ "embed"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// visit opens a link without signing in. The other actions are those that package drive asks about.
const visit = "visit"

const (
	largestForm  = 20 << 30 // of files sent whole, where scripts do not run; the drive has limits of its own
	largestPiece = 64 << 20
)

// Room is where people keep and share files.
type Room struct {
	db       *db.DB
	drive    *drive.Drive
	blobs    *blob.Store
	registry *tenant.Registry
	policy   *policy.Policy
	pictures chan struct{} // a place for each picture that is being unpacked
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, dr *drive.Drive, blobs *blob.Store, r *tenant.Registry) *Room {
	dr.Follow(previewLater)
	return &Room{db: d, drive: dr, blobs: blobs, registry: r, pictures: make(chan struct{}, 1)}
}

// Furnish gives the room the policy, which says who sees the doors to sharing. It is called once, before the first
// request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: drive.Room, Title: "documents.title", Icon: "folder", About: "documents.about", Words: wordsFR,
		Levels:  []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: actions(), Grants: grants(), Routes: append(r.reading(), r.changing()...),
		Menu: []service.MenuItem{{Label: "documents.title", URL: home, Icon: "folder", Action: drive.Own, Order: 40}},
		Jobs: r.jobs(),
		Search: []service.Search{{Name: "documents", Title: "documents.title", Icon: "folder", Action: drive.Own, Order: 40,
			Load: r.find(r.drive.Search), Own: r.find(r.drive.SearchOwn)}},
		Privacy: r.record(),
	}
}

func actions() []service.Action {
	return []service.Action{
		{Name: drive.Own, Words: "documents.action.own"},
		{Name: drive.Read, Words: "documents.action.read"},
		{Name: drive.Deposit, Words: "documents.action.deposit"},
		{Name: drive.Edit, Words: "documents.action.edit"},
		{Name: drive.House, Words: "documents.action.house"},
		{Name: drive.Keep, Words: "documents.action.keep"},
		{Name: drive.Give, Words: "documents.action.share"},
		{Name: drive.Publish, Words: "documents.action.link"},
		{Name: visit, Words: "documents.action.visit"},
	}
}

// grants are the defaults: each has a space of their own, guests aside. Pupils read what their classes and groups hold and
// add to it where a teacher opened a folder; their guardians read along.
func grants() []policy.Grant {
	staff := []school.Profile{school.Teacher, school.SchoolLife, school.Administrative, school.Technical, school.Health, school.Librarian}
	agents := []school.Profile{school.Collectivity, school.AcademyAgent}
	leaders := []school.Profile{school.Head, school.Administrator}
	everybody := append(append(append([]school.Profile{school.Pupil, school.Guardian, school.Tutor}, staff...), leaders...), agents...)
	return []policy.Grant{
		policy.Allow(drive.Own, policy.Self, everybody...),
		policy.Allow(drive.Read, policy.Classes, school.Pupil, school.Teacher, school.Tutor),
		policy.Allow(drive.Read, policy.Children, school.Guardian),
		policy.Allow(drive.Read, policy.Establishment, school.Head, school.SchoolLife, school.Librarian, school.Administrator),
		policy.Allow(drive.Deposit, policy.Classes, school.Teacher, school.Tutor),
		policy.Allow(drive.Edit, policy.Classes, school.Teacher),
		policy.Allow(drive.Edit, policy.Establishment, leaders...),
		policy.Allow(drive.House, policy.Establishment, append(append([]school.Profile{school.Pupil, school.Guardian, school.Tutor}, staff...), leaders...)...),
		policy.Allow(drive.House, policy.Collectivity, school.Collectivity),
		policy.Allow(drive.House, policy.Academy, school.AcademyAgent),
		policy.Allow(drive.Keep, policy.Establishment, leaders...),
		policy.Allow(drive.Give, policy.Classes, school.Pupil),
		policy.Allow(drive.Give, policy.Establishment, append(append([]school.Profile{}, staff...), append(leaders, agents...)...)...),
		policy.Allow(drive.Publish, policy.Establishment, append(append([]school.Profile{}, staff...), append(leaders, agents...)...)...),
		policy.Allow(visit, policy.Self, school.Anyone),
	}
}

func (r *Room) reading() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/documents", Action: drive.Own, Handler: r.getOverview},
		{Method: "GET", Path: "/documents/received", Action: drive.Own, Handler: r.getReceived},
		{Method: "GET", Path: "/documents/trash", Action: drive.Own, Handler: r.getTrash},
		{Method: "GET", Path: "/documents/spaces/:space", Action: drive.Own, Handler: r.getSpace},
		{Method: "GET", Path: "/documents/folders/:id", Action: drive.Own, Handler: r.getFolder},
		{Method: "GET", Path: "/documents/items/:id", Action: drive.Own, Handler: r.getItem},
		{Method: "GET", Path: "/documents/items/:id/content", Action: drive.Own, Handler: r.getContent},
		{Method: "GET", Path: "/documents/items/:id/preview", Action: drive.Own, Handler: r.getPreview},
		{Method: "GET", Path: "/documents/items/:id/sharing", Action: drive.Give, Handler: r.getSharing},
		{Method: "GET", Path: "/documents/audience", Action: drive.Give, Handler: r.getAudience},
		{Method: "GET", Path: "/documents/destination", Action: drive.Own, Handler: r.getDestination},
		{Method: "GET", Path: "/documents/archive", Action: drive.Own, Handler: r.getArchive},
		{Method: "GET", Path: "/documents/extractions/:id", Action: drive.Own, Handler: r.getExtraction},
		{Method: "GET", Path: "/documents/uploads/:id", Action: drive.Own, Handler: r.getUpload},
		{Method: "GET", Path: "/documents/links/:secret", Action: visit, Handler: r.getLink},
		{Method: "GET", Path: "/documents/links/:secret/content", Action: visit, Handler: r.getLinkContent},
	}
}

func (r *Room) changing() []service.Route {
	return []service.Route{
		{Method: "POST", Path: "/documents/folders", Action: drive.Own, Handler: r.postFolder},
		{Method: "POST", Path: "/documents/files", Action: drive.Own, Handler: r.postFiles, MaxBody: largestForm, Stream: true},
		{Method: "POST", Path: "/documents/paths", Action: drive.Own, Handler: r.postPath},
		{Method: "POST", Path: "/documents/uploads", Action: drive.Own, Handler: r.postUpload},
		{Method: "POST", Path: "/documents/uploads/:id/chunks", Action: drive.Own, Handler: r.postChunk, MaxBody: largestPiece, Stream: true},
		{Method: "POST", Path: "/documents/uploads/:id/end", Action: drive.Own, Handler: r.postUploadEnd},
		{Method: "POST", Path: "/documents/uploads/:id/removal", Action: drive.Own, Handler: r.postUploadRemoval},
		{Method: "POST", Path: "/documents/moves", Action: drive.Own, Handler: r.postMoves},
		{Method: "POST", Path: "/documents/trashings", Action: drive.Own, Handler: r.postTrashings},
		{Method: "POST", Path: "/documents/restorations", Action: drive.Own, Handler: r.postRestorations},
		{Method: "POST", Path: "/documents/erasures", Action: drive.Own, Handler: r.postErasures},
		{Method: "POST", Path: "/documents/emptying", Action: drive.Own, Handler: r.postEmptying},
		{Method: "POST", Path: "/documents/items/:id/name", Action: drive.Own, Handler: r.postName},
		{Method: "POST", Path: "/documents/items/:id/opening", Action: drive.Own, Handler: r.postOpening},
		{Method: "POST", Path: "/documents/items/:id/restoration", Action: drive.Own, Handler: r.postVersion},
		{Method: "POST", Path: "/documents/items/:id/extraction", Action: drive.Own, Handler: r.postExtraction},
		{Method: "POST", Path: "/documents/items/:id/comments", Action: drive.Own, Handler: r.postComment},
		{Method: "POST", Path: "/documents/items/:id/comments/:comment/removal", Action: drive.Own, Handler: r.postCommentRemoval},
		{Method: "POST", Path: "/documents/items/:id/audience", Action: drive.Give, Handler: r.postAudience},
		{Method: "POST", Path: "/documents/items/:id/shares", Action: drive.Give, Handler: r.postShare},
		{Method: "POST", Path: "/documents/items/:id/shares/:share/removal", Action: drive.Give, Handler: r.postShareRemoval},
		{Method: "POST", Path: "/documents/items/:id/links", Action: drive.Publish, Handler: r.postLink},
		{Method: "POST", Path: "/documents/items/:id/links/:link/removal", Action: drive.Publish, Handler: r.postLinkRemoval},
		{Method: "POST", Path: "/documents/links/:secret", Action: visit, Handler: r.postLinkOpening},
	}
}
