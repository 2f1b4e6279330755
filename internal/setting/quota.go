package setting

import (
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// QuotaSchool names the limit of everything that a space keeps.
const QuotaSchool = "setting.quota.school"

const (
	quotaPupil  = "setting.quota.pupil"
	quotaFamily = "setting.quota.family"
	quotaStaff  = "setting.quota.staff"
	quotaFile   = "setting.quota.file"
)

// QuotaGroup is the heading under which pages gather what limits the files of a space.
const QuotaGroup = "setting.quota"

// Quotas declares how much the files of a space and of its people may take, for every room that keeps files.
func Quotas() []Def {
	size := func(name, title, help string, min, max, usual int) Def {
		return Def{Name: name, Title: title, Help: help, Group: QuotaGroup, Kind: Number, Unit: Mebibytes, Min: min, Max: max, Default: Value{Number: usual}}
	}
	const gibi = 1024
	return []Def{
		size(QuotaSchool, "setting.quota.school", "setting.quota.school_help", gibi, 2000*gibi, 100*gibi),
		size(quotaPupil, "setting.quota.pupil", "setting.quota.person_help", 50, 20*gibi, 500),
		size(quotaFamily, "setting.quota.family", "setting.quota.person_help", 0, 5*gibi, 100),
		size(quotaStaff, "setting.quota.staff", "setting.quota.person_help", 100, 50*gibi, 2*gibi),
		size(quotaFile, "setting.quota.file", "setting.quota.file_help", 1, 2*gibi, 100),
	}
}

const mebi = 1 << 20

// SchoolQuota is how many bytes all the files of a space may take.
func (b *Book) SchoolQuota(t *tenant.Tenant) int64 { return int64(b.Number(t, QuotaSchool)) * mebi }

// FileQuota is how many bytes one file may have.
func (b *Book) FileQuota(t *tenant.Tenant) int64 { return int64(b.Number(t, quotaFile)) * mebi }

// PersonQuota is how many bytes the files of a person may take: the most generous of what the person's profiles in the
// space give. Without a profile there, nothing.
func (b *Book) PersonQuota(t *tenant.Tenant, profiles ...school.Profile) int64 {
	most := 0
	for _, p := range profiles {
		name := quotaFamily
		switch {
		case !p.Valid():
			continue
		case p == school.Pupil:
			name = quotaPupil
		case p.Adult():
			name = quotaStaff
		}
		most = max(most, b.Number(t, name))
	}
	return int64(most) * mebi
}
